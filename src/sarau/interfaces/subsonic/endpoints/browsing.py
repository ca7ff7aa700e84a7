"""Browsing by artists, albums and genres, as tags have them."""

from hashlib import blake2b

import msgspec
from msgspec.structs import asdict

from sarau.catalog.library.errors import AlbumNotFound, TrackNotFound
from sarau.catalog.library.queries import collections, pages
from sarau.catalog.library.queries.libraries import audible_libraries
from sarau.catalog.library.queries.lists import all_genres
from sarau.catalog.library.queries.songs import song_ids_of_album, songs_of_genre
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic import gathering, shaping
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.keeping import kept
from sarau.interfaces.subsonic.marking import artist_marks, items, laid_over
from sarau.interfaces.subsonic.names import Kind, folder_number, id_of
from sarau.interfaces.subsonic.structures.media import (
    AlbumWithSongsID3,
    ArtistID3,
    ArtistsID3,
    ArtistWithAlbumsID3,
    Genre,
    Genres,
    IndexID3,
    MusicFolder,
    MusicFolders,
)
from sarau.interfaces.subsonic.writing import Kept
from sarau.playback.marks.schemas import Marked

IGNORED_ARTICLES = "The"  # what sorting leaves out
_encode = msgspec.json.Encoder().encode


def letter_of(sort: str) -> str:
    """Return under which letter a name stands, by how it is sorted."""
    return sort[0].upper() if sort[:1].isalpha() else "#"


async def music_folders(call: Call) -> Answer:
    """The libraries one may hear."""
    async with call.reading() as reader:
        found = await audible_libraries(reader, call.actor)
    return "musicFolders", MusicFolders([MusicFolder(folder_number(one.id), one.name) for one in found])


async def artists(call: Call) -> Answer:
    """Everybody with albums of their own, by letters."""
    view = await call.narrowed()
    async with call.reading() as reader:
        mine = await artist_marks(reader, call.actor)

    async def make_list(reader: Reader) -> bytes:
        return items([shaping.artist(one) for one in await collections.all_artists(reader, view)])

    async def make(_reader: Reader) -> bytes:
        plain = await kept(call, view, "artists", make_list)
        return _indexed(msgspec.json.decode(laid_over(plain, mine), type=list[ArtistID3]))

    # With marks it is another reply; whoever has the same ones, such as none, gets the same.
    digest = blake2b(_encode(mine), digest_size=12).hexdigest()
    return "artists", Kept(await kept(call, view, f"artists by letters {digest}", make), ArtistsID3)


def _indexed(found: list[ArtistID3]) -> bytes:
    grouped: dict[str, list[ArtistID3]] = {}
    for artist in found:
        grouped.setdefault(letter_of(artist.sort_name), []).append(artist)
    index = [IndexID3(letter, group) for letter, group in grouped.items()]
    return _encode(ArtistsID3(IGNORED_ARTICLES, index))


async def artist(call: Call) -> Answer:
    """An artist and their albums."""
    view = await call.view()
    artist_id = id_of(call.asked.needed("id"), Kind.ARTIST)
    async with call.reading() as reader:
        page = await pages.artist(reader, view, artist_id)
        (found,) = await gathering.artists(reader, view, call.actor, [artist_id])
        albums = await gathering.albums(reader, view, call.actor, [one.id for one in page.albums])
    return "artist", ArtistWithAlbumsID3(**asdict(found), album=albums)


async def album(call: Call) -> Answer:
    """An album and its songs."""
    view = await call.view()
    album_id = id_of(call.asked.needed("id"), Kind.ALBUM)
    async with call.reading() as reader:
        found = await call.items(reader, view, Marked.ALBUM, [album_id])
        if found == b"[]":
            raise AlbumNotFound
        songs = await call.items(reader, view, Marked.TRACK, await song_ids_of_album(reader, view, album_id))
    # "[{album}]" and "[{song},…]" become "{album,"song":[…]}".
    return "album", Kept(found[1:-2] + b',"song":' + songs + b"}", AlbumWithSongsID3)


async def song(call: Call) -> Answer:
    """A song."""
    view = await call.view()
    async with call.reading() as reader:
        found = await gathering.songs(reader, view, call.actor, [id_of(call.asked.needed("id"), Kind.SONG)])
    if not found:
        raise TrackNotFound
    return "song", found[0]


async def genres(call: Call) -> Answer:
    """All genres."""
    view = await call.narrowed()

    async def make(reader: Reader) -> bytes:
        found = await all_genres(reader, view)
        return _encode(Genres([Genre(one.name, one.track_count, one.album_count) for one in found]))

    return "genres", Kept(await kept(call, view, "genres", make), Genres)


async def songs_by_genre(call: Call) -> Answer:
    """Songs of a genre."""
    view = await call.narrowed()
    count, offset = call.page("count", 10, 500)
    async with call.reading() as reader:
        genre_id = await collections.genre_named(reader, call.asked.needed("genre"))
        ids = await songs_of_genre(reader, view, genre_id, count, offset) if genre_id else []
        return "songsByGenre", await call.songs(reader, view, ids)


ENDPOINTS: dict[str, Endpoint] = {
    "getMusicFolders": music_folders,
    "getArtists": artists,
    "getArtist": artist,
    "getAlbum": album,
    "getSong": song,
    "getGenres": genres,
    "getSongsByGenre": songs_by_genre,
}
