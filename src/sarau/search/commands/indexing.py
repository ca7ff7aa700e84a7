"""Bringing the index up to where the library is, some tracks at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, update

from sarau.catalog.library.schemas import ArtistRef
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.search.commands.playing import recount_plays
from sarau.search.commands.writing import IndexWriter
from sarau.search.entries import Draft, of_album, of_artist, of_lyrics, of_track
from sarau.search.places import kind_of
from sarau.search.queries import catalogue, docs
from sarau.search.queries.catalogue import AlbumRow, SheetRow, TrackRow
from sarau.search.queries.docs import Doc, Progress
from sarau.search.schemas import Kind
from sarau.search.tables import search_libraries

_NOBODY = "0" * 16
_MOST_GONE = 400  # in one transaction
_the_library = search_libraries.c.library_id == bindparam("the_library", type_=EntityId())
_NEW_LIBRARY = Change(insert(search_libraries))
_ADVANCE = Change(
    update(search_libraries)
    .where(_the_library)
    .values(revision=bindparam("to_revision"), track_id=bindparam("to_track", type_=EntityId()))
)
_FORGET_LIBRARY = Change(delete(search_libraries).where(_the_library))


class _Links(NamedTuple):
    """Where the albums and artists that tracks belong to lie in the index."""

    albums: Mapping[str, int]
    artists: Mapping[str, int]

    def of(self, row: TrackRow, composers: Iterable[ArtistRef]) -> list[int]:
        places = [self.artists[one.id] for one in (*row.artists, *composers) if one.id in self.artists]
        if row.album_id is not None and row.album_id in self.albums:
            places.insert(0, self.albums[row.album_id])
        return list(dict.fromkeys(places))


async def index_some(work: Work, writer: IndexWriter, limit: int) -> int:
    """Follow the libraries by up to so many tracks; returns how many were looked at, 0 where the index is current."""
    known = {one.library_id: one for one in await docs.locked_progress(work)}
    revisions = dict(await work.all(catalogue.REVISIONS))
    await _meet(work, known, revisions)
    numbers = {one.library_id: one.number for one in known.values()}
    for library_id, revision in revisions.items():
        done = await _follow(work, writer, known[library_id], revision, numbers, limit)
        if done:
            return done
    for library_id, one in known.items():
        if library_id not in revisions:
            return await _leave(work, writer, one, limit)
    return 0


async def _meet(work: Work, known: dict[str, Progress], revisions: Mapping[str, int]) -> None:
    number = max((one.number for one in known.values()), default=0)
    for library_id in revisions:
        if library_id not in known:
            number += 1
            known[library_id] = new = Progress(library_id, number, 0, _NOBODY)
            await work.run_many(_NEW_LIBRARY, [new._asdict()])


async def _follow(
    work: Work, writer: IndexWriter, at: Progress, revision: int, numbers: Mapping[str, int], limit: int
) -> int:
    if at.revision >= revision and at.track_id == docs.LAST_TRACK:
        return 0
    place = {"library_id": at.library_id, "after": at.revision, "after_id": at.track_id}
    rows = await work.all(catalogue.CHANGED, limit=limit, **place)
    # Whoever committed after the revision was read comes again: what has a lower one was there to be read.
    whole = len(rows) < limit
    reached = max(revision, rows[-1].revision if rows else 0) if whole else rows[-1].revision
    gone = await docs.docs_gone(work, at, reached, _MOST_GONE)
    await _remove(work, writer, gone)
    if len(gone) == _MOST_GONE:
        return len(gone)  # there may be more: this part of the way is gone once again
    await index_tracks(work, writer, rows, numbers)
    to_track = docs.LAST_TRACK if whole else rows[-1].id
    await work.run(_ADVANCE, the_library=at.library_id, to_revision=reached, to_track=to_track)
    return len(rows) + len(gone) or 1


async def _remove(work: Work, writer: IndexWriter, gone: Sequence[Doc]) -> None:
    """Take entries out, and look again at the albums and artists of tracks among them."""
    await writer.remove(work, gone)
    await refresh_places(work, writer, {place for doc in gone for place in doc.parent_places()})


async def index_tracks(work: Work, writer: IndexWriter, rows: Sequence[TrackRow], numbers: Mapping[str, int]) -> None:
    """Bring the entries of tracks up to date, and those of their albums and artists."""
    if not rows:
        return
    ids = [row.id for row in rows]
    before = await docs.docs_of(work, Kind.TRACK, ids)
    there = [row for row in rows if row.available and row.library_id in numbers]
    composers = await _composers(work, there)
    links = await _refresh_named(work, writer, there, composers, numbers)
    drafts = [
        of_track(row, numbers[row.library_id], links.of(row, composers[row.id]), composers[row.id]) for row in there
    ]
    await writer.write(work, drafts)
    heard = {row.id for row in there}
    await _remove(work, writer, [doc for track_id, doc in before.items() if track_id not in heard])
    await index_lyrics(work, writer, {row.id: numbers[row.library_id] for row in there}, ids)
    parents = {draft.entity_id: set(draft.parents) for draft in drafts}
    left = {p for i, doc in before.items() if i in parents for p in doc.parent_places() if p not in parents[i]}
    await refresh_places(work, writer, left)
    fresh = [i for i in heard if i not in before or parents[i] != set(before[i].parent_places())]
    await recount_plays(work, writer, fresh, before)


async def _composers(work: Work, rows: Sequence[TrackRow]) -> dict[str, list[ArtistRef]]:
    found: dict[str, list[ArtistRef]] = defaultdict(list)
    for track_id, composer in await work.all(catalogue.COMPOSERS, ids=[row.id for row in rows]):
        found[track_id].append(composer)
    return found


async def _refresh_named(
    work: Work,
    writer: IndexWriter,
    rows: Sequence[TrackRow],
    composers: Mapping[str, Sequence[ArtistRef]],
    numbers: Mapping[str, int],
) -> _Links:
    """Bring the entries of the albums and artists of tracks up to date, and return where they lie."""
    album_ids = {row.album_id for row in rows if row.album_id}
    artist_ids = {artist.id for row in rows for artist in row.artists}
    artist_ids |= {one.id for some in composers.values() for one in some}
    found = await work.all(catalogue.ALBUMS, ids=sorted(album_ids))
    artist_ids |= {artist.id for album in found for artist in album.artists}
    album_places = await refresh_albums(work, writer, found, numbers)
    return _Links(album_places, await refresh_artists(work, writer, artist_ids, numbers))


async def refresh_albums(
    work: Work, writer: IndexWriter, found: Sequence[AlbumRow], numbers: Mapping[str, int]
) -> dict[str, int]:
    """Bring the entries of albums up to date and return their places; those without tracks go."""
    genres: dict[str, list[str]] = defaultdict(list)
    for album_id, name in await work.all(catalogue.GENRES_OF_ALBUMS, ids=[album.id for album in found]):
        genres[album_id].append(name)
    there = [album for album in found if album.track_count and album.library_id in numbers]
    drafts = [of_album(album, numbers[album.library_id], genres[album.id]) for album in there]
    await _remove_missing(work, writer, Kind.ALBUM, {album.id for album in found} - {album.id for album in there})
    return await writer.write(work, drafts)


async def refresh_artists(
    work: Work, writer: IndexWriter, ids: Iterable[str], numbers: Mapping[str, int]
) -> dict[str, int]:
    """Bring the entries of artists up to date and return their places; those nobody hears of go."""
    wanted = sorted(set(ids))
    libraries: dict[str, list[int]] = defaultdict(list)
    for artist_id, library_id in await work.all(catalogue.LIBRARIES_OF_ARTISTS, ids=wanted):
        if library_id in numbers:
            libraries[artist_id].append(numbers[library_id])
    names = await work.all(catalogue.ARTISTS, ids=wanted)
    drafts = [of_artist(i, name, sorted(libraries[i])) for i, name in names if i in libraries]
    await _remove_missing(work, writer, Kind.ARTIST, set(wanted) - {draft.entity_id for draft in drafts})
    return await writer.write(work, drafts)


async def _remove_missing(work: Work, writer: IndexWriter, kind: Kind, ids: set[str]) -> None:
    if ids:
        await writer.remove(work, (await docs.docs_of(work, kind, ids)).values())


async def index_lyrics(
    work: Work, writer: IndexWriter, libraries: Mapping[str, int], track_ids: Sequence[str]
) -> None:
    """Bring the entries of the words sung in tracks up to date; `libraries` are those that can be heard."""
    sheets: dict[str, list[SheetRow]] = defaultdict(list)
    for sheet in await work.all(catalogue.SHEETS, ids=list(libraries)):
        sheets[sheet.track_id].append(sheet)
    # In a thread: songs have many words.
    drafts = await asyncio.to_thread(_lyrics_of, sheets, libraries)
    await writer.write(work, drafts)
    await _remove_missing(work, writer, Kind.LYRICS, set(track_ids) - {draft.entity_id for draft in drafts})


def _lyrics_of(sheets: Mapping[str, Sequence[SheetRow]], libraries: Mapping[str, int]) -> list[Draft]:
    made = [of_lyrics(track_id, libraries[track_id], some) for track_id, some in sheets.items()]
    return [draft for draft in made if draft is not None]


async def refresh_places(work: Work, writer: IndexWriter, places: Iterable[int]) -> None:
    """Look again at albums, artists and tracks in the index, which may have changed or gone."""
    found = await docs.docs_at(work, places) if places else []
    if not found:
        return
    numbers = {one.library_id: one.number for one in await docs.locked_progress(work)}
    ids: dict[Kind, list[str]] = defaultdict(list)
    for doc in found:
        ids[kind_of(doc.place)].append(doc.entity_id)
    albums = await work.all(catalogue.ALBUMS, ids=ids[Kind.ALBUM]) if ids[Kind.ALBUM] else []
    await refresh_albums(work, writer, albums, numbers)
    await _remove_missing(work, writer, Kind.ALBUM, set(ids[Kind.ALBUM]) - {album.id for album in albums})
    if ids[Kind.ARTIST]:
        await refresh_artists(work, writer, ids[Kind.ARTIST], numbers)
    tracks = [*ids[Kind.TRACK], *ids[Kind.LYRICS]]
    if tracks:
        rows = await work.all(catalogue.TRACKS, ids=tracks)
        await index_tracks(work, writer, rows, numbers)
        for kind in (Kind.TRACK, Kind.LYRICS):
            await _remove_missing(work, writer, kind, set(tracks) - {row.id for row in rows})


async def _leave(work: Work, writer: IndexWriter, one: Progress, limit: int) -> int:
    """Take out some of what a library held that is no more; its number is free when all of it is out."""
    after = int(one.track_id, 16) if one.revision < 0 else -1
    found = await docs.docs_beyond(work, after, limit)
    if not found:
        await work.run(_FORGET_LIBRARY, the_library=one.library_id)
        return 1
    await _remove(work, writer, [doc for doc in found if doc.library == one.number])
    at = f"{found[-1].place:016x}"
    await work.run(_ADVANCE, the_library=one.library_id, to_revision=-1, to_track=at)
    return len(found)
