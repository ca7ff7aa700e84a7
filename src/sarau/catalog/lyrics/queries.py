"""Questions about lyrics."""

from sqlalchemy import bindparam, select

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.lyrics.schemas import Sheet, SheetFormat
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId

_SHEETS = Query(
    select(sheets.c.source, sheets.c.format, sheets.c.content)
    .where(sheets.c.track_id == bindparam("track_id", type_=EntityId()))
    .order_by(sheets.c.source),
    lambda source, kind, content: Sheet(source, SheetFormat(kind), content),
)


async def sheets_of(reader: Reader, view: View, track_id: str) -> list[Sheet]:
    """Return the lyrics and chord sheets of a track; raises TrackNotFound."""
    await pages.track(reader, view, track_id)
    return await reader.all(_SHEETS, track_id=track_id)
