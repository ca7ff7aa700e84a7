"""Trying out what strangers send, and what this machine's libraries can do."""

import subprocess
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from sarau.foundation.media.formats import Codec
from sarau.foundation.media.transcoding import Target, TranscodeFailed

REFUSED_EXIT_CODE = 3
_TIMEOUT_S = 60

_DECODERS = {
    Codec.MP3: ("mp3float",),
    Codec.FLAC: ("flac",),
    Codec.WAV: ("pcm_s16le", "pcm_s24le", "pcm_f32le"),
    Codec.AIFF: ("pcm_s16be", "pcm_s24be"),
    Codec.VORBIS: ("vorbis",),
    Codec.OPUS: ("opus",),
    Codec.AAC: ("aac",),
    Codec.ALAC: ("alac",),
    Codec.WMA: ("wmav1", "wmav2"),
    Codec.APE: ("ape",),
    Codec.WAVPACK: ("wavpack",),
}
_ENCODERS = {Target.OPUS: "libopus", Target.AAC: "aac", Target.FLAC: "flac"}


class AvProbe:
    """Decodes the beginning of a file in a process of its own, which a hostile file may eat up or crash."""

    def decodable(self, path: Path) -> None:
        """Return when the first second of a file decodes; raises TranscodeFailed with the reason when not."""
        command = [sys.executable, "-P", "-m", "sarau.adapters.ffmpeg.trial", str(path.absolute())]
        try:
            trial = subprocess.run(  # noqa: S603
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIMEOUT_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TranscodeFailed("decoding it takes too long") from error
        if trial.returncode == REFUSED_EXIT_CODE:
            raise TranscodeFailed(trial.stdout.decode(errors="replace").strip())
        if trial.returncode < 0:
            raise TranscodeFailed("the decoder broke down on it")
        if trial.returncode:
            raise RuntimeError(f"the trial of a sound file did not run: {trial.stderr.decode(errors='replace')}")


class CodecsReport(NamedTuple):
    """Which codecs work here; what is missing from the sets cannot be decoded or encoded."""

    decoders: frozenset[Codec]
    encoders: frozenset[Target]

    @property
    def complete(self) -> bool:
        """Tell whether every format can be decoded and every target encoded."""
        return self.decoders == frozenset(Codec) and self.encoders == frozenset(Target)


def codecs_report() -> CodecsReport:
    """Return which formats can be decoded and encoded with the libraries on this machine."""
    encoders = {target for target, name in _ENCODERS.items() if _has(name, "w")}
    if _has_lame():
        encoders.add(Target.MP3)
    decoders = {codec for codec, names in _DECODERS.items() if all(_has(name, "r") for name in names)}
    return CodecsReport(frozenset(decoders), frozenset(encoders))


def _has(name: str, mode: Literal["r", "w"]) -> bool:
    try:
        from av.codec import Codec as AvCodec
        from av.codec.codec import UnknownCodecError
    except ImportError:
        return False
    try:
        return AvCodec(name, mode).name == name
    except UnknownCodecError:
        return False


def _has_lame() -> bool:
    try:
        import lameenc  # type: ignore[import-not-found]
    except ImportError:
        return False
    return callable(lameenc.Encoder)
