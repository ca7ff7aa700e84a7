"""Things by their ids, as the caller sees them: the rows, what belongs to them, and the caller's marks."""

from collections.abc import Sequence

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import collections
from sarau.catalog.library.queries.collections import ListedAlbum, ListedArtist
from sarau.catalog.library.queries.songs import Song as Heard
from sarau.catalog.library.queries.songs import songs_by_id
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.interfaces.subsonic import shaping
from sarau.interfaces.subsonic.marking import marks_of
from sarau.interfaces.subsonic.structures.media import AlbumID3, ArtistID3, Song
from sarau.playback.marks.schemas import Marked


async def marked_songs(reader: Reader, actor: Actor, found: Sequence[Heard]) -> list[Song]:
    """Return songs with the caller's marks."""
    marks = await marks_of(reader, actor, Marked.TRACK, [song.id for song in found])
    return shaping.songs(found, marks)


async def songs(reader: Reader, view: View, actor: Actor, ids: Sequence[str]) -> list[Song]:
    """Return the songs of some ids in that order; what may not be heard is left out."""
    return await marked_songs(reader, actor, await songs_by_id(reader, view, list(ids)))


async def plain_albums(reader: Reader, found: Sequence[ListedAlbum]) -> list[AlbumID3]:
    """Return albums as everybody sees them."""
    genres = await collections.genres_of_albums(reader, [listed.album.id for listed in found])
    return [shaping.album(listed, genres.get(listed.album.id, [])) for listed in found]


async def marked_albums(reader: Reader, actor: Actor, found: Sequence[ListedAlbum]) -> list[AlbumID3]:
    """Return albums with the caller's marks."""
    ids = [listed.album.id for listed in found]
    marks = await marks_of(reader, actor, Marked.ALBUM, ids)
    plain = await plain_albums(reader, found)
    return [shaping.marked_album(album, marks.get(i)) for i, album in zip(ids, plain, strict=True)]


async def albums(reader: Reader, view: View, actor: Actor, ids: Sequence[str]) -> list[AlbumID3]:
    """Return the albums of some ids in that order; what may not be heard is left out."""
    return await marked_albums(reader, actor, await collections.albums_by_id(reader, view, ids))


async def marked_artists(reader: Reader, actor: Actor, found: Sequence[ListedArtist]) -> list[ArtistID3]:
    """Return artists with the caller's marks."""
    ids = [listed.artist.id for listed in found]
    marks = await marks_of(reader, actor, Marked.ARTIST, ids)
    return [shaping.marked_artist(shaping.artist(listed), marks.get(listed.artist.id)) for listed in found]


async def artists(reader: Reader, view: View, actor: Actor, ids: Sequence[str]) -> list[ArtistID3]:
    """Return the artists of some ids in that order; who may not be heard is left out."""
    return await marked_artists(reader, actor, await collections.artists_by_id(reader, view, ids))
