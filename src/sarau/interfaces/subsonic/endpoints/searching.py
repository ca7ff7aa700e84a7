"""Finding by words; without any, the whole library page by page."""

import msgspec

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic import gathering, shaping
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.keeping import kept
from sarau.interfaces.subsonic.structures.lists import Found, FoundByFolders, SearchResult
from sarau.interfaces.subsonic.writing import Kept
from sarau.search.queries import everything
from sarau.search.schemas import FoundIds, Part, Wanted

_MOST = 500
_MOST_CHARACTERS = 200
_KEPT_S = 0.5
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(FoundIds).decode


async def _find(call: Call, reader: Reader, view: View, words: str, wanted: Wanted) -> FoundIds:
    if words != "*" and not everything.is_everything(words):
        return await call.home.search.ids(reader, view, words, wanted)
    return FoundIds(
        None,
        await everything.artist_ids(reader, view, *wanted.artists) if wanted.artists.limit else [],
        await everything.album_ids(reader, view, *wanted.albums) if wanted.albums.limit else [],
        await everything.track_ids(reader, view, *wanted.tracks) if wanted.tracks.limit else [],
    )


def _part(call: Call, what: str) -> Part:
    """Return after how many of a kind how many are wanted."""
    size, offset = call.page(f"{what}Count", 20, _MOST, f"{what}Offset")
    return Part(offset, size)


async def _found(call: Call) -> Kept:
    view = await call.narrowed()
    words = call.asked.text("query")[:_MOST_CHARACTERS].strip()
    wanted = Wanted(artists=_part(call, "artist"), albums=_part(call, "album"), tracks=_part(call, "song"))

    async def make(reader: Reader) -> bytes:
        return _encode(await _find(call, reader, view, words, wanted))

    # The words are looked for once in half a second: the index follows uploads within one.
    data = await kept(call, view, f"search {wanted} {words}", make, ttl_s=_KEPT_S)
    ids = _decode(data)
    async with call.reading() as reader:
        return await call.found(reader, view, ids.artists, ids.albums, ids.tracks)


async def search_3(call: Call) -> Answer:
    """Artists, albums and songs."""
    return "searchResult3", await _found(call)


async def search_2(call: Call) -> Answer:
    """Artists, albums and songs, for apps that browse by folders."""
    found = msgspec.json.decode((await _found(call)).data, type=Found)
    artists = [shaping.artist_as_folder(artist) for artist in found.artist]
    albums = [shaping.album_as_child(album) for album in found.album]
    return "searchResult2", FoundByFolders(artists, albums, found.song)


async def search(call: Call) -> Answer:
    """Songs, as the oldest apps ask: by artist, album, title, or any of them."""
    view = await call.narrowed()
    fields = [f'{name}:"{call.asked.text(name)}"' for name in ("artist", "album", "title") if call.asked.text(name)]
    words = " ".join([*fields, call.asked.text("any")])[:_MOST_CHARACTERS].strip()
    count, offset = call.page("count", 20, _MOST)
    wanted = Wanted(tracks=Part(offset, count))
    async with call.reading() as reader:
        ids = await _find(call, reader, view, words, wanted)
        songs = await gathering.songs(reader, view, call.actor, ids.tracks)
    return "searchResult", SearchResult(offset, offset + len(songs), songs)


ENDPOINTS: dict[str, Endpoint] = {"search": search, "search2": search_2, "search3": search_3}
