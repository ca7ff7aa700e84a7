"""Changes to lyrics."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, insert

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import pages
from sarau.catalog.lyrics.events import SheetPut, SheetsRemoved
from sarau.catalog.lyrics.notation.reading import detect
from sarau.catalog.lyrics.schemas import (
    EMBEDDED,
    HOUSE,
    HOUSE_CHORDS,
    MAX_SHEET_BYTES,
    NewFormat,
    NewSheet,
    Sheet,
    SheetFormat,
)
from sarau.catalog.lyrics.tables import sheets
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.kit.times import now

_OF_PEOPLE = (HOUSE, HOUSE_CHORDS)
_CHORDS = (SheetFormat.CHORDPRO, SheetFormat.CHORDS_OVER_WORDS)

_DROP_EMBEDDED = Change(delete(sheets).where(among(sheets.c.track_id, "ids"), sheets.c.source == EMBEDDED))
_DROP_BESIDE = Change(
    delete(sheets).where(
        among(sheets.c.track_id, "ids"), *(sheets.c.source != other for other in (EMBEDDED, *_OF_PEOPLE))
    )
)
_DROP_PUT = Change(
    delete(sheets).where(
        sheets.c.track_id == bindparam("the_track", type_=EntityId()), among(sheets.c.source, "sources")
    )
)
_INSERT = Change(insert(sheets))


async def set_embedded(work: Work, found: Mapping[str, Sheet | None]) -> None:
    """Put what sound files hold, by track, in place of what they held."""
    await work.run(_DROP_EMBEDDED, ids=list(found))
    await work.run_many(_INSERT, [_row(track_id, sheet) for track_id, sheet in found.items() if sheet is not None])


async def set_beside(work: Work, found: Mapping[str, Sequence[Sheet]]) -> None:
    """Put what lies beside sound files, by track, in place of what lay there."""
    await work.run(_DROP_BESIDE, ids=list(found))
    await work.run_many(_INSERT, [_row(track_id, sheet) for track_id, some in found.items() for sheet in some])


async def put_sheet(work: Work, actor: Actor, view: View, track_id: str, new: NewSheet) -> None:
    """Keep words or chords of somebody's writing, beside those of files and in place of those put before.

    Words and chords are kept apart, so that chords can be laid along words. An empty sheet removes: of the kind its
    format tells, or both. Raises PermissionMissing, TrackNotFound, Invalid.
    """
    actor.require(Permission.LIBRARY_EDIT)
    track = await pages.track(work, view, track_id)
    if not new.content.strip():
        await _remove(work, actor, track_id, track.title, new.format)
        return
    sheet = _sheet_of(new)
    await work.run(_DROP_PUT, the_track=track_id, sources=[sheet.source])
    await work.run_many(_INSERT, [_row(track_id, sheet) | {"put_by": actor.id, "put_at": now()}])
    await work.publish(
        SheetPut(
            actor_id=actor.id,
            address=actor.address,
            track_id=track_id,
            title=track.title,
            source=sheet.source,
            format=sheet.format.value,
        )
    )


async def _remove(work: Work, actor: Actor, track_id: str, title: str, kind: NewFormat) -> None:
    sources = _OF_PEOPLE if kind is NewFormat.AUTO else (_source_of(SheetFormat(kind)),)
    if await work.run(_DROP_PUT, the_track=track_id, sources=list(sources)):
        await work.publish(SheetsRemoved(actor_id=actor.id, address=actor.address, track_id=track_id, title=title))


def _sheet_of(new: NewSheet) -> Sheet:
    size_bytes = len(new.content.encode())
    if size_bytes > MAX_SHEET_BYTES:
        raise Invalid("content", f"it has {size_bytes} bytes, and a sheet has at most {MAX_SHEET_BYTES}")
    kind = detect(new.content) if new.format is NewFormat.AUTO else SheetFormat(new.format)
    return Sheet(_source_of(kind), kind, new.content)


def _source_of(kind: SheetFormat) -> str:
    return HOUSE_CHORDS if kind in _CHORDS else HOUSE


def _row(track_id: str, sheet: Sheet) -> dict[str, object]:
    return {
        "track_id": track_id,
        "source": sheet.source,
        "format": sheet.format.value,
        "content": sheet.content,
        "put_by": None,
        "put_at": None,
    }
