"""The table of pictures."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from sarau.foundation.database.schema import metadata

pictures = Table(
    "pictures",
    metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
)
