"""Questions about pictures."""

from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Table, bindparam, func, or_, select

from sarau.catalog.artwork.errors import PictureNotFound
from sarau.catalog.artwork.schemas import KeptPicture
from sarau.catalog.artwork.tables import pictures
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.pages import has_album, has_part
from sarau.catalog.library.tables import albums, artist_counts, artists, folders, tracks
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId


def _shown_in(table: Table, *present: ColumnElement[bool]) -> Any:
    return select(1).where(table.c.cover == bindparam("id"), seen(table), *present).exists()


_PICTURE = Query(
    select(
        pictures.c.id,
        pictures.c.sha256,
        pictures.c.media_type,
        pictures.c.width,
        pictures.c.height,
        pictures.c.size_bytes,
    ).where(
        pictures.c.id == bindparam("id"),
        or_(
            _shown_in(albums, albums.c.track_count > 0),
            _shown_in(tracks, tracks.c.available),
            _shown_in(folders),
        ),
    ),
    KeptPicture,
)
_BY_ID = Query(select(pictures).where(pictures.c.id == bindparam("id")), KeptPicture)


class Face(NamedTuple):
    """What is drawn for something: its picture if it has one, else a placeholder with its name."""

    name: str
    cover: str | None


_the_id = bindparam("id", type_=EntityId())


def _face(table: Table, name: Column[Any], *present: ColumnElement[bool]) -> Query[Face]:
    return Query(select(name, table.c.cover).where(table.c.id == _the_id, seen(table), *present), Face)


_FACES = {
    "albums": _face(albums, albums.c.title, albums.c.track_count > 0),
    "tracks": _face(tracks, tracks.c.title, tracks.c.available),
    "folders": _face(folders, folders.c.name),
    "artists": Query(
        select(artists.c.name, func.min(artist_counts.c.cover))
        .select_from(
            artists.outerjoin(artist_counts, (artist_counts.c.artist_id == artists.c.id) & seen(artist_counts))
        )
        .where(artists.c.id == _the_id, or_(has_part, has_album))
        .group_by(artists.c.id),
        Face,
    ),
}


async def picture(reader: Reader, view: View, picture_id: str) -> KeptPicture:
    """Return a picture that covers something the viewer may hear; raises PictureNotFound."""
    if not picture_id.isalnum():  # PostgreSQL takes no NUL in a text
        raise PictureNotFound
    found = await reader.first(_PICTURE, id=picture_id, libraries=view.library_ids)
    if found is None:
        raise PictureNotFound
    return found


async def known_picture(reader: Reader, picture_id: str) -> KeptPicture | None:
    """Return a picture whoever may see it, for what was checked already."""
    return await reader.first(_BY_ID, id=picture_id)


async def face(reader: Reader, view: View, kind: str, thing_id: str) -> Face:
    """Return what is drawn for an album, artist, track or folder; raises PictureNotFound."""
    found = await reader.first(_FACES[kind], id=thing_id, libraries=view.library_ids)
    if found is None:
        raise PictureNotFound
    return found
