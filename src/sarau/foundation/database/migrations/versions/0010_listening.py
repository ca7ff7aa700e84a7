"""Ratings, bookmarks, counted plays, what plays now, saved queues, preferences, app passwords, stations."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_KINDS = ("track", "album", "artist")
_TABLES = (
    "stations", "app_passwords", "preferences", "saved_queues", "now_playing", "album_plays", "track_plays",
    "bookmarks", *(f"{kind}_ratings" for kind in _KINDS),
)  # fmt: skip
# What was listened before is counted once, here.
_COUNT_TRACKS = """
INSERT INTO track_plays (user_id, track_id, play_count, last_played_at)
SELECT user_id, track_id, count(*), max(started_at) FROM plays WHERE listened GROUP BY user_id, track_id
"""
_COUNT_ALBUMS = """
INSERT INTO album_plays (user_id, album_id, play_count, last_played_at)
SELECT p.user_id, t.album_id, count(*), max(p.started_at)
FROM plays p JOIN tracks t ON t.id = p.track_id
WHERE p.listened AND t.album_id IS NOT NULL GROUP BY p.user_id, t.album_id
"""


def upgrade() -> None:
    """Apply."""
    for kind in _KINDS:
        _create_ratings(kind)
    _create_bookmarks()
    _change_plays()
    for kind in ("track", "album"):
        _create_counts(kind)
    op.execute(_COUNT_TRACKS)
    op.execute(_COUNT_ALBUMS)
    _create_now_playing()
    _create_saved_queues()
    _create_preferences()
    _create_app_passwords()
    _create_stations()


def downgrade() -> None:
    """Take back."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_plays_user_id_started_at_id", "plays")
    op.create_index("ix_plays_user_id_id", "plays", ["user_id", "id"], unique=False)
    with op.batch_alter_table("plays") as batch:
        for column in ("source_id", "source", "device"):
            batch.drop_column(column)


def _to(table: str, column: str, target: str, gone: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=gone)


def _create_ratings(kind: str) -> None:
    table, column = f"{kind}_ratings", f"{kind}_id"
    op.create_table(
        table,
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column(column, NUMBER, nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("rated_at", NUMBER, nullable=False),
        _to(table, column, f"{kind}s"),
        _to(table, "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", column, name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
    op.create_index(f"ix_{table}_user_id_rating", table, ["user_id", "rating", column], unique=False)


def _create_bookmarks() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("changed_at", NUMBER, nullable=False),
        _to("bookmarks", "track_id", "tracks"),
        _to("bookmarks", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", "track_id", name=op.f("pk_bookmarks")),
    )
    op.create_index("ix_bookmarks_track_id", "bookmarks", ["track_id"], unique=False)


def _change_plays() -> None:
    op.add_column("plays", sa.Column("device", sa.Text(), nullable=False, server_default=""))
    op.add_column("plays", sa.Column("source", sa.Text(), nullable=False, server_default=""))
    op.add_column("plays", sa.Column("source_id", NUMBER, nullable=True))
    # The order of listening is no longer that of the rows: players tell later what was heard on the way.
    op.create_index("ix_plays_user_id_started_at_id", "plays", ["user_id", "started_at", "id"], unique=False)
    op.drop_index("ix_plays_user_id_id", "plays")


def _create_counts(kind: str) -> None:
    table, column = f"{kind}_plays", f"{kind}_id"
    op.create_table(
        table,
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column(column, NUMBER, nullable=False),
        sa.Column("play_count", sa.Integer(), nullable=False),
        sa.Column("last_played_at", NUMBER, nullable=False),
        _to(table, column, f"{kind}s"),
        _to(table, "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", column, name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_{column}", table, [column], unique=False)
    for order in ("play_count", "last_played_at"):
        op.create_index(f"ix_{table}_user_id_{order}", table, ["user_id", order, column], unique=False)


def _create_now_playing() -> None:
    op.create_table(
        "now_playing",
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("client", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("play_id", NUMBER, nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("updated_at", NUMBER, nullable=False),
        _to("now_playing", "play_id", "plays"),
        _to("now_playing", "track_id", "tracks"),
        _to("now_playing", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", "client", "device", name=op.f("pk_now_playing")),
    )
    for column in ("play_id", "track_id", "updated_at"):
        op.create_index(f"ix_now_playing_{column}", "now_playing", [column], unique=False)


def _create_saved_queues() -> None:
    op.create_table(
        "saved_queues",
        sa.Column("user_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("track_ids", sa.Text(), nullable=False),
        sa.Column("current_index", sa.Integer(), nullable=True),
        sa.Column("position_ms", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", NUMBER, nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        _to("saved_queues", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_saved_queues")),
    )


def _create_preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("user_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("show_playing", sa.Boolean(), nullable=False),
        sa.Column("show_history", sa.Boolean(), nullable=False),
        sa.Column("apps", sa.Text(), nullable=False),
        sa.Column("changed_at", NUMBER, nullable=False),
        _to("preferences", "user_id", "users"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_preferences")),
    )


def _create_app_passwords() -> None:
    op.create_table(
        "app_passwords",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("last_used_at", NUMBER, nullable=True),
        sa.Column("last_client", sa.Text(), nullable=True),
        _to("app_passwords", "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_passwords")),
    )
    op.create_index("ix_app_passwords_user_id", "app_passwords", ["user_id"], unique=False)


def _create_stations() -> None:
    op.create_table(
        "stations",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stream_url", sa.Text(), nullable=False),
        sa.Column("home_page_url", sa.Text(), nullable=True),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("created_by", NUMBER, nullable=True),
        _to("stations", "created_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stations")),
    )
    op.create_index("ix_stations_created_by", "stations", ["created_by"], unique=False)
