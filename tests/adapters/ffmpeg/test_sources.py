"""Sources of every kind: where they begin, how they break, what they try."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.ffmpeg.hostile import HOSTILE, index_bomb
from tests.adapters.ffmpeg.listening import (
    SWEEP_RATE_HZ,
    heard,
    place_ms,
    sweep,
    tones,
    transcoded,
    write_samples,
    write_wav,
)
from tests.support.audio import SUFFIXES, encoded, make_sound, make_video

from sarau.foundation.media.transcoding import Target, TranscodeFailed

SWEEP_SECONDS = 14
SEEKABLE = {
    "vbr.mp3": ("libmp3lame", "mp3", {}),
    "bare.mp3": ("libmp3lame", "mp3", {"write_xing": "0"}),
    "x.flac": ("flac", "flac", {}),
    "x.wav": ("pcm_s16le", "wav", {}),
    "x.aiff": ("pcm_s16be", "aiff", {}),
    "x.ogg": ("vorbis", "ogg", {}),
    "x.m4a": ("aac", "ipod", {}),
    "fragments.m4a": ("aac", "mp4", {"movflags": "frag_keyframe+empty_moov", "frag_duration": "3000000"}),
    "alac.m4a": ("alac", "ipod", {}),
    "x.aac": ("aac", "adts", {}),
    "x.wma": ("wmav2", "asf", {}),
    "x.wv": ("wavpack", "wv", {}),
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return what records the rising tone in a format, once for all tests."""

    @cache
    def record(name: str) -> Path:
        codec, container, options = SEEKABLE[name]
        folder = tmp_path_factory.mktemp("sweep")
        return write_samples(folder / name, sweep(SWEEP_SECONDS), codec, container, **options)

    return record


@pytest.mark.parametrize("target", list(Target))
def test_a_stream_without_suffix_is_known_by_its_content(tmp_path: Path, target: Target) -> None:
    blob = tmp_path / "5f0c1a"
    blob.write_bytes(encoded(".m4a", 1.0, 660.0))

    assert heard(transcoded(blob, target), target).loudest_hz() == pytest.approx(660, abs=2)


def test_a_lying_suffix_does_not_matter(tmp_path: Path) -> None:
    source = tmp_path / "really flac.mp3"
    source.write_bytes(encoded(".flac", 1.0, 660.0))

    assert heard(transcoded(source, Target.FLAC), "flac").loudest_hz() == pytest.approx(660, abs=2)


@pytest.mark.parametrize("before", [b"", b"ID3\4\0\0\0\0\0\x20" + b"\0" * 32, b"\0" * 700])
def test_mp3_is_found_behind_tags_and_padding(tmp_path: Path, before: bytes) -> None:
    source = tmp_path / "song"
    source.write_bytes(before + encoded(".mp3", 1.0, 660.0))

    assert heard(transcoded(source, Target.FLAC), "flac").seconds == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("start_ms", [0, 120, 499, 1_234, 7_000, 12_345])
@pytest.mark.parametrize("name", list(SEEKABLE))
def test_start_is_where_it_was_asked_for(recorded: Callable[[str], Path], name: str, start_ms: int) -> None:
    source = recorded(name)

    sound = heard(transcoded(source, Target.FLAC, start_ms=start_ms), "flac")

    assert place_ms(sound.samples[0], sweep(SWEEP_SECONDS), start_ms) == pytest.approx(start_ms, abs=50)
    assert sound.seconds == pytest.approx(SWEEP_SECONDS - start_ms / 1000, abs=0.12)


@pytest.mark.parametrize("name", [name for name in SEEKABLE if not name.endswith(".wma")])
def test_the_first_moments_after_a_seek_sound_as_they_do_in_the_whole(
    recorded: Callable[[str], Path], name: str
) -> None:
    source = recorded(name)
    whole = heard(transcoded(source, Target.FLAC), "flac").samples[0]

    piece = heard(transcoded(source, Target.FLAC, start_ms=4_321), "flac").samples[0][:4_410]

    at = 4_321 * SWEEP_RATE_HZ // 1000
    likeliest = min(range(at - 2, at + 3), key=lambda place: np.abs(whole[place:][: len(piece)] - piece).max())
    assert np.abs(whole[likeliest:][: len(piece)] - piece).max() < 0.002


def test_start_behind_the_end_is_refused(tmp_path: Path) -> None:
    source = make_sound(tmp_path / "x.ogg")

    with pytest.raises(TranscodeFailed, match="ends before"):
        transcoded(source, Target.OPUS, start_ms=5_000)


@pytest.mark.parametrize("suffix", [suffix for suffix in SUFFIXES if suffix not in (".m4a", ".m4b", ".mp4", ".ape")])
def test_a_truncated_file_ends_where_it_ends(tmp_path: Path, suffix: str) -> None:
    whole = encoded(suffix, 4.0)
    source = tmp_path / f"half{suffix}"
    source.write_bytes(whole[: len(whole) // 2])

    # Ogg loses up to a page of a second.
    assert 0.9 < heard(transcoded(source, Target.FLAC), "flac").seconds < 2.5


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg", ".m4a", ".aac", ".opus"])
def test_a_damaged_stretch_is_passed_over(tmp_path: Path, suffix: str) -> None:
    damaged = bytearray(encoded(suffix, 4.0))
    middle = len(damaged) // 2
    damaged[middle : middle + 600] = bytes(600)
    source = tmp_path / f"damaged{suffix}"
    source.write_bytes(damaged)

    assert heard(transcoded(source, Target.FLAC), "flac").seconds > 2.8


def test_sound_that_changes_its_shape_on_the_way_goes_on(tmp_path: Path) -> None:
    stereo = write_samples(tmp_path / "stereo.mp3", sweep(2), "libmp3lame", "mp3", id3v2_version="0")
    mono = tmp_path / "mono.mp3"
    mono.write_bytes(transcoded(write_wav(tmp_path / "m.wav", tones(48_000, 2.0, 1), 48_000), Target.MP3))
    source = tmp_path / "both.mp3"
    source.write_bytes(stereo.read_bytes() + mono.read_bytes())

    for target in Target:
        sound = heard(transcoded(source, target), target)
        assert sound.channels == 2
        assert sound.seconds == pytest.approx(4.1, abs=0.3)


def test_only_the_sound_of_a_film_is_heard(tmp_path: Path) -> None:
    film = make_video(tmp_path / "film.mp4", with_sound=True)
    silent = make_video(tmp_path / "silent.mp4", with_sound=False)

    assert heard(transcoded(film, Target.OPUS), "opus").loudest_hz() == pytest.approx(440, abs=2)
    with pytest.raises(TranscodeFailed, match="no sound"):
        transcoded(silent, Target.OPUS)


def test_names_and_tags_in_any_encoding(tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"caf\xe9 http:%2f.mp3")
    latin = "Café".encode("latin-1")
    tagged = make_sound(tmp_path / "x.flac", title="Cafe").read_bytes()
    source.write_bytes(tagged.replace(b"=Cafe", b"=" + latin))
    assert latin in source.read_bytes()

    assert heard(transcoded(source, Target.MP3), "mp3").loudest_hz() == pytest.approx(440, abs=2)


@pytest.mark.parametrize("name", list(HOSTILE))
@pytest.mark.parametrize("file_name", ["song.mp3", "song.m3u8", "song"])
def test_what_is_no_music_is_refused_and_leads_nowhere(tmp_path: Path, name: str, file_name: str) -> None:
    make_sound(tmp_path / "secret.aac")
    source = tmp_path / file_name
    source.write_bytes(HOSTILE[name])

    with pytest.raises(TranscodeFailed) as refused:
        transcoded(source, Target.OPUS)
    assert str(tmp_path) not in str(refused.value)


def test_an_index_of_gigabytes_takes_no_gigabytes(tmp_path: Path) -> None:
    source = tmp_path / "bomb.m4a"
    source.write_bytes(index_bomb(20_000_000))
    code = """
import re, sys, pathlib
from sarau.adapters.ffmpeg.transcoder import AvTranscoder
from sarau.foundation.media.transcoding import Encoding, Target, TranscodeFailed
try:
    list(AvTranscoder().transcode(pathlib.Path(sys.argv[1]), Encoding(Target.OPUS, None)))
except TranscodeFailed:
    # Not getrusage(2): its figure is also that of the process we came from.
    peak_kb = re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]
    sys.stdout.write(str(int(peak_kb) // 1024))
"""

    done = subprocess.run([sys.executable, "-c", code, str(source)], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 300  # MB; 740 without a limit


@pytest.mark.parametrize("missing", ["nothing.mp3", "."])
def test_a_file_that_is_not_there_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(TranscodeFailed, match="missing"):
        transcoded(tmp_path / missing, Target.OPUS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    suffix=st.sampled_from([".mp3", ".flac", ".ogg", ".m4a", ".wma", ".wv", ".ape", ".wav", ".aac"]),
    changes=st.lists(st.tuples(st.integers(0, 3_000), st.binary(min_size=1, max_size=8)), min_size=1, max_size=20),
    start_ms=st.sampled_from([0, 700]),
)
def test_damage_anywhere_is_heard_or_refused_but_never_worse(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, changes: list[tuple[int, bytes]], start_ms: int
) -> None:
    damaged = bytearray(encoded(suffix, 1.0))
    for at, new in changes:
        damaged[at : at + len(new)] = new
    source = tmp_path_factory.mktemp("damaged") / "x"
    source.write_bytes(damaged)

    try:
        stream = transcoded(source, Target.FLAC, start_ms=start_ms)
    except TranscodeFailed:
        return
    assert heard(stream, "flac").samples.size
