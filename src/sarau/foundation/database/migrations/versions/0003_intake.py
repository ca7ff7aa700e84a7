"""Pictures, sheets, scans."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply."""
    _create_pictures()
    _create_sheets()
    _create_scans()
    _create_scan_problems()


def downgrade() -> None:
    """Take back."""
    for table in ("scan_problems", "scans", "sheets", "pictures"):
        op.drop_table(table)


def _create_pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pictures")),
        sa.UniqueConstraint("sha256", name=op.f("uq_pictures_sha256")),
    )


def _create_sheets() -> None:
    op.create_table(
        "sheets",
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["track_id"], ["tracks.id"], name=op.f("fk_sheets_track_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("track_id", "source", name=op.f("pk_sheets")),
    )


def _create_scans() -> None:
    op.create_table(
        "scans",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", NUMBER, nullable=False),
        sa.Column("heartbeat_at", NUMBER, nullable=False),
        sa.Column("finished_at", NUMBER, nullable=True),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_scans_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scans")),
    )
    op.create_index("ix_scans_library_id_id", "scans", ["library_id", "id"], unique=False)


def _create_scan_problems() -> None:
    op.create_table(
        "scan_problems",
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("seen_at", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_scan_problems_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("library_id", "path", name=op.f("pk_scan_problems")),
    )
