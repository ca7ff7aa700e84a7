"""Keyset pages: a page and an opaque cursor that says where the next one begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

MAX_LIMIT = 500


class Page(msgspec.Struct, Generic[T], frozen=True):
    """A slice of a list, and the cursor of the next one or null at the end."""

    items: list[T]
    next_cursor: str | None


class Outline(msgspec.Struct, frozen=True):
    """How long a list is, and the cursors of its pages but the first, for going into the middle."""

    total: int
    cursors: list[str]


class BadCursor(ValueError):
    """A cursor that this server did not make, or made for another list."""


Key = tuple[str | int | None, ...]


def encode_cursor(key: Key) -> str:
    """Return the text of a cursor for the sort key of the last row of a page."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).rstrip(b"=").decode()


def decode_cursor(cursor: str, shape: tuple[type, ...]) -> Key:
    """Return the sort key in a cursor; raises BadCursor unless it has the given types."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = msgspec.json.decode(raw, type=list[str | int | None])
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise BadCursor("not a cursor") from error
    if len(parts) != len(shape) or any(type(p) is not t for p, t in zip(parts, shape, strict=True)):
        raise BadCursor("a cursor of another list")
    if any(isinstance(p, int) and not -(2**63) <= p < 2**63 for p in parts):
        raise BadCursor("a number out of range")
    if any(isinstance(p, str) and "\0" in p for p in parts):
        raise BadCursor("a forbidden character")
    return tuple(parts)


def page_of(rows: Sequence[T], limit: int, key_of: Callable[[T], Key]) -> Page[T]:
    """Return a page from up to limit + 1 rows: one row more than asked says that there is a next page."""
    items = list(rows[:limit])
    more = len(rows) > limit and bool(items)
    return Page(items, encode_cursor(key_of(items[-1])) if more else None)


def outline_of(total: int, limit: int, ends: Sequence[Key]) -> Outline:
    """Return the outline of a list from its length and the sort keys of every limit-th row."""
    pages_but_first = max(0, -(-total // limit) - 1)
    return Outline(total, [encode_cursor(key) for key in ends[:pages_but_first]])
