"""Stars and ratings of tracks, albums and artists; bookmarks in tracks."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.catalog.library.queries.collections import albums_by_id
from sarau.catalog.library.schemas import Album
from sarau.foundation.errors import Invalid
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.kit.pages import MAX_LIMIT, Page
from sarau.playback.marks.commands import bookmarks as bookmark_commands
from sarau.playback.marks.commands import stars as commands
from sarau.playback.marks.commands.ratings import rate
from sarau.playback.marks.queries import bookmarks as bookmark_queries
from sarau.playback.marks.queries import stars as queries
from sarau.playback.marks.queries.known import marks_of
from sarau.playback.marks.queries.orders import AlbumOrder, album_ids
from sarau.playback.marks.schemas import Bookmark, Marked, MarksById, NewBookmark, NewRating, Star, StarredIds

router = APIRouter(tags=["Marks"])
_MOST_PASSED_OVER = 1_000_000


@router.get("/me/albums", summary="Albums by what I did with them", **contract(gives=Items[Album]))
async def my_albums(
    who: Who,
    view: Seen,
    reader: Read,
    order: Annotated[
        Literal["frequent", "recent", "highest", "starred"],
        Query(description="Played most often or last, rated highest, starred last."),
    ],
    limit: Limit = 100,
    offset: Annotated[int, Query(ge=0, le=_MOST_PASSED_OVER, description="How many are passed over.")] = 0,
) -> Response:
    """Only those that I played, rated or starred, the first of them first."""
    found = await album_ids(reader, view, who, AlbumOrder(order), offset, limit)
    return answer(Items([listed.album for listed in await albums_by_id(reader, view, found)]))


@router.get("/me/stars", summary="What I starred", **contract(gives=Page[Star]))
async def my_stars(
    who: Who,
    view: Seen,
    reader: Read,
    kind: Annotated[Marked, Query(description="Of which kind.")] = Marked.TRACK,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Last starred first; what I may no longer hear is left out, and comes back with its star."""
    return answer(await queries.my_stars(reader, view, who, kind, limit, cursor))


@router.get("/me/stars/ids", summary="The ids of all I starred", **contract(gives=StarredIds))
async def starred_ids(who: Who, reader: Read) -> Response:
    """To show stars in lists; at most 50,000 of a kind."""
    return answer(await queries.starred_ids(reader, who))


@router.put("/tracks/{track_id}/star", summary="Star a track", **contract(status=204))
async def star_track(who: Who, view: Seen, work: Write, track_id: str) -> Response:
    """What has a star keeps it."""
    await commands.star(work, who, view, Marked.TRACK, track_id)
    return nothing()


@router.delete("/tracks/{track_id}/star", summary="Take the star off a track", **contract(status=204))
async def unstar_track(who: Who, work: Write, track_id: str) -> Response:
    """If it has one."""
    await commands.unstar(work, who, Marked.TRACK, track_id)
    return nothing()


@router.put("/albums/{album_id}/star", summary="Star an album", **contract(status=204))
async def star_album(who: Who, view: Seen, work: Write, album_id: str) -> Response:
    """What has a star keeps it."""
    await commands.star(work, who, view, Marked.ALBUM, album_id)
    return nothing()


@router.delete("/albums/{album_id}/star", summary="Take the star off an album", **contract(status=204))
async def unstar_album(who: Who, work: Write, album_id: str) -> Response:
    """If it has one."""
    await commands.unstar(work, who, Marked.ALBUM, album_id)
    return nothing()


@router.put("/artists/{artist_id}/star", summary="Star an artist", **contract(status=204))
async def star_artist(who: Who, view: Seen, work: Write, artist_id: str) -> Response:
    """What has a star keeps it."""
    await commands.star(work, who, view, Marked.ARTIST, artist_id)
    return nothing()


@router.delete("/artists/{artist_id}/star", summary="Take the star off an artist", **contract(status=204))
async def unstar_artist(who: Who, work: Write, artist_id: str) -> Response:
    """If they have one."""
    await commands.unstar(work, who, Marked.ARTIST, artist_id)
    return nothing()


@router.put("/tracks/{track_id}/rating", summary="Rate a track", **contract(takes=NewRating, status=204))
async def rate_track(
    who: Who, view: Seen, work: Write, track_id: str, new: Annotated[NewRating, body(NewRating)]
) -> Response:
    """One to five; 0 takes the rating back."""
    await rate(work, who, view, Marked.TRACK, track_id, new.rating)
    return nothing()


@router.put("/albums/{album_id}/rating", summary="Rate an album", **contract(takes=NewRating, status=204))
async def rate_album(
    who: Who, view: Seen, work: Write, album_id: str, new: Annotated[NewRating, body(NewRating)]
) -> Response:
    """One to five; 0 takes the rating back."""
    await rate(work, who, view, Marked.ALBUM, album_id, new.rating)
    return nothing()


@router.put("/artists/{artist_id}/rating", summary="Rate an artist", **contract(takes=NewRating, status=204))
async def rate_artist(
    who: Who, view: Seen, work: Write, artist_id: str, new: Annotated[NewRating, body(NewRating)]
) -> Response:
    """One to five; 0 takes the rating back."""
    await rate(work, who, view, Marked.ARTIST, artist_id, new.rating)
    return nothing()


@router.get("/me/marks", summary="What I left on some things", **contract(gives=MarksById))
async def my_marks(
    who: Who,
    reader: Read,
    ids: Annotated[str, Query(max_length=MAX_LIMIT * 17, description="Up to 500 ids, between commas.")],
    kind: Annotated[Marked, Query(description="Of which kind they are.")] = Marked.TRACK,
) -> Response:
    """Stars, ratings and how often I listened, by id; what bears none is left out."""
    asked = [one for one in ids.split(",") if one]
    if len(asked) > MAX_LIMIT:
        raise Invalid("ids", f"no more than {MAX_LIMIT} at once")
    return answer(MarksById(await marks_of(reader, who, kind, asked)))


@router.get("/me/bookmarks", summary="My bookmarks", **contract(gives=Items[Bookmark]))
async def bookmarks(who: Who, view: Seen, reader: Read) -> Response:
    """Last changed first; those in what I may no longer hear are left out, and come back with it."""
    return answer(Items(await bookmark_queries.bookmarks(reader, view, who)))


@router.put(
    "/tracks/{track_id}/bookmark", summary="Keep a place in a track", **contract(takes=NewBookmark, gives=Bookmark)
)
async def save_bookmark(
    who: Who, view: Seen, work: Write, track_id: str, new: Annotated[NewBookmark, body(NewBookmark)]
) -> Response:
    """One in each track: it takes the place of the one before."""
    return answer(await bookmark_commands.save_bookmark(work, who, view, track_id, new))


@router.delete("/tracks/{track_id}/bookmark", summary="Forget the place in a track", **contract(status=204))
async def delete_bookmark(who: Who, work: Write, track_id: str) -> Response:
    """If one is kept."""
    await bookmark_commands.delete_bookmark(work, who, track_id)
    return nothing()
