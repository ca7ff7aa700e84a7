"""Playlists people make together, and clever ones; the codes recordings are known by."""

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from sarau.kit.text import sort_key

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_COLUMNS = ("sort", "description", "visibility", "collaborative", "link", "cover", "rules", "version")
_CODES = ("isrc", "mb_recording_id")
_AT_ONCE = 1_000


def upgrade() -> None:
    """Apply."""
    _widen_playlists()
    _create_people()
    _create_folders()
    _create_versions()
    _add_codes()
    _create_words()
    op.create_index(
        "ix_tracks_narrow", "tracks", ["library_id", "available", "year", "duration_ms", "added_at", "shuffle"]
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_tracks_narrow", "tracks")
    op.drop_table("track_words")
    for code in _CODES:
        op.drop_index(f"ix_track_files_{code}", "track_files")
        op.drop_column("track_files", code)
    for table in ("playlist_versions", "playlist_filing", "playlist_folders", "playlist_people"):
        op.drop_table(table)
    op.drop_index("ix_playlists_visibility_id", "playlists")
    op.drop_index("ix_playlists_link", "playlists")
    for column in reversed(_COLUMNS):
        op.drop_column("playlists", column)


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")


def _widen_playlists() -> None:
    for name, kind, start in (
        ("sort", SORT, ""),
        ("description", sa.Text(), ""),
        ("visibility", sa.Text(), "private"),
        ("collaborative", sa.Text(), "none"),
        ("version", sa.BigInteger(), "1"),
    ):
        op.add_column("playlists", sa.Column(name, kind, server_default=start, nullable=False))
    for name in ("link", "cover", "rules"):
        op.add_column("playlists", sa.Column(name, sa.Text(), nullable=True))
    # As near as the database itself comes to how names are folded; the next change of a playlist does it well.
    op.execute("UPDATE playlists SET sort = lower(name)")
    op.create_index("ix_playlists_link", "playlists", ["link"], unique=True)
    op.create_index("ix_playlists_visibility_id", "playlists", ["visibility", "id"])


def _create_people() -> None:
    op.create_table(
        "playlist_people",
        sa.Column("playlist_id", NUMBER, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        _to("playlist_people", "playlist_id", "playlists"),
        _to("playlist_people", "user_id", "users"),
        sa.PrimaryKeyConstraint("playlist_id", "user_id", "role", name=op.f("pk_playlist_people")),
    )
    op.create_index("ix_playlist_people_user_id_role", "playlist_people", ["user_id", "role"])


def _create_folders() -> None:
    op.create_table(
        "playlist_folders",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("owner_id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", SORT, nullable=False),
        _to("playlist_folders", "owner_id", "users"),
        _to("playlist_folders", "parent_id", "playlist_folders"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlist_folders")),
    )
    op.create_index("ix_playlist_folders_owner_id_sort", "playlist_folders", ["owner_id", "sort"])
    op.create_index("ix_playlist_folders_parent_id", "playlist_folders", ["parent_id"])
    op.create_table(
        "playlist_filing",
        sa.Column("user_id", NUMBER, nullable=False),
        sa.Column("playlist_id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=False),
        _to("playlist_filing", "user_id", "users"),
        _to("playlist_filing", "playlist_id", "playlists"),
        _to("playlist_filing", "folder_id", "playlist_folders"),
        sa.PrimaryKeyConstraint("user_id", "playlist_id", name=op.f("pk_playlist_filing")),
    )
    op.create_index("ix_playlist_filing_playlist_id", "playlist_filing", ["playlist_id"])
    op.create_index("ix_playlist_filing_folder_id", "playlist_filing", ["folder_id"])


def _create_versions() -> None:
    op.create_table(
        "playlist_versions",
        sa.Column("playlist_id", NUMBER, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("changed_by", NUMBER, nullable=True),
        sa.Column("done", sa.Text(), nullable=False),
        _to("playlist_versions", "playlist_id", "playlists"),
        sa.PrimaryKeyConstraint("playlist_id", "version", name=op.f("pk_playlist_versions")),
    )


def _add_codes() -> None:
    for code in _CODES:
        op.add_column("track_files", sa.Column(code, sa.Text(), nullable=True))
    files = sa.table(
        "track_files",
        sa.column("track_id", sa.BigInteger()),
        sa.column("tags", sa.Text()),
        *(sa.column(code, sa.Text()) for code in _CODES),
    )
    change = (
        sa.update(files)
        .where(files.c.track_id == sa.bindparam("the_id"))
        .values(isrc=sa.bindparam("the_isrc"), mb_recording_id=sa.bindparam("the_mbid"))
    )
    for rows in map(_coded, _tagged(files)):
        if rows:
            op.get_bind().execute(change, rows)
    for code in _CODES:
        given = sa.text(f"{code} IS NOT NULL")
        op.create_index(f"ix_track_files_{code}", "track_files", [code], sqlite_where=given, postgresql_where=given)


def _create_words() -> None:
    words = op.create_table(
        "track_words",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sort", SORT, nullable=False),
        sa.Column("track_id", NUMBER, nullable=False),
        _to("track_words", "track_id", "tracks"),
        sa.PrimaryKeyConstraint("kind", "sort", "track_id", name=op.f("pk_track_words")),
        sqlite_with_rowid=False,
    )
    files = sa.table("track_files", sa.column("track_id", sa.BigInteger()), sa.column("tags", sa.Text()))
    for tagged in _tagged(files):
        rows = [
            {"track_id": track_id, "kind": kind, "sort": word}
            for track_id, tags in tagged
            for kind, word in _words_of(tags)
        ]
        if rows:
            op.get_bind().execute(words.insert(), rows)
    op.create_index("ix_track_words_track_id", "track_words", ["track_id"])


def _words_of(tags: dict[str, Any]) -> set[tuple[str, str]]:
    told = [("mood", mood) for mood in tags.get("moods", ())]
    if tags.get("comment"):
        told.append(("comment", tags["comment"]))
    return {(kind, word) for kind, text in told if (word := sort_key(text, 500))}


def _tagged(files: Any) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """Give files with their tags, some at a time."""
    last = -1
    while True:
        page = sa.select(files.c.track_id, files.c.tags).where(files.c.track_id > last)
        found = op.get_bind().execute(page.order_by(files.c.track_id).limit(_AT_ONCE)).fetchall()
        if not found:
            return
        last = found[-1][0]
        yield [(track_id, msgspec.json.decode(text)) for track_id, text in found]


def _coded(tagged: list[tuple[int, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return the codes in the tags of files."""
    rows = []
    for track_id, tags in tagged:
        isrc = next(iter(tags.get("isrcs", ())), None)
        mbid = tags.get("mb_recording_id")
        if isrc or mbid:
            bare = "".join(c for c in isrc.upper() if c.isalnum()) if isrc else None
            rows.append({"the_id": track_id, "the_isrc": bare, "the_mbid": mbid.lower() if mbid else None})
    return rows
