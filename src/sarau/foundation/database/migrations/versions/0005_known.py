"""Indexes of what is known: rows without a value no longer make planners shun them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_OLD = (
    ("albums", "cover"),
    ("artists", "mbid"),
    ("track_files", "deleted_at"),
    ("track_files", "folder_id"),
    ("track_files", "sha256"),
    ("track_files", "uploader_id"),
    ("tracks", "cover"),
    ("tracks", "folder_id"),
)
_NEW = (
    ("albums", ("cover",)),
    ("artists", ("mbid",)),
    ("track_files", ("deleted_at",)),
    ("track_files", ("folder_id",)),
    ("track_files", ("missing_since",)),
    ("track_files", ("sha256",)),
    ("track_files", ("uploader_id", "size_bytes")),
    ("tracks", ("cover",)),
    ("tracks", ("folder_id",)),
)


def _name(table: str, *columns: str) -> str:
    return "_".join(("ix", table, *columns))


def upgrade() -> None:
    """Apply."""
    for table, column in _OLD:
        op.drop_index(_name(table, column), table)
    for table, columns in _NEW:
        given = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(_name(table, *columns), table, list(columns), sqlite_where=given, postgresql_where=given)


def downgrade() -> None:
    """Take back."""
    for table, columns in _NEW:
        op.drop_index(_name(table, *columns), table)
    for table, column in _OLD:
        op.create_index(_name(table, column), table, [column])
