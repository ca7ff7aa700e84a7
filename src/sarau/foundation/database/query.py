"""Statements as module-level constants: compiled once per dialect, run on the raw driver."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import starmap
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import CompoundSelect, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

R = TypeVar("R")
Convert = Callable[[Any], Any]
Statement = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete


class Compiled(NamedTuple):
    """A statement in one database's words, with how to fill it in and how to read its rows."""

    sql: str
    slots: tuple[str, ...] = ()
    defaults: Mapping[str, Any] = MappingProxyType({})
    converts: tuple[tuple[int, Convert], ...] = ()
    loads: tuple[tuple[int, Convert], ...] = ()

    def arguments(self, parameters: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return the parameters in order and in the driver's types; a missing one is a KeyError."""
        given = {**self.defaults, **parameters} if self.defaults else parameters
        values = [given[name] for name in self.slots]
        for index, convert in self.converts:
            values[index] = convert(values[index])
        return tuple(values)


class Change:
    """A statement that changes rows, or asks nothing back of them."""

    __slots__ = ("_compiled", "slow", "statement")

    def __init__(self, statement: Statement, *, slow: bool = False) -> None:
        self.statement = statement
        self.slow = slow
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> Compiled:
        """Return the statement compiled for a dialect."""
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self.statement, dialect)
        return compiled


class Query(Change, Generic[R]):
    """A statement that answers with rows, each made into `into` from its columns in order.

    `slow` sends it to a thread on SQLite: for whatever can take more than a few milliseconds.
    """

    __slots__ = ("into",)

    def __init__(self, statement: Statement, into: Callable[..., R], *, slow: bool = False) -> None:
        super().__init__(statement, slow=slow)
        self.into = into

    def rows(self, compiled: Compiled, raws: Sequence[Sequence[Any]]) -> list[R]:
        """Return the driver's rows as results."""
        if not raws or not compiled.loads:
            return list(starmap(self.into, raws))
        # Column by column, so that the loops are the interpreter's own: half the time of going row by row.
        columns: list[Iterable[Any]] = list(zip(*raws, strict=True))
        for index, load in compiled.loads:
            values = columns[index]
            columns[index] = [None if v is None else load(v) for v in values] if None in values else map(load, values)
        return list(map(self.into, *columns))


def scalar(value: Any) -> Any:
    """Use as `into` for rows of a single column."""
    return value


def _compile(statement: Statement, dialect: Dialect) -> Compiled:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only SQL statements can be compiled")
    slots = tuple(compiled.positiontup or ())
    defaults = {}
    converts = []
    for index, name in enumerate(slots):
        bind = compiled.binds[name]
        convert = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if convert is not None:
            converts.append((index, convert))
        if not bind.required:
            defaults[name] = bind.callable() if bind.callable else bind.value
    columns: Iterable[Any] = ()
    if isinstance(statement, (Select, CompoundSelect)):
        columns = statement.selected_columns
    elif statement.exported_columns is not None:
        columns = statement.exported_columns
    loads = []
    for index, column in enumerate(columns):
        load = column.type.dialect_impl(dialect).result_processor(dialect, None)
        if load is not None:
            loads.append((index, load))
    return Compiled(compiled.string, slots, defaults, tuple(converts), tuple(loads))
