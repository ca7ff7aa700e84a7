"""Writing tags into sound files with mutagen, the way popular taggers lay them out."""

import base64
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
from mutagen import apev2, asf, flac, id3, mp4

from sarau.foundation.media.tags import ReplayGain, Tags

_FRONT = 3
_LANGUAGE = "eng"
_ITUNES = "----:com.apple.iTunes:"
_MUSICBRAINZ = "http://musicbrainz.org"

# Names of Vorbis comments (Picard) and those of the other formats.
_ID3 = {
    "title": "TIT2", "subtitle": "TIT3", "artist": "TPE1", "album": "TALB", "albumartist": "TPE2", "composer": "TCOM",
    "genre": "TCON", "date": "TDRC", "originaldate": "TDOR", "tracknumber": "TRCK", "discnumber": "TPOS",
    "compilation": "TCMP", "isrc": "TSRC", "mood": "TMOO",
}  # fmt: skip
_MP4 = {
    "title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb", "albumartist": "aART", "composer": "\xa9wrt",
    "genre": "\xa9gen", "date": "\xa9day", "comment": "\xa9cmt", "lyrics": "\xa9lyr",
}  # fmt: skip
_ASF = {
    "title": "Title", "subtitle": "WM/SubTitle", "artist": "Author", "artists": "WM/ARTISTS",
    "album": "WM/AlbumTitle", "albumartist": "WM/AlbumArtist", "composer": "WM/Composer", "genre": "WM/Genre",
    "date": "WM/Year", "originaldate": "WM/OriginalReleaseTime",
    "tracknumber": "WM/TrackNumber", "discnumber": "WM/PartOfSet",
    "compilation": "WM/IsCompilation", "isrc": "WM/ISRC", "comment": "Description", "lyrics": "WM/Lyrics",
    "mood": "WM/Mood",
    "musicbrainz_trackid": "MusicBrainz/Track Id", "musicbrainz_releasetrackid": "MusicBrainz/Release Track Id",
    "musicbrainz_albumid": "MusicBrainz/Album Id", "musicbrainz_releasegroupid": "MusicBrainz/Release Group Id",
    "musicbrainz_artistid": "MusicBrainz/Artist Id", "musicbrainz_albumartistid": "MusicBrainz/Album Artist Id",
}  # fmt: skip
_APE = {
    "title": "Title", "subtitle": "Subtitle", "artist": "Artist", "artists": "Artists", "album": "Album",
    "albumartist": "Album Artist", "composer": "Composer", "genre": "Genre", "date": "Year", "tracknumber": "Track",
    "discnumber": "Disc", "compilation": "Compilation", "isrc": "ISRC", "comment": "Comment", "lyrics": "Lyrics",
    "mood": "Mood",
}  # fmt: skip
_FREE = {
    "musicbrainz_trackid": "MusicBrainz Track Id", "musicbrainz_releasetrackid": "MusicBrainz Release Track Id",
    "musicbrainz_albumid": "MusicBrainz Album Id", "musicbrainz_releasegroupid": "MusicBrainz Release Group Id",
    "musicbrainz_artistid": "MusicBrainz Artist Id", "musicbrainz_albumartistid": "MusicBrainz Album Artist Id",
}  # fmt: skip

Texts = dict[str, list[str]]


def write_tags(path: Path, *, cover: bytes | None = None, **fields: Any) -> None:
    """Add fields of `Tags`, and a front cover, to what a sound file says of itself."""
    texts = _texts(Tags(**fields), opus=path.suffix == ".opus")
    writer = _WRITERS.get(path.suffix)
    if writer is None:
        _write_vorbis(path, texts, cover)
    else:
        writer(path, texts, cover)


def _texts(tags: Tags, *, opus: bool) -> Texts:
    """Return the texts for fields, under the names of Vorbis comments; numbers as "3/12"."""
    texts: Texts = {
        "title": _list(tags.title),
        "subtitle": _list(tags.version),
        "artist": _list(tags.artist_display) or list(tags.artists),
        "artists": list(tags.artists) if tags.artist_display else [],
        "album": _list(tags.album),
        "albumartist": _list(tags.album_artist_display) or list(tags.album_artists),
        "albumartists": list(tags.album_artists) if tags.album_artist_display else [],
        "composer": list(tags.composers),
        "genre": list(tags.genres),
        "date": _list(tags.date),
        "originaldate": _list(tags.original_date),
        "tracknumber": _number(tags.track_number, tags.track_total),
        "discnumber": _number(tags.disc_number, tags.disc_total),
        "compilation": ["1"] if tags.compilation else [],
        "comment": _list(tags.comment),
        "isrc": list(tags.isrcs),
        "mood": list(tags.moods),
        "lyrics": _list(tags.lyrics),
        "musicbrainz_trackid": _list(tags.mb_recording_id),
        "musicbrainz_releasetrackid": _list(tags.mb_track_id),
        "musicbrainz_albumid": _list(tags.mb_album_id),
        "musicbrainz_releasegroupid": _list(tags.mb_release_group_id),
        "musicbrainz_artistid": list(tags.mb_artist_ids),
        "musicbrainz_albumartistid": list(tags.mb_album_artist_ids),
        **_gains(tags.replay_gain, opus=opus),
    }
    return {name: values for name, values in texts.items() if values}


def _list(value: str | None) -> list[str]:
    return [] if value is None else [value]


def _number(number: int | None, total: int | None) -> list[str]:
    if number is None:
        return []
    return [f"{number}/{total}" if total else str(number)]


def _gains(gain: ReplayGain, *, opus: bool) -> Texts:
    texts: Texts = {}
    for of, level, peak in (
        ("track", gain.track_gain_db, gain.track_peak),
        ("album", gain.album_gain_db, gain.album_peak),
    ):
        if level is not None:
            name = f"r128_{of}_gain" if opus else f"replaygain_{of}_gain"
            texts[name] = [str(round((level - 5) * 256)) if opus else f"{level:+.2f} dB"]
        if peak is not None:
            texts[f"replaygain_{of}_peak"] = [f"{peak:.6f}"]
    return texts


def _write_id3(path: Path, texts: Texts, cover: bytes | None) -> None:
    """Write ID3v2.4 into MP3, ADTS, and the chunks of WAV and AIFF."""
    if path.suffix == ".aac":
        file = tag = _leading_id3(path)
    else:
        file = mutagen.File(path)
        if file.tags is None:
            file.add_tags()
        tag = file.tags
    for name, values in texts.items():
        tag.add(_id3_frame(name, values))
    if cover:
        tag.add(id3.APIC(encoding=3, mime="image/jpeg", type=_FRONT, desc="", data=cover))
    file.save(path)


def _leading_id3(path: Path) -> id3.ID3:
    try:
        return id3.ID3(path)
    except id3.ID3NoHeaderError:
        return id3.ID3()


def _id3_frame(name: str, values: list[str]) -> Any:
    if name in _ID3:
        return getattr(id3, _ID3[name])(encoding=3, text=values)
    if name == "comment":
        return id3.COMM(encoding=3, lang=_LANGUAGE, desc="", text=values)
    if name == "lyrics":
        return id3.USLT(encoding=3, lang=_LANGUAGE, desc="", text=values[0])
    if name == "musicbrainz_trackid":
        return id3.UFID(owner=_MUSICBRAINZ, data=values[0].encode())
    return id3.TXXX(encoding=3, desc=_FREE.get(name, name.upper()), text=values)


def _write_vorbis(path: Path, texts: Texts, cover: bytes | None) -> None:
    """Write Vorbis comments into FLAC and Ogg."""
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for name, values in texts.items():
        if name in ("tracknumber", "discnumber"):
            number, _, total = values[0].partition("/")
            file[name] = number
            if total:
                file[name.replace("number", "total")] = total
        else:
            file[name] = values
    if cover:
        picture = flac.Picture()
        picture.type, picture.mime, picture.data = _FRONT, "image/jpeg", cover
        if isinstance(file, flac.FLAC):
            file.add_picture(picture)
        else:
            file["metadata_block_picture"] = base64.b64encode(picture.write()).decode()
    file.save()


def _write_mp4(path: Path, texts: Texts, cover: bytes | None) -> None:
    file = mp4.MP4(path)
    if file.tags is None:
        file.add_tags()
    for name, values in texts.items():
        if name in _MP4:
            file[_MP4[name]] = values
        elif name in ("tracknumber", "discnumber"):
            number, _, total = values[0].partition("/")
            file["trkn" if name == "tracknumber" else "disk"] = [(int(number), int(total or 0))]
        elif name == "compilation":
            file["cpil"] = True
        else:
            file[_ITUNES + _FREE.get(name, name.upper())] = [value.encode() for value in values]
    if cover:
        file["covr"] = [mp4.MP4Cover(cover)]
    file.save()


def _write_asf(path: Path, texts: Texts, cover: bytes | None) -> None:
    file = asf.ASF(path)
    for name, values in texts.items():
        file[_ASF.get(name, name)] = values
    if cover:
        head = struct.pack("<BI", _FRONT, len(cover)) + "image/jpeg\0".encode("utf-16-le") + b"\0\0"
        file["WM/Picture"] = [asf.ASFValue(head + cover, asf.BYTEARRAY)]
    file.save()


def write_ape(path: Path, texts: Texts, cover: bytes | None) -> None:
    """Write APEv2, by names of Vorbis comments, behind any sound."""
    try:
        tag = apev2.APEv2(path)
    except apev2.APENoHeaderError:
        tag = apev2.APEv2()
    for name, values in texts.items():
        tag[_APE.get(name, name.upper())] = values
    if cover:
        tag["Cover Art (Front)"] = apev2.APEValue(b"cover.jpg\0" + cover, apev2.BINARY)
    tag.save(path)


_WRITERS: dict[str, Callable[[Path, Texts, bytes | None], None]] = {
    ".mp3": _write_id3, ".wav": _write_id3, ".aif": _write_id3, ".aiff": _write_id3, ".aac": _write_id3,
    ".m4a": _write_mp4, ".m4b": _write_mp4, ".mp4": _write_mp4,
    ".wma": _write_asf,
    ".ape": write_ape, ".wv": write_ape,
}  # fmt: skip
