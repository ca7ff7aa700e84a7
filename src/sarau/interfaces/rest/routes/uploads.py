"""Uploading: several files of a form, or the bytes of one as the body."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sarau.catalog.ingest.commands import file_upload
from sarau.catalog.ingest.queries import room_of
from sarau.catalog.ingest.schemas import Room, UploadResult
from sarau.foundation.errors import DomainError, Invalid
from sarau.foundation.observability.metrics import uploads as uploads_counter
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.house import House
from sarau.interfaces.rest.contract import answer, contract
from sarau.interfaces.rest.dependencies import Home, Who
from sarau.interfaces.rest.errors import problem_of, status_of
from sarau.interfaces.rest.multipart import form_files
from sarau.interfaces.rest.schemas import UploadProblem, UploadReply

router = APIRouter(tags=["Uploading"])

_FORM = {"type": "object", "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}}}
_BODIES = {
    "multipart/form-data": {"schema": _FORM},
    "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
}
_CONTRACT = contract(gives=UploadReply, status=201) | {"openapi_extra": {"requestBody": {"content": _BODIES}}}
_CONTRACT["responses"] |= contract(gives=UploadReply)["responses"]  # nothing of it was new


async def _upload(home: House, who: Actor, name: str, chunks: AsyncIterator[bytes]) -> UploadResult:
    async def room_now() -> Room:
        return await _room(home, who)

    async with home.uploads.arriving(name, chunks, who, room_now) as arrived, home.database.working() as work:
        return await file_upload(work, who, arrived)


async def _room(home: House, who: Actor) -> Room:
    async with home.database.reading() as reader:
        return await room_of(reader, who, home.settings.uploads)


@router.post("/uploads", summary="Upload sound files", **_CONTRACT)
async def upload(
    request: Request,
    who: Who,
    home: Home,
    filename: Annotated[str | None, Query(max_length=500, description="The name, when the body is the file.")] = None,
) -> Response:
    """Bytes are hashed while they arrive; what is here already is recognised and not stored twice.

    201 if anything new was stored, 200 if all of it was here already; one file that is refused gives its problem,
    several give a list of what became of each.
    """
    who.require(Permission.LIBRARY_UPLOAD)
    done: list[UploadResult] = []
    refused: list[tuple[str, DomainError]] = []
    form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    if not form:
        if not filename:
            raise Invalid("filename", "it is needed when the body is the file itself")
        declared = int(request.headers.get("content-length", "0") or 0)
        await home.uploads.require_room(await _room(home, who), declared)
    files = form_files(request) if form else _only(filename or "", request.stream())
    async for name, chunks in files:
        try:
            done.append(await _upload(home, who, name, chunks))
            uploads_counter.labels("duplicate" if done[-1].duplicate else "stored").inc()
        except DomainError as error:
            refused.append((name, error))
            uploads_counter.labels(error.code).inc()
            if status_of(error)[0] == 507:
                break  # a full disk does not get emptier with the next file
    if not done and len(refused) == 1:
        return problem_of(refused[0][1])
    if not done and not refused:
        raise Invalid("file", "the form has no file")
    problems = [UploadProblem(name, error.code, error.text) for name, error in refused]
    return answer(UploadReply(done, problems), 201 if any(not one.duplicate for one in done) else 200)


async def _only(name: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    yield name, chunks
