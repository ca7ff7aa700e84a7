"""Playlists as files."""

import asyncio

from sqlalchemy import select

from sarau.catalog.library.policies import View
from sarau.catalog.library.schemas import LibraryKind, Track
from sarau.catalog.library.tables import libraries, track_files
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.playlists.formats.listed import ListedPlaylist, ListedTrack
from sarau.playlists.formats.reading import written
from sarau.playlists.queries.entries import tracks_of
from sarau.playlists.queries.playlists import name_of
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.schemas import PlaylistFormat

_FILES = Query(
    select(
        track_files.c.track_id,
        libraries.c.kind,
        track_files.c.path,
        track_files.c.name,
        track_files.c.isrc,
        track_files.c.mb_recording_id,
    )
    .join(libraries, libraries.c.id == track_files.c.library_id)
    .where(among(track_files.c.track_id, "ids")),
    lambda *row: row,
    slow=True,
)


async def playlist_file(
    reader: Reader, view: View, actor: Actor, ref: str, book: RuleBook, kind: PlaylistFormat
) -> tuple[str, bytes]:
    """Return the name of a playlist, and a file of what can be heard of it; raises PlaylistNotFound."""
    tracks = await tracks_of(reader, view, actor, ref, book)
    rows = await reader.all(_FILES, ids=list(dict.fromkeys(track.id for track in tracks)))
    files = {track_id: rest for track_id, *rest in rows}
    name = await name_of(reader, actor, ref)
    listed = ListedPlaylist(kind, name, [_listed(track, *files[track.id]) for track in tracks])
    return name, await asyncio.to_thread(written, listed)


def _listed(
    track: Track, kind: str, path: bytes, name: str, isrc: str | None, mb_recording_id: str | None
) -> ListedTrack:
    # What was uploaded lies under its digest, which says nothing to anybody else.
    shown = path.decode("utf-8", "surrogateescape") if kind == LibraryKind.FOLDER.value else name
    return ListedTrack(track.title, track.artist, track.album, shown, track.duration_ms, isrc, mb_recording_id)
