"""What changed since when; stars, playlists, devices and what they are to hold, uploads that may break off."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_STARRED = ("track", "album", "artist")


def upgrade() -> None:
    """Apply."""
    _add_revisions()
    _create_stars()
    _create_playlists()
    _create_devices()
    _create_uploads()


def downgrade() -> None:
    """Take back."""
    for table in ("resumable_uploads", "device_rules", "device_files", "devices", "playlist_entries", "playlists"):
        op.drop_table(table)
    for kind in _STARRED:
        op.drop_table(f"{kind}_stars")
    op.drop_table("track_tombstones")
    op.drop_index("ix_tracks_library_id_revision_id", "tracks")
    op.drop_column("tracks", "came")
    op.drop_column("tracks", "revision")
    op.drop_column("libraries", "forgotten")


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _add_revisions() -> None:
    for table, column in (("libraries", "forgotten"), ("tracks", "revision"), ("tracks", "came")):
        op.add_column(table, sa.Column(column, sa.BigInteger(), server_default="0", nullable=False))
    # Whoever was not here yet begins before everything: what is here came with the first revision.
    op.execute("UPDATE libraries SET revision = revision + 1")
    op.execute("UPDATE tracks SET revision = 1, came = 1")
    op.create_index("ix_tracks_library_id_revision_id", "tracks", ["library_id", "revision", "id"])
    op.create_table(
        "track_tombstones",
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        _to("track_tombstones", "library_id", "libraries"),
        sa.PrimaryKeyConstraint("library_id", "revision", "track_id", name=op.f("pk_track_tombstones")),
    )
    op.create_index("ix_track_tombstones_at", "track_tombstones", ["at"])


def _create_stars() -> None:
    for kind in _STARRED:
        table, column = f"{kind}_stars", f"{kind}_id"
        op.create_table(
            table,
            sa.Column("user_id", NUMBER, nullable=False),
            sa.Column(column, NUMBER, nullable=False),
            sa.Column("starred_at", NUMBER, nullable=False),
            _to(table, "user_id", "users"),
            _to(table, column, f"{kind}s"),
            sa.PrimaryKeyConstraint("user_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(f"ix_{table}_user_id_starred_at", table, ["user_id", "starred_at", column])
        op.create_index(f"ix_{table}_{column}", table, [column])


def _create_playlists() -> None:
    op.create_table(
        "playlists",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("changed_at", NUMBER, nullable=False),
        _to("playlists", "owner_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlists")),
    )
    op.create_index("ix_playlists_owner_id", "playlists", ["owner_id"])
    op.create_table(
        "playlist_entries",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("playlist_id", NUMBER, nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("added_at", NUMBER, nullable=False),
        sa.Column("added_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["users.id"], name=op.f("fk_playlist_entries_added_by"), ondelete="SET NULL"
        ),
        _to("playlist_entries", "playlist_id", "playlists"),
        _to("playlist_entries", "track_id", "tracks"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_entries")),
    )
    op.create_index("ix_playlist_entries_playlist_id_place_id", "playlist_entries", ["playlist_id", "place", "id"])
    op.create_index("ix_playlist_entries_track_id", "playlist_entries", ["track_id"])
    op.create_index("ix_playlist_entries_added_by", "playlist_entries", ["added_by"])


def _create_devices() -> None:
    op.create_table(
        "devices",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("last_seen_at", NUMBER, nullable=False),
        sa.Column("space_free_bytes", sa.BigInteger(), nullable=False),
        sa.Column("space_total_bytes", sa.BigInteger(), nullable=False),
        sa.Column("held_count", sa.Integer(), nullable=False),
        sa.Column("held_bytes", sa.BigInteger(), nullable=False),
        sa.Column("limit_bytes", sa.BigInteger(), nullable=False),
        _to("devices", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
    )
    op.create_index("ix_devices_user_id_last_seen_at", "devices", ["user_id", "last_seen_at"])
    op.create_table(
        "device_files",
        sa.Column("device_id", NUMBER, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        _to("device_files", "device_id", "devices"),
        sa.PrimaryKeyConstraint("device_id", "sha256", name=op.f("pk_device_files")),
    )
    op.create_table(
        "device_rules",
        sa.Column("device_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target_id", NUMBER, nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        _to("device_rules", "device_id", "devices"),
        sa.PrimaryKeyConstraint("device_id", "position", name=op.f("pk_device_rules")),
    )


def _create_uploads() -> None:
    op.create_table(
        "resumable_uploads",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("expires_at", NUMBER, nullable=False),
        _to("resumable_uploads", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resumable_uploads")),
        sa.UniqueConstraint("user_id", "sha256", name=op.f("uq_resumable_uploads_user_id_sha256")),
    )
    op.create_index("ix_resumable_uploads_expires_at", "resumable_uploads", ["expires_at"])
