"""Questions about lyrics."""

import asyncio

from sqlalchemy import bindparam, select

from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.lyrics.arranging import arranged
from sarau.catalog.lyrics.errors import SheetNotFound
from sarau.catalog.lyrics.known import Known, digest_of
from sarau.catalog.lyrics.notation.transposing import FURTHEST
from sarau.catalog.lyrics.schemas import ChordOptions, Sheet, SheetFormat, TimedLyrics
from sarau.catalog.lyrics.showing import shown
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.errors import Invalid

_SHEETS = Query(
    select(sheets.c.source, sheets.c.format, sheets.c.content, users.c.username, sheets.c.put_at)
    .select_from(sheets.outerjoin(users, users.c.id == sheets.c.put_by))
    .where(sheets.c.track_id == bindparam("track_id", type_=EntityId()))
    .order_by(sheets.c.source),
    lambda source, kind, content, put_by, put_at: Sheet(source, SheetFormat(kind), content, put_by, put_at),
)
_known = Known()


async def sheets_of(reader: Reader, view: View, track_id: str) -> list[Sheet]:
    """Return the lyrics and chord sheets of a track; raises TrackNotFound."""
    await pages.track(reader, view, track_id)
    return await reader.all(_SHEETS, track_id=track_id)


async def sheet_of(reader: Reader, view: View, track_id: str, source: str) -> Sheet:
    """Return one sheet of a track; raises TrackNotFound, SheetNotFound."""
    for sheet in await sheets_of(reader, view, track_id):
        if sheet.source == source:
            return sheet
    raise SheetNotFound


async def lyrics_of(reader: Reader, view: View, track_id: str, options: ChordOptions) -> TimedLyrics:
    """Return the words and chords of a track in time; raises TrackNotFound, Invalid for options beyond what there is.

    Without any sheet it is all empty.
    """
    _require_possible(options)
    track = await pages.track(reader, view, track_id)
    found = await reader.all(_SHEETS, track_id=track_id)
    digest = digest_of(found, track.duration_ms)
    arrangement = _known.get(digest)
    # In threads: a long song takes some milliseconds, and one written to take long up to a second.
    if arrangement is None:
        arrangement = await asyncio.to_thread(arranged, found, track.duration_ms)
        _known.keep(digest, arrangement, sum(len(sheet.content) for sheet in found))
    return await asyncio.to_thread(shown, track_id, found, arrangement, options)


def _require_possible(options: ChordOptions) -> None:
    if abs(options.transpose_semitones) > FURTHEST:
        raise Invalid("transpose", f"chords go up or down by at most {FURTHEST} semitones")
    if not 0 <= options.capo <= FURTHEST:
        raise Invalid("capo", f"a capo stands at a fret from 0 to {FURTHEST}")
