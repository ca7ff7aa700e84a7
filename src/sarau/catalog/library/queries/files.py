"""Questions about the files behind tracks."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, func, select

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.filing import Filing
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.libraries import require_library
from sarau.catalog.library.queries.rows import TRACK_COLUMNS, TRACKS_WITH_ALBUM, track_of
from sarau.catalog.library.schemas import NOWHERE, BinnedTrack, FileOnDisk, LibraryKind, MissingTrack
from sarau.catalog.library.tables import folders, libraries, track_files, tracks
from sarau.foundation.database.portable import among, each, total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.media.formats import Codec
from sarau.foundation.media.tags import Properties
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission

_id = bindparam("id", type_=EntityId())


def _file_on_disk(track_id: str, kind: str, *rest: Any) -> FileOnDisk:
    return FileOnDisk(track_id, LibraryKind(kind), *rest)


_files = (
    select(
        tracks.c.id,
        libraries.c.kind,
        libraries.c.path,
        track_files.c.path,
        track_files.c.sha256,
        track_files.c.name,
        tracks.c.media_type,
        tracks.c.codec,
        tracks.c.duration_ms,
        tracks.c.bitrate_kbps,
        track_files.c.mtime_ns,
        track_files.c.size_bytes,
    )
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .join(libraries, libraries.c.id == tracks.c.library_id)
)
_SHAPE = re.compile(r"[0-9a-f]{64}", re.ASCII)
_sha256: BindParameter[str] = bindparam("sha256")
_FILE = Query(_files.where(tracks.c.id == _id, tracks.c.available, seen(tracks)), _file_on_disk)
_FILE_BY_HASH = Query(
    _files.where(track_files.c.sha256 == _sha256, tracks.c.available, seen(tracks)).order_by(tracks.c.id).limit(1),
    _file_on_disk,
)


class HashedFile(NamedTuple):
    """A file that may be fetched by its hash."""

    sha256: str
    name: str


_HASHED = Query(
    select(track_files.c.sha256, func.min(track_files.c.name))
    .join(tracks, tracks.c.id == track_files.c.track_id)
    .where(track_files.c.sha256.isnot(None), tracks.c.available, seen(tracks))
    .group_by(track_files.c.sha256),
    HashedFile,
    slow=True,
)
_COPIES = Query(
    select(tracks.c.id, track_files.c.uploader_id)
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .where(track_files.c.sha256 == _sha256, tracks.c.available, seen(tracks))
    .order_by(tracks.c.id),
    lambda track_id, uploader_id: (track_id, uploader_id),
)


class KnownFile(NamedTuple):
    """What is known of a file in a folder, to see whether it changed."""

    track_id: str
    path: bytes
    mtime_ns: int
    size_bytes: int
    missing: bool
    picture: str | None
    fingerprint: str


_IN_FOLDER = Query(
    select(
        track_files.c.track_id,
        track_files.c.path,
        track_files.c.mtime_ns,
        track_files.c.size_bytes,
        track_files.c.missing_since.isnot(None),
        track_files.c.picture,
        track_files.c.fingerprint,
    ).where(track_files.c.folder_id == _id),
    KnownFile,
)


_FILE_COUNT = Query(
    select(func.count()).where(track_files.c.library_id == _id, track_files.c.missing_since.is_(None)),
    scalar,
    slow=True,
)


class Namesake(NamedTuple):
    """A track whose sound is the same, and where its file lay."""

    fingerprint: str
    track_id: str
    library_id: str
    root: str
    path: bytes
    name: str


_MOST_NAMESAKES = 20  # a silence or a test tone may stand in a library a thousand times
_asked = each("fingerprints", track_files.c.fingerprint.type)
_KNOWN_SOUNDS = Query(
    select(_asked.c.value).where(select(1).where(track_files.c.fingerprint == _asked.c.value).exists()), scalar
)
_NAMESAKES = Query(
    select(
        track_files.c.fingerprint,
        track_files.c.track_id,
        track_files.c.library_id,
        libraries.c.path,
        track_files.c.path,
        track_files.c.name,
    )
    .join(libraries, libraries.c.id == track_files.c.library_id)
    .where(track_files.c.fingerprint == bindparam("fingerprint"), libraries.c.kind == LibraryKind.FOLDER.value)
    .limit(_MOST_NAMESAKES),
    Namesake,
)


class UploadedFile(NamedTuple):
    """An upload that is stored already."""

    track_id: str
    uploader_id: str | None
    binned: bool


_BY_SHA256 = Query(
    select(track_files.c.track_id, track_files.c.uploader_id, track_files.c.deleted_at.isnot(None)).where(
        track_files.c.sha256 == bindparam("sha256"),
        track_files.c.library_id == bindparam("library_id", type_=EntityId()),
    ),
    UploadedFile,
)
_NEEDED = Query(select(track_files.c.track_id).where(track_files.c.sha256 == bindparam("sha256")).limit(1), scalar)
_UPLOADED_BYTES = Query(select(total(track_files.c.size_bytes)).where(track_files.c.uploader_id == _id), scalar)


def _filing(*row: Any) -> tuple[str, Filing]:
    library_id, track_id, codec, *properties = row[:8]
    fields: tuple[Any, ...] = (track_id, *row[8:15], Properties(Codec(codec), *properties), *row[15:])
    return library_id, Filing(*fields)


_FILINGS = Query(
    select(
        tracks.c.library_id,
        tracks.c.id,
        tracks.c.codec,
        tracks.c.duration_ms,
        tracks.c.bitrate_kbps,
        tracks.c.sample_rate_hz,
        tracks.c.channels,
        tracks.c.bit_depth,
        track_files.c.folder_id,
        folders.c.path,
        track_files.c.path,
        track_files.c.name,
        tracks.c.media_type,
        track_files.c.mtime_ns,
        track_files.c.size_bytes,
        track_files.c.tags,
        track_files.c.fingerprint,
        track_files.c.picture,
        tracks.c.cover,
        tracks.c.added_at,
        track_files.c.sha256,
        track_files.c.uploader_id,
        track_files.c.edits,
    )
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .outerjoin(folders, folders.c.id == track_files.c.folder_id)
    .where(among(tracks.c.id, "ids")),
    _filing,
)
_BINNED = Query(
    select(track_files.c.deleted_at, track_files.c.deleted_by, *TRACK_COLUMNS)
    .select_from(TRACKS_WITH_ALBUM.join(track_files, track_files.c.track_id == tracks.c.id))
    .where(track_files.c.deleted_at.isnot(None))
    .order_by(track_files.c.deleted_at.desc(), tracks.c.id)
    .limit(1000),
    lambda at, by, *row: BinnedTrack(track_of(*row), at, by),
    slow=True,
)


def _missing(track_id: str, title: str, artist: str, path: bytes, name: str, since: datetime) -> MissingTrack:
    place = name if path.startswith(NOWHERE) else path.decode(errors="replace")
    return MissingTrack(track_id, title, artist, place, since)


_MISSING = Query(
    select(
        tracks.c.id,
        tracks.c.title,
        tracks.c.artist,
        track_files.c.path,
        track_files.c.name,
        track_files.c.missing_since,
    )
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .where(track_files.c.library_id == _id, track_files.c.missing_since.isnot(None))
    .order_by(track_files.c.missing_since.desc(), tracks.c.id)
    .limit(1000),
    _missing,
    slow=True,
)


async def file_on_disk(reader: Reader, view: View, track_id: str) -> FileOnDisk:
    """Return where the bytes of a track lie that the viewer may hear; raises TrackNotFound."""
    found = await reader.first(_FILE, id=track_id, libraries=view.library_ids)
    if found is None:
        raise TrackNotFound
    return found


async def file_by_hash(reader: Reader, view: View, sha256: str) -> FileOnDisk:
    """Return where bytes lie that the viewer may hear, whichever copy of them; raises TrackNotFound."""
    if _SHAPE.fullmatch(sha256) is None:
        raise TrackNotFound
    found = await reader.first(_FILE_BY_HASH, sha256=sha256, libraries=view.library_ids)
    if found is None:
        raise TrackNotFound
    return found


async def hashed_files(reader: Reader, view: View) -> list[HashedFile]:
    """Return all files with a hash that the viewer may hear, each hash once."""
    return await reader.all(_HASHED, libraries=view.library_ids)


async def copies_of(reader: Reader, view: View, sha256: str) -> list[tuple[str, str | None]]:
    """Return the tracks with these bytes that the viewer may hear, and who uploaded each."""
    return await reader.all(_COPIES, sha256=sha256, libraries=view.library_ids)


async def files_in_folder(reader: Reader, folder_id: str) -> list[KnownFile]:
    """Return what is known of the files in a folder."""
    return await reader.all(_IN_FOLDER, id=folder_id)


async def file_count(reader: Reader, library_id: str) -> int:
    """Return how many files a library has that are not missing."""
    return int(await reader.one(_FILE_COUNT, id=library_id))


async def same_sound(reader: Reader, fingerprints: Sequence[str]) -> list[Namesake]:
    """Return tracks of folder libraries whose sound has one of the fingerprints, no more than a few of each."""
    known = await reader.all(_KNOWN_SOUNDS, fingerprints=list(fingerprints))
    return [one for fingerprint in known for one in await reader.all(_NAMESAKES, fingerprint=fingerprint)]


async def uploaded_file(reader: Reader, library_id: str, sha256: str) -> UploadedFile | None:
    """Return the upload that has these bytes."""
    return await reader.first(_BY_SHA256, library_id=library_id, sha256=sha256)


async def bytes_needed(reader: Reader, sha256: str) -> bool:
    """Tell whether any track, be it in the bin, has these bytes."""
    return await reader.first(_NEEDED, sha256=sha256) is not None


async def uploaded_bytes(reader: Reader, user_id: str) -> int:
    """Return how much somebody has uploaded, what lies in the bin included."""
    return int(await reader.one(_UPLOADED_BYTES, id=user_id))


async def filings_of(reader: Reader, track_ids: Sequence[str]) -> list[tuple[str, Filing]]:
    """Return tracks as they were filed, each with its library, to be filed again."""
    return await reader.all(_FILINGS, ids=list(track_ids))


async def binned_tracks(reader: Reader, actor: Actor) -> list[BinnedTrack]:
    """Return what lies in the bin, for who may restore it, newest first."""
    actor.require(Permission.LIBRARY_EDIT_ANY)
    return await reader.all(_BINNED)


async def missing_tracks(reader: Reader, actor: Actor, library_id: str) -> list[MissingTrack]:
    """Return the tracks of a library whose files are missing, for who manages it; raises LibraryNotFound."""
    actor.require(Permission.LIBRARY_MANAGE)
    await require_library(reader, library_id)
    return await reader.all(_MISSING, id=library_id)
