"""Devices in sync: what changed, what is missing, what a device is to hold; uploads that may break off."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from sarau.interfaces.rest.contract import BodyTooLarge, answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Home, Limit, Read, Seen, Who, Write
from sarau.interfaces.rest.schemas import Items
from sarau.sync.commands import devices as commands
from sarau.sync.queries import devices, feed, holdings
from sarau.sync.queries.wanted import plan_of
from sarau.sync.schemas import (
    Changes,
    Device,
    DeviceReport,
    HeldReport,
    MissingAnswer,
    MissingRequest,
    NewUpload,
    Plan,
    Rules,
    UploadState,
)
from sarau.sync.uploading import MAX_PART_BYTES, Part

router = APIRouter(prefix="/sync", tags=["Devices in sync"])

_PART = {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
_TAKES_PART = contract(gives=UploadState) | {"openapi_extra": {"requestBody": _PART}}


@router.get("/changes", summary="What changed since a cursor", **contract(gives=Changes))
async def changes(
    view: Seen,
    reader: Read,
    cursor: Cursor = None,
    limit: Limit = 500,
    brief: Annotated[bool, Query(description="Leave out what is told of tracks.")] = False,
) -> Response:
    """Ask on with the cursor of the reply while `more` is true, and keep it for the next time."""
    found = await feed.changes(reader, view, cursor, limit)
    if brief:
        found = replace(found, items=[replace(item, track=None) for item in found.items])
    return answer(found)


@router.post("/missing", summary="Compare hashes", **contract(takes=MissingRequest, gives=MissingAnswer))
async def missing(view: Seen, reader: Read, asked: Annotated[MissingRequest, body(MissingRequest)]) -> Response:
    """Both ways. Who holds many sends them sorted, in parts, each with its bounds."""
    return answer(await holdings.missing(reader, view, asked))


@router.get("/devices", summary="My devices", **contract(gives=Items[Device]))
async def my_devices(who: Who, reader: Read) -> Response:
    """The one seen last first."""
    return answer(Items(await devices.my_devices(reader, who)))


@router.post("/devices", summary="Make a device known", **contract(takes=DeviceReport, gives=Device, status=201))
async def add_device(who: Who, work: Write, report: Annotated[DeviceReport, body(DeviceReport)]) -> Response:
    """It keeps the id in the reply."""
    return answer(await commands.add_device(work, who, report), 201)


@router.get("/devices/{device_id}", summary="A device", **contract(gives=Device))
async def device(who: Who, reader: Read, device_id: str) -> Response:
    """One of my own."""
    return answer(await devices.device(reader, who, device_id))


@router.put("/devices/{device_id}", summary="A device tells of itself", **contract(takes=DeviceReport, gives=Device))
async def report_device(
    who: Who, work: Write, device_id: str, report: Annotated[DeviceReport, body(DeviceReport)]
) -> Response:
    """In place of what it told before."""
    return answer(await commands.report_device(work, who, device_id, report))


@router.delete("/devices/{device_id}", summary="Forget a device", **contract(status=204))
async def forget_device(who: Who, work: Write, device_id: str) -> Response:
    """With its rules and what it holds."""
    await commands.forget_device(work, who, device_id)
    return nothing()


@router.post("/devices/{device_id}/held", summary="What a device holds", **contract(takes=HeldReport, gives=Device))
async def report_held(
    who: Who, work: Write, device_id: str, report: Annotated[HeldReport, body(HeldReport)]
) -> Response:
    """Since the report before, or anew."""
    await commands.report_held(work, who, device_id, report)
    return answer(await commands.sum_up(work, who, device_id))


@router.get("/devices/{device_id}/rules", summary="What is to be kept on a device", **contract(gives=Rules))
async def rules(who: Who, reader: Read, device_id: str) -> Response:
    """What counts most comes first."""
    return answer(await devices.rules_of(reader, who, device_id))


@router.put(
    "/devices/{device_id}/rules",
    summary="Say what is to be kept on a device",
    **contract(takes=Rules, gives=Rules),
)
async def set_rules(who: Who, work: Write, device_id: str, given: Annotated[Rules, body(Rules)]) -> Response:
    """In place of the rules before."""
    return answer(await commands.set_rules(work, who, device_id, given))


@router.get("/devices/{device_id}/plan", summary="What a device is to do", **contract(gives=Plan))
async def plan(
    home: Home,
    who: Who,
    view: Seen,
    reader: Read,
    device_id: str,
    limit: Annotated[int, Query(ge=0, le=10_000_000, description="How many items are told; sums are of all.")] = (
        10_000_000
    ),
) -> Response:
    """The rules worked out: what to drop, keep and fetch."""
    found = await plan_of(reader, view, who, device_id, home.rule_book)
    return answer(Plan(found.sums, found.items[:limit]))


@router.post("/uploads", summary="Begin an upload", **contract(takes=NewUpload, gives=UploadState, status=201))
async def start_upload(who: Who, home: Home, new: Annotated[NewUpload, body(NewUpload)]) -> Response:
    """Or find the one of the same bytes that broke off: 200, and how far it is, or that the bytes are kept."""
    state = await home.resumable.start(who, new)
    return answer(state, 200 if state.kept or state.offset_bytes else 201)


@router.get("/uploads/{upload_id}", summary="How far an upload is", **contract(gives=UploadState))
async def upload(who: Who, home: Home, upload_id: str) -> Response:
    """One of my own."""
    return answer(await home.resumable.state(who, upload_id))


@router.patch("/uploads/{upload_id}", summary="Send the next bytes of an upload", **_TAKES_PART)
async def send_part(
    request: Request,
    who: Who,
    home: Home,
    upload_id: str,
    upload_offset: Annotated[int, Header(ge=0, description="Where these bytes begin: `offset_bytes`.")],
    crc32: Annotated[
        int | None,
        Query(ge=0, lt=2**32, description="CRC-32 of the body as a number; such a body has at most 2 MiB."),
    ] = None,
) -> Response:
    """What has come stays when it breaks off: ask how far it is. With the last byte the file is kept.

    409 `wrong_offset`, with `offset_bytes`, where these bytes do not come next.
    """
    parts = _pieces(request, upload_offset) if crc32 is None else _whole(request, upload_offset, crc32)
    return answer(await home.resumable.take(who, upload_id, parts))


async def _pieces(request: Request, offset_bytes: int) -> AsyncIterator[Part]:
    async for chunk in request.stream():
        for start in range(0, len(chunk), MAX_PART_BYTES):
            piece = chunk[start : start + MAX_PART_BYTES]
            yield Part(offset_bytes, piece, None)
            offset_bytes += len(piece)


async def _whole(request: Request, offset_bytes: int, crc32: int) -> AsyncIterator[Part]:
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > MAX_PART_BYTES:
            raise BodyTooLarge(max_bytes=MAX_PART_BYTES)
    yield Part(offset_bytes, bytes(data), crc32)


@router.delete("/uploads/{upload_id}", summary="Drop an upload", **contract(status=204))
async def cancel_upload(who: Who, home: Home, upload_id: str) -> Response:
    """What has come of it is deleted."""
    await home.resumable.cancel(who, upload_id)
    return nothing()
