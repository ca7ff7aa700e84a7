"""Answering a search with all that is shown of what was found."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.queries.collections import genres_of_albums
from sarau.catalog.library.queries.songs import composers_of
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.search.asking import Asked
from sarau.search.finding import Found, Search
from sarau.search.lines import SungLine, best_line
from sarau.search.queries import found
from sarau.search.queries.catalogue import SheetRow
from sarau.search.queries.lists import playlists_named
from sarau.search.ranking import Candidate
from sarau.search.schemas import Kind, LyricsMatch, Part, SearchResults, Wanted
from sarau.search.showing import Showing
from sarau.search.words import is_unspaced

_SPARE = 5
_LEAST_SUNG = 3  # characters of the longest word looked for in songs: one letter stands in all of them
_Read = Callable[[Reader, View, list[str]], Awaitable[list[Any]]]


async def search(
    engine: Search, reader: Reader, view: View, actor: Actor, text: str, wanted: Wanted
) -> SearchResults:
    """Return what is found for a text, with where it matches; only what the actor may see."""
    parts = {Kind.ARTIST: wanted.artists, Kind.ALBUM: wanted.albums, Kind.TRACK: wanted.tracks}
    if _is_sung(text):
        parts[Kind.LYRICS] = wanted.lyrics
    result = await engine.look(reader, view, text, parts)
    asked, showing = result.asked, Showing(result.asked)
    artists = await _read(engine, reader, view, result, Kind.ARTIST, wanted.artists, found.artists_of)
    albums = await _read(engine, reader, view, result, Kind.ALBUM, wanted.albums, found.albums_of)
    tracks = await _read(engine, reader, view, result, Kind.TRACK, wanted.tracks, tracks_by_id)
    genres = await genres_of_albums(reader, [one.id for one in albums]) if showing.asks_for_genre else {}
    composers = await composers_of(reader, [track.id for track in tracks]) if tracks else {}
    return SearchResults(
        text,
        result.corrected,
        [showing.artist(artist) for artist in artists],
        [showing.album(album, genres.get(album.id, ())) for album in albums],
        [showing.track(track, composers.get(track.id, ())) for track in tracks],
        [showing.playlist(one) for one in await playlists_named(reader, actor, asked, wanted.playlists)],
        await _sung(reader, view, asked, result.ranked.get(Kind.LYRICS, ()), wanted.lyrics),
    )


async def _read(
    engine: Search, reader: Reader, view: View, result: Found, kind: Kind, part: Part, read: _Read
) -> list[Any]:
    """Return what is shown of a part of what was found; what is not there any more is noted."""
    some = result.ranked.get(kind, ())[part.offset : part.offset + part.limit + _SPARE]
    ids = [one.key for one in some]
    there = await read(reader, view, ids) if ids else []
    if len(there) < len(ids):
        engine.note_stale(kind, sorted(set(ids) - {one.id for one in there}))
    return there[: part.limit]


def _is_sung(text: str) -> bool:
    return any(len(word) >= _LEAST_SUNG or is_unspaced(word) for word in text.split())


async def _sung(
    reader: Reader, view: View, asked: Asked, candidates: Sequence[Candidate], part: Part
) -> list[LyricsMatch]:
    """Return the tracks in which the words are sung together, those in which they are sung in order first."""
    if not candidates:
        return []
    ids = [one.key for one in candidates][: part.offset + part.limit + _SPARE]
    sheets = await found.sheets_of(reader, ids)
    # In a thread: songs are read with all their chords and times.
    lines = await asyncio.to_thread(_best_lines, sheets, ids, asked)
    tracks = {track.id: track for track in await tracks_by_id(reader, view, list(lines))}
    showing = Showing(asked)
    shown = [showing.line(tracks[i], line) for i, line in lines.items() if i in tracks]
    return shown[part.offset : part.offset + part.limit]


def _best_lines(sheets: dict[str, list[SheetRow]], ids: Sequence[str], asked: Asked) -> dict[str, SungLine]:
    best = [(i, line) for i in ids if (line := best_line(sheets.get(i, ()), asked.words)) is not None]
    return {track_id: line for track_id, (_, line) in sorted(best, key=lambda pair: pair[1][0])}
