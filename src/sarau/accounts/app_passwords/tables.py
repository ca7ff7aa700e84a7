"""The table of app passwords."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant

app_passwords = Table(
    "app_passwords",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("user_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False),  # by a key that is not in the database
    Column("created_at", Instant, nullable=False),
    Column("last_used_at", Instant),
    Column("last_client", Text),
)
