"""Tables of plays, of how often what was listened, and of what plays now."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Real

plays = Table(
    "plays",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("listened_ms", BigInteger, nullable=False),
    Column("position_ms", BigInteger),
    Column("listened", Boolean, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("client", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_id", EntityId),
    Index("ix_plays_user_id_started_at_id", "user_id", "started_at", "id"),
    Index("ix_plays_track_id_listened", "track_id", "listened"),
)


def _counts(kind: str) -> Table:
    """How often somebody listened to something: counted as it happens, for histories grow without end."""
    table, column = f"{kind}_plays", f"{kind}_id"
    return Table(
        table,
        metadata,
        Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
        Column(column, EntityId, ForeignKey(f"{kind}s.id", ondelete="CASCADE"), nullable=False),
        Column("play_count", Integer, nullable=False),
        Column("last_played_at", Instant, nullable=False),
        PrimaryKeyConstraint("user_id", column),
        Index(f"ix_{table}_{column}", column),
        Index(f"ix_{table}_user_id_play_count", "user_id", "play_count", column),
        Index(f"ix_{table}_user_id_last_played_at", "user_id", "last_played_at", column),
    )


track_plays = _counts("track")
album_plays = _counts("album")

# The last thing that each app of a person said it plays.
now_playing = Table(
    "now_playing",
    metadata,
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("client", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("play_id", EntityId, ForeignKey("plays.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("state", Text, nullable=False),  # playing, paused
    Column("position_ms", BigInteger, nullable=False),
    Column("rate", Real, nullable=False),
    Column("updated_at", Instant, nullable=False),
    PrimaryKeyConstraint("user_id", "client", "device"),
    Index("ix_now_playing_updated_at", "updated_at"),
)
