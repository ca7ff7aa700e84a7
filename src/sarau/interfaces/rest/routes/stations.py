"""Internet radio stations."""

from typing import Annotated

from fastapi import APIRouter
from starlette.responses import Response

from sarau.catalog.stations import commands, queries
from sarau.catalog.stations.schemas import NewStation, Station, StationChange
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Read, Who, Write
from sarau.interfaces.rest.schemas import Items

router = APIRouter(prefix="/stations", tags=["Stations"])


@router.get("", summary="Radio stations", **contract(gives=Items[Station]))
async def stations(who: Who, reader: Read) -> Response:
    """By name; players fetch their sound by themselves."""
    return answer(Items(await queries.stations(reader, who)))


@router.post("", summary="Keep a station", **contract(takes=NewStation, gives=Station, status=201))
async def create_station(who: Who, work: Write, new: Annotated[NewStation, body(NewStation)]) -> Response:
    """For who manages libraries; addresses of http and https only."""
    return answer(await commands.create_station(work, who, new), 201)


@router.patch("/{station_id}", summary="Change a station", **contract(takes=StationChange, gives=Station))
async def change_station(
    who: Who, work: Write, station_id: str, change: Annotated[StationChange, body(StationChange)]
) -> Response:
    """What is left out stays."""
    return answer(await commands.change_station(work, who, station_id, change))


@router.delete("/{station_id}", summary="Forget a station", **contract(status=204))
async def delete_station(who: Who, work: Write, station_id: str) -> Response:
    """For everybody."""
    await commands.delete_station(work, who, station_id)
    return nothing()
