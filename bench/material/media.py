"""A small library of large files, to be sent and transcoded."""

from pathlib import Path

import numpy as np

from bench.context import Bench
from bench.material.kept import digest_of, kept
from bench.material.sounds import Samples, encoded, music, write_wav

SONG_S = 60.0
SONGS = {"FLAC": ".flac", "MP3": ".mp3", "WAV": ".wav", "ALAC": ".alac.m4a", "Vorbis": ".ogg"}
_LONG_S, _LONG = 190.0, 8  # some 33 MB each as WAV, as long FLAC files are
_SHORT_S, _SHORT = 50.0, 8  # some 9 MB each, as MP3 files are


def media(bench: Bench) -> Path:
    """Return the folder, made if need be: `song …` to transcode, `file …` to send."""
    sources = [Path(__file__).with_name(name) for name in ("media.py", "sounds.py")]
    return kept(bench, "media", digest_of(sources), _make)


def song_of(kind: str) -> str:
    """Return the name of the song in a format."""
    return f"song {kind}.{SONGS[kind].rpartition('.')[2]}"


def _make(folder: Path) -> None:
    for kind, suffix in SONGS.items():
        path = folder / song_of(kind)
        if suffix == ".wav":
            write_wav(path, music(SONG_S))
        else:
            path.write_bytes(encoded(suffix, SONG_S))
    for index in range(_LONG + _SHORT):
        seconds = _LONG_S if index < _LONG else _SHORT_S
        write_wav(folder / f"file {index:02}.wav", _repeated(seconds, index))


def _repeated(seconds: float, seed: int) -> Samples:
    piece = music(10, seed=seed)
    times = round(seconds / 10)
    return np.tile(piece, (1, times))
