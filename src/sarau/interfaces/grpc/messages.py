"""Messages from bytes; and those with one field of bytes by hand: the library copies every byte several times."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from google.protobuf.message import DecodeError, Message

from sarau.foundation.errors import Invalid
from sarau.interfaces.grpc.errors import Garbage

M = TypeVar("M")
_BYTES = 2  # the wire type of a field with a length; key, length as a varint, content (protobuf's encoding)
_LONGEST_LENGTH = 5  # bytes of a varint below 2**35, more than any message has


def require_texts(message: Message) -> None:
    """Raise Invalid naming the field with a NUL, which PostgreSQL does not know in texts."""
    for field, value in message.ListFields():
        for one in value if field.is_repeated else (value,):
            if isinstance(one, str) and "\0" in one:
                raise Invalid(field.name, "the NUL character is not allowed")
            if isinstance(one, Message):
                require_texts(one)


def read(parse: Callable[[bytes], M], raw: bytes) -> M:
    """Return a message; raises Garbage, and Invalid for a NUL in a text. The library would call it our failure."""
    try:
        message = parse(raw)
    except DecodeError as error:
        raise Garbage("message", "it is not what this method takes") from error
    if b"\0" in raw and isinstance(message, Message):
        require_texts(message)
    return message


@lru_cache(256)
def head(field: int, length: int) -> bytes:
    """Return what stands before so many bytes as a field, numbered up to 15, of a message."""
    out = bytearray((field << 3 | _BYTES,))
    while length > 0x7F:
        out.append(length & 0x7F | 0x80)
        length >>= 7
    out.append(length)
    return bytes(out)


def only_bytes(raw: bytes, field: int) -> memoryview | None:
    """Return the content of a message that has this field and nothing else, as all encoders write it; else None."""
    if not raw or raw[0] != (field << 3 | _BYTES):
        return None
    length = 0
    for place, byte in enumerate(raw[1 : 1 + _LONGEST_LENGTH]):
        length |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            content = memoryview(raw)[place + 2 :]
            return content if len(content) == length else None
    return None
