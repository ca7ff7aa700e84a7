"""Lists of albums and songs in many orders."""

from enum import StrEnum

import msgspec

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import chance, collections
from sarau.catalog.library.queries.lists import Order, Sort
from sarau.catalog.library.queries.songs import tracks_by_chance
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic import shaping
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import Missing
from sarau.interfaces.subsonic.keeping import kept
from sarau.interfaces.subsonic.paging import albums_at
from sarau.interfaces.subsonic.structures.lists import (
    AlbumList,
    AlbumList2,
    Found,
    FoundByFolders,
    Songs,
)
from sarau.interfaces.subsonic.structures.media import AlbumID3
from sarau.interfaces.subsonic.writing import Kept
from sarau.playback.marks.queries.orders import AlbumOrder, album_ids
from sarau.playback.marks.queries.stars import starred_ids
from sarau.playback.marks.schemas import Marked

_MOST = 500
_encode = msgspec.json.Encoder().encode
_decode_ids = msgspec.json.Decoder(list[str]).decode
_LAST_YEAR = 9999


class _Type(StrEnum):
    """The orders that albums are listed in."""

    RANDOM = "random"
    NEWEST = "newest"
    HIGHEST = "highest"
    FREQUENT = "frequent"
    RECENT = "recent"
    BY_NAME = "alphabeticalByName"
    BY_ARTIST = "alphabeticalByArtist"
    STARRED = "starred"
    BY_YEAR = "byYear"
    BY_GENRE = "byGenre"


_SORTED = {
    _Type.NEWEST: (Sort.ADDED, Order.DESC),
    _Type.BY_NAME: (Sort.TITLE, Order.ASC),
    _Type.BY_ARTIST: (Sort.ARTIST, Order.ASC),
}
_PERSONAL = {
    _Type.HIGHEST: AlbumOrder.HIGHEST,
    _Type.FREQUENT: AlbumOrder.FREQUENT,
    _Type.RECENT: AlbumOrder.RECENT,
    _Type.STARRED: AlbumOrder.STARRED,
}
_CHANGING = {_Type.RANDOM, *_PERSONAL}


async def _albums(call: Call) -> bytes:
    """Return the albums of a list, with the caller's marks, as JSON."""
    try:
        kind = _Type(call.asked.needed("type"))
    except ValueError:
        raise Missing("type", "there is no such list") from None
    view = await call.narrowed()
    size, offset = call.page("size", 10, _MOST)

    async def make(reader: Reader) -> bytes:
        return _encode(await _ids(call, reader, view, kind, size, offset))

    if kind in _CHANGING:
        async with call.reading() as reader:
            data = await make(reader)
    else:
        which = " ".join(call.asked.text(name) for name in ("fromYear", "toYear", "genre"))
        data = await kept(call, view, f"albums {kind} {size} {offset} {which}", make)
    async with call.reading() as reader:
        return await call.items(reader, view, Marked.ALBUM, _decode_ids(data))


async def _ids(call: Call, reader: Reader, view: View, kind: _Type, size: int, offset: int) -> list[str]:
    """Return the ids of the albums of a list."""
    if not size:
        return []
    match kind:
        case _Type.RANDOM:
            return await chance.random_album_ids(reader, view, size)
        case _Type.BY_YEAR:
            first, last = (call.asked.needed_number(name, 0, _LAST_YEAR) for name in ("fromYear", "toYear"))
            return await collections.albums_of_years(reader, view, first, last, size, offset)
        case _Type.BY_GENRE:
            genre_id = await collections.genre_named(reader, call.asked.needed("genre"))
            return await collections.albums_of_genre(reader, view, genre_id, size, offset) if genre_id else []
        case _Type.NEWEST | _Type.BY_NAME | _Type.BY_ARTIST:
            sort, order = _SORTED[kind]
            return [album.id for album in await albums_at(call, view, sort, order, size, offset)]
        case _:
            return await album_ids(reader, view, call.actor, _PERSONAL[kind], offset, size)


async def album_list(call: Call) -> Answer:
    """Albums in an order, for apps that browse by folders."""
    albums = msgspec.json.decode(await _albums(call), type=list[AlbumID3])
    return "albumList", AlbumList([shaping.album_as_child(album) for album in albums])


async def album_list_2(call: Call) -> Answer:
    """Albums in an order."""
    return "albumList2", Kept(b'{"album":' + await _albums(call) + b"}", AlbumList2)


async def random_songs(call: Call) -> Answer:
    """Songs by chance."""
    view = await call.narrowed()
    size, _ = call.page("size", 10, _MOST)
    first, last = (call.asked.maybe_number(name, 0, _LAST_YEAR) for name in ("fromYear", "toYear"))
    async with call.reading() as reader:
        genre = call.asked.text("genre")
        genre_id = await collections.genre_named(reader, genre) if genre else None
        if not size or (genre and genre_id is None):
            return "randomSongs", Songs([])
        if genre_id is None and first is None and last is None:
            ids = await chance.random_track_ids(reader, view, size)
        else:
            years = first or 0, _LAST_YEAR if last is None else last
            ids = await tracks_by_chance(reader, view, genre_id, years, size)
        return "randomSongs", await call.songs(reader, view, ids)


async def starred(call: Call) -> Answer:
    """What the caller starred, for apps that browse by folders."""
    found = msgspec.json.decode((await _starred(call)).data, type=Found)
    artists = [shaping.artist_as_folder(artist) for artist in found.artist]
    albums = [shaping.album_as_child(album) for album in found.album]
    return "starred", FoundByFolders(artists, albums, found.song)


async def starred_2(call: Call) -> Answer:
    """What the caller starred."""
    return "starred2", await _starred(call)


async def _starred(call: Call) -> Kept:
    view = await call.narrowed()
    async with call.reading() as reader:
        ids = await starred_ids(reader, call.actor)
        return await call.found(reader, view, ids.artists, ids.albums, ids.tracks)


ENDPOINTS: dict[str, Endpoint] = {
    "getAlbumList": album_list,
    "getAlbumList2": album_list_2,
    "getRandomSongs": random_songs,
    "getStarred": starred,
    "getStarred2": starred_2,
}
