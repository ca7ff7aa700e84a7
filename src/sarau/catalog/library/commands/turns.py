"""One change of the catalogue at a time."""

from sqlalchemy import select

from sarau.catalog.library.tables import libraries
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.work import Work

# SQLite leaves the lock out: it has one writer anyway.
_ALL = Query(select(libraries.c.id).order_by(libraries.c.id).with_for_update(key_share=True), scalar)


async def take_turn(work: Work) -> None:
    """Wait until nobody else changes the catalogue, and let nobody until this transaction ends.

    Names and counts belong to several libraries: two scans, or a scan and a correction, would make them twice. Taken
    before anything else is written, so that nobody waits in a circle.
    """
    await work.all(_ALL)
