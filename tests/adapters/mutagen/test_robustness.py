"""Whatever is done to a sound file, it is a sound or it is refused."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.audio import SUFFIXES, make_sound

from sarau.adapters.mutagen.reader import read_sound
from sarau.foundation.media.formats import AUDIO_SUFFIXES
from sarau.foundation.media.tags import SoundFile, UnreadableSound

FIELDS = {
    "title": "A title", "artists": ("One", "Two"), "album": "An album", "date": "2004-05-01", "track_number": 3,
    "track_total": 12, "genres": ("Rock",), "comment": "A comment", "lyrics": "[00:01.00]La",
    "mb_recording_id": "12345678-1111-4222-8333-444455556666", "compilation": True,
}  # fmt: skip
# Numbers that headers fear: nothing, the largest, the smallest negative, a little too much.
EVIL = st.sampled_from(
    [b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x80\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\0\x01", b"\x01\0\0\0"]
)
PLACE = st.one_of(st.integers(0, 400), st.integers(0, 30_000), st.integers(-400, -1))
CHANGE = st.tuples(
    st.sampled_from(["replace", "insert", "delete", "cut"]), PLACE, st.one_of(EVIL, st.binary(max_size=40))
)


def changed(data: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, place, what in changes:
        at = place % (len(data) + 1)
        if kind == "cut":
            data = data[:at]
        else:
            skipped = 0 if kind == "insert" else len(what)
            data = data[:at] + (b"" if kind == "delete" else what) + data[at + skipped :]
    return data


def outcome(path: Path, suffix: str) -> SoundFile | str:
    try:
        return read_sound(path, suffix)
    except UnreadableSound as refusal:
        return refusal.reason


@pytest.fixture(scope="module")
def originals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("originals")
    cover = b"\xff\xd8\xff" + bytes(range(256)) * 4
    return {
        suffix: make_sound(folder / f"song{suffix}", seconds=0.4, cover=cover, **FIELDS).read_bytes()
        for suffix in SUFFIXES
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(changes=st.lists(CHANGE, min_size=1, max_size=4))
def test_a_damaged_file_is_a_sound_or_refused(
    suffix: str, changes: list[tuple[str, int, bytes]], originals: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"song{suffix}"
    path.write_bytes(changed(originals[suffix], changes))
    found = outcome(path, suffix)
    if isinstance(found, SoundFile):
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=SoundFile) == found
        assert found.properties.duration_ms >= 0
        assert found.properties.sample_rate_hz > 0
        assert len(found.fingerprint) == 32
    else:
        assert found


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(suffix=st.sampled_from(sorted(AUDIO_SUFFIXES)), data=st.binary(max_size=500))
def test_random_bytes_are_refused(suffix: str, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "song"
    path.write_bytes(data)
    assert isinstance(outcome(path, suffix), str)


HEADS = [b"fLaC", b"OggS", b"RIFF\0\0\0\0WAVE", b"FORM\0\0\0\0AIFF", b"\0\0\0\x18ftypM4A ", b"MAC ", b"wvpk"]
HEADS += [
    bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"),
    b"ID3\x04\0\0\0\0\x01\0",
    b"\xff\xfb\x90\x64",
    b"\xff\xf1\x50\x80",
]


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(head=st.sampled_from(HEADS), data=st.binary(max_size=300), suffix=st.sampled_from(sorted(AUDIO_SUFFIXES)))
def test_a_right_beginning_and_nothing_behind_it_raise_nothing_else(
    head: bytes, data: bytes, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / "song"
    path.write_bytes(head + data)
    assert outcome(path, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_cut_is_a_sound_or_refused(suffix: str, originals: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / f"song{suffix}"
    whole = originals[suffix]
    for end in [*range(1, 200, 3), *range(200, len(whole), max(1, len(whole) // 150))]:
        path.write_bytes(whole[:end])
        assert outcome(path, suffix)
