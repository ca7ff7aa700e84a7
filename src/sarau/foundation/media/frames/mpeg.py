"""Frames of MPEG audio (ISO/IEC 11172-3, 13818-3) and of ADTS (ISO/IEC 13818-7, annex B)."""

from abc import abstractmethod
from typing import NamedTuple

from sarau.foundation.media.frames.walker import Walker, id3_bytes

_KBPS = {
    (1, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (1, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (1, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (2, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (2, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
}
_MPEG_RATES_HZ = (44_100, 48_000, 32_000)
_ADTS_RATES_HZ = (
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
)  # fmt: skip
_ADTS_SAMPLES = 1024
_ADTS_HEADER_BYTES = 7
_ID3_HEADER_BYTES = 10
_XING_BYTES = 200  # the header frame's side information, Xing's fields and LAME's behind them
# What a decoder adds to the delay of the encoder before the first sample comes out (LAME's documentation).
_DECODER_DELAY = 529


class Frame(NamedTuple):
    """What a header tells of its frame."""

    length: int
    samples: int
    rate_hz: int
    kind: int  # the same in all frames of a stream


def mpeg_frame(header: bytes) -> Frame | None:
    """Return what four bytes tell that begin a frame of MPEG audio; None if they cannot."""
    if header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    bitrate, rate = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer == 4 or bitrate in (0, 15) or rate == 3:
        return None
    old = version == 3  # MPEG-1; else MPEG-2 or 2.5
    rate_hz = _MPEG_RATES_HZ[rate] >> {3: 0, 2: 1, 0: 2}[version]
    bits_per_s = _KBPS[1 if old else 2, layer][bitrate] * 1000
    padding = header[2] >> 1 & 1
    kind = version << 4 | layer << 2 | rate
    if layer == 1:
        return Frame((12 * bits_per_s // rate_hz + padding) * 4, 384, rate_hz, kind)
    samples = 1152 if old or layer == 2 else 576
    return Frame(samples // 8 * bits_per_s // rate_hz + padding, samples, rate_hz, kind)


def adts_frame(header: bytes) -> Frame | None:
    """Return what seven bytes tell that begin a frame of ADTS; None if they cannot."""
    if header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return None
    rate = header[2] >> 2 & 0xF
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    if rate >= len(_ADTS_RATES_HZ) or length < _ADTS_HEADER_BYTES:
        return None
    return Frame(length, _ADTS_SAMPLES * (1 + (header[6] & 3)), _ADTS_RATES_HZ[rate], rate)


class _FrameWalker(Walker):
    """Walks from header to header; after something foreign it asks for two headers in a row to trust them."""

    _header_bytes = 4

    def __init__(self) -> None:
        super().__init__()
        self._kind = -1
        self._samples = 0
        self._rate_hz = 0
        self._in_step = False

    @abstractmethod
    def _parse(self, header: bytes) -> Frame | None:
        """Return what a header tells of its frame; None if it is none."""

    def _is_sound(self, data: bytes, position: int, frame: Frame) -> bool:  # noqa: ARG002 - for who needs it
        """Tell whether a frame has sound in it."""
        return True

    def _waits(self, data: bytes, position: int, frame: Frame) -> bool:  # noqa: ARG002 - for who needs it
        """Tell whether more of a frame is needed than its header."""
        return False

    def _step(self, data: bytes, position: int) -> int:
        need = self._header_bytes
        if position + need > len(data):
            return position
        frame = self._parse(data[position : position + need])
        if frame is None or (self._kind >= 0 and frame.kind != self._kind):
            return self._resync(data, position)
        if not self._in_step:
            behind = position + frame.length
            if behind + need > len(data):
                return position
            following = self._parse(data[behind : behind + need])
            if following is None or following.kind != frame.kind:
                return self._resync(data, position)
            self._in_step = True
        if self._waits(data, position, frame):
            return position
        self._count(data, position, frame)
        return position + frame.length

    def _count(self, data: bytes, position: int, frame: Frame) -> None:
        at = self._base + position
        if self._kind < 0:
            self._kind, self._rate_hz, self.origin = frame.kind, frame.rate_hz, at
        if not self._is_sound(data, position, frame):
            return
        self._note(self.time_ms, at)
        self._samples += frame.samples
        self.time_ms = max(0, self._samples * 1000 // self._rate_hz)
        self.offset = at + frame.length

    def _resync(self, data: bytes, position: int) -> int:
        """Return where the next header may be, past a tag if one begins here."""
        self._in_step = False
        head = data[position : position + _ID3_HEADER_BYTES]
        if head[:3] == b"ID3":
            if len(head) < _ID3_HEADER_BYTES:
                return position
            return position + id3_bytes(head)
        found = data.find(b"\xff", position + 1)
        return self._missed(found) if found >= 0 else len(data)


class MpegWalker(_FrameWalker):
    """Walks along MPEG audio; the header frame of Xing, LAME or VBRI is not sound, and tells the encoder's delay."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[bytes, Frame | None] = {}

    def _parse(self, header: bytes) -> Frame | None:
        key = header[:3]
        if key not in self._known:
            if len(self._known) > 4096:
                self._known.clear()
            self._known[key] = mpeg_frame(header)
        return self._known[key]

    def _waits(self, data: bytes, position: int, frame: Frame) -> bool:
        return self._kind < 0 and position + min(frame.length, _XING_BYTES) > len(data)

    def _is_sound(self, data: bytes, position: int, frame: Frame) -> bool:
        if self.points:
            return True
        body = data[position : position + min(frame.length, _XING_BYTES)]
        if body[36:40] == b"VBRI":
            return False
        at = max(body.find(b"Xing", 4, 44), body.find(b"Info", 4, 44))
        if at < 0:
            return True
        delay = _lame_delay(body, at)
        if delay:
            self._samples = -(delay + _DECODER_DELAY)
        return False


def _lame_delay(body: bytes, at: int) -> int:
    """Return the samples an encoder put before the sound, as told behind Xing's fields; 0 if nothing is."""
    flags = int.from_bytes(body[at + 4 : at + 8], "big")
    field = at + 8 + 4 * (flags & 1) + 4 * (flags >> 1 & 1) + 100 * (flags >> 2 & 1) + 4 * (flags >> 3 & 1)
    if not body[field : field + 4].isalnum():
        return 0
    delays = body[field + 21 : field + 24]
    return int.from_bytes(delays, "big") >> 12 if len(delays) == 3 else 0


class AdtsWalker(_FrameWalker):
    """Walks along AAC in ADTS."""

    _header_bytes = _ADTS_HEADER_BYTES

    def _parse(self, header: bytes) -> Frame | None:
        return adts_frame(header)
