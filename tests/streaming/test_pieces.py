"""Originals from any moment on: what comes is a file that decoders read, and it begins where it says."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.adapters.ffmpeg.listening import heard
from tests.support.audio import make_sound
from tests.support.noises import FORMS, Form, begins_at, write_noise

from sarau.adapters.soundfiles.measuring import measure
from sarau.foundation.media.frames.pcm import pcm_index
from sarau.foundation.media.seeking import SeekIndex
from sarau.streaming.delivery import OpenFile
from sarau.streaming.pieces.cuts import Cut, cut, whole

SECONDS = 9
DURATION_MS = SECONDS * 1000
LAST_MS = DURATION_MS - 700
# A frame of Vorbis overlaps with one before it that is not there: how much is lost depends on the lengths of both.
TOLERANCE_MS = {"vorbis": 30.0}


class Song(NamedTuple):
    """A file, its index, and how all of it sounds."""

    name: str
    form: Form
    file: OpenFile
    index: SeekIndex
    samples: NDArray[np.float64]
    rate_hz: int


@pytest.fixture(scope="module", params=FORMS)
def song(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Song]:
    """Noise in one of all formats, with tags and a cover in it."""
    form = FORMS[request.param]
    tagged = request.param != "rf64"  # which no tagger knows
    path = write_noise(tmp_path_factory.mktemp("songs") / f"song{form.suffix}", form, SECONDS, tagged=tagged)
    descriptor = os.open(path, os.O_RDONLY)
    measured = measure(descriptor)
    file = OpenFile(descriptor, lambda: path, measured.size_bytes, measured.mtime_ns, "audio/x", path.name, '"e"')
    sound = heard(path)
    yield Song(request.param, form, file, measured.moments, sound.samples[0], sound.rate_hz)
    os.close(descriptor)


def cut_at(song: Song, start_ms: int) -> Cut:
    return asyncio.run(cut(song.file, song.index, start_ms, DURATION_MS))


def content(made: Cut, piece_bytes: int = 50_001) -> bytes:
    async def read() -> bytes:
        parts = [made.preamble]
        parts += [
            await made.read(position, min(piece_bytes, made.size_bytes - position))
            for position in range(0, made.size_bytes, piece_bytes)
        ]
        return b"".join(parts)

    return asyncio.run(read())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start_ms=st.integers(2500, LAST_MS))
def test_it_sounds_like_the_rest_of_the_original_from_the_moment_it_says(song: Song, start_ms: int) -> None:
    made = cut_at(song, start_ms)
    sound = heard(content(made))
    assert start_ms - 1700 <= made.start_ms <= start_ms
    assert sound.rate_hz == song.rate_hz
    if song.form.lossless:
        at = made.start_ms * song.rate_hz // 1000
        rest = [song.samples[at + late :] for late in range(song.rate_hz // 1000 + 2)]
        assert any(np.array_equal(sound.samples[0], one) for one in rest)
        return
    skipped = song.rate_hz // 4  # how a codec starts up is not the question
    piece = sound.samples[0][skipped : skipped + 2048]
    near = made.start_ms * song.rate_hz // 1000 + skipped
    found, likeness = begins_at(piece, song.samples, near, song.rate_hz // 20)
    assert likeness > 0.99
    assert abs(found - near) * 1000 / song.rate_hz <= TOLERANCE_MS.get(song.name, 2.5)


def test_times_ascend_over_all_bytes_up_to_the_end(song: Song) -> None:
    for start_ms in (0, 4321):
        made = cut_at(song, start_ms)
        times = [made.time_at(position) for position in range(0, made.size_bytes, 4096)] + [
            made.time_at(made.size_bytes)
        ]
        assert times == sorted(times)
        assert times[0] == made.start_ms
        assert abs(times[-1] - DURATION_MS) < 120


def test_bytes_are_the_same_whatever_pieces_they_are_read_in(song: Song) -> None:
    made = cut_at(song, 5000)
    assert content(made, 4096) == content(made, 1 << 20)
    assert len(content(made)) == len(made.preamble) + made.size_bytes


def test_the_beginning_is_the_file_itself(song: Song) -> None:
    made = cut_at(song, 0)
    assert made.preamble == b""
    assert content(made) == song.file.find().read_bytes()


def test_preambles_hold_no_covers(song: Song) -> None:
    assert len(cut_at(song, 5000).preamble) < 8192


@pytest.mark.parametrize("suffix", [".wma", ".ape"])
def test_what_cannot_be_cut_comes_whole_and_says_so(tmp_path: Path, suffix: str) -> None:
    path = make_sound(tmp_path / f"song{suffix}", seconds=3)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        measured = measure(descriptor)
        file = OpenFile(descriptor, lambda: path, measured.size_bytes, 0, "audio/x", path.name, '"e"')
        made = asyncio.run(cut(file, measured.moments, 2000, 3000))
        assert (made.start_ms, made.preamble) == (0, b"")
        assert content(made) == path.read_bytes()
        assert made.time_at(made.size_bytes // 2) == pytest.approx(1500, abs=20)
    finally:
        os.close(descriptor)


def test_a_wav_beyond_four_gibibytes_is_cut_with_a_header_that_tells_its_length(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    size = 5 << 30
    form = b"fmt " + (16).to_bytes(4, "little") + bytes.fromhex("0100020080bb000000ee02000400 1000".replace(" ", ""))
    ds64 = b"ds64" + (28).to_bytes(4, "little") + (size + 100).to_bytes(8, "little") + size.to_bytes(8, "little")
    unknown = b"\xff\xff\xff\xff"
    head = b"RF64" + unknown + b"WAVE" + ds64 + bytes(12) + form + b"data" + unknown
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + size)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        total = len(head) + size
        opened = OpenFile(descriptor, lambda: path, total, 0, "audio/wav", path.name, '"e"')
        index = _pcm_index(descriptor, total)
        late = asyncio.run(cut(opened, index, index.points[-1].time_ms - 1000, index.points[-1].time_ms))
        assert heard(content(late)).seconds == pytest.approx(1.0, abs=0.002)
        early = asyncio.run(cut(opened, index, 1000, index.points[-1].time_ms))
        assert early.preamble[:4] == b"RF64"
        assert int.from_bytes(early.preamble[28:36], "little") == early.size_bytes == size - 48_000 * 4
    finally:
        os.close(descriptor)


def _pcm_index(descriptor: int, size_bytes: int) -> SeekIndex:
    return pcm_index(lambda offset, length: os.pread(descriptor, length, offset), 0, size_bytes)


def test_without_an_index_time_passes_evenly(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(bytes(1000))
    descriptor = os.open(path, os.O_RDONLY)
    try:
        file = OpenFile(descriptor, lambda: path, 1000, 0, "audio/x", "x", '"e"')
        made = whole(file, SeekIndex(0, 0, ()), 10_000)  # type: ignore[arg-type]
        assert [made.time_at(at) for at in (0, 500, 1000)] == [0, 5000, 10_000]
    finally:
        os.close(descriptor)
