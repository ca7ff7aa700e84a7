"""What is known about artists and albums beside the music."""

from sarau.catalog.library.errors import AlbumNotFound, ArtistNotFound
from sarau.catalog.library.queries import collections, pages
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_FOUND, Refused
from sarau.interfaces.subsonic.names import Kind, named
from sarau.interfaces.subsonic.structures.media import AlbumInfo, ArtistInfo


async def _artist(call: Call) -> ArtistInfo:
    """Return what is known about an artist, or the one of an album or a song."""
    view, asked = await call.view(), named(call.asked.needed("id"))
    async with call.reading() as reader:
        artist_id = asked.id
        if asked.kind is Kind.ALBUM:
            artists = (await pages.album(reader, view, asked.id)).album.artists
            artist_id = artists[0].id if artists else ""
        elif asked.kind is Kind.SONG:
            artists = (await pages.track(reader, view, asked.id)).artists
            artist_id = artists[0].id if artists else ""
        elif asked.kind is not Kind.ARTIST:
            raise Refused(NOT_FOUND, "There is no such artist.")
        found = await collections.artists_by_id(reader, view, [artist_id])
    if not found:
        raise ArtistNotFound
    return ArtistInfo(music_brainz_id=found[0].mbid, similar_artist=[])


async def artist_info(call: Call) -> Answer:
    """About an artist, for apps that browse by folders."""
    return "artistInfo", await _artist(call)


async def artist_info_2(call: Call) -> Answer:
    """About an artist."""
    return "artistInfo2", await _artist(call)


async def album_info(call: Call) -> Answer:
    """About an album, or the one of a song."""
    view, asked = await call.view(), named(call.asked.needed("id"))
    async with call.reading() as reader:
        album_id: str | None = asked.id
        if asked.kind is Kind.SONG:
            album_id = (await pages.track(reader, view, asked.id)).album_id
        found = await collections.albums_by_id(reader, view, [album_id] if album_id else [])
    if not found:
        raise AlbumNotFound
    return "albumInfo", AlbumInfo(music_brainz_id=found[0].mbid)


ENDPOINTS: dict[str, Endpoint] = {
    "getArtistInfo": artist_info,
    "getArtistInfo2": artist_info_2,
    "getAlbumInfo": album_info,
    "getAlbumInfo2": album_info,
}
