"""Files that mean harm."""

import struct


def _box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind + body


def _full(kind: bytes, *parts: bytes) -> bytes:
    return _box(kind, b"\0\0\0\0", *parts)


def index_bomb(samples: int) -> bytes:
    """Return an MP4 of some 600 bytes that declares so many samples, all at the same place (ISO/IEC 14496-12)."""
    decoder = bytes.fromhex("03190001000411401500000000000000000000000005021210060102")
    entry = b"\0" * 6 + b"\0\1" + b"\0" * 8 + struct.pack(">HHHHI", 2, 16, 0, 0, 44_100 << 16)
    table = _box(
        b"stbl",
        _full(b"stsd", struct.pack(">I", 1), _box(b"mp4a", entry, _full(b"esds", decoder))),
        _full(b"stts", struct.pack(">III", 1, samples, 1024)),
        _full(b"stsc", struct.pack(">IIII", 1, 1, samples, 1)),
        _full(b"stsz", struct.pack(">II", 6, samples)),
        _full(b"stco", struct.pack(">II", 1, 40)),
    )
    media = _box(
        b"mdia",
        _full(b"mdhd", struct.pack(">IIIIHH", 0, 0, 44_100, 0xFFFF_FFFF, 0, 0)),
        _full(b"hdlr", b"\0\0\0\0soun" + b"\0" * 13),
        _box(b"minf", _full(b"smhd", b"\0" * 4), table),
    )
    track = _box(b"trak", _box(b"tkhd", b"\0\0\0\7", struct.pack(">IIII", 0, 0, 1, 0), b"\0" * 60), media)
    movie = _box(b"moov", _full(b"mvhd", struct.pack(">IIII", 0, 0, 1000, 1000), b"\0" * 80), track)
    sound = _box(b"mdat", b"\x21\x10\x04\x60\x8c\x1c" + b"\0" * 64)
    return _box(b"ftyp", b"M4A \0\0\0\0M4A ") + sound + movie


def slow_wave(rate_hz: int, channels: int) -> bytes:
    """Return a WAV of a few KB whose header makes hours, or hundreds of channels, of it."""
    pcm = b"\0" * 4000
    width = 2 * channels
    form = struct.pack("<HHIIHH", 1, channels, rate_hz, rate_hz * width, width & 0xFFFF, 16)
    return b"RIFF" + struct.pack("<I", 4036) + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data\xa0\x0f\0\0" + pcm


HOSTILE: dict[str, bytes] = {
    "empty": b"",
    "text": b"This is a letter, not music. " * 100,
    "picture": bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489") + b"\0" * 500,
    "hls playlist": b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nsecret.aac\n#EXT-X-ENDLIST\n",
    "concat script": b"ffconcat version 1.0\nfile secret.aac\n",
    "concat script behind a tag": b"ID3\4\0\0\0\0\0\0" + b"ffconcat version 1.0\nfile secret.aac\n",
    "session description": b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    "subtitles": b"[Script Info]\nScriptType: v4.00+\n[Events]\nDialogue: 0,0:00:01.00,0:00:09.00,x,,0,0,0,,la\n",
    "one sample a second": slow_wave(1, 1),
    "255 channels": slow_wave(44_100, 255),
    "a million tags": b"ID3\4\0\0\0\0\0\0" * 1_000_000,
    "one frame header and no frames": b"\xff\xfb\x90\x64" + b"\x55" * 2_000_000,
    "index of gigabytes": index_bomb(170_000_000),
}
