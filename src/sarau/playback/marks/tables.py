"""Tables of marks."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant


def _marks(table: str, kind: str, at: str, *what: Column[int]) -> Table:
    column = f"{kind}_id"
    order = [one.name for one in what] or [at]
    return Table(
        table,
        metadata,
        Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        Column(column, EntityId, ForeignKey(f"{kind}s.id", ondelete="CASCADE"), nullable=False),
        *what,
        Column(at, Instant, nullable=False),
        PrimaryKeyConstraint("user_id", column),
        Index(f"ix_{table}_user_id_{order[0]}", "user_id", *order, column),
        Index(f"ix_{table}_{column}", column),
    )


def _stars(kind: str) -> Table:
    return _marks(f"{kind}_stars", kind, "starred_at")


def _ratings(kind: str) -> Table:
    return _marks(f"{kind}_ratings", kind, "rated_at", Column("rating", Integer, nullable=False))


track_stars = _stars("track")
album_stars = _stars("album")
artist_stars = _stars("artist")

track_ratings = _ratings("track")
album_ratings = _ratings("album")
artist_ratings = _ratings("artist")

bookmarks = Table(
    "bookmarks",
    metadata,
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position_ms", BigInteger, nullable=False),
    Column("comment", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    PrimaryKeyConstraint("user_id", "track_id"),
)
