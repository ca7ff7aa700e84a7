"""Plays: reporting them, one's own history, what others show, what the house hears now."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.interfaces.rest.contract import answer, body, contract, moment_of
from sarau.interfaces.rest.dependencies import Cursor, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.kit.pages import Page
from sarau.playback.history.commands import plays as commands
from sarau.playback.history.queries import now_playing as playing
from sarau.playback.history.queries import plays as queries
from sarau.playback.history.schemas import (
    NewPlay,
    NowPlaying,
    Play,
    PlayedTrack,
    PlayFilters,
    PlayReport,
    Source,
)

router = APIRouter(tags=["Playing"])
Moment = Annotated[
    str | None,
    Query(max_length=40, description="RFC 3339, with a time zone.", json_schema_extra={"format": "date-time"}),
]
Id = Annotated[str | None, Query(max_length=16)]
Named = Annotated[str | None, Query(max_length=100)]


@router.post("/plays", summary="A track begins to play", **contract(takes=NewPlay, gives=Play, status=201))
async def start_play(who: Who, work: Write, view: Seen, new: Annotated[NewPlay, body(NewPlay)]) -> Response:
    """Report how it goes on to the id in the reply."""
    return answer(await commands.start_play(work, who, view, new), 201)


@router.patch("/plays/{play_id}", summary="How far it has come", **contract(takes=PlayReport, gives=Play))
async def report_play(
    who: Who, work: Write, view: Seen, play_id: str, report: Annotated[PlayReport, body(PlayReport)]
) -> Response:
    """It counts as listened once half of the track or four minutes were heard."""
    return answer(await commands.report_play(work, who, view, play_id, report))


@router.get("/me/plays", summary="What I played", **contract(gives=Page[PlayedTrack]))
async def my_plays(
    who: Who,
    view: Seen,
    reader: Read,
    since: Moment = None,
    until: Moment = None,
    track_id: Id = None,
    album_id: Id = None,
    client: Named = None,
    device: Named = None,
    source: Annotated[Source | None, Query(description="Out of what it was played.")] = None,
    listened: Annotated[bool | None, Query(description="Heard long enough to count.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Response:
    """Last begun first."""
    filters = PlayFilters(
        moment_of("since", since),
        moment_of("until", until),
        track_id,
        album_id,
        client,
        device,
        source.value if source is not None else None,
        listened,
    )
    return answer(await queries.my_plays(reader, view, who, filters, limit, cursor))


@router.get("/listeners/{username}/plays", summary="What somebody heard", **contract(gives=Page[PlayedTrack]))
async def plays_of(
    who: Who, view: Seen, reader: Read, username: str, limit: Limit = 50, cursor: Cursor = None
) -> Response:
    """If they show it; a page may be shorter than asked where they heard what I may not."""
    return answer(await queries.plays_of(reader, view, who, username, limit, cursor))


@router.get("/now-playing", summary="What the house hears now", **contract(gives=Items[NowPlaying]))
async def now_playing(who: Who, view: Seen, reader: Read) -> Response:
    """Of who does not hide it, as far as I may hear it too."""
    return answer(Items(await playing.now_playing(reader, view, who)))
