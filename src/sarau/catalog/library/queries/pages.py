"""One album, one artist, one track, one folder."""

from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, or_, select

from sarau.catalog.library.edits import effective
from sarau.catalog.library.errors import AlbumNotFound, ArtistNotFound, FolderNotFound, TrackNotFound
from sarau.catalog.library.policies import View, may_edit, seen
from sarau.catalog.library.queries.rows import (
    ALBUM_COLUMNS,
    ARTIST_COLUMNS,
    TRACK_COLUMNS,
    TRACKS_WITH_ALBUM,
    track_of,
)
from sarau.catalog.library.schemas import (
    Album,
    AlbumPage,
    Artist,
    ArtistPage,
    ArtistRef,
    Credit,
    Folder,
    FolderPage,
    Track,
    TrackDetails,
)
from sarau.catalog.library.tables import (
    album_artists,
    albums,
    artist_counts,
    artists,
    folders,
    track_artists,
    track_files,
    tracks,
)
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor

_id = bindparam("id", type_=EntityId())
_ALBUM = Query(select(*ALBUM_COLUMNS).where(albums.c.id == _id, albums.c.track_count > 0, seen(albums)), Album)
_ALBUM_TRACKS = Query(
    select(*TRACK_COLUMNS)
    .select_from(TRACKS_WITH_ALBUM)
    .where(tracks.c.album_id == _id, tracks.c.available)
    .order_by(tracks.c.place, tracks.c.sort, tracks.c.id),
    track_of,
)
_TRACK = Query(
    select(*TRACK_COLUMNS).select_from(TRACKS_WITH_ALBUM).where(tracks.c.id == _id, tracks.c.available, seen(tracks)),
    track_of,
)
_TRACK_FILE = Query(
    select(track_files.c.name, track_files.c.tags, track_files.c.edits, track_files.c.uploader_id).where(
        track_files.c.track_id == _id
    ),
    lambda name, tags, edits, uploader_id: (name, tags, edits, uploader_id),
)
_CREDITS = Query(
    select(artists.c.id, artists.c.name, track_artists.c.role)
    .join(artists, artists.c.id == track_artists.c.artist_id)
    .where(track_artists.c.track_id == _id)
    .order_by(track_artists.c.role, track_artists.c.position),
    lambda artist_id, name, role: Credit(ArtistRef(artist_id, name), role),
)


def has_part_of(artist_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether somebody has part in a track that can be heard, composers too, of whom nothing is counted."""
    part = select(1).join_from(track_artists, tracks, tracks.c.id == track_artists.c.track_id)
    return part.where(track_artists.c.artist_id == artist_id, tracks.c.available, seen(tracks)).exists()


# Whoever has part in something has a page.
has_part = has_part_of(artists.c.id)
has_album = (
    select(1)
    .join_from(album_artists, albums, albums.c.id == album_artists.c.album_id)
    .where(album_artists.c.artist_id == artists.c.id, albums.c.track_count > 0, seen(albums))
    .exists()
)
_ARTIST = Query(
    select(*ARTIST_COLUMNS)
    .select_from(artists.outerjoin(artist_counts, (artist_counts.c.artist_id == artists.c.id) & seen(artist_counts)))
    .where(artists.c.id == _id, or_(has_part, has_album))
    .group_by(artists.c.id),
    Artist,
)


def _albums(*conditions: Any) -> Select[Any]:
    return (
        select(*ALBUM_COLUMNS)
        .where(albums.c.track_count > 0, seen(albums), *conditions)
        .order_by(albums.c.year.desc(), albums.c.sort, albums.c.id)
        .limit(2000)
    )


_own = albums.c.id.in_(select(album_artists.c.album_id).where(album_artists.c.artist_id == _id))
# Who made many albums is heard on little else: what is on their own is left out before any track is read.
_on_own = tracks.alias("on_own")
_elsewhere = (
    select(track_artists.c.track_id)
    .where(track_artists.c.artist_id == _id)
    .except_(
        select(_on_own.c.id)
        .join(album_artists, album_artists.c.album_id == _on_own.c.album_id)
        .where(album_artists.c.artist_id == _id)
    )
)
_heard_on = albums.c.id.in_(select(tracks.c.album_id).where(tracks.c.id.in_(_elsewhere), tracks.c.available))
_ALBUMS_OF = Query(_albums(_own), Album, slow=True)
_ALBUMS_WITH = Query(_albums(_heard_on), Album, slow=True)
_FOLDER_COLUMNS = (folders.c.id, folders.c.library_id, folders.c.parent_id, folders.c.name, folders.c.cover)
_FOLDER = Query(select(*_FOLDER_COLUMNS).where(folders.c.id == _id, seen(folders)), Folder)
_FOLDERS = Query(
    select(*_FOLDER_COLUMNS).where(folders.c.parent_id == _id).order_by(folders.c.sort, folders.c.id), Folder
)
_ROOTS = Query(
    select(*_FOLDER_COLUMNS)
    .where(folders.c.parent_id.is_(None), seen(folders))
    .order_by(folders.c.sort, folders.c.id),
    Folder,
)


async def album(reader: Reader, view: View, album_id: str) -> AlbumPage:
    """Return an album and its tracks in order; raises AlbumNotFound."""
    found = await reader.first(_ALBUM, id=album_id, libraries=view.library_ids)
    if found is None:
        raise AlbumNotFound
    return AlbumPage(found, await reader.all(_ALBUM_TRACKS, id=album_id))


async def artist(reader: Reader, view: View, artist_id: str) -> ArtistPage:
    """Return an artist with albums, their own and those they are heard on; raises ArtistNotFound."""
    found = await reader.first(_ARTIST, id=artist_id, libraries=view.library_ids)
    if found is None:
        raise ArtistNotFound
    own = await reader.all(_ALBUMS_OF, id=artist_id, libraries=view.library_ids)
    others = await reader.all(_ALBUMS_WITH, id=artist_id, libraries=view.library_ids)
    return ArtistPage(found, own, others)


async def track(reader: Reader, view: View, track_id: str) -> Track:
    """Return a track; raises TrackNotFound."""
    found = await reader.first(_TRACK, id=track_id, libraries=view.library_ids)
    if found is None:
        raise TrackNotFound
    return found


async def track_details(reader: Reader, view: View, actor: Actor, track_id: str) -> TrackDetails:
    """Return all that is known of a track; raises TrackNotFound."""
    found = await track(reader, view, track_id)
    name, tags, edits, uploader_id = await reader.one(_TRACK_FILE, id=track_id)
    tags = effective(tags, edits)
    return TrackDetails(
        track=found,
        file_name=name,
        date=tags.date,
        original_date=tags.original_date,
        album_artists=list(tags.album_artists),
        composers=list(tags.composers),
        credits=await reader.all(_CREDITS, id=track_id),
        compilation=tags.compilation,
        comment=tags.comment,
        isrcs=list(tags.isrcs),
        mb_recording_id=tags.mb_recording_id,
        mb_album_id=tags.mb_album_id,
        mb_release_group_id=tags.mb_release_group_id,
        uploader_id=uploader_id,
        may_edit=may_edit(actor, uploader_id),
        edited=sorted(edits),
    )


async def folder(reader: Reader, view: View, folder_id: str) -> FolderPage:
    """Return a folder, the way to it and its folders; raises FolderNotFound."""
    found = await reader.first(_FOLDER, id=folder_id, libraries=view.library_ids)
    if found is None:
        raise FolderNotFound
    ancestors: list[Folder] = []
    above = found
    while above.parent_id is not None:
        above = await reader.one(_FOLDER, id=above.parent_id, libraries=view.library_ids)
        ancestors.insert(0, above)
    return FolderPage(found, ancestors, await reader.all(_FOLDERS, id=folder_id))


async def top_folders(reader: Reader, view: View) -> list[Folder]:
    """Return the top folder of every library that is a folder."""
    return await reader.all(_ROOTS, libraries=view.library_ids)
