"""Tracks in the order of rules, so that as few as possible are looked at for the first of them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    bindparam,
    cast,
    literal,
    not_,
    null,
    select,
    union_all,
)

from sarau.catalog.library.tables import tracks
from sarau.playlists.fields import Ordering

_LIMIT, _OFFSET = bindparam("limit", type_=BigInteger()), bindparam("offset", type_=BigInteger())
_COLUMNS = (tracks.c.id, tracks.c.duration_ms)


class Sort(NamedTuple):
    """What to order by, and in which direction."""

    by: Ordering
    descending: bool


class _Key(NamedTuple):
    value: ColumnElement[Any]
    descending: bool

    def ordered(self, value: ColumnElement[Any]) -> ColumnElement[Any]:
        return value.desc() if self.descending else value


def chosen(conditions: Sequence[ColumnElement[bool]], sorts: Sequence[Sort]) -> Select[Any]:
    """Return the selection of ids and lengths of tracks that fulfil conditions, in order, a page of them."""
    # In the direction of what comes before, so that the index of a sort can be followed.
    last = _Key(tracks.c.id, bool(sorts) and sorts[-1].descending)
    if sorts and sorts[0].by.without is not None:
        return _divided(conditions, sorts[0], sorts[0].by.without, sorts[1:], last)
    joined, keys = _joined(tracks, sorts)
    ordered = [key.ordered(key.value) for key in (*keys, last)]
    return select(*_COLUMNS).select_from(joined).where(*conditions).order_by(*ordered).limit(_LIMIT).offset(_OFFSET)


def _divided(
    conditions: Sequence[ColumnElement[bool]],
    first: Sort,
    without: ColumnElement[bool],
    rest: Sequence[Sort],
    last: _Key,
) -> Select[Any]:
    """Return a selection made of tracks that have what is sorted by first, and of the others, each up to the limit.

    Those that have it are found by the index of it, which nobody could follow among tracks that may not.
    """
    by = first.by
    having: tuple[FromClause, ...] = () if by.joined is None else (by.joined,)
    start = tracks.join(by.joined, by.on) if by.joined is not None else tracks
    with_it, more = _joined(start, rest, having)
    without_it, _ = _joined(tracks, rest)
    others_first = by.least and not first.descending
    has_it = conditions if having else (*conditions, not_(without))
    keys = [_Key(by.value, first.descending), *more, last]
    nothing = _Key(cast(null(), by.value.type), descending=False)
    # A constant to order by keeps the database from looking for what is rare in the order of what comes after it.
    in_order = [nothing, *keys[1:]] if by.rare else keys[1:]
    both = union_all(
        _part(with_it, has_it, keys, keys, int(others_first)),
        _part(without_it, (*conditions, without), [nothing, *keys[1:]], in_order, int(not others_first)),
    ).subquery()
    ordered = [key.ordered(both.c[_label(number)]) for number, key in enumerate(keys)]
    return select(both.c.id, both.c.duration_ms).order_by(both.c.part, *ordered).limit(_LIMIT).offset(_OFFSET)


def _part(
    joined: FromClause,
    conditions: Sequence[ColumnElement[bool]],
    keys: Sequence[_Key],
    in_order: Sequence[_Key],
    place: int,
) -> Select[Any]:
    """Return tracks with the keys by which all parts are ordered."""
    labelled = [key.value.label(_label(number)) for number, key in enumerate(keys)]
    rows = select(*_COLUMNS, literal(place).label("part"), *labelled).select_from(joined).where(*conditions)
    rows = rows.order_by(*(key.ordered(key.value) for key in in_order)).limit(_LIMIT + _OFFSET)
    return select(rows.subquery())


def _label(number: int) -> str:
    return f"key{number}"


def _joined(
    start: FromClause, sorts: Sequence[Sort], having: Sequence[FromClause] = ()
) -> tuple[FromClause, list[_Key]]:
    """Return tracks with what sorts need of other tables but those it has, and what they are ordered by."""
    keys: list[_Key] = []
    have = list(having)
    for by, descending in sorts:
        if by.joined is not None and by.joined not in have:
            have.append(by.joined)
            start = start.outerjoin(by.joined, by.on)
        if not by.sure:  # what has no value comes last, or as the least, on both databases
            keys.append(_Key(by.value.is_(None), by.least and not descending))
        keys.append(_Key(by.value, descending))
    return start, keys
