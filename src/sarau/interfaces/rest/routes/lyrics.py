"""Lyrics and chords in time, sheets as they came, and how chords are held."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.catalog.lyrics.commands import put_sheet
from sarau.catalog.lyrics.fingering import diagrams_of
from sarau.catalog.lyrics.queries import lyrics_of, sheet_of
from sarau.catalog.lyrics.schemas import ChordDiagrams, ChordOptions, Instrument, NewSheet, TimedLyrics
from sarau.interfaces.rest.contract import answer, body, contract
from sarau.interfaces.rest.dependencies import Home, Read, Seen, Who

router = APIRouter(tags=["Lyrics and chords"])

_TEXT = contract() | {"responses": {200: {"description": "Done.", "content": {"text/plain": {}}}}}


@router.get("/tracks/{track_id}/lyrics", summary="Lyrics and chords in time", **contract(gives=TimedLyrics))
async def lyrics(
    reader: Read,
    view: Seen,
    track_id: str,
    transpose: Annotated[int, Query(ge=-11, le=11, description="Semitones that chords go up.")] = 0,
    capo: Annotated[int, Query(ge=0, le=11, description="Fret of the capo that chords are shown for.")] = 0,
    simplified: Annotated[bool, Query(description="Triads and sevenths alone, without bass notes.")] = False,
) -> Response:
    """Everything is empty for a track without any."""
    return answer(await lyrics_of(reader, view, track_id, ChordOptions(transpose, capo, simplified)))


@router.put("/tracks/{track_id}/lyrics", summary="Put words or chords", **contract(takes=NewSheet, gives=TimedLyrics))
async def put_lyrics(
    home: Home, who: Who, view: Seen, track_id: str, new: Annotated[NewSheet, body(NewSheet)]
) -> Response:
    """Words and chords are kept apart, beside what files bring; an empty sheet removes what was put before."""
    async with home.database.working() as work:
        await put_sheet(work, who, view, track_id, new)
    async with home.database.reading() as reader:
        return answer(await lyrics_of(reader, view, track_id, ChordOptions()))


@router.get("/tracks/{track_id}/lyrics/{source}", summary="A sheet as it came", **_TEXT)
async def sheet(reader: Read, view: Seen, track_id: str, source: str) -> Response:
    """By its source, such as `.lrc`, `embedded` or `house`."""
    found = await sheet_of(reader, view, track_id, source)
    return Response(found.content.encode(), media_type="text/plain; charset=utf-8")


@router.get("/chords/{name:path}/diagrams", summary="How a chord is held", **contract(gives=ChordDiagrams))
async def diagrams(
    _who: Who,
    name: str,
    instrument: Annotated[Instrument, Query(description="What it is played on.")] = Instrument.GUITAR,
) -> Response:
    """Up to three ways, the most usual first; none where the chord cannot be held."""
    return answer(diagrams_of(name, instrument))
