"""Where in files which moment lies, and which files were not read yet."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_UNREAD = "ix_track_files_unread"


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "track_indexes",
        sa.Column("track_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_indexes_track_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_indexes")),
    )
    unread = sa.text("sha256 IS NULL")
    op.create_index(_UNREAD, "track_files", ["track_id"], sqlite_where=unread, postgresql_where=unread)


def downgrade() -> None:
    """Take back."""
    op.drop_index(_UNREAD, "track_files")
    op.drop_table("track_indexes")
