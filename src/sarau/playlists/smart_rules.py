"""What a smart playlist asks of tracks, as it is stored and sent."""

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

MAX_DEPTH = 6
MAX_CONDITIONS = 64
MAX_TRACKS = 10_000


class FieldKind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    NUMBER = "number"
    MOMENT = "moment"
    FLAG = "flag"
    THING = "thing"


class Operator(StrEnum):
    """How a field is compared with a value."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    BEGINS = "begins"
    ENDS = "ends"
    BELOW = "below"
    ABOVE = "above"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    WITHIN_DAYS = "within_days"
    NOT_WITHIN_DAYS = "not_within_days"
    IN = "in"
    NOT_IN = "not_in"
    EMPTY = "empty"
    PRESENT = "present"


Text = Annotated[str, Meta(max_length=200)]
Value = bool | int | float | Text | Annotated[list[int | float | Text], Meta(max_length=2)] | None


class RuleCondition(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="condition"):
    """A field compared with a value; `between` takes two, `empty` and `present` none."""

    field: Annotated[str, Meta(max_length=40)]
    operator: Operator
    value: Value = None


class RuleGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="group"):
    """Several rules of which all, any or none must hold; no rules at all hold always."""

    match: Literal["all", "any", "none"]
    rules: Annotated[list["RuleGroup | RuleCondition"], Meta(max_length=MAX_CONDITIONS)]


class RuleSort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tracks are ordered by: a field, or `random`, which is another order every day."""

    by: Annotated[str, Meta(max_length=40)]
    order: Literal["asc", "desc"] = "asc"


class SmartRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which tracks a smart playlist has, in which order, and how many at most."""

    match: RuleGroup | RuleCondition
    sort: Annotated[list[RuleSort], Meta(max_length=5)] = []
    limit: Annotated[int, Meta(ge=1, le=MAX_TRACKS)] = MAX_TRACKS


class RuleField(msgspec.Struct, frozen=True):
    """A field that rules may ask about; only sortable ones can be sorted by."""

    name: str
    kind: FieldKind
    operators: list[Operator]
    sortable: bool
