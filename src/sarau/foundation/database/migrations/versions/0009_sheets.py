"""Who put a sheet here, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INDEX = "ix_sheets_put_by"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("sheets") as batch:
        batch.add_column(sa.Column("put_by", NUMBER, nullable=True))
        batch.add_column(sa.Column("put_at", NUMBER, nullable=True))
        batch.create_foreign_key(op.f("fk_sheets_put_by"), "users", ["put_by"], ["id"], ondelete="SET NULL")
    given = sa.text("put_by IS NOT NULL")
    op.create_index(_INDEX, "sheets", ["put_by"], sqlite_where=given, postgresql_where=given)


def downgrade() -> None:
    """Take back."""
    op.drop_index(_INDEX, "sheets")
    with op.batch_alter_table("sheets") as batch:
        batch.drop_constraint(op.f("fk_sheets_put_by"), type_="foreignkey")
        batch.drop_column("put_at")
        batch.drop_column("put_by")
