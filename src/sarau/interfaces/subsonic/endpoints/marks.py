"""Stars, ratings and bookmarks."""

from msgspec.structs import replace

from sarau.interfaces.subsonic import gathering
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_FOUND, Missing, Refused
from sarau.interfaces.subsonic.names import Kind, Named, id_of, named
from sarau.interfaces.subsonic.structures.base import instant
from sarau.interfaces.subsonic.structures.personal import Bookmark, Bookmarks
from sarau.playback.marks.commands import bookmarks as bookmarking
from sarau.playback.marks.commands import ratings, stars
from sarau.playback.marks.queries.bookmarks import bookmarks as kept_places
from sarau.playback.marks.schemas import Marked, NewBookmark

_LONGEST_MS = 7 * 86_400_000
_MARKED = {Kind.SONG: Marked.TRACK, Kind.ALBUM: Marked.ALBUM, Kind.ARTIST: Marked.ARTIST}


def _marked(thing: Named) -> Marked:
    """Return what kind of thing is marked; raises Refused for what cannot be, such as a folder."""
    if thing.kind not in _MARKED:
        raise Refused(NOT_FOUND, "Songs, albums and artists can be marked, and nothing else.")
    return _MARKED[thing.kind]


def _things(call: Call) -> list[Named]:
    found = [named(text) for name in ("id", "albumId", "artistId") for text in call.asked.few(name)]
    if not found:
        raise Missing("id")
    return found


async def star(call: Call) -> Answer:
    """Star songs, albums and artists."""
    things, view = _things(call), await call.view()
    async with call.working() as work:
        for thing in things:
            await stars.star(work, call.actor, view, _marked(thing), thing.id)
    return None


async def unstar(call: Call) -> Answer:
    """Take stars away."""
    things = _things(call)
    async with call.working() as work:
        for thing in things:
            await stars.unstar(work, call.actor, _marked(thing), thing.id)
    return None


async def set_rating(call: Call) -> Answer:
    """Rate something from one to five; 0 takes the rating back."""
    thing = named(call.asked.needed("id"))
    rating = call.asked.needed_number("rating", -1, 6)
    if not 0 <= rating <= 5:
        raise Missing("rating", "it is to be 1 to 5, or 0 for none")
    view = await call.view()
    async with call.working() as work:
        await ratings.rate(work, call.actor, view, _marked(thing), thing.id, rating)
    return None


async def bookmarks(call: Call) -> Answer:
    """The caller's places in songs."""
    view = await call.view()
    async with call.reading() as reader:
        kept = await kept_places(reader, view, call.actor)
        songs = await gathering.songs(reader, view, call.actor, [one.track.id for one in kept])
    by_id = {song.id[3:]: song for song in songs}
    return "bookmarks", Bookmarks(
        [
            Bookmark(
                position=one.position_ms,
                username=call.actor.username,
                comment=one.comment or None,
                created=instant(one.created_at),
                changed=instant(one.changed_at),
                entry=replace(by_id[one.track.id], bookmark_position=one.position_ms),
            )
            for one in kept
            if one.track.id in by_id
        ]
    )


async def create_bookmark(call: Call) -> Answer:
    """Keep a place in a song."""
    track_id = id_of(call.asked.needed("id"), Kind.SONG)
    position_ms = call.asked.needed_number("position", 0, _LONGEST_MS)
    view = await call.view()
    new = NewBookmark(position_ms, call.asked.text("comment")[:500])
    async with call.working() as work:
        await bookmarking.save_bookmark(work, call.actor, view, track_id, new)
    return None


async def delete_bookmark(call: Call) -> Answer:
    """Forget a place in a song."""
    track_id = id_of(call.asked.needed("id"), Kind.SONG)
    async with call.working() as work:
        await bookmarking.delete_bookmark(work, call.actor, track_id)
    return None


ENDPOINTS: dict[str, Endpoint] = {
    "star": star,
    "unstar": unstar,
    "setRating": set_rating,
    "getBookmarks": bookmarks,
    "createBookmark": create_bookmark,
    "deleteBookmark": delete_bookmark,
}
