"""Changes to lyrics."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from sarau.catalog.lyrics.schemas import Sheet
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change
from sarau.foundation.database.work import Work

_DROP_EMBEDDED = Change(delete(sheets).where(among(sheets.c.track_id, "ids"), sheets.c.source == "embedded"))
_DROP_BESIDE = Change(delete(sheets).where(among(sheets.c.track_id, "ids"), sheets.c.source != "embedded"))
_INSERT = Change(insert(sheets))


async def set_embedded(work: Work, found: Mapping[str, Sheet | None]) -> None:
    """Put what sound files hold, by track, in place of what they held."""
    await work.run(_DROP_EMBEDDED, ids=list(found))
    await work.run_many(_INSERT, [_row(track_id, sheet) for track_id, sheet in found.items() if sheet is not None])


async def set_beside(work: Work, found: Mapping[str, Sequence[Sheet]]) -> None:
    """Put what lies beside sound files, by track, in place of what lay there."""
    await work.run(_DROP_BESIDE, ids=list(found))
    await work.run_many(_INSERT, [_row(track_id, sheet) for track_id, some in found.items() for sheet in some])


def _row(track_id: str, sheet: Sheet) -> dict[str, str]:
    return {"track_id": track_id, "source": sheet.source, "format": sheet.format.value, "content": sheet.content}
