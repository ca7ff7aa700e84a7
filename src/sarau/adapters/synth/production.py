"""Making the files of an album: recordings, tags, covers and song sheets."""

import math
from collections.abc import Iterator
from pathlib import PurePosixPath

from sarau.adapters.synth.catalogue import LYRICS_SUFFIX, Album, Tune
from sarau.adapters.synth.covers import cover
from sarau.adapters.synth.encoding import encode
from sarau.adapters.synth.mixing import Recording, record
from sarau.adapters.synth.sheets import chordpro, lrc, plain_lyrics
from sarau.adapters.synth.tagging import Words, write_tags

# ReplayGain 2.0.
_REFERENCE_LUFS = -18.0
_COMMENT = "Synthesised by Sarau from a tune in the public domain."


def produce(album: Album, missing: frozenset[str]) -> Iterator[tuple[Tune, dict[str, bytes]]]:
    """Yield each tune of an album with those of its files that are missing.

    All tunes are played even when one is missing: the gain of the album is in the tags of each.
    """
    recordings = [record(tune) for tune in album.tunes]
    gains = _gains("album", _together_lufs(recordings), max(recording.peak for recording in recordings))
    for tune, recording in zip(album.tunes, recordings, strict=True):
        names = [name for name in album.files_of(tune) if name in missing]
        yield tune, {name: _content(name, album, tune, recording, gains) for name in names}


def cover_picture(album: Album, name: str) -> bytes:
    """Return the cover of an album in the format its file name asks for."""
    return cover(album.cover, "PNG" if name.endswith(".png") else "JPEG")


def _content(name: str, album: Album, tune: Tune, recording: Recording, album_gains: Words) -> bytes:
    """Return what goes into one of a tune's files."""
    suffix = PurePosixPath(name).suffix
    if suffix == LYRICS_SUFFIX:
        word_times = tune.sheets is not None and tune.sheets.word_times
        return lrc(album, tune, recording.seconds, word_times=word_times).encode()
    if suffix != tune.format.suffix:
        return chordpro(album, tune).encode()
    words = _words(album, tune) | _gains("track", recording.loudness_lufs, recording.peak) | album_gains
    picture = cover(album.cover, "JPEG") if tune.cover_inside else None
    return write_tags(encode(recording.samples, tune.format), tune.format, words, picture)


def _words(album: Album, tune: Tune) -> Words:
    number, total = album.position(tune)
    words: Words = {
        "title": [tune.title],
        "artist": list(tune.artists),
        "album": [album.title],
        "albumartist": list(album.artists),
        "composer": list(tune.composers),
        "genre": list(tune.genres),
        "date": [str(album.year)],
        "tracknumber": [str(number)],
        "tracktotal": [str(total)],
        "discnumber": [str(tune.disc)],
        "disctotal": [str(album.discs)],
        "comment": [_COMMENT],
    }
    if album.compilation:
        words["compilation"] = ["1"]
    if tune.original_date:
        words["originaldate"] = [tune.original_date]
    if tune.language:
        words["language"] = [tune.language]
    if tune.sheets is not None and tune.sheets.embedded:
        words["lyrics"] = [plain_lyrics(tune)]
    return words


def _gains(of: str, loudness_lufs: float, peak: float) -> Words:
    # Adding nothing turns minus zero into zero.
    gain = round(_REFERENCE_LUFS - loudness_lufs, 2) + 0.0
    return {
        f"replaygain_{of}_gain": [f"{gain:.2f} dB"],
        f"replaygain_{of}_peak": [f"{peak:.6f}"],
    }


def _together_lufs(recordings: list[Recording]) -> float:
    """Return the loudness of several recordings: the mean of their energies, each as long as it lasts."""
    energy = sum(10 ** (recording.loudness_lufs / 10) * recording.seconds for recording in recordings)
    return 10 * math.log10(energy / sum(recording.seconds for recording in recordings))
