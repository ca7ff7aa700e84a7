"""Libraries, scans and the activity log, for administrators."""

import asyncio
import hashlib
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from sarau.catalog.ingest import queries as ingest_queries
from sarau.catalog.ingest.schemas import Scan, ScanProblem, ScanRequest
from sarau.catalog.library.commands import libraries as commands
from sarau.catalog.library.queries import files, libraries
from sarau.catalog.library.schemas import LibraryChange, ManagedLibrary, MissingTrack, NewLibrary
from sarau.foundation.errors import Invalid
from sarau.foundation.observability.activity import Entry, activity_page
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.house import SCAN_JOB
from sarau.interfaces.rest.contract import answer, body, contract, nothing
from sarau.interfaces.rest.dependencies import Cursor, Home, Limit, Read, Who, Write
from sarau.interfaces.rest.schemas import Items, ScanQueued
from sarau.kit.pages import Page

router = APIRouter(tags=["Administration"])


@router.get("/admin/libraries", summary="All libraries", **contract(gives=Items[ManagedLibrary]))
async def managed_libraries(who: Who, reader: Read) -> Response:
    """With their folders, members and sizes."""
    return answer(Items(await libraries.managed_libraries(reader, who)))


@router.post(
    "/admin/libraries", summary="Serve a folder", **contract(takes=NewLibrary, gives=ManagedLibrary, status=201)
)
async def add_library(who: Who, home: Home, new: Annotated[NewLibrary, body(NewLibrary)]) -> Response:
    """A first scan begins at once; the folder is never written to."""
    who.require(Permission.LIBRARY_MANAGE)
    folder = await asyncio.to_thread(commands.real_folder, new.path, home.settings.data.path)
    async with home.database.working() as work:
        made = await commands.add_library(work, who, new, folder)
        await home.jobs.enqueue(work, SCAN_JOB, unique=f"scan {made.id}", library_id=made.id, folders=[])
    return answer(made, 201)


@router.patch(
    "/admin/libraries/{library_id}",
    summary="Rename a library, or say who may hear it",
    **contract(takes=LibraryChange, gives=ManagedLibrary),
)
async def change_library(
    who: Who, work: Write, library_id: str, change: Annotated[LibraryChange, body(LibraryChange)]
) -> Response:
    """What is left out stays."""
    return answer(await commands.change_library(work, who, library_id, change))


@router.delete("/admin/libraries/{library_id}", summary="Take a library out of the house", **contract(status=204))
async def remove_library(who: Who, work: Write, library_id: str) -> Response:
    """Its files stay where they are; what is known of its tracks is forgotten."""
    await commands.remove_library(work, who, library_id)
    return nothing()


@router.post(
    "/admin/libraries/{library_id}/scan",
    summary="Scan a library",
    **contract(takes=ScanRequest, gives=ScanQueued, status=202),
)
async def scan_library(
    who: Who, home: Home, work: Write, library_id: str, given: Annotated[ScanRequest | None, body(ScanRequest | None)]
) -> Response:
    """All of it, or some folders. Watch `/admin/scans` for how it goes."""
    who.require(Permission.LIBRARY_MANAGE)
    root = await libraries.library_root(work, library_id)
    folders = given.folders if given else []
    for folder in folders:
        if folder.startswith("/") or ".." in folder.split("/"):
            raise Invalid("folders", "paths lie below the library, without `..`")
    asked = hashlib.blake2b(repr(folders).encode(), digest_size=16).hexdigest()
    unique = f"scan {root.id} {asked}" if folders else f"scan {root.id}"
    await home.jobs.enqueue(work, SCAN_JOB, unique=unique, library_id=root.id, folders=folders)
    return answer(ScanQueued(root.id), 202)


@router.get("/admin/scans", summary="Scans", **contract(gives=Items[Scan]))
async def scans(who: Who, reader: Read) -> Response:
    """Newest first, with their progress."""
    return answer(Items(await ingest_queries.recent_scans(reader, who)))


@router.get("/admin/scans/{scan_id}", summary="One scan", **contract(gives=Scan))
async def scan(who: Who, reader: Read, scan_id: str) -> Response:
    """With its progress."""
    return answer(await ingest_queries.scan(reader, who, scan_id))


@router.get(
    "/admin/libraries/{library_id}/problems", summary="Files passed over", **contract(gives=Items[ScanProblem])
)
async def problems(who: Who, reader: Read, library_id: str) -> Response:
    """Each with its reason."""
    return answer(Items(await ingest_queries.problems_of(reader, who, library_id)))


@router.get(
    "/admin/libraries/{library_id}/missing",
    summary="Tracks without their file",
    **contract(gives=Items[MissingTrack]),
)
async def missing(who: Who, reader: Read, library_id: str) -> Response:
    """They come back by themselves when their files do."""
    return answer(Items(await files.missing_tracks(reader, who, library_id)))


@router.get("/activity", summary="The activity log", **contract(gives=Page[Entry]))
async def activity(
    who: Who,
    reader: Read,
    kind: Annotated[str | None, Query(max_length=100, description="Only this kind.")] = None,
    actor_id: Annotated[str | None, Query(max_length=16, description="Only what this person did.")] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """Newest first."""
    who.require(Permission.ACTIVITY_READ)
    return answer(await activity_page(reader, kind=kind, actor_id=actor_id, limit=limit, cursor=cursor))
