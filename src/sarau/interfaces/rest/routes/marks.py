"""Stars on tracks, albums and artists."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.interfaces.rest.contract import answer, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Limit, Read, Seen, Who, Write
from sarau.kit.pages import Page
from sarau.playback.marks import commands, queries
from sarau.playback.marks.schemas import Marked, Star, StarredIds

router = APIRouter(tags=["Marks"])


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
