"""The trial of unknown files, in its real process."""

from pathlib import Path

import pytest
from tests.adapters.ffmpeg.hostile import HOSTILE, index_bomb
from tests.support.audio import SUFFIXES, make_sound

from sarau.adapters.ffmpeg.probe import AvProbe, codecs_report
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.transcoding import Target, TranscodeFailed


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_passes(tmp_path: Path, suffix: str) -> None:
    AvProbe().decodable(make_sound(tmp_path / f"x{suffix}"))


@pytest.mark.parametrize("name", list(HOSTILE))
def test_what_is_no_music_does_not(tmp_path: Path, name: str) -> None:
    source = tmp_path / "x.mp3"
    source.write_bytes(HOSTILE[name])

    with pytest.raises(TranscodeFailed) as refused:
        AvProbe().decodable(source)
    assert len(refused.value.data["reason"]) > 10
    assert str(tmp_path) not in refused.value.data["reason"]


def test_many_tables_that_each_just_fit_do_not_fill_the_memory_together(tmp_path: Path) -> None:
    one = index_bomb(5_000_000)
    at = one.index(b"trak") - 4
    tracks = one[at:]
    header = one[: one.index(b"moov") - 4]
    movie = one[len(header) + 8 : at] + tracks * 40
    source = tmp_path / "x.m4a"
    source.write_bytes(header + (8 + len(movie)).to_bytes(4, "big") + b"moov" + movie)

    with pytest.raises(TranscodeFailed, match="memory"):
        AvProbe().decodable(source)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TranscodeFailed, match="missing"):
        AvProbe().decodable(tmp_path / "nothing.flac")


def test_a_name_that_looks_like_an_option_is_only_a_name(tmp_path: Path) -> None:
    AvProbe().decodable(make_sound(tmp_path / "--help.flac"))


def test_all_codecs_are_here() -> None:
    report = codecs_report()

    assert report.complete
    assert report.decoders == frozenset(Codec)
    assert report.encoders == frozenset(Target)
