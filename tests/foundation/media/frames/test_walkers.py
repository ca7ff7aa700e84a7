"""Walkers: the same result in whatever pieces bytes come, and no harm from bytes that mean something else."""

import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.noises import FORMS, encoded

from sarau.foundation.media.frames.flac import FlacWalker
from sarau.foundation.media.frames.fragments import Fragments, opening
from sarau.foundation.media.frames.mp4 import mp4_index, table_of
from sarau.foundation.media.frames.mpeg import AdtsWalker, MpegWalker
from sarau.foundation.media.frames.ogg import OggWalker
from sarau.foundation.media.frames.pcm import pcm_index, samples_of
from sarau.foundation.media.frames.walker import Walker
from sarau.foundation.media.frames.wavpack import WavpackWalker
from sarau.foundation.media.seeking import OPAQUE, SeekIndex

SECONDS = 4
WALKERS: dict[str, type[Walker]] = {
    "mp3": MpegWalker,
    "mp3 without a header frame": MpegWalker,
    "mp3 of varying bitrate": MpegWalker,
    "flac": FlacWalker,
    "vorbis": OggWalker,
    "opus": OggWalker,
    "flac in ogg": OggWalker,
    "adts": AdtsWalker,
    "wavpack": WavpackWalker,
}
slow = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def walked(kind: type[Walker], data: bytes, cuts: list[int] | None = None) -> SeekIndex:
    walker = kind()
    at = 0
    for stop in [*sorted(cuts or []), len(data)]:
        walker.feed(data[at:stop])
        at = stop
    return walker.finish()


def read_at(data: bytes):
    return lambda offset, length: data[offset : offset + length] if offset >= 0 else b""


@pytest.mark.parametrize("name", WALKERS)
@slow
@given(st.data())
def test_pieces_do_not_matter(name: str, data: st.DataObject) -> None:
    sound = encoded(FORMS[name], SECONDS)
    cuts = data.draw(st.lists(st.integers(0, len(sound)), max_size=12))
    found = walked(WALKERS[name], sound, cuts)
    assert found == walked(WALKERS[name], sound)
    assert abs(found.points[-1].time_ms - SECONDS * 1000) < 80
    assert len(found.points) in (4, 5, 6)


@pytest.mark.parametrize("kind", dict.fromkeys(WALKERS.values()), ids=lambda kind: kind.__name__)
@slow
@given(st.data())
def test_damage_does_no_harm(kind: type[Walker], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(WALKERS)))
    sound = bytearray(encoded(FORMS[name], SECONDS))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(sound) - 1))
        sound[at : at + data.draw(st.integers(0, 300))] = data.draw(st.binary(max_size=300))
    walked(kind, bytes(sound), [len(sound) // 2])


@pytest.mark.parametrize("kind", dict.fromkeys(WALKERS.values()), ids=lambda kind: kind.__name__)
@slow
@given(st.binary(max_size=3000))
def test_nonsense_is_no_sound(kind: type[Walker], data: bytes) -> None:
    found = walked(kind, data)
    assert list(found.points) == sorted(found.points)


@pytest.mark.parametrize("kind", dict.fromkeys(WALKERS.values()), ids=lambda kind: kind.__name__)
@pytest.mark.parametrize(
    "byte", [b"\xff", b"O", b"w", b"\0", b"ID3\4\0\0\0\0\0\0", b"OggS", b"wvpk", b"\xff\xf8", b"\xff\xfb\x90"]
)
def test_work_is_linear_in_what_comes(kind: type[Walker], byte: bytes) -> None:
    data = byte * ((1 << 19) // len(byte))
    began = time.process_time()
    walked(kind, data, list(range(0, len(data), 1 << 16)))
    assert time.process_time() - began < 20  # quadratic work would take many minutes


@slow
@given(st.data())
def test_damaged_tables_do_no_harm(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["aac", "alac", "wav", "rf64", "aiff"]))
    sound = bytearray(encoded(FORMS[name], SECONDS))
    # Near the ends of the file, where the tables are.
    for _ in range(data.draw(st.integers(1, 6))):
        from_end = data.draw(st.booleans())
        at = data.draw(st.integers(0, 1500))
        at = len(sound) - 1 - at if from_end else at
        sound[at : at + 4] = data.draw(
            st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\0\0\0\1", b"\x7f\0\0\0"])
        )
    at_place = read_at(bytes(sound))
    mp4_index(at_place, len(sound))
    pcm_index(at_place, 0, len(sound))
    table = table_of(at_place, len(sound))
    if table is not None:
        fragments = Fragments(table, at_place, 2000)
        opening(table)
        for number in range(len(fragments)):
            _, fragment = fragments.at(fragments._positions[number])
            fragments.head(fragment, at_place)


def test_what_declares_more_samples_than_there_are_is_not_believed() -> None:
    sound = encoded(FORMS["aac"], SECONDS)
    at = sound.index(b"stsz") + 12
    for samples in (0, 1 << 22, 0xFFFFFFFF):
        lying = sound[:at] + struct.pack(">I", samples) + sound[at + 4 :]
        assert mp4_index(read_at(lying), len(lying)) == OPAQUE


def test_formats_that_count_otherwise_are_not_cut() -> None:
    sound = bytearray(encoded(FORMS["wav"], SECONDS))
    sound[28:32] = (11_025).to_bytes(4, "little")  # bytes per second: something is compressed
    assert samples_of(read_at(bytes(sound)), 0, len(sound)) is None


def test_chained_ogg_counts_its_first_part() -> None:
    sound = encoded(FORMS["opus"], SECONDS)
    both = walked(OggWalker, sound + sound)
    assert abs(both.points[-1].time_ms - SECONDS * 1000) < 80
