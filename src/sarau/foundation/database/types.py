"""Portable column types: the same Python values on SQLite and PostgreSQL."""

from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy import BigInteger, Double, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from sarau.kit.ids import to_integer, to_text
from sarau.kit.times import from_ms, to_ms

Convert = Callable[[Any], Any]


class _Number(TypeDecorator[Any]):
    """A 64-bit integer; on SQLite spelled INTEGER, so that a primary key is the row's own number."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Return the database's own type."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


class EntityId(_Number):
    """An identifier: sixteen hex digits in Python, a 64-bit integer in the database."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:  # noqa: ARG002
        """Return what makes the stored form."""
        return lambda text: None if text is None else to_integer(text)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        """Return what makes the written form."""
        return to_text


class Instant(_Number):
    """A moment: an aware UTC datetime in Python, milliseconds since 1970 in the database."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Convert:  # noqa: ARG002
        """Return what makes the stored form."""
        return lambda moment: None if moment is None else to_ms(moment)

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        """Return what makes the moment."""
        return from_ms


class Json(TypeDecorator[Any]):
    """Plain values or a msgspec type, kept as JSON text: we never ask the database to look inside."""

    impl = Text
    cache_ok = True

    def __init__(self, of: Any = Any) -> None:
        super().__init__()
        self.of = of
        self._decode = msgspec.json.Decoder(of).decode

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the stored form."""
        return None if value is None else msgspec.json.encode(value).decode()

    def result_processor(self, dialect: Dialect, coltype: object) -> Convert:  # noqa: ARG002
        """Return what makes the value."""
        return self._decode


class Real(TypeDecorator[float]):
    """A double, which both drivers give and take as Python's float without our doing."""

    impl = Double
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Nothing to convert."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Nothing to convert: the dialect's own conversion would ask for a driver's type code."""


def sortable() -> Text:
    """Return a text column compared byte by byte on both databases, so that keyset pages agree."""
    return Text().with_variant(Text(collation="C"), "postgresql")
