"""Tables of the search; the words themselves lie in the tables of a WordIndex."""

from sqlalchemy import BigInteger, Column, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, sortable

# What is in the index, and at which place.
search_docs = Table(
    "search_docs",
    metadata,
    Column("place", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", Integer, nullable=False),
    Column("entity_id", EntityId, nullable=False),
    Column("library", Integer, nullable=False),  # its number; 0 for artists, who belong to several
    Column("plays", BigInteger, nullable=False),  # by everybody together
    Column(
        "digest", BigInteger, nullable=False
    ),  # of what the index holds, so that what did not change is left alone
    Column("parents", Text, nullable=False),  # places of a track's album and artists
    UniqueConstraint("entity_id", "kind"),
)

# How far the index followed each library; the library itself may be gone.
search_libraries = Table(
    "search_libraries",
    metadata,
    Column("library_id", EntityId, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("revision", BigInteger, nullable=False),
    Column(
        "track_id", EntityId, nullable=False
    ),  # the last one looked at of that revision, or the place when leaving
)

# How many of a kind lie in each thousand of places, so that the middle of a long list is found without counting.
search_blocks = Table(
    "search_blocks",
    metadata,
    Column("kind", Integer, nullable=False),
    Column("block", BigInteger, nullable=False),
    Column("library", Integer, nullable=False),
    Column("docs", BigInteger, nullable=False),
    PrimaryKeyConstraint("kind", "block", "library"),
)

# Every word there is or was, to guess what was meant by one there is not.
search_terms = Table(
    "search_terms",
    metadata,
    Column("term", sortable(), primary_key=True),
    sqlite_with_rowid=False,
)
