"""Constructs that SQLite and PostgreSQL spell differently."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy import column as sql_column
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class _Array(TypeDecorator[Any]):
    """A list bound as one parameter: a JSON text on SQLite, an array on PostgreSQL."""

    impl = Text
    cache_ok = True

    def __init__(self, item: Any) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Return the database's own type."""
        item = self.item.dialect_impl(dialect)
        plain = item.impl_instance if isinstance(item, TypeDecorator) else item
        return postgresql.ARRAY(plain) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> Any:
        """Return the list as the driver takes it."""
        convert = self.item.dialect_impl(dialect).bind_processor(dialect)
        plain = [convert(v) if convert else v for v in value or ()]
        return plain if dialect.name == "postgresql" else msgspec.json.encode(plain).decode()


class _each(FunctionElement[Any]):  # noqa: N801 - a function in SQL
    """The items of a bound list as rows."""

    inherit_cache = True


@compiles(_each, "sqlite")
def _each_sqlite(element: _each, compiler: SQLCompiler, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_each, "postgresql")
def _each_postgresql(element: _each, compiler: SQLCompiler, **kw: Any) -> str:
    return f"unnest({compiler.process(element.clauses, **kw)})"


def each(name: str, item: Any) -> TableValuedAlias:
    """Return the items of one list parameter as rows with a single column `value`."""
    # The alias is "value" because json_each calls its column so, and PostgreSQL names the one column of unnest
    # after the alias.
    return _each(bindparam(name, type_=_Array(item))).table_valued(sql_column("value", item), name="value")


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Return `column IN (the values of one parameter)`: one statement for lists of any length."""
    return column.in_(select(each(name, column.type).c.value))


class utf8(FunctionElement[bytes]):  # noqa: N801 - reads as a function
    """A text as the bytes that write it in UTF-8."""

    type = LargeBinary()
    inherit_cache = True


@compiles(utf8, "sqlite")
def _utf8_sqlite(element: utf8, compiler: SQLCompiler, **kw: Any) -> str:
    return f"CAST({compiler.process(element.clauses, **kw)} AS BLOB)"


@compiles(utf8, "postgresql")
def _utf8_postgresql(element: utf8, compiler: SQLCompiler, **kw: Any) -> str:
    return f"convert_to({compiler.process(element.clauses, **kw)}, 'UTF8')"


def total(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Return the sum of a column of integers as an integer, 0 for no rows; PostgreSQL would answer with a numeric."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


class insert_into(postgresql.Insert):  # noqa: N801 - reads as a function
    """INSERT with ON CONFLICT, which both databases spell alike."""

    inherit_cache = True

    def __init__(self, table: Table) -> None:
        super().__init__(table)
