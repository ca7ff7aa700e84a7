"""Browsing by real folders; what has none, such as uploads, by artists and albums."""

from collections.abc import Sequence

import msgspec

from sarau.catalog.library.errors import AlbumNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import collections, pages
from sarau.catalog.library.queries.libraries import audible_libraries
from sarau.catalog.library.queries.songs import songs_in_folder, songs_of_album
from sarau.catalog.library.schemas import LibraryKind
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic import gathering, shaping
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.endpoints.browsing import IGNORED_ARTICLES, letter_of
from sarau.interfaces.subsonic.errors import NOT_FOUND, Refused
from sarau.interfaces.subsonic.keeping import kept
from sarau.interfaces.subsonic.names import Kind, folder_name, named
from sarau.interfaces.subsonic.structures.media import Artist, Child, Directory, Index, Indexes, Song
from sarau.interfaces.subsonic.writing import Kept
from sarau.kit.text import sort_key
from sarau.kit.times import now, to_ms

_encode = msgspec.json.Encoder().encode


async def indexes(call: Call) -> Answer:
    """The top folders of the libraries, by letters."""
    view = await call.narrowed()

    async def make(reader: Reader) -> bytes:
        roots = [folder.id for folder in await pages.top_folders(reader, view)]
        found = [shaping.folder_as_artist(folder) for folder in await collections.folders_in(reader, view, roots)]
        found += await _folderless(call, reader, view)
        loose = [song for root in roots for song in await songs_in_folder(reader, view, root)]
        return _encode(Indexes(to_ms(now()), IGNORED_ARTICLES, _by_letters(found), shaping.songs(loose, {})))

    data = await kept(call, view, "indexes", make)
    since = call.asked.number("ifModifiedSince", 0, 0, 2**53)
    whole = msgspec.json.decode(data, type=_Modified)
    if since and whole.last_modified <= since:
        return "indexes", Indexes(whole.last_modified, IGNORED_ARTICLES, [], [])
    return "indexes", Kept(data, Indexes)


class _Modified(msgspec.Struct, rename="camel"):
    """When indexes were made."""

    last_modified: int


async def _folderless(call: Call, reader: Reader, view: View) -> list[Artist]:
    """Return the artists of libraries that have no folders."""
    libraries = await audible_libraries(reader, call.actor)
    ids = [one.id for one in libraries if one.kind is LibraryKind.UPLOADS and one.id in view.library_ids]
    if not ids:
        return []
    found = await collections.all_artists(reader, View(tuple(ids), view.token))
    return [shaping.artist_as_folder(shaping.artist(one)) for one in found]


def _by_letters(found: Sequence[Artist]) -> list[Index]:
    grouped: dict[str, list[Artist]] = {}
    for sort, one in sorted(((sort_key(one.name), one) for one in found), key=lambda pair: pair[0]):
        grouped.setdefault(letter_of(sort), []).append(one)
    return [Index(letter, group) for letter, group in grouped.items()]


async def music_directory(call: Call) -> Answer:
    """What is in a folder; an artist and an album can be opened like one."""
    view = await call.view()
    asked = named(call.asked.needed("id"))
    openers = {Kind.FOLDER: _folder, Kind.ARTIST: _artist, Kind.ALBUM: _album}
    if asked.kind not in openers:
        raise Refused(NOT_FOUND, "There is no such folder.")
    async with call.reading() as reader:
        return "directory", await openers[asked.kind](call, reader, view, asked.id)


async def _folder(call: Call, reader: Reader, view: View, folder_id: str) -> Directory:
    page = await pages.folder(reader, view, folder_id)
    songs = await gathering.marked_songs(reader, call.actor, await songs_in_folder(reader, view, folder_id))
    children: list[Child | Song] = [shaping.folder_as_child(folder) for folder in page.folders]
    folder = page.folder
    return Directory(
        id=folder_name(folder.id),
        name=folder.name,
        # Above a library's own folder there is nothing that could be opened.
        parent=folder_name(folder.parent_id) if folder.parent_id else None,
        child=[*children, *songs],
    )


async def _artist(call: Call, reader: Reader, view: View, artist_id: str) -> Directory:
    page = await pages.artist(reader, view, artist_id)
    (found,) = await gathering.artists(reader, view, call.actor, [artist_id])
    albums = await gathering.albums(reader, view, call.actor, [one.id for one in page.albums])
    return Directory(
        id=found.id,
        name=found.name,
        starred=found.starred,
        user_rating=found.user_rating,
        child=[shaping.album_as_child(album) for album in albums],
    )


async def _album(call: Call, reader: Reader, view: View, album_id: str) -> Directory:
    found = await gathering.albums(reader, view, call.actor, [album_id])
    if not found:
        raise AlbumNotFound
    album = found[0]
    songs = await gathering.marked_songs(reader, call.actor, await songs_of_album(reader, view, album_id))
    return Directory(
        id=album.id,
        name=album.name,
        parent=album.artist_id,
        starred=album.starred,
        user_rating=album.user_rating,
        play_count=album.play_count,
        child=list(songs),
    )


ENDPOINTS: dict[str, Endpoint] = {"getIndexes": indexes, "getMusicDirectory": music_directory}
