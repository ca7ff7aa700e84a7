"""Changes to radio stations."""

from msgspec import UNSET
from sqlalchemy import bindparam, delete, insert, update

from sarau.catalog.stations import queries
from sarau.catalog.stations.errors import StationNotFound, TooManyStations
from sarau.catalog.stations.policies import good_url
from sarau.catalog.stations.schemas import NewStation, Station, StationChange
from sarau.catalog.stations.tables import stations
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.kit.ids import new_id
from sarau.kit.text import clean, sort_key
from sarau.kit.times import now

MAX_STATIONS = 1_000
_the_station = stations.c.id == bindparam("the_id", type_=EntityId())
_CREATE = Change(insert(stations))
_CHANGE = Change(
    update(stations)
    .where(_the_station)
    .values(
        name=bindparam("new_name"),
        sort=bindparam("new_sort"),
        stream_url=bindparam("new_stream"),
        home_page_url=bindparam("new_page"),
    )
)
_DELETE = Change(delete(stations).where(_the_station))


def _named(name: str) -> str:
    return clean(name) or "?"


def _page(url: str | None) -> str | None:
    return good_url("home_page_url", url) if url else None


async def create_station(work: Work, actor: Actor, new: NewStation) -> Station:
    """Keep a station; raises Invalid, TooManyStations, PermissionMissing."""
    actor.require(Permission.LIBRARY_MANAGE)
    if await queries.station_count(work) >= MAX_STATIONS:
        raise TooManyStations(max=MAX_STATIONS)
    name, station_id = _named(new.name), new_id()
    await work.run(
        _CREATE,
        id=station_id,
        name=name,
        sort=sort_key(name),
        stream_url=good_url("stream_url", new.stream_url),
        home_page_url=_page(new.home_page_url),
        created_at=now(),
        created_by=actor.user_id,
    )
    return await queries.station(work, station_id)


async def change_station(work: Work, actor: Actor, station_id: str, change: StationChange) -> Station:
    """Change a station; raises StationNotFound, Invalid, PermissionMissing."""
    actor.require(Permission.LIBRARY_MANAGE)
    before = await queries.station(work, station_id)
    name = before.name if change.name is UNSET else _named(change.name)
    stream = before.stream_url if change.stream_url is UNSET else good_url("stream_url", change.stream_url)
    page = before.home_page_url if change.home_page_url is UNSET else _page(change.home_page_url)
    await work.run(
        _CHANGE, the_id=station_id, new_name=name, new_sort=sort_key(name), new_stream=stream, new_page=page
    )
    return await queries.station(work, station_id)


async def delete_station(work: Work, actor: Actor, station_id: str) -> None:
    """Forget a station; raises StationNotFound, PermissionMissing."""
    actor.require(Permission.LIBRARY_MANAGE)
    if not await work.run(_DELETE, the_id=station_id):
        raise StationNotFound
