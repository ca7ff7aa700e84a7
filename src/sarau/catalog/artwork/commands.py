"""Changes to pictures."""

from collections.abc import Iterable

from sarau.catalog.artwork.schemas import KeptPicture
from sarau.catalog.artwork.tables import pictures
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.work import Work

_KEEP = Change(insert_into(pictures).on_conflict_do_nothing())


async def note_pictures(work: Work, kept: Iterable[KeptPicture]) -> None:
    """Note pictures whose bytes are stored."""
    await work.run_many(_KEEP, [picture._asdict() for picture in kept])
