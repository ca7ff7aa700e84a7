"""The house itself: licence, extensions, scans, lyrics, chat, transcoding."""

from typing import ClassVar

from sarau.interfaces.subsonic.structures.base import Structure


class License(Structure, frozen=True):
    """That the house may be used, which it always may."""

    valid: bool


class Extension(Structure, frozen=True):
    """An extension that is spoken here."""

    name: str
    versions: list[int]

    xml_elements: ClassVar[frozenset[str]] = frozenset({"versions"})


class TokenInfo(Structure, frozen=True):
    """Whose API key it is."""

    username: str


class ScanStatus(Structure, frozen=True):
    """Whether folders are being read, and how much was."""

    scanning: bool
    count: int


class Empty(Structure, frozen=True):
    """An element with nothing in it, such as the list of podcasts of a house without any."""


class Lyrics(Structure, frozen=True, kw_only=True):
    """The words of a song, without times."""

    artist: str | None = None
    title: str | None = None
    value: str

    xml_text: ClassVar[str | None] = "value"


class Line(Structure, frozen=True):
    """A line of a song."""

    value: str
    start: int | None = None

    xml_text: ClassVar[str | None] = "value"


class Cue(Structure, frozen=True):
    """A word and its time; bytes are counted in the line, from its first to its last."""

    start: int
    end: int | None
    value: str
    byte_start: int
    byte_end: int

    xml_text: ClassVar[str | None] = "value"


class CueLine(Structure, frozen=True):
    """A line whose words have times."""

    index: int
    start: int
    end: int | None
    value: str
    cue: list[Cue]


class StructuredLyrics(Structure, frozen=True, kw_only=True):
    """One version of the words of a song."""

    display_artist: str
    display_title: str
    lang: str
    offset: int
    synced: bool
    line: list[Line]
    kind: str | None = None
    cue_line: list[CueLine] | None = None


class LyricsList(Structure, frozen=True):
    """All versions of the words of a song."""

    structured_lyrics: list[StructuredLyrics]


class StreamDetails(Structure, frozen=True):
    """How a stream of sound is made."""

    protocol: str
    container: str
    codec: str
    audio_channels: int
    audio_bitrate: int
    audio_profile: str
    audio_samplerate: int
    audio_bitdepth: int | None = None


class TranscodeDecision(Structure, frozen=True, kw_only=True):
    """Whether an app can play a song as it is, and what it gets else."""

    can_direct_play: bool
    can_transcode: bool
    transcode_reason: list[str]
    error_reason: str
    transcode_params: str | None = None
    source_stream: StreamDetails
    transcode_stream: StreamDetails | None = None

    xml_elements: ClassVar[frozenset[str]] = frozenset({"transcodeReason"})
