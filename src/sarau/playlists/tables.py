"""Tables of playlists."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

playlists = Table(
    "playlists",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("owner_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

playlist_entries = Table(
    "playlist_entries",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("playlist_id", EntityId, ForeignKey("playlists.id", ondelete="CASCADE"), nullable=False),
    Column("place", BigInteger, nullable=False),  # with gaps: who comes between two takes a number between theirs
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("added_at", Instant, nullable=False),
    Column("added_by", EntityId, ForeignKey("users.id", ondelete="SET NULL"), index=True),
    Index("ix_playlist_entries_playlist_id_place_id", "playlist_id", "place", "id"),
)
