"""Tables of the library."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sarau.catalog.library.schemas import ArtistRef
from sarau.foundation.database.schema import metadata
from sarau.foundation.database.types import EntityId, Instant, Json, Real, sortable
from sarau.foundation.media.tags import Tags


def _id() -> Column[str]:
    return Column("id", EntityId, primary_key=True, autoincrement=False)


def _to(target: str, name: str, *, null: bool = False, gone: str = "CASCADE") -> Column[str]:
    return Column(name, EntityId, ForeignKey(target, ondelete=gone), nullable=null)


def _known(name: str, *columns: str) -> Index:
    """An index of the rows that have a value: were the many without one counted, planners would shun it."""
    given = text(f"{columns[0]} IS NOT NULL")
    return Index(name, *columns, sqlite_where=given, postgresql_where=given)


libraries = Table(
    "libraries",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("path", Text, unique=True),
    Column("everyone", Boolean, nullable=False),
    Column("revision", BigInteger, nullable=False),  # rises with every change of what is to be seen
    Column("forgotten", BigInteger, nullable=False),  # tombstones up to this revision are gone
    Column("created_at", Instant, nullable=False),
    Column("scanned_at", Instant),
)

library_members = Table(
    "library_members",
    metadata,
    _to("libraries.id", "library_id"),
    _to("users.id", "user_id"),
    PrimaryKeyConstraint("library_id", "user_id"),
    Index("ix_library_members_user_id", "user_id"),
)

folders = Table(
    "folders",
    metadata,
    _id(),
    _to("libraries.id", "library_id"),
    _to("folders.id", "parent_id", null=True),
    Column("path", LargeBinary, nullable=False),  # bytes below the library: file systems know no encoding
    Column("name", Text, nullable=False),
    Column("sort", sortable(), nullable=False),
    Column("cover", Text),
    Column("sidecars", Text, nullable=False),  # a digest of covers and sheets beside the music, to see them change
    UniqueConstraint("library_id", "path"),
    Index("ix_folders_parent_id_sort", "parent_id", "sort"),
)

artists = Table(
    "artists",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("apart", Text, nullable=False),  # tells namesakes apart by their MusicBrainz id, else empty
    Column("sort", sortable(), nullable=False),
    Column("mbid", Text),
    UniqueConstraint("key", "apart"),
    Index("ix_artists_sort_id", "sort", "id"),
    _known("ix_artists_mbid", "mbid"),
)

genres = Table(
    "genres",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("sort", sortable(), nullable=False, unique=True),
)

albums = Table(
    "albums",
    metadata,
    _id(),
    _to("libraries.id", "library_id"),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("sort", sortable(), nullable=False),
    Column("artist", Text, nullable=False),
    Column("artist_sort", sortable(), nullable=False),
    Column("artists", Json(list[ArtistRef]), nullable=False),
    Column("from_tracks", Boolean, nullable=False),  # no album artist is tagged: the tracks decide
    Column("year", Integer, nullable=False),  # 0: unknown
    Column("compilation", Boolean, nullable=False),
    Column("mbid", Text),
    Column("release_group_mbid", Text),
    Column("cover", Text),
    Column("track_count", Integer, nullable=False),
    Column("disc_count", Integer, nullable=False),
    Column("duration_ms", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("shuffle", Integer, nullable=False),  # random: a place to begin when somebody asks for chance
    # The library comes second: most viewers see all libraries, and lists must follow the indexes of their order.
    UniqueConstraint("key", "library_id"),
    Index("ix_albums_sort_id", "sort", "id"),
    Index("ix_albums_artist_sort_id", "artist_sort", "id"),
    Index("ix_albums_year_id", "year", "id"),
    Index("ix_albums_added_at_id", "added_at", "id"),
    Index("ix_albums_shuffle", "shuffle"),
    _known("ix_albums_cover", "cover"),
)

tracks = Table(
    "tracks",
    metadata,
    _id(),
    _to("libraries.id", "library_id"),
    _to("folders.id", "folder_id", null=True, gone="SET NULL"),
    _to("albums.id", "album_id", null=True, gone="SET NULL"),
    Column("available", Boolean, nullable=False),  # neither missing nor in the bin
    Column("title", Text, nullable=False),
    Column("sort", sortable(), nullable=False),
    Column("version", Text),
    Column("artist", Text, nullable=False),
    Column("artist_sort", sortable(), nullable=False),
    Column("artists", Json(list[ArtistRef]), nullable=False),
    Column("genres", Json(list[str]), nullable=False),
    Column("year", Integer, nullable=False),  # 0: unknown
    Column("disc_number", Integer),
    Column("track_number", Integer),
    Column("place", BigInteger, nullable=False),  # disc and track as one number, for the order of an album
    Column("duration_ms", BigInteger, nullable=False),
    Column("codec", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("bitrate_kbps", Integer, nullable=False),
    Column("sample_rate_hz", Integer, nullable=False),
    Column("bit_depth", Integer),
    Column("channels", Integer, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("track_gain_db", Real),
    Column("track_peak", Real),
    Column("album_gain_db", Real),
    Column("album_peak", Real),
    Column("cover", Text),
    Column("added_at", Instant, nullable=False),
    Column("shuffle", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),  # of the library, when this track last changed
    Column("came", BigInteger, nullable=False),  # of the library, when this track was there at last to be heard
    Index("ix_tracks_album_id_place", "album_id", "place"),
    Index("ix_tracks_library_id_revision_id", "library_id", "revision", "id"),
    _known("ix_tracks_folder_id", "folder_id"),
    # With who may hear it, so that the outline of a million tracks need not read the rows.
    Index("ix_tracks_sort_id_heard", "sort", "id", "library_id", "available"),
    Index("ix_tracks_artist_sort_id", "artist_sort", "id"),
    Index("ix_tracks_year_id", "year", "id"),
    Index("ix_tracks_added_at_id", "added_at", "id"),
    Index("ix_tracks_shuffle", "shuffle"),
    # Narrow, for questions that have to look at every track: a third of the time that the rows themselves take.
    Index("ix_tracks_narrow", "library_id", "available", "year", "duration_ms", "added_at", "shuffle"),
    _known("ix_tracks_cover", "cover"),
)

_UNREAD = text("sha256 IS NULL")
# What only scanning, editing and delivering need, kept apart so that lists read narrow rows.
track_files = Table(
    "track_files",
    metadata,
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    _to("libraries.id", "library_id"),
    Column("folder_id", EntityId),
    Column("path", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("fingerprint", Text, nullable=False, index=True),
    Column("sha256", Text),
    Column("tags", Json(Tags), nullable=False),
    Column("edits", Json(dict), nullable=False),
    Column("picture", Text),  # the cover inside the file
    Column("uploader_id", EntityId, ForeignKey("users.id", ondelete="SET NULL")),
    Column("missing_since", Instant),
    Column("deleted_at", Instant),
    Column("deleted_by", EntityId),
    Column("isrc", Text),  # the first of its tags, bare; with the next one what lists from elsewhere name tracks by
    Column("mb_recording_id", Text),
    UniqueConstraint("library_id", "path"),
    _known("ix_track_files_isrc", "isrc"),
    _known("ix_track_files_mb_recording_id", "mb_recording_id"),
    _known("ix_track_files_folder_id", "folder_id"),
    _known("ix_track_files_sha256", "sha256"),
    Index("ix_track_files_unread", "track_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    _known("ix_track_files_uploader_id_size_bytes", "uploader_id", "size_bytes"),
    _known("ix_track_files_missing_since", "missing_since"),
    _known("ix_track_files_deleted_at", "deleted_at"),
)

# Where in a file which moment lies, for the state that the file had.
track_indexes = Table(
    "track_indexes",
    metadata,
    Column("track_id", EntityId, ForeignKey("tracks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

track_artists = Table(
    "track_artists",
    metadata,
    _to("tracks.id", "track_id"),
    Column("role", Text, nullable=False),  # artist, composer
    Column("position", Integer, nullable=False),
    _to("artists.id", "artist_id"),
    PrimaryKeyConstraint("track_id", "role", "position"),
    Index("ix_track_artists_artist_id_role_track_id", "artist_id", "role", "track_id"),
)

album_artists = Table(
    "album_artists",
    metadata,
    _to("albums.id", "album_id"),
    Column("position", Integer, nullable=False),
    _to("artists.id", "artist_id"),
    PrimaryKeyConstraint("album_id", "position"),
    Index("ix_album_artists_artist_id_album_id", "artist_id", "album_id"),
)

track_genres = Table(
    "track_genres",
    metadata,
    _to("tracks.id", "track_id"),
    _to("genres.id", "genre_id"),
    PrimaryKeyConstraint("track_id", "genre_id"),
    Index("ix_track_genres_genre_id_track_id", "genre_id", "track_id"),
)

album_genres = Table(
    "album_genres",
    metadata,
    _to("albums.id", "album_id"),
    _to("genres.id", "genre_id"),
    PrimaryKeyConstraint("album_id", "genre_id"),
    Index("ix_album_genres_genre_id_album_id", "genre_id", "album_id"),
)

# Words of tags that nothing is named by, folded: moods, comments. For questions over all tracks, so by themselves.
track_words = Table(
    "track_words",
    metadata,
    Column("kind", Text, nullable=False),  # mood, comment
    Column("sort", sortable(), nullable=False),
    _to("tracks.id", "track_id"),
    PrimaryKeyConstraint("kind", "sort", "track_id"),
    Index("ix_track_words_track_id", "track_id"),
    sqlite_with_rowid=False,
)

# Tracks that are gone for good, or went to another library.
track_tombstones = Table(
    "track_tombstones",
    metadata,
    _to("libraries.id", "library_id"),
    Column("revision", BigInteger, nullable=False),
    Column("track_id", EntityId, nullable=False),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("library_id", "revision", "track_id"),
    Index("ix_track_tombstones_at", "at"),
)

# How much of an artist or a genre a library holds, so that their lists need not count.
artist_counts = Table(
    "artist_counts",
    metadata,
    _to("artists.id", "artist_id"),
    _to("libraries.id", "library_id"),
    Column("album_count", Integer, nullable=False),
    Column("track_count", Integer, nullable=False),
    Column("cover", Text),
    PrimaryKeyConstraint("artist_id", "library_id"),
)

genre_counts = Table(
    "genre_counts",
    metadata,
    _to("genres.id", "genre_id"),
    _to("libraries.id", "library_id"),
    Column("album_count", Integer, nullable=False),
    Column("track_count", Integer, nullable=False),
    PrimaryKeyConstraint("genre_id", "library_id"),
)
