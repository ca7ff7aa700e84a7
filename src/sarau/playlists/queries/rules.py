"""Rules made into one statement each, whatever they ask."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    cast,
    false,
    func,
    or_,
    select,
    true,
)

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import tracks
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now, to_ms
from sarau.playlists.errors import BadRules
from sarau.playlists.fields import OPERATORS, BadValue, Field, Ordering, condition, no
from sarau.playlists.queries.choosing import Sort, chosen
from sarau.playlists.smart_rules import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    RuleCondition,
    RuleField,
    RuleGroup,
    SmartRules,
)

RANDOM = "random"
PLAYLIST = "playlist"
_PRIME = 2**31 - 1
# Another order with every seed: a track's own number times the seed, which is prime to the modulus, and again.
_seeded = (cast(tracks.c.shuffle, BigInteger) + bindparam("seed_2", type_=BigInteger())) * bindparam(
    "seed", type_=BigInteger()
)
_CHANCE = Ordering(_seeded % _PRIME, sure=True)
_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(SmartRules).decode


class Size(NamedTuple):
    """How many tracks rules choose, and how long they play."""

    tracks: int
    duration_ms: int


class _Compiled(NamedTuple):
    """The statements of some rules."""

    ids: Query[str]
    size: Query[Size]
    matching: Query[int]


class RuleBook:
    """Holds the fields that rules may ask about, and the statements made of rules asked lately."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = {field.name: field for field in fields}
        self._compiled = lru_cache(maxsize=256)(self._compile)

    def fields(self) -> list[RuleField]:
        """Return all fields, for an editor of rules."""
        return [
            RuleField(field.name, field.kind, list(OPERATORS[field.kind]), field.ordering is not None)
            for field in self._fields.values()
        ]

    def check(self, rules: SmartRules) -> None:
        """Raise BadRules for what cannot be asked."""
        self._compiled(_encode(rules))

    async def track_ids(
        self, reader: Reader, view: View, actor: Actor, rules: SmartRules, *, seed: str, limit: int, offset: int = 0
    ) -> list[str]:
        """Return the tracks that rules choose for somebody, in order; by chance, the same all day for a seed."""
        query = self._compiled(_encode(rules)).ids
        limit = max(0, min(limit, rules.limit - offset))
        asked = _asked(view, actor)
        return await reader.all(query, **asked, **_seeds(seed), limit=limit, offset=offset) if limit else []

    async def size(self, reader: Reader, view: View, actor: Actor, rules: SmartRules, *, seed: str) -> Size:
        """Return how much rules choose for somebody."""
        query = self._compiled(_encode(rules)).size
        return await reader.one(query, **_asked(view, actor), **_seeds(seed), limit=rules.limit, offset=0)

    async def matching(self, reader: Reader, view: View, actor: Actor, rules: SmartRules) -> int:
        """Return how many tracks rules would choose for somebody without their limit."""
        return await reader.one(self._compiled(_encode(rules)).matching, **_asked(view, actor))

    def _compile(self, encoded: bytes) -> _Compiled:
        rules = _decode(encoded)
        _check_size(rules.match)
        present = (self._rule(rules.match, "match"), tracks.c.available, seen(tracks))
        found = chosen(present, self._sorts(rules))
        rows = found.subquery()
        size: Any = select(func.count(), total(rows.c.duration_ms))
        return _Compiled(
            Query(found.with_only_columns(found.selected_columns[0]), scalar, slow=True),
            Query(size, Size, slow=True),
            Query(select(func.count()).where(*present), scalar, slow=True),
        )

    def _group(self, group: RuleGroup, path: str) -> ColumnElement[bool]:
        numbered = [(rule, f"{path}.rules[{number}]") for number, rule in enumerate(group.rules)]
        # What a track itself tells is asked first: the database goes by the order in which it is told.
        found = [self._rule(*one) for one in sorted(numbered, key=lambda one: self._is_far(one[0]))]
        match group.match:
            case "all":
                return and_(true(), *found)
            case "any":
                return or_(false(), *found) if found else true()
            case _:
                return no(or_(false(), *found))

    def _is_far(self, rule: RuleGroup | RuleCondition) -> bool:
        """Tell whether other tables must be asked about a track."""
        fields = (self._fields.get(one.field) for one in conditions_of(rule))
        return any(field is not None and field.rows is not None for field in fields)

    def _rule(self, rule: RuleGroup | RuleCondition, path: str) -> ColumnElement[bool]:
        if isinstance(rule, RuleGroup):
            return self._group(rule, path)
        field = self._fields.get(rule.field)
        if field is None:
            raise BadRules(path, f"there is no field {rule.field!r}")
        try:
            return condition(field, tracks.c.id, rule.operator, rule.value)
        except BadValue as error:
            raise BadRules(path, str(error)) from error

    def _sorts(self, rules: SmartRules) -> list[Sort]:
        found = []
        for number, sort in enumerate(rules.sort):
            field = self._fields.get(sort.by)
            ordering = _CHANCE if sort.by == RANDOM else field.ordering if field else None
            if ordering is None:
                raise BadRules(f"sort[{number}]", f"tracks cannot be sorted by {sort.by!r}")
            found.append(Sort(ordering, sort.order == "desc"))
        return found


def _asked(view: View, actor: Actor) -> dict[str, Any]:
    return {"libraries": view.library_ids, "viewer_id": actor.id, "now_ms": to_ms(now())}


def _seeds(seed: str) -> dict[str, int]:
    today = now().date().isoformat()
    mixed = hashlib.blake2b(f"{seed} {today}".encode(), digest_size=8).digest()
    return {"seed": 1 + int.from_bytes(mixed[:4]) % (_PRIME - 1), "seed_2": int.from_bytes(mixed[4:]) % _PRIME}


def conditions_of(rule: RuleGroup | RuleCondition) -> Iterator[RuleCondition]:
    """Give all conditions, however deep."""
    if isinstance(rule, RuleCondition):
        yield rule
    else:
        for one in rule.rules:
            yield from conditions_of(one)


def playlists_in(rules: SmartRules) -> Sequence[str]:
    """Return the ids of the playlists that rules ask about."""
    return [str(one.value) for one in conditions_of(rules.match) if one.field == PLAYLIST]


def _depth(rule: RuleGroup | RuleCondition) -> int:
    return 1 + max(map(_depth, rule.rules), default=0) if isinstance(rule, RuleGroup) else 0


def _check_size(rule: RuleGroup | RuleCondition) -> None:
    """Raise BadRules for more than a statement should have to bear."""
    if _depth(rule) > MAX_DEPTH:
        raise BadRules("match", f"groups go {MAX_DEPTH} deep")
    if sum(1 for _ in conditions_of(rule)) > MAX_CONDITIONS:
        raise BadRules("match", f"there can be {MAX_CONDITIONS} conditions")
