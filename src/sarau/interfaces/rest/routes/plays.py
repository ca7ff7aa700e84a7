"""Reporting plays."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from sarau.interfaces.rest.contract import answer, body, contract
from sarau.interfaces.rest.dependencies import Seen, Who, Write
from sarau.playback.history import commands
from sarau.playback.history.schemas import NewPlay, Play, PlayReport

router = APIRouter(prefix="/plays", tags=["Playing"])


@router.post("", summary="A track begins to play", **contract(takes=NewPlay, gives=Play, status=201))
async def start_play(who: Who, work: Write, view: Seen, new: Annotated[NewPlay, body(NewPlay)]) -> Response:
    """Report how it goes on to the id in the reply."""
    return answer(await commands.start_play(work, who, view, new), 201)


@router.patch("/{play_id}", summary="How far it has come", **contract(takes=PlayReport, gives=Play))
async def report_play(
    who: Who, work: Write, view: Seen, play_id: str, report: Annotated[PlayReport, body(PlayReport)]
) -> Response:
    """It counts as listened once half of the track or four minutes were heard."""
    return answer(await commands.report_play(work, who, view, play_id, report))
