"""The index that is searched."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTABLE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SHELVES = ("search_words", "search_hot", "search_lyrics")


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "search_docs",
        sa.Column("place", NUMBER, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("entity_id", NUMBER, nullable=False),
        sa.Column("library", sa.Integer(), nullable=False),
        sa.Column("plays", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("parents", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_docs")),
        sa.UniqueConstraint("entity_id", "kind", name=op.f("uq_search_docs_entity_id_kind")),
    )
    op.create_table(
        "search_libraries",
        sa.Column("library_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("library_id", name=op.f("pk_search_libraries")),
        sa.UniqueConstraint("number", name=op.f("uq_search_libraries_number")),
    )
    op.create_table(
        "search_blocks",
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("library", sa.Integer(), nullable=False),
        sa.Column("docs", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "block", "library", name=op.f("pk_search_blocks")),
    )
    op.create_table(
        "search_terms",
        sa.Column("term", SORTABLE, nullable=False),
        sa.PrimaryKeyConstraint("term", name=op.f("pk_search_terms")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tracks_sort_id_heard", "tracks", ["sort", "id", "library_id", "available"])
    op.drop_index("ix_tracks_sort_id", "tracks")
    for shelf in SHELVES:
        if op.get_bind().dialect.name == "sqlite":
            _make_fts5(shelf)
        else:
            _make_tsvector(shelf)


def _make_fts5(shelf: str) -> None:
    # Words come in folded: the tokenizer is only to divide at spaces, and takes all beyond ASCII for letters. The
    # sizes of columns are of use to rankings alone, which nobody asks for. Few look for one letter in lyrics.
    prefixes = "2 3" if shelf == "search_lyrics" else "1 2 3"
    op.execute(
        f"CREATE VIRTUAL TABLE {shelf} USING fts5(key UNINDEXED, name, artist, album, about, "
        f"tokenize='ascii', detail=column, columnsize=0, prefix='{prefixes}')"
    )


def _make_tsvector(shelf: str) -> None:
    op.create_table(
        shelf,
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f(f"pk_{shelf}")),
    )
    op.create_index(op.f(f"ix_{shelf}_words"), shelf, ["words"], postgresql_using="gin")


def downgrade() -> None:
    """Take back."""
    op.create_index("ix_tracks_sort_id", "tracks", ["sort", "id"])
    op.drop_index("ix_tracks_sort_id_heard", "tracks")
    for shelf in reversed(SHELVES):
        op.drop_table(shelf)
    op.drop_table("search_terms")
    op.drop_table("search_blocks")
    op.drop_table("search_libraries")
    op.drop_table("search_docs")
