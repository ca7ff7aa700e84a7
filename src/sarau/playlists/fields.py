"""Fields that rules may ask about: each a column of tracks, or values that other tables hold of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    FromClause,
    Select,
    Text,
    and_,
    bindparam,
    false,
    func,
    literal,
    not_,
    type_coerce,
)

from sarau.foundation.database.types import EntityId
from sarau.kit.text import sort_key
from sarau.kit.times import to_ms
from sarau.playlists.smart_rules import FieldKind, Operator

DAY_MS = 86_400_000
VIEWER = bindparam("viewer_id", type_=EntityId())
_NOW_MS = bindparam("now_ms", type_=BigInteger())
_HIGHEST = "\U0010ffff"
_EITHER = (Operator.EMPTY, Operator.PRESENT)
OPERATORS: dict[FieldKind, tuple[Operator, ...]] = {
    FieldKind.TEXT: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.CONTAINS,
        Operator.CONTAINS_NOT,
        Operator.BEGINS,
        Operator.ENDS,
        *_EITHER,
    ),
    FieldKind.NUMBER: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.BELOW,
        Operator.ABOVE,
        Operator.BETWEEN,
        *_EITHER,
    ),
    FieldKind.MOMENT: (
        Operator.BEFORE,
        Operator.AFTER,
        Operator.BETWEEN,
        Operator.WITHIN_DAYS,
        Operator.NOT_WITHIN_DAYS,
        *_EITHER,
    ),
    FieldKind.FLAG: (Operator.IS,),
    FieldKind.THING: (Operator.IN, Operator.NOT_IN),
}
# What is the contrary of another holds also where there is no value at all.
_CONTRARY = {
    Operator.IS_NOT: Operator.IS,
    Operator.CONTAINS_NOT: Operator.CONTAINS,
    Operator.NOT_WITHIN_DAYS: Operator.WITHIN_DAYS,
    Operator.NOT_IN: Operator.IN,
    Operator.EMPTY: Operator.PRESENT,
}


class Ordering(NamedTuple):
    """What tracks can be ordered by, and what must be joined to them for it.

    Where tracks may not have it, and an index knows those that have, `without` is true of the others: they come last,
    or where what is absent is `least` as if it were less than all. They may be `rare`, and known to an index as well.
    `sure` says that all tracks have it.
    """

    value: ColumnElement[Any]
    joined: FromClause | None = None
    on: ColumnElement[bool] | None = None
    without: ColumnElement[bool] | None = None
    least: bool = False
    rare: bool = False
    sure: bool = False


class Field(NamedTuple):
    """A field by its name.

    `value` is a column of tracks; or one of `rows`, a selection of track ids with that value to test, where a track
    may have several or none; a track without any has the value `absent`. Texts are compared `folded`, as values are
    kept.
    """

    name: str
    kind: FieldKind
    value: ColumnElement[Any]
    rows: Select[Any] | None = None
    absent: float | None = None
    ordering: Ordering | None = None
    folded: Callable[[str], str] = sort_key


class BadValue(ValueError):
    """A value that a field cannot be compared with."""


def condition(field: Field, track_id: ColumnElement[Any], operator: Operator, value: Any) -> ColumnElement[bool]:
    """Return the condition that a track's field compares with a value as asked; raises BadValue."""
    if operator not in OPERATORS[field.kind]:
        raise BadValue(f"{field.name} cannot be compared by {operator.value}")
    plain = _CONTRARY.get(operator, operator)
    holds = _of_flag(field, track_id, value) if field.kind is FieldKind.FLAG else _of(field, track_id, plain, value)
    return no(holds) if operator in _CONTRARY else holds


def no(holds: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the contrary of a condition, which holds also where there was nothing to compare."""
    return not_(func.coalesce(holds, false()))


def _of(field: Field, track_id: ColumnElement[Any], operator: Operator, value: Any) -> ColumnElement[bool]:
    if field.rows is None:
        return _test(field, operator, value)
    if operator is Operator.PRESENT:
        return track_id.in_(field.rows)
    test = _test(field, operator, value)
    if field.absent is not None and _python(operator, field.absent, value):
        return track_id.not_in(field.rows.where(not_(test)))
    return track_id.in_(field.rows.where(test))


def _of_flag(field: Field, track_id: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    if not isinstance(value, bool):
        raise BadValue("this is compared with true or false")
    holds = field.value if field.rows is None else track_id.in_(field.rows)
    return holds if value else no(holds)


def _test(field: Field, operator: Operator, value: Any) -> ColumnElement[bool]:
    match field.kind:
        case FieldKind.TEXT:
            return _text(field, operator, value)
        case FieldKind.NUMBER:
            return _number(field, operator, value)
        case FieldKind.MOMENT:
            return _moment(field, operator, value)
        case _:
            if not isinstance(value, str):
                raise BadValue("this is compared with an id")
            return field.value == literal(value, EntityId())


def _text(field: Field, operator: Operator, value: Any) -> ColumnElement[bool]:
    if operator is Operator.PRESENT:
        return field.value > literal("", Text())
    if not isinstance(value, str) or not (key := field.folded(value)):
        raise BadValue("this is compared with a text")
    if "\0" in key:
        raise BadValue("the NUL character is not allowed")
    match operator:
        case Operator.IS:
            return field.value == literal(key, Text())
        case Operator.BEGINS:  # as a range, which an index can answer
            return and_(field.value >= literal(key, Text()), field.value < literal(key + _HIGHEST, Text()))
        case Operator.ENDS:
            return field.value.endswith(key, autoescape=True)
        case _:
            return field.value.contains(key, autoescape=True)


def _number_of(value: Any) -> ColumnElement[Any]:
    if isinstance(value, bool) or not isinstance(value, int | float) or not -(2**53) <= value <= 2**53:
        raise BadValue("this is compared with a number")
    if float(value).is_integer():
        return literal(int(value), BigInteger())
    return literal(value, Double())


def _two(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadValue("between needs two values")
    return value[0], value[1]


def _number(field: Field, operator: Operator, value: Any) -> ColumnElement[bool]:
    match operator:
        case Operator.PRESENT:
            return field.value.isnot(None)
        case Operator.BELOW:
            return field.value < _number_of(value)
        case Operator.ABOVE:
            return field.value > _number_of(value)
        case Operator.BETWEEN:
            low, high = _two(value)
            return and_(field.value >= _number_of(low), field.value <= _number_of(high))
        case _:
            return field.value == _number_of(value)


def _moment_of(value: Any) -> ColumnElement[Any]:
    if not isinstance(value, str):
        raise BadValue("this is compared with a date, such as 2026-01-31")
    try:
        moment = datetime.fromisoformat(value)
        return literal(to_ms(moment if moment.tzinfo else moment.replace(tzinfo=UTC)), BigInteger())
    except (ValueError, OverflowError) as error:
        raise BadValue("this is no date") from error


def _moment(field: Field, operator: Operator, value: Any) -> ColumnElement[bool]:
    at = type_coerce(field.value, BigInteger())
    match operator:
        case Operator.PRESENT:
            return at.isnot(None)
        case Operator.BEFORE:
            return at < _moment_of(value)
        case Operator.AFTER:
            return at >= _moment_of(value)
        case Operator.BETWEEN:
            low, high = _two(value)
            return and_(at >= _moment_of(low), at < _moment_of(high))
        case _:
            if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= 36_500:
                raise BadValue("this needs a number of days")
            return at >= _NOW_MS - literal(value * DAY_MS, BigInteger())


def _python(operator: Operator, absent: float, value: Any) -> bool:
    """Tell whether a number compares with a value, as the database would."""
    match operator:
        case Operator.BELOW:
            return bool(absent < value)
        case Operator.ABOVE:
            return bool(absent > value)
        case Operator.BETWEEN:
            return bool(value[0] <= absent <= value[1])
        case _:
            return bool(absent == value)
