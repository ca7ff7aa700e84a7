"""The sound formats we serve, by file name and by content."""

from enum import StrEnum


class Codec(StrEnum):
    """How the sound is coded."""

    MP3 = "mp3"
    FLAC = "flac"
    WAV = "wav"
    AIFF = "aiff"
    VORBIS = "vorbis"
    OPUS = "opus"
    AAC = "aac"
    ALAC = "alac"
    WMA = "wma"
    APE = "ape"
    WAVPACK = "wavpack"


# RFC 3003, 9639, 4337, 5334 and what browsers expect where no RFC speaks.
MEDIA_TYPES: dict[str, str] = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".aif": "audio/aiff",
    ".aiff": "audio/aiff",
    ".aifc": "audio/aiff",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".wma": "audio/x-ms-wma",
    ".ape": "audio/x-ape",
    ".wv": "audio/x-wavpack",
}
AUDIO_SUFFIXES = frozenset(MEDIA_TYPES)


def media_type(suffix: str) -> str:
    """Return the media type of a sound file by its suffix with the dot, in lower case."""
    return MEDIA_TYPES.get(suffix, "application/octet-stream")


_SUFFIXES_OF: dict[Codec, tuple[str, ...]] = {
    Codec.MP3: (".mp3",),
    Codec.FLAC: (".flac", ".ogg", ".oga"),
    Codec.WAV: (".wav",),
    Codec.AIFF: (".aiff", ".aif", ".aifc"),
    Codec.VORBIS: (".ogg", ".oga"),
    Codec.OPUS: (".opus", ".ogg", ".oga"),
    Codec.AAC: (".m4a", ".m4b", ".mp4", ".aac"),
    Codec.ALAC: (".m4a", ".m4b", ".mp4"),
    Codec.WMA: (".wma",),
    Codec.APE: (".ape",),
    Codec.WAVPACK: (".wv",),
}


def suffix_for(codec: Codec, suffix: str) -> str:
    """Return the suffix a file should have: its own if it fits the codec, else the codec's usual one."""
    fitting = _SUFFIXES_OF[codec]
    return suffix if suffix in fitting else fitting[0]


def sniff(head: bytes) -> str | None:
    """Return the family of formats whose files begin like this, by a suffix of it, or None.

    `head` is the first 64 bytes or more, after any ID3v2 tag.
    """
    if head[:4] == b"fLaC":
        return ".flac"
    if head[:4] == b"OggS":
        return ".ogg"
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return ".wav"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return ".aiff"
    if head[4:8] == b"ftyp":
        return ".m4a"
    if head[:4] == b"MAC ":
        return ".ape"
    if head[:4] == b"wvpk":
        return ".wv"
    if head[:16] == bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"):
        return ".wma"
    return _sniff_frames(head)


def _sniff_frames(head: bytes) -> str | None:
    """Tell MPEG audio and ADTS apart by their first frame header."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return ".aac"
    version, layer, bitrate, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    # Layers III and II: nobody has songs of layer I, whose frames begin like texts in UTF-16.
    is_mpeg = head[1] & 0xE0 == 0xE0 and version != 1 and layer in (1, 2)
    return ".mp3" if is_mpeg and bitrate != 15 and rate != 3 else None
