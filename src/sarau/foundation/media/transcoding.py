"""The Transcoder port: other encodings of the same sound."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from sarau.foundation.errors import Invalid


class TranscodeFailed(Invalid):
    """The sound cannot be decoded; the reason says why."""

    code = "transcode_failed"

    def __init__(self, reason: str) -> None:
        super().__init__("track", reason)


class Target(StrEnum):
    """What we encode to."""

    OPUS = "opus"
    MP3 = "mp3"
    AAC = "aac"
    FLAC = "flac"


class Encoding(NamedTuple):
    """A wish: a target, its bitrate (None for FLAC) and where in the sound to begin."""

    target: Target
    bitrate_kbps: int | None
    start_ms: int = 0


MEDIA_TYPE_OF = {
    Target.OPUS: "audio/ogg",
    Target.MP3: "audio/mpeg",
    Target.AAC: "audio/aac",
    Target.FLAC: "audio/flac",
}
SUFFIX_OF = {Target.OPUS: ".opus", Target.MP3: ".mp3", Target.AAC: ".aac", Target.FLAC: ".flac"}
BITRATES_KBPS = {Target.OPUS: (6, 510), Target.MP3: (32, 320), Target.AAC: (32, 320)}
DEFAULT_BITRATE_KBPS = {Target.OPUS: 128, Target.MP3: 192, Target.AAC: 192}


class SoundProbe(Protocol):
    """Tries out whether a file is really the sound it says it is."""

    def decodable(self, path: Path) -> None:
        """Return when the first second of a file decodes; raises TranscodeFailed. Blocking."""
        ...


class Transcoder(Protocol):
    """Decodes any format we serve and encodes it anew."""

    def transcode(self, source: Path, encoding: Encoding) -> Iterator[bytes]:
        """Yield the encoded stream in pieces as they are made; blocking, for a thread of its own.

        The stream can be played while it grows. Closing the iterator stops the work. Raises TranscodeFailed before
        the first piece when the source cannot be decoded; a source that breaks off later ends the stream there.
        """
        ...
