"""Filing sound files: tracks, with all that hangs on them, in one go for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, case, delete, insert, select, update

from sarau.catalog.library.commands.albums import AlbumTags, album_tags, refresh_albums, resolve_albums, sizes_of
from sarau.catalog.library.commands.counts import recount
from sarau.catalog.library.commands.names import genre_key, resolve_artists, resolve_genres
from sarau.catalog.library.commands.revisions import bury, mark_albums, next_revision, recheck
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.filing import Filing, NamedArtist, file_row, track_row, with_ids, words_of
from sarau.catalog.library.identity import album_key
from sarau.catalog.library.schemas import ArtistRef
from sarau.catalog.library.tables import (
    track_artists,
    track_files,
    track_genres,
    track_words,
    tracks,
)
from sarau.foundation.database.portable import among, insert_into
from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.work import Work
from sarau.foundation.media.tags import Tags
from sarau.kit.ids import new_id

# What a second filing leaves as it was: when the track came, where chance finds it, who brought it.
_KEPT_OF_TRACK = frozenset({"id", "added_at", "shuffle"})
_KEPT_OF_FILE = frozenset({"track_id", "uploader_id", "deleted_at", "deleted_by"})


def _upsert_tracks() -> Change:
    statement = insert_into(tracks)
    new = statement.excluded
    was_there = and_(tracks.c.available, tracks.c.library_id == new.library_id)
    changes: dict[str, Any] = {c.name: new[c.name] for c in tracks.c if c.name not in _KEPT_OF_TRACK}
    changes["came"] = case((was_there, tracks.c.came), else_=new.came)
    return Change(statement.on_conflict_do_update(index_elements=[tracks.c.id], set_=changes))


def _upsert_files() -> Change:
    statement = insert_into(track_files)
    return Change(
        statement.on_conflict_do_update(
            index_elements=[track_files.c.track_id],
            set_={c.name: statement.excluded[c.name] for c in track_files.c if c.name not in _KEPT_OF_FILE},
        )
    )


_UPSERT_TRACKS = _upsert_tracks()
_UPSERT_FILES = _upsert_files()
# A track in the bin stays there, whatever happens to its file.
_KEEP_BINNED = Change(
    update(tracks)
    .where(
        among(tracks.c.id, "ids"),
        tracks.c.id.in_(select(track_files.c.track_id).where(track_files.c.deleted_at.isnot(None))),
    )
    .values(available=False)
)
_OLD_ALBUMS = Query(
    select(tracks.c.id, tracks.c.album_id).where(among(tracks.c.id, "ids")), lambda i, album_id: (i, album_id)
)
_OLD_ARTISTS = Query(
    select(track_artists.c.artist_id).where(among(track_artists.c.track_id, "ids")).distinct(), scalar
)
_OLD_GENRES = Query(select(track_genres.c.genre_id).where(among(track_genres.c.track_id, "ids")).distinct(), scalar)
_DROP_ARTISTS = Change(delete(track_artists).where(among(track_artists.c.track_id, "ids")))
_ADD_ARTIST = Change(insert(track_artists))
_DROP_GENRES = Change(delete(track_genres).where(among(track_genres.c.track_id, "ids")))
_ADD_GENRE = Change(insert(track_genres))
_DROP_WORDS = Change(delete(track_words).where(among(track_words.c.track_id, "ids")))
_ADD_WORD = Change(insert(track_words))
_OLD_LIBRARIES = Query(
    select(tracks.c.library_id, tracks.c.id).where(among(tracks.c.id, "ids")),
    lambda library_id, track_id: (library_id, track_id),
)


class _Entry(NamedTuple):
    """A filing with what follows from its tags."""

    filing: Filing
    tags: Tags
    key: str | None
    artists: tuple[NamedArtist, ...]
    composers: tuple[NamedArtist, ...]


class _Names(NamedTuple):
    """The ids of all that entries name."""

    artists: dict[NamedArtist, str]
    genres: dict[str, str]
    albums: dict[str, str]  # by key


def _entry(filing: Filing) -> _Entry:
    tags = filing.effective_tags()
    return _Entry(
        filing,
        tags,
        album_key(tags, filing.folder_path),
        with_ids(tags.artists, tags.mb_artist_ids),
        with_ids(tags.composers, ()),
    )


async def file_tracks(work: Work, library_id: str, filings: Sequence[Filing]) -> list[str]:
    """File sound files and return the ids of their tracks in order; the library's revision rises."""
    await take_turn(work)
    entries = [_entry(filing) for filing in filings]
    known = [filing.track_id for filing in filings if filing.track_id]
    old_albums = dict(await work.all(_OLD_ALBUMS, ids=known)) if known else {}
    old_artists = set(await work.all(_OLD_ARTISTS, ids=known)) if known else set()
    old_genres = set(await work.all(_OLD_GENRES, ids=known)) if known else set()
    revision = await next_revision(work, library_id)
    moved = await _leave(work, known, library_id) if known else set()

    wanted: dict[str, AlbumTags] = {}
    for entry in sorted(entries, key=lambda e: (e.tags.disc_number or 1, e.tags.track_number or 0)):
        if entry.key is not None:
            wanted.setdefault(entry.key, album_tags(entry.tags))
    names = [name for e in entries for name in (*e.artists, *e.composers)]
    artist_ids = await resolve_artists(work, [*names, *(name for album in wanted.values() for name in album.artists)])
    genre_ids = await resolve_genres(work, [genre for entry in entries for genre in entry.tags.genres])
    renamed = await _renamed(work, entries, {i: old for i, old in old_albums.items() if i not in moved})
    album_ids: dict[str, str] = {}
    if wanted:
        album_ids, retitled = await resolve_albums(work, library_id, wanted, renamed, artist_ids)
        await mark_albums(work, retitled, revision)

    track_ids = await _write_rows(work, library_id, entries, _Names(artist_ids, genre_ids, album_ids), revision)
    touched_albums = [*album_ids.values(), *(album_id for album_id in old_albums.values() if album_id)]
    touched = await refresh_albums(work, touched_albums)
    await recount(
        work,
        artist_ids=old_artists | touched | {artist_ids[name] for name in names},
        genre_ids=old_genres | set(genre_ids.values()),
    )
    return track_ids


async def _leave(work: Work, track_ids: Sequence[str], library_id: str) -> set[str]:
    """Note that tracks leave the libraries they were in for another, and return them; their albums stay."""
    left: dict[str, list[str]] = defaultdict(list)
    for old_library, track_id in await work.all(_OLD_LIBRARIES, ids=list(track_ids)):
        if old_library != library_id:
            left[old_library].append(track_id)
    for old_library, ids in left.items():
        await bury(work, old_library, ids, await next_revision(work, old_library))
    return {track_id for ids in left.values() for track_id in ids}


async def _renamed(work: Work, entries: list[_Entry], old_albums: dict[str, str | None]) -> dict[str, str]:
    """Return the albums whose tracks all go to one new key: they are renamed, and keep their identity."""
    goes_to: dict[str, set[str | None]] = defaultdict(set)
    leaving: dict[str, int] = defaultdict(int)
    for entry in entries:
        old = old_albums.get(entry.filing.track_id or "")
        if old:
            goes_to[old].add(entry.key)
            leaving[old] += 1
    if not goes_to:
        return {}
    sizes = await sizes_of(work, goes_to)
    renamed: dict[str, str] = {}
    for album_id, keys in goes_to.items():
        (key,) = keys if len(keys) == 1 else (None,)
        if key is not None and sizes.get(album_id) == leaving[album_id]:
            renamed.setdefault(key, album_id)
    return renamed


async def _write_rows(work: Work, library_id: str, entries: list[_Entry], names: _Names, revision: int) -> list[str]:
    artist_ids, genre_ids, album_ids = names
    track_rows: list[dict[str, Any]] = []
    file_rows: list[dict[str, Any]] = []
    artist_rows: list[dict[str, Any]] = []
    genre_rows: list[dict[str, Any]] = []
    word_rows: list[dict[str, Any]] = []
    for filing, tags, key, artists, composers in entries:
        track_id = filing.track_id or new_id()
        refs = [ArtistRef(artist_ids[one], one[0]) for one in dict.fromkeys(artists)]
        album_id = album_ids[key] if key is not None else None
        row = track_row(filing, tags, track_id, library_id, album_id, refs)
        row["revision"] = row["came"] = revision
        track_rows.append(row)
        file_rows.append(file_row(filing, track_id, library_id))
        artist_rows += _credits(track_id, "artist", (artist_ids[one] for one in artists))
        artist_rows += _credits(track_id, "composer", (artist_ids[one] for one in composers))
        genres = dict.fromkeys(genre_ids[genre_key(name)] for name in tags.genres)
        genre_rows += [{"track_id": track_id, "genre_id": genre_id} for genre_id in genres]
        word_rows += [{"track_id": track_id, "kind": kind, "sort": word} for kind, word in words_of(tags)]
    track_ids = [row["id"] for row in track_rows]
    again = [entry.filing.track_id for entry in entries if entry.filing.track_id]
    await work.run_many(_UPSERT_TRACKS, track_rows)
    await work.run_many(_UPSERT_FILES, file_rows)
    if again:
        await work.run(_DROP_ARTISTS, ids=again)
        await work.run(_DROP_GENRES, ids=again)
        await work.run(_DROP_WORDS, ids=again)
        await work.run(_KEEP_BINNED, ids=again)
    await work.run_many(_ADD_ARTIST, artist_rows)
    await work.run_many(_ADD_GENRE, genre_rows)
    await work.run_many(_ADD_WORD, word_rows)
    return track_ids


def _credits(track_id: str, role: str, artist_ids: Iterable[str]) -> list[dict[str, Any]]:
    return [
        {"track_id": track_id, "role": role, "position": position, "artist_id": artist_id}
        for position, artist_id in enumerate(dict.fromkeys(artist_ids))
    ]


async def touch(work: Work, library_id: str, track_ids: Sequence[str]) -> int:
    """Bring tracks, albums, counts and revisions up to date after files came or went; returns the new revision."""
    await take_turn(work)
    ids = list(track_ids)
    revision = await next_revision(work, library_id)
    await recheck(work, ids, revision)
    albums_of = [album_id for _, album_id in await work.all(_OLD_ALBUMS, ids=ids) if album_id]
    touched = await refresh_albums(work, albums_of)
    await recount(
        work,
        artist_ids=touched | set(await work.all(_OLD_ARTISTS, ids=ids)),
        genre_ids=await work.all(_OLD_GENRES, ids=ids),
    )
    return revision
