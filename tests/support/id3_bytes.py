"""ID3v2 tags put together by hand, right or wrong."""

import struct


def synchsafe(number: int) -> bytes:
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def frame(name: str, content: bytes, *, version: int = 4, flags: int = 0) -> bytes:
    if version == 2:
        return name.encode() + len(content).to_bytes(3, "big") + content
    size = synchsafe(len(content)) if version == 4 else struct.pack(">I", len(content))
    return name.encode() + size + struct.pack(">H", flags) + content


def tag(*frames: bytes, version: int = 4, flags: int = 0, size: int | None = None) -> bytes:
    body = b"".join(frames)
    return b"ID3" + bytes((version, 0, flags)) + synchsafe(len(body) if size is None else size) + body
