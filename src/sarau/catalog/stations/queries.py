"""Questions about radio stations."""

from sqlalchemy import bindparam, func, select

from sarau.catalog.stations.errors import StationNotFound
from sarau.catalog.stations.schemas import Station
from sarau.catalog.stations.tables import stations as kept
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission

_columns = (kept.c.id, kept.c.name, kept.c.stream_url, kept.c.home_page_url, kept.c.created_at)
_ALL = Query(select(*_columns).order_by(kept.c.sort, kept.c.id), Station)
_ONE = Query(select(*_columns).where(kept.c.id == bindparam("id", type_=EntityId())), Station)
_COUNT = Query(select(func.count()).select_from(kept), scalar)


async def stations(reader: Reader, actor: Actor) -> list[Station]:
    """Return all stations by name, for who may listen."""
    actor.require(Permission.LIBRARY_LISTEN)
    return await reader.all(_ALL)


async def station(reader: Reader, station_id: str) -> Station:
    """Return one station; raises StationNotFound."""
    found = await reader.first(_ONE, id=station_id)
    if found is None:
        raise StationNotFound
    return found


async def station_count(reader: Reader) -> int:
    """Return how many stations there are."""
    return int(await reader.one(_COUNT))
