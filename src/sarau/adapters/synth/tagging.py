"""Tags and covers written into sound files, to each format in its own way, named as MusicBrainz Picard does."""

import base64
import io
from collections.abc import Callable
from typing import Any

from mutagen import id3
from mutagen.flac import FLAC, Picture
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

from sarau.adapters.synth.catalogue import Format

# What a file says of itself: names in lower case, each with its values.
Words = dict[str, list[str]]

_UTF8 = 3
_FRONT_COVER = 3
_ID3_FRAMES = {
    "title": "TIT2",
    "artist": "TPE1",
    "album": "TALB",
    "albumartist": "TPE2",
    "composer": "TCOM",
    "genre": "TCON",
    "date": "TDRC",
    "originaldate": "TDOR",
    "compilation": "TCMP",
    "language": "TLAN",
}
_MP4_ATOMS = {
    "title": "\xa9nam",
    "artist": "\xa9ART",
    "album": "\xa9alb",
    "albumartist": "aART",
    "composer": "\xa9wrt",
    "genre": "\xa9gen",
    "date": "\xa9day",
    "comment": "\xa9cmt",
    "lyrics": "\xa9lyr",
}
# RFC 7845, 5.2: Opus counts in 1/256 dB and aims at -23 LUFS where ReplayGain aims at -18.
_R128_BELOW_REPLAY_GAIN_DB = 5.0
_R128_STEPS_PER_DB = 256

# Mutagen's constructors have no types.
_new_picture: Callable[[], Any] = Picture
_new_mp4_cover: Callable[[bytes, int], Any] = MP4Cover
_new_mp4_text: Callable[[bytes], Any] = MP4FreeForm


def write_tags(sound: bytes, target: Format, words: Words, cover: bytes | None) -> bytes:
    """Return an encoded sound with its words and, if given, a JPEG front cover."""
    file = io.BytesIO(sound)
    open_file, fill = _FAMILIES[target]
    container = open_file(file)
    if container.tags is None:
        container.add_tags()
    # The encoder signs its work there.
    container.tags.clear()
    fill(container, words, cover)
    file.seek(0)
    container.save(file)
    return file.getvalue()


def _fill_flac(flac: Any, words: Words, cover: bytes | None) -> None:
    _fill_comments(flac, words)
    if cover is not None:
        flac.add_picture(_picture(cover))


def _fill_vorbis(ogg: Any, words: Words, cover: bytes | None) -> None:
    _fill_comments(ogg, words)
    if cover is not None:
        ogg["METADATA_BLOCK_PICTURE"] = [base64.b64encode(_picture(cover).write()).decode("ascii")]


def _fill_opus(ogg: Any, words: Words, cover: bytes | None) -> None:
    """Give gains as Opus wants them, and no peaks, which it does not know."""
    changed = {name: values for name, values in words.items() if not name.startswith("replaygain_")}
    for of in ("track", "album"):
        gain = float(words[f"replaygain_{of}_gain"][0].removesuffix(" dB")) - _R128_BELOW_REPLAY_GAIN_DB
        changed[f"r128_{of}_gain"] = [str(round(gain * _R128_STEPS_PER_DB))]
    _fill_vorbis(ogg, changed, cover)


def _fill_comments(container: Any, words: Words) -> None:
    for name, values in words.items():
        container[name.upper()] = values


def _fill_id3(container: Any, words: Words, cover: bytes | None) -> None:
    tags = container.tags
    frames: Any = id3.Frames
    for name, values in words.items():
        if name in _ID3_FRAMES:
            tags.add(frames[_ID3_FRAMES[name]](encoding=_UTF8, text=values))
        elif name.startswith("replaygain_"):
            tags.add(frames["TXXX"](encoding=_UTF8, desc=name.upper(), text=values))
    for frame, name in (("TRCK", "track"), ("TPOS", "disc")):
        number = f"{words[f'{name}number'][0]}/{words[f'{name}total'][0]}"
        tags.add(frames[frame](encoding=_UTF8, text=[number]))
    tags.add(frames["COMM"](encoding=_UTF8, lang="eng", desc="", text=words["comment"]))
    if "lyrics" in words:
        language = words["language"][0]
        tags.add(frames["USLT"](encoding=_UTF8, lang=language, desc="", text=words["lyrics"][0]))
    if cover is not None:
        tags.add(frames["APIC"](encoding=_UTF8, mime="image/jpeg", type=_FRONT_COVER, desc="", data=cover))


def _fill_mp4(mp4: Any, words: Words, cover: bytes | None) -> None:
    for name, values in words.items():
        if name in _MP4_ATOMS:
            mp4[_MP4_ATOMS[name]] = values
        elif name == "originaldate" or name.startswith("replaygain_"):
            mp4[f"----:com.apple.iTunes:{name.upper()}"] = [_new_mp4_text(value.encode()) for value in values]
    mp4["trkn"] = [(int(words["tracknumber"][0]), int(words["tracktotal"][0]))]
    mp4["disk"] = [(int(words["discnumber"][0]), int(words["disctotal"][0]))]
    mp4["cpil"] = "compilation" in words
    if cover is not None:
        mp4["covr"] = [_new_mp4_cover(cover, MP4Cover.FORMAT_JPEG)]


def _picture(cover: bytes) -> Any:
    picture = _new_picture()
    picture.type = _FRONT_COVER
    picture.mime = "image/jpeg"
    picture.data = cover
    return picture


_FAMILIES: dict[Format, tuple[Callable[[io.BytesIO], Any], Callable[[Any, Words, bytes | None], None]]] = {
    Format.MP3: (MP3, _fill_id3),
    Format.FLAC: (FLAC, _fill_flac),
    Format.VORBIS: (OggVorbis, _fill_vorbis),
    Format.OPUS: (OggOpus, _fill_opus),
    Format.AAC: (MP4, _fill_mp4),
    Format.ALAC: (MP4, _fill_mp4),
    Format.WAV: (WAVE, _fill_id3),
}
