"""Playback sessions, who takes part in them, and the devices that play."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    _create_sessions()
    _create_guests()
    _create_players()


def downgrade() -> None:
    """Take back."""
    for table in ("players", "playback_guests", "playback_sessions"):
        op.drop_table(table)


def _create_sessions() -> None:
    op.create_table(
        "playback_sessions",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("updated_at", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_playback_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playback_sessions")),
        sa.UniqueConstraint("user_id", name=op.f("uq_playback_sessions_user_id")),
    )


def _create_guests() -> None:
    op.create_table(
        "playback_guests",
        sa.Column("session_id", NUMBER, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["playback_sessions.id"],
            name=op.f("fk_playback_guests_session_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_playback_guests_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", "user_id", name=op.f("pk_playback_guests")),
    )
    op.create_index("ix_playback_guests_user_id", "playback_guests", ["user_id"], unique=False)


def _create_players() -> None:
    op.create_table(
        "players",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("media_types", sa.Text(), nullable=False),
        sa.Column("plays", sa.Boolean(), nullable=False),
        sa.Column("has_volume", sa.Boolean(), nullable=False),
        sa.Column("volume", sa.Double(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("last_seen_at", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_players_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_players")),
    )
    op.create_index("ix_players_user_id", "players", ["user_id"], unique=False)
