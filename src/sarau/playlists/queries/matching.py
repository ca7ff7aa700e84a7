"""Finding the tracks that a playlist file lists: by where they lie, by their codes, by their words."""

import asyncio
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from sqlalchemy import Text, func, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import albums, track_files, tracks
from sarau.foundation.database.portable import among, each, utf8
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.kit.text import sort_key
from sarau.playlists.formats.listed import ListedPlaylist, ListedTrack
from sarau.playlists.likeness import FAR_MS, Known, apart_ms, compared, ends_of, grouped, guesses
from sarau.playlists.schemas import ImportReport, NotFoundTrack

T = TypeVar("T")
_AT_ONCE = 200
_MOST_ALIKE = 20_000  # tracks of the titles asked for at once; in a house of millions some titles have thousands
_paths = each("paths", Text())
_BY_PATH = Query(
    select(_paths.c.value, tracks.c.id, tracks.c.duration_ms)
    .select_from(_paths.join(track_files, track_files.c.path == utf8(_paths.c.value)))
    .join(tracks, tracks.c.id == track_files.c.track_id)
    .where(seen(track_files), tracks.c.available),
    lambda path, track_id, duration_ms: (path, (track_id, duration_ms)),
    slow=True,
)


def _by_code(name: str) -> Query[tuple[str, tuple[str, int]]]:
    column = track_files.c[name]
    statement = (
        select(column, tracks.c.id, tracks.c.duration_ms)
        .join(tracks, tracks.c.id == track_files.c.track_id)
        .where(among(column, "codes"), tracks.c.available, seen(tracks))
        .order_by(tracks.c.id)
    )
    return Query(statement, lambda code, track_id, duration_ms: (code, (track_id, duration_ms)), slow=True)


_BY_CODE = {name: _by_code(name) for name in ("mb_recording_id", "isrc")}


def _known(
    track_id: str, title: str, artist: str, artists: list[ArtistRef], album: str, duration_ms: int
) -> tuple[str, Known]:
    names = frozenset(sort_key(one.name) for one in artists)
    return title, Known(track_id, title, artist, names, album, duration_ms)


_BY_TITLE = Query(
    select(
        tracks.c.id,
        tracks.c.sort,
        tracks.c.artist_sort,
        tracks.c.artists,
        func.coalesce(albums.c.sort, ""),
        tracks.c.duration_ms,
    )
    .outerjoin(albums, albums.c.id == tracks.c.album_id)
    .where(among(tracks.c.sort, "titles"), tracks.c.available, seen(tracks))
    .limit(_MOST_ALIKE),
    _known,
    slow=True,
)


class Matches(NamedTuple):
    """The tracks found, in the order of the file, None for what was not; and by what."""

    by_path: dict[int, str]
    by_code: dict[int, str]
    by_words: dict[int, str]

    def track_ids(self) -> list[str]:
        """Return the tracks found, in the order of the file."""
        found = self.by_path | self.by_code | self.by_words
        return [found[number] for number in sorted(found)]

    def report(self, listed: ListedPlaylist) -> ImportReport:
        """Return what became of what a file lists."""
        found = self.by_path | self.by_code | self.by_words
        lost = [
            NotFoundTrack(number + 1, track.title, track.artist, track.album, _printable(track.path))
            for number, track in enumerate(listed.tracks)
            if number not in found
        ]
        by_path, by_code, by_words = map(len, self)
        return ImportReport(listed.format, len(listed.tracks), by_path, by_code, by_words, lost)


def _printable(path: str | None) -> str | None:
    return path.encode("utf-8", "replace").decode() if path else None


Numbered = tuple[int, ListedTrack]


async def matched(reader: Reader, view: View, listed: ListedPlaylist) -> Matches:
    """Return which tracks that the viewer may hear a file lists."""
    found = Matches({}, {}, {})
    for some in _parts(list(enumerate(listed.tracks))):
        found.by_path.update(await _paths_found(reader, view, some))
        left = [one for one in some if one[0] not in found.by_path]
        found.by_code.update(await _codes_found(reader, view, left))
        left = [one for one in left if one[0] not in found.by_code]
        found.by_words.update(await _words_found(reader, view, left))
    return found


def _parts(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), _AT_ONCE):
        yield items[start : start + _AT_ONCE]


async def _paths_found(reader: Reader, view: View, listed: list[Numbered]) -> dict[int, str]:
    ends = {number: [e for e in ends_of(track.path) if _is_text(e)] for number, track in listed if track.path}
    asked = list(dict.fromkeys(end for some in ends.values() for end in some))
    known = grouped(await reader.all(_BY_PATH, paths=asked, libraries=view.library_ids)) if asked else {}
    found: dict[int, str] = {}
    for number, track in listed:
        for end in ends.get(number, ()):
            # A name alone, with its folders left off, says little: how long it plays must not speak against it.
            sure = "/" in end or end == ends[number][0]
            fitting = [one for one in known.get(end, ()) if sure or apart_ms(track, one[1]) <= FAR_MS]
            if fitting:
                found[number] = fitting[0][0]
                break
    return found


def _is_text(path: str) -> bool:
    """Tell whether a path can be asked for as a text: others have bytes that no text has."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _nearest(track: ListedTrack, same: list[tuple[str, int]]) -> str:
    return min(same, key=lambda one: apart_ms(track, one[1]))[0]


async def _codes_found(reader: Reader, view: View, listed: list[Numbered]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, query in _BY_CODE.items():
        codes = {number: code for number, track in listed if (code := getattr(track, name))}
        if not codes:
            continue
        asked = list(dict.fromkeys(codes.values()))
        known = grouped(await reader.all(query, codes=asked, libraries=view.library_ids))
        for number, track in listed:
            same = known.get(codes.get(number, ""), [])
            if same and number not in found:
                found[number] = _nearest(track, same)
    return found


async def _words_found(reader: Reader, view: View, listed: list[Numbered]) -> dict[int, str]:
    guessed = await asyncio.to_thread(lambda: {number: guesses(track) for number, track in listed})
    titles = list(dict.fromkeys(guess.title for some in guessed.values() for guess in some))
    if not titles:
        return {}
    rows = await reader.all(_BY_TITLE, titles=titles, libraries=view.library_ids)
    return await asyncio.to_thread(compared, listed, guessed, rows)
