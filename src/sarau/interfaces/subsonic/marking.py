"""What the caller thinks of things, laid over what everybody sees of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.interfaces.subsonic.structures.base import Structure, instant
from sarau.interfaces.subsonic.structures.media import Marks
from sarau.playback.marks.queries import bearing, known
from sarau.playback.marks.schemas import Marked

_encode = msgspec.json.Encoder().encode


class _Id(msgspec.Struct):
    """All that is looked at of kept items."""

    id: str


_ids = msgspec.json.Decoder(list[_Id])
_raws = msgspec.json.Decoder(list[msgspec.Raw])
_PREFIX = 3  # of ids on the wire


def _at(moment: datetime | None) -> str | None:
    return instant(moment) if moment is not None else None


async def marks_of(reader: Reader, actor: Actor, kind: Marked, ids: Sequence[str]) -> dict[str, Marks]:
    """Return the caller's marks by id; what has none is left out."""
    found = await known.marks_of(reader, actor, kind, list(ids))
    return {
        one: Marks(
            starred=_at(marks.starred_at),
            user_rating=marks.rating or None,
            play_count=marks.play_count or None,
            played=_at(marks.last_played),
        )
        for one, marks in found.items()
    }


def items(found: Sequence[Structure]) -> bytes:
    """Return a list to be kept: as everybody sees it."""
    return _encode(found)


def with_marks(data: bytes, mark: Marks | None) -> bytes:
    """Return an encoded thing with somebody's marks: they are laid over it, for to encode it anew takes long."""
    if mark is None or len(more := _encode(mark)) == len(b"{}"):
        return data
    return data[:-1] + b"," + more[1:]


def array(parts: Iterable[bytes]) -> bytes:
    """Return encoded things as one list."""
    return b"[" + b",".join(parts) + b"]"


async def marked_items(reader: Reader, actor: Actor, kind: Marked, data: bytes) -> bytes:
    """Return kept items with the caller's marks."""
    names = [one.id for one in _ids.decode(data)]
    marks = await marks_of(reader, actor, kind, [name[_PREFIX:] for name in names])
    return laid_over(data, marks)


def laid_over(data: bytes, marks: Mapping[str, Marks]) -> bytes:
    """Return kept items with marks."""
    if not marks:
        return data
    pairs = zip(_ids.decode(data), _raws.decode(data), strict=True)
    return array(with_marks(bytes(raw), marks.get(one.id[_PREFIX:])) for one, raw in pairs)


async def artist_marks(reader: Reader, actor: Actor) -> dict[str, Marks]:
    """Return all the caller's marks of artists, by id: they are few."""
    ids = await bearing.marked_artists(reader, actor)
    return await marks_of(reader, actor, Marked.ARTIST, ids) if ids else {}
