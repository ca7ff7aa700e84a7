"""The transcoder, heard through real decoders."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.adapters.ffmpeg.listening import heard, sweep, tones, transcoded, write_samples, write_wav
from tests.support.audio import SUFFIXES, make_sound

from sarau.adapters.ffmpeg.transcoder import AvTranscoder
from sarau.foundation.errors import Invalid
from sarau.foundation.media.transcoding import Encoding, Target

SOURCES = [*((suffix, None) for suffix in SUFFIXES), (".m4a", "alac")]


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.parametrize("target", list(Target))
@pytest.mark.parametrize(("suffix", "codec"), SOURCES)
def test_every_format_becomes_every_target(tmp_path: Path, suffix: str, codec: str | None, target: Target) -> None:
    source = make_sound(tmp_path / f"tone{suffix}", seconds=1.5, frequency=880.0, codec=codec)

    sound = heard(transcoded(source, target), target)

    assert sound.seconds == pytest.approx(1.5, abs=0.12)  # MP3 and ADTS carry their encoder's delay
    assert sound.channels == 2
    if suffix != ".ape":  # the one there is is silent
        assert sound.loudest_hz() == pytest.approx(880, abs=2)
        assert sound.loudness() == pytest.approx(0.3 / 2**0.5, rel=0.1)


@pytest.mark.parametrize("target", list(Target))
def test_time_in_the_stream_begins_at_zero(tmp_path: Path, target: Target) -> None:
    source = write_samples(tmp_path / "x.flac", sweep(4), "flac", "flac")

    assert heard(transcoded(source, target, start_ms=2_500), target).first_ms == pytest.approx(0, abs=30)


@pytest.mark.parametrize(
    ("encoding", "field"),
    [
        (Encoding(Target.OPUS, 5), "bitrate"),
        (Encoding(Target.MP3, 321), "bitrate"),
        (Encoding(Target.AAC, 0), "bitrate"),
        (Encoding(Target.FLAC, None, -1), "start"),
        (Encoding(Target.FLAC, None, 10**30), "start"),
    ],
)
def test_wishes_nobody_can_fulfil_name_their_field(tmp_path: Path, encoding: Encoding, field: str) -> None:
    source = make_sound(tmp_path / "x.wav")

    with pytest.raises(Invalid) as refused:
        AvTranscoder().transcode(source, encoding)
    assert refused.value.data["field"] == field


@pytest.mark.parametrize("target", list(Target))
def test_tags_and_covers_stay_behind(tmp_path: Path, target: Target) -> None:
    source = make_sound(tmp_path / "x.mp3", title="A private title", cover=_cover())

    stream = transcoded(source, target)

    assert b"private" not in stream
    assert b"\xff\xd8\xff" not in stream[:200]
    sound = heard(stream, target)
    assert sound.streams == 1
    assert set(sound.metadata) <= {"encoder"}


@pytest.mark.parametrize("target", list(Target))
def test_the_same_wish_gives_the_same_bytes(tmp_path: Path, target: Target) -> None:
    source = make_sound(tmp_path / "x.ogg")

    assert transcoded(source, target) == transcoded(source, target)


@pytest.mark.parametrize("target", list(Target))
def test_the_stream_can_be_played_while_it_grows(tmp_path: Path, target: Target) -> None:
    source = write_wav(tmp_path / "x.wav", tones(44_100, 20.0, 2), 44_100)

    pieces = list(AvTranscoder().transcode(source, Encoding(target, None)))

    assert len(pieces) > 4
    assert len(pieces[0]) < 0.05 * sum(map(len, pieces))
    half = b"".join(pieces[: len(pieces) // 2 + 1])
    share = len(half) / sum(map(len, pieces))
    assert heard(half, target).seconds == pytest.approx(20 * share, rel=0.15)


@pytest.mark.parametrize("target", list(Target))
@pytest.mark.parametrize("start_ms", [0, 3_000])
def test_closing_early_frees_the_file(tmp_path: Path, target: Target, start_ms: int) -> None:
    source = write_wav(tmp_path / "x.wav", tones(44_100, 10.0, 2), 44_100)
    before = open_files()

    stream = AvTranscoder().transcode(source, Encoding(target, None, start_ms))
    next(stream)
    assert open_files() > before
    stream.close()

    assert open_files() == before


def test_several_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    sources = [make_sound(tmp_path / f"x{suffix}", seconds=3) for suffix in (".mp3", ".ogg", ".m4a", ".flac")]
    work = [(source, target) for source in sources for target in Target]
    expected = {each: transcoded(*each) for each in work}
    got: dict[tuple[Path, Target], bytes] = {}

    def listen(each: tuple[Path, Target]) -> None:
        got[each] = transcoded(*each)

    threads = [threading.Thread(target=listen, args=(each,)) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert got == expected


def test_endless_sound_is_cut_off(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "x.wav", tones(44_100, 5.0, 1), 44_100)

    stream = b"".join(AvTranscoder(max_duration_s=2).transcode(source, Encoding(Target.FLAC, None)))

    assert heard(stream, "flac").seconds == pytest.approx(2, abs=0.2)


def test_starting_up_does_not_load_ffmpeg() -> None:
    code = "import sys, sarau.adapters.ffmpeg.transcoder, sarau.adapters.ffmpeg.probe; sys.exit('av' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _cover() -> bytes:
    return b"\xff\xd8\xff\xe0" + b"not really a picture" * 50 + b"\xff\xd9"
