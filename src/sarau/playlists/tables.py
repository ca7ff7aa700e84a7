"""Tables of playlists."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json, sortable
from sarau.playlists.schemas import Done
from sarau.playlists.smart_rules import SmartRules


def _to(target: str, name: str, *, null: bool = False, gone: str = "CASCADE") -> Column[str]:
    return Column(name, EntityId, ForeignKey(target, ondelete=gone), nullable=null)


playlists = Table(
    "playlists",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    Column("owner_id", EntityId, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("sort", sortable(), nullable=False),
    Column("description", Text, nullable=False),
    Column("visibility", Text, nullable=False),
    Column("collaborative", Text, nullable=False),
    Column("link", Text),  # what cannot be guessed, in place of the id
    Column("cover", Text),  # a picture somebody chose
    Column("rules", Json(SmartRules)),  # of a smart playlist, which has no entries
    Column("version", BigInteger, nullable=False),  # rises with every change
    Index("ix_playlists_link", "link", unique=True),
    Index("ix_playlists_visibility_id", "visibility", "id"),
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

playlist_people = Table(
    "playlist_people",
    metadata,
    _to("playlists.id", "playlist_id"),
    _to("users.id", "user_id"),
    Column("role", Text, nullable=False),  # editor: named by the owner; follower: keeps it among their own
    PrimaryKeyConstraint("playlist_id", "user_id", "role"),
    Index("ix_playlist_people_user_id_role", "user_id", "role"),
)

playlist_folders = Table(
    "playlist_folders",
    metadata,
    Column("id", EntityId, primary_key=True, autoincrement=False),
    _to("users.id", "owner_id"),
    _to("playlist_folders.id", "parent_id", null=True),
    Column("name", Text, nullable=False),
    Column("sort", sortable(), nullable=False),
    Index("ix_playlist_folders_owner_id_sort", "owner_id", "sort"),
    Index("ix_playlist_folders_parent_id", "parent_id"),
)

# In which of their own folders somebody has put a playlist, be it theirs or another's.
playlist_filing = Table(
    "playlist_filing",
    metadata,
    _to("users.id", "user_id"),
    _to("playlists.id", "playlist_id"),
    _to("playlist_folders.id", "folder_id"),
    PrimaryKeyConstraint("user_id", "playlist_id"),
    Index("ix_playlist_filing_playlist_id", "playlist_id"),
    Index("ix_playlist_filing_folder_id", "folder_id"),
)

# What the last versions brought, so that who changed an older one can be merged or told.
playlist_versions = Table(
    "playlist_versions",
    metadata,
    _to("playlists.id", "playlist_id"),
    Column("version", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("changed_by", EntityId),
    Column("done", Json(Done), nullable=False),
    PrimaryKeyConstraint("playlist_id", "version"),
)
