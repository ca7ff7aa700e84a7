"""From a recording to the bytes of a sound file, in each of the formats of the library."""

import io
from typing import NamedTuple

import av

from sarau.adapters.synth.catalogue import Format
from sarau.adapters.synth.instruments import RATE_HZ, Sound
from sarau.adapters.synth.mixing import audio_frame


class _Encoder(NamedTuple):
    container: str
    codec: str
    rate_hz: int = RATE_HZ
    bitrate_bps: int | None = None
    sample_format: str | None = None
    options: dict[str, str] | None = None


_ENCODERS = {
    # Level 7 takes half the time of the standard one, and on these sounds it is nearer to the original.
    Format.MP3: _Encoder("mp3", "libmp3lame", bitrate_bps=160_000, options={"compression_level": "7"}),
    Format.FLAC: _Encoder("flac", "flac", sample_format="s16", options={"compression_level": "8"}),
    # The only Vorbis encoder at hand is experimental and knows no bitrate; 1180 is its best quality (10 times 118).
    Format.VORBIS: _Encoder(
        "ogg", "vorbis", options={"strict": "experimental", "flags": "+qscale", "global_quality": "1180"}
    ),
    # Opus knows 48 kHz, not 44.1 (RFC 6716).
    Format.OPUS: _Encoder("ogg", "libopus", rate_hz=48_000, bitrate_bps=112_000),
    Format.AAC: _Encoder("ipod", "aac", bitrate_bps=160_000, options={"aac_coder": "fast"}),
    Format.ALAC: _Encoder("ipod", "alac", sample_format="s16p"),
    # Uncompressed: a lower rate keeps it small, and there is little above 16 kHz in any of the instruments.
    Format.WAV: _Encoder("wav", "pcm_s16le", rate_hz=32_000),
}


def encode(samples: Sound, target: Format) -> bytes:
    """Return a stereo sound encoded; equal sounds give equal bytes."""
    how = _ENCODERS[target]
    file = io.BytesIO()
    # Without bitexact an Ogg stream gets a random serial number.
    with av.open(file, "w", format=how.container, options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(how.codec, rate=how.rate_hz, layout="stereo", options=how.options or {})
        assert isinstance(stream, av.AudioStream)  # noqa: S101 (all codecs of the table are for sound)
        if how.bitrate_bps:
            stream.bit_rate = how.bitrate_bps
        if how.sample_format:
            stream.format = how.sample_format
        for frame in (audio_frame(samples), None):
            for packet in stream.encode(frame):
                container.mux(packet)
    return file.getvalue()
