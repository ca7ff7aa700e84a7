"""Whether an app can play a song as it is, and what it gets else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sarau.catalog.library.schemas import Track
from sarau.foundation.media.tags import ReplayGain
from sarau.foundation.media.transcoding import Target
from sarau.interfaces.subsonic.deciding import (
    ClientInfo,
    CodecProfile,
    DirectPlayProfile,
    Limitation,
    TranscodingProfile,
    decide,
)

ANYTHING = DirectPlayProfile()
MP3 = TranscodingProfile("mp3", "mp3", "http")
OPUS = TranscodingProfile("ogg", "opus", "http")


def _track(codec: str = "flac", media_type: str = "audio/flac", kbps: int = 900, **more: Any) -> Track:
    fields = {"sample_rate_hz": 96_000, "bit_depth": 24, "channels": 2, **more}
    return Track(
        id="0" * 16, library_id="0" * 16, folder_id=None, album_id=None, album=None, title="x", version=None,
        artist="y", artists=[], genres=[], year=None, disc_number=None, track_number=None, duration_ms=1_000,
        codec=codec, media_type=media_type, bitrate_kbps=kbps, size_bytes=1, replay_gain=ReplayGain(), cover=None,
        added_at=datetime(2026, 1, 1, tzinfo=UTC), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("client", "reasons"),
    [
        (ClientInfo(direct_play_profiles=[ANYTHING]), []),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile(["flac"], ["flac"], ["http"])]), []),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile(["*"], ["FLAC"], ["*"], 2)]), []),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile(["mp3"]), ANYTHING]), []),
        (ClientInfo(), ["NoDirectPlayProfile"]),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile(["mp3"])]), ["ContainerNotSupported"]),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile([], ["aac"])]), ["AudioCodecNotSupported"]),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile([], [], ["hls"])]), ["ProtocolNotSupported"]),
        (ClientInfo(direct_play_profiles=[DirectPlayProfile([], [], [], 1)]), ["AudioChannelsNotSupported"]),
        (ClientInfo(max_audio_bitrate=320_000, direct_play_profiles=[ANYTHING]), ["AudioBitrateNotSupported"]),
        (ClientInfo(max_audio_bitrate=900_000, direct_play_profiles=[ANYTHING]), []),
    ],
)
def test_what_an_app_can_play(client: ClientInfo, reasons: list[str]) -> None:
    assert decide(_track(), client).reasons == reasons


@pytest.mark.parametrize(
    ("limit", "reasons"),
    [
        (Limitation("audioSamplerate", "LessThanEqual", ["48000"], True), ["AudioSamplerateNotSupported"]),
        (Limitation("audioSamplerate", "LessThanEqual", ["48000"], False), []),
        (Limitation("audioSamplerate", "LessThanEqual", ["96000"], True), []),
        (Limitation("audioSamplerate", "GreaterThanEqual", ["96001"], True), ["AudioSamplerateNotSupported"]),
        (Limitation("audioBitdepth", "Equals", ["16", "24"], True), []),
        (Limitation("audioBitdepth", "Equals", ["16"], True), ["AudioBitdepthNotSupported"]),
        (Limitation("audioChannels", "NotEquals", ["2"], True), ["AudioChannelsNotSupported"]),
        (Limitation("audioProfile", "Equals", ["LC"], True), []),
        (Limitation("audioBitrate", "Sideways", ["1"], True), []),
        (Limitation("audioBitrate", "LessThanEqual", ["many"], True), []),
    ],
)
def test_the_limits_of_a_decoder(limit: Limitation, reasons: list[str]) -> None:
    for name in ("flac", "*"):
        profiles = [CodecProfile("AudioCodec", name, [limit])]
        client = ClientInfo(direct_play_profiles=[ANYTHING], codec_profiles=profiles)
        assert decide(_track(), client).reasons == reasons
    others = ClientInfo(direct_play_profiles=[ANYTHING], codec_profiles=[CodecProfile("AudioCodec", "mp3", [limit])])
    assert decide(_track(), others).reasons == []


@pytest.mark.parametrize(
    ("client", "target", "kbps"),
    [
        (ClientInfo(transcoding_profiles=[MP3, OPUS]), Target.MP3, 192),
        (ClientInfo(transcoding_profiles=[OPUS, MP3]), Target.OPUS, 128),
        (ClientInfo(max_transcoding_audio_bitrate=96_000, transcoding_profiles=[MP3]), Target.MP3, 96),
        (ClientInfo(max_audio_bitrate=64_000, transcoding_profiles=[MP3]), Target.MP3, 64),
        (ClientInfo(max_transcoding_audio_bitrate=9_000_000, transcoding_profiles=[MP3]), Target.MP3, 320),
        (ClientInfo(max_transcoding_audio_bitrate=1, transcoding_profiles=[MP3]), Target.MP3, 32),
        (ClientInfo(transcoding_profiles=[TranscodingProfile("flac", "flac")]), Target.FLAC, None),
        (ClientInfo(transcoding_profiles=[TranscodingProfile("ts", "aac", "hls"), MP3]), Target.MP3, 192),
        (ClientInfo(transcoding_profiles=[TranscodingProfile("wma", "wma")]), None, None),
        (ClientInfo(), None, None),
    ],
)
def test_what_an_app_gets_else(client: ClientInfo, target: Target | None, kbps: int | None) -> None:
    found = decide(_track(), client)
    assert (found.target, found.bitrate_kbps) == (target, kbps)
    assert (found.stream is None) == (target is None)


def test_nothing_is_blown_up() -> None:
    small = _track("mp3", "audio/mpeg", 48, sample_rate_hz=44_100, bit_depth=None)
    found = decide(small, ClientInfo(transcoding_profiles=[MP3]))
    assert found.bitrate_kbps == 48
    assert (found.source.container, found.source.audio_bitrate) == ("mp3", 48_000)


@pytest.mark.parametrize(
    ("media_type", "container"), [("audio/mp4", "m4a"), ("audio/ogg", "opus"), ("audio/mpeg", "mp3")]
)
def test_containers_go_by_several_names(media_type: str, container: str) -> None:
    client = ClientInfo(direct_play_profiles=[DirectPlayProfile([container])])
    assert decide(_track("aac", media_type), client).reasons == []
