"""Whether an app can play a song as it is, and what it is given else: pure thinking."""

from typing import NamedTuple

import msgspec

from sarau.catalog.library.schemas import Track
from sarau.foundation.media.transcoding import BITRATES_KBPS, DEFAULT_BITRATE_KBPS, Target
from sarau.interfaces.subsonic.structures.house import StreamDetails

_ANY = frozenset({"", "*"})
_CONTAINERS = {"ogg": {"ogg", "oga", "opus"}, "mp4": {"mp4", "m4a", "m4b"}, "mpeg": {"mp3"}}
_SAMPLE_RATES = {Target.OPUS: 48_000}
_BITS_PER_KBIT = 1_000


class _Ask(msgspec.Struct, rename="camel"):
    """What apps tell is theirs to make up: what is unknown is passed over, what is missing means nothing."""


class DirectPlayProfile(_Ask):
    """Sound that an app plays as it is; an empty list means any."""

    containers: list[str] = []
    audio_codecs: list[str] = []
    protocols: list[str] = []
    max_audio_channels: int | None = None


class TranscodingProfile(_Ask):
    """Sound that an app likes to be given else, the best first."""

    container: str = ""
    audio_codec: str = ""
    protocol: str = "http"
    max_audio_channels: int | None = None


class Limitation(_Ask):
    """What an app's decoder can do no more than."""

    name: str = ""
    comparison: str = ""
    values: list[str] = []
    required: bool = False


class CodecProfile(_Ask):
    """The limits of an app's decoder."""

    type: str = ""
    name: str = ""
    limitations: list[Limitation] = []


class ClientInfo(_Ask):
    """What an app can play; bitrates in bits a second, 0 for any."""

    name: str = ""
    platform: str = ""
    max_audio_bitrate: int = 0
    max_transcoding_audio_bitrate: int = 0
    direct_play_profiles: list[DirectPlayProfile] = []
    transcoding_profiles: list[TranscodingProfile] = []
    codec_profiles: list[CodecProfile] = []


class Decision(NamedTuple):
    """How an app is given a song: the reasons why not as it is, and what it is given else."""

    source: StreamDetails
    reasons: list[str]
    target: Target | None
    bitrate_kbps: int | None
    stream: StreamDetails | None


def source_of(track: Track) -> StreamDetails:
    """Return how a song is stored."""
    container = track.media_type.partition("/")[2].removeprefix("x-")
    return StreamDetails(
        protocol="http",
        container="mp3" if container == "mpeg" else container,
        codec=track.codec,
        audio_channels=track.channels,
        audio_bitrate=track.bitrate_kbps * _BITS_PER_KBIT,
        audio_profile="",
        audio_samplerate=track.sample_rate_hz,
        audio_bitdepth=track.bit_depth,
    )


def decide(track: Track, client: ClientInfo) -> Decision:
    """Return how an app is given a song."""
    source = source_of(track)
    reasons = _reasons(source, client)
    for profile in client.transcoding_profiles:
        target = _target(profile)
        if target is not None:
            kbps, stream = _stream(source, profile, target, client)
            return Decision(source, reasons, target, kbps, stream)
    return Decision(source, reasons, None, None, None)


def _reasons(source: StreamDetails, client: ClientInfo) -> list[str]:
    """Return why an app cannot play a song as it is."""
    if client.max_audio_bitrate and source.audio_bitrate > client.max_audio_bitrate:
        return ["AudioBitrateNotSupported"]
    found: list[str] = []
    for profile in client.direct_play_profiles:
        reason = _mismatch(source, profile) or _limited(source, client)
        if reason is None:
            return []
        found.append(reason)
    return list(dict.fromkeys(found)) or ["NoDirectPlayProfile"]


def _mismatch(source: StreamDetails, profile: DirectPlayProfile) -> str | None:
    names = _CONTAINERS.get(source.container, {source.container})
    if not _named(profile.protocols, {"http"}):
        return "ProtocolNotSupported"
    if not _named(profile.containers, names):
        return "ContainerNotSupported"
    if not _named(profile.audio_codecs, {source.codec}):
        return "AudioCodecNotSupported"
    if profile.max_audio_channels and source.audio_channels > profile.max_audio_channels:
        return "AudioChannelsNotSupported"
    return None


def _named(list_of: list[str], names: set[str]) -> bool:
    lower = {name.lower() for name in list_of}
    return not lower or bool(lower & (names | _ANY))


def _limited(source: StreamDetails, client: ClientInfo) -> str | None:
    """Return which limit of the app's decoder a song goes beyond; only those that are required count."""
    for profile in client.codec_profiles:
        if profile.name.lower() not in (source.codec, *_ANY):
            continue
        for limit in profile.limitations:
            if limit.required and not _within(source, limit):
                return f"{limit.name[:1].upper()}{limit.name[1:]}NotSupported"
    return None


def _within(source: StreamDetails, limit: Limitation) -> bool:
    values = {
        "audioChannels": source.audio_channels,
        "audioBitrate": source.audio_bitrate,
        "audioSamplerate": source.audio_samplerate,
        "audioBitdepth": source.audio_bitdepth,
    }
    value = values.get(limit.name)
    if value is None or not limit.values:
        return True
    numbers = [int(text) for text in limit.values if text.isdecimal()]
    match limit.comparison:
        case "Equals":
            return value in numbers
        case "NotEquals":
            return value not in numbers
        case "LessThanEqual":
            return not numbers or value <= numbers[0]
        case "GreaterThanEqual":
            return not numbers or value >= numbers[0]
    return True


def _target(profile: TranscodingProfile) -> Target | None:
    """Return what we encode to for a profile, if we can."""
    if profile.protocol.lower() not in ("http", *_ANY):
        return None
    try:
        return Target((profile.audio_codec or profile.container).lower())
    except ValueError:
        return None


def _stream(
    source: StreamDetails, profile: TranscodingProfile, target: Target, client: ClientInfo
) -> tuple[int | None, StreamDetails]:
    kbps = None
    if target in BITRATES_KBPS:
        low, high = BITRATES_KBPS[target]
        most = client.max_transcoding_audio_bitrate or client.max_audio_bitrate
        wished = most // _BITS_PER_KBIT if most else DEFAULT_BITRATE_KBPS[target]
        kbps = max(low, min(wished, high, max(low, source.audio_bitrate // _BITS_PER_KBIT)))
    return kbps, StreamDetails(
        protocol="http",
        container=profile.container or target.value,
        codec=target.value,
        audio_channels=min(source.audio_channels, 2),
        audio_bitrate=kbps * _BITS_PER_KBIT if kbps else source.audio_bitrate,
        audio_profile="",
        audio_samplerate=_SAMPLE_RATES.get(target, source.audio_samplerate),
        audio_bitdepth=source.audio_bitdepth if target is Target.FLAC else None,
    )
