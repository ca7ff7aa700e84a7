"""Libraries, artists, albums, tracks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SORTABLE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Apply."""
    _create_libraries()
    _create_library_members()
    _create_folders()
    _create_artists()
    _create_genres()
    _create_albums()
    _create_tracks()
    _index_tracks()
    _create_track_files()
    _create_track_artists()
    _create_album_artists()
    _create_track_genres()
    _create_album_genres()
    _create_artist_counts()
    _create_genre_counts()


def downgrade() -> None:
    """Take back."""
    for table in (
        "genre_counts",
        "artist_counts",
        "album_genres",
        "track_genres",
        "album_artists",
        "track_artists",
        "track_files",
        "tracks",
        "albums",
        "genres",
        "artists",
        "folders",
        "library_members",
        "libraries",
    ):
        op.drop_table(table)


def _create_libraries() -> None:
    op.create_table(
        "libraries",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("everyone", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("created_at", NUMBER, nullable=False),
        sa.Column("scanned_at", NUMBER, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_libraries")),
        sa.UniqueConstraint("name", name=op.f("uq_libraries_name")),
        sa.UniqueConstraint("path", name=op.f("uq_libraries_path")),
    )


def _create_library_members() -> None:
    op.create_table(
        "library_members",
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("user_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_library_members_library_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_library_members_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("library_id", "user_id", name=op.f("pk_library_members")),
    )
    op.create_index("ix_library_members_user_id", "library_members", ["user_id"], unique=False)


def _create_folders() -> None:
    op.create_table(
        "folders",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", SORTABLE, nullable=False),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("sidecars", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_folders_library_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["folders.id"], name=op.f("fk_folders_parent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folders")),
        sa.UniqueConstraint("library_id", "path", name=op.f("uq_folders_library_id_path")),
    )
    op.create_index("ix_folders_parent_id_sort", "folders", ["parent_id", "sort"], unique=False)


def _create_artists() -> None:
    op.create_table(
        "artists",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("apart", sa.Text(), nullable=False),
        sa.Column("sort", SORTABLE, nullable=False),
        sa.Column("mbid", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artists")),
        sa.UniqueConstraint("key", "apart", name=op.f("uq_artists_key_apart")),
    )
    op.create_index(op.f("ix_artists_mbid"), "artists", ["mbid"], unique=False)
    op.create_index("ix_artists_sort_id", "artists", ["sort", "id"], unique=False)


def _create_genres() -> None:
    op.create_table(
        "genres",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort", SORTABLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genres")),
        sa.UniqueConstraint("sort", name=op.f("uq_genres_sort")),
    )


def _create_albums() -> None:
    op.create_table(
        "albums",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort", SORTABLE, nullable=False),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_sort", SORTABLE, nullable=False),
        sa.Column("artists", sa.Text(), nullable=False),
        sa.Column("from_tracks", sa.Boolean(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("compilation", sa.Boolean(), nullable=False),
        sa.Column("mbid", sa.Text(), nullable=True),
        sa.Column("release_group_mbid", sa.Text(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.Column("disc_count", sa.Integer(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.Column("added_at", NUMBER, nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_albums_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_albums")),
        sa.UniqueConstraint("key", "library_id", name=op.f("uq_albums_key_library_id")),
    )
    op.create_index("ix_albums_added_at_id", "albums", ["added_at", "id"], unique=False)
    op.create_index("ix_albums_artist_sort_id", "albums", ["artist_sort", "id"], unique=False)
    op.create_index(op.f("ix_albums_cover"), "albums", ["cover"], unique=False)
    op.create_index("ix_albums_shuffle", "albums", ["shuffle"], unique=False)
    op.create_index("ix_albums_sort_id", "albums", ["sort", "id"], unique=False)
    op.create_index("ix_albums_year_id", "albums", ["year", "id"], unique=False)


def _create_tracks() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=True),
        sa.Column("album_id", NUMBER, nullable=True),
        sa.Column("available", sa.Boolean(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("sort", SORTABLE, nullable=False),
        sa.Column("version", sa.Text(), nullable=True),
        sa.Column("artist", sa.Text(), nullable=False),
        sa.Column("artist_sort", SORTABLE, nullable=False),
        sa.Column("artists", sa.Text(), nullable=False),
        sa.Column("genres", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("disc_number", sa.Integer(), nullable=True),
        sa.Column("track_number", sa.Integer(), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("duration_ms", sa.BigInteger(), nullable=False),
        sa.Column("codec", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("bitrate_kbps", sa.Integer(), nullable=False),
        sa.Column("sample_rate_hz", sa.Integer(), nullable=False),
        sa.Column("bit_depth", sa.Integer(), nullable=True),
        sa.Column("channels", sa.Integer(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("track_gain_db", sa.Double(), nullable=True),
        sa.Column("track_peak", sa.Double(), nullable=True),
        sa.Column("album_gain_db", sa.Double(), nullable=True),
        sa.Column("album_peak", sa.Double(), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("added_at", NUMBER, nullable=False),
        sa.Column("shuffle", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["album_id"], ["albums.id"], name=op.f("fk_tracks_album_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["folder_id"], ["folders.id"], name=op.f("fk_tracks_folder_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_tracks_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracks")),
    )


def _index_tracks() -> None:
    op.create_index("ix_tracks_added_at_id", "tracks", ["added_at", "id"], unique=False)
    op.create_index("ix_tracks_album_id_place", "tracks", ["album_id", "place"], unique=False)
    op.create_index("ix_tracks_artist_sort_id", "tracks", ["artist_sort", "id"], unique=False)
    op.create_index(op.f("ix_tracks_cover"), "tracks", ["cover"], unique=False)
    op.create_index("ix_tracks_folder_id", "tracks", ["folder_id"], unique=False)
    op.create_index("ix_tracks_shuffle", "tracks", ["shuffle"], unique=False)
    op.create_index("ix_tracks_sort_id", "tracks", ["sort", "id"], unique=False)
    op.create_index("ix_tracks_year_id", "tracks", ["year", "id"], unique=False)


def _create_track_files() -> None:
    op.create_table(
        "track_files",
        sa.Column("track_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("folder_id", NUMBER, nullable=True),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("picture", sa.Text(), nullable=True),
        sa.Column("uploader_id", NUMBER, nullable=True),
        sa.Column("missing_since", NUMBER, nullable=True),
        sa.Column("deleted_at", NUMBER, nullable=True),
        sa.Column("deleted_by", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_track_files_library_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_files_track_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["uploader_id"], ["users.id"], name=op.f("fk_track_files_uploader_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("track_id", name=op.f("pk_track_files")),
        sa.UniqueConstraint("library_id", "path", name=op.f("uq_track_files_library_id_path")),
    )
    op.create_index(op.f("ix_track_files_deleted_at"), "track_files", ["deleted_at"], unique=False)
    op.create_index(op.f("ix_track_files_fingerprint"), "track_files", ["fingerprint"], unique=False)
    op.create_index(op.f("ix_track_files_folder_id"), "track_files", ["folder_id"], unique=False)
    op.create_index(op.f("ix_track_files_sha256"), "track_files", ["sha256"], unique=False)
    op.create_index(op.f("ix_track_files_uploader_id"), "track_files", ["uploader_id"], unique=False)


def _create_track_artists() -> None:
    op.create_table(
        "track_artists",
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("artist_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artists.id"], name=op.f("fk_track_artists_artist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_artists_track_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "role", "position", name=op.f("pk_track_artists")),
    )
    op.create_index(
        "ix_track_artists_artist_id_role_track_id", "track_artists", ["artist_id", "role", "track_id"], unique=False
    )


def _create_album_artists() -> None:
    op.create_table(
        "album_artists",
        sa.Column("album_id", NUMBER, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("artist_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("fk_album_artists_album_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artists.id"], name=op.f("fk_album_artists_artist_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("album_id", "position", name=op.f("pk_album_artists")),
    )
    op.create_index("ix_album_artists_artist_id_album_id", "album_artists", ["artist_id", "album_id"], unique=False)


def _create_track_genres() -> None:
    op.create_table(
        "track_genres",
        sa.Column("track_id", NUMBER, nullable=False),
        sa.Column("genre_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_track_genres_genre_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["track_id"], ["tracks.id"], name=op.f("fk_track_genres_track_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("track_id", "genre_id", name=op.f("pk_track_genres")),
    )
    op.create_index("ix_track_genres_genre_id_track_id", "track_genres", ["genre_id", "track_id"], unique=False)


def _create_album_genres() -> None:
    op.create_table(
        "album_genres",
        sa.Column("album_id", NUMBER, nullable=False),
        sa.Column("genre_id", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("fk_album_genres_album_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_album_genres_genre_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("album_id", "genre_id", name=op.f("pk_album_genres")),
    )
    op.create_index("ix_album_genres_genre_id_album_id", "album_genres", ["genre_id", "album_id"], unique=False)


def _create_artist_counts() -> None:
    op.create_table(
        "artist_counts",
        sa.Column("artist_id", NUMBER, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("album_count", sa.Integer(), nullable=False),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artists.id"], name=op.f("fk_artist_counts_artist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_artist_counts_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "library_id", name=op.f("pk_artist_counts")),
    )


def _create_genre_counts() -> None:
    op.create_table(
        "genre_counts",
        sa.Column("genre_id", NUMBER, nullable=False),
        sa.Column("library_id", NUMBER, nullable=False),
        sa.Column("album_count", sa.Integer(), nullable=False),
        sa.Column("track_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_genre_counts_genre_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["library_id"], ["libraries.id"], name=op.f("fk_genre_counts_library_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("genre_id", "library_id", name=op.f("pk_genre_counts")),
    )
