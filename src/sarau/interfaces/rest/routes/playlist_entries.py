"""What is in a playlist, and files it comes from or goes into."""

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sarau.foundation.errors import Invalid
from sarau.interfaces.rest.contract import answer, body, contract, nothing, read_bytes
from sarau.interfaces.rest.dependencies import Cursor, Home, Limit, Read, Seen, Who, Write
from sarau.kit.pages import Page
from sarau.playlists.commands import entries as commands
from sarau.playlists.commands import playlists as playlist_commands
from sarau.playlists.commands.imports import MAX_FILE_BYTES, import_playlist
from sarau.playlists.errors import TooManyCovers
from sarau.playlists.formats.reading import read_playlist
from sarau.playlists.queries import entries as queries
from sarau.playlists.queries import playlists as playlist_queries
from sarau.playlists.queries.files import playlist_file
from sarau.playlists.queries.matching import matched
from sarau.playlists.schemas import (
    Added,
    AddTracks,
    ImportedPlaylist,
    Move,
    MoveEntries,
    NewEntries,
    NewOrder,
    PlaylistDetails,
    PlaylistEdits,
    PlaylistEntry,
    PlaylistFormat,
    RemoveEntries,
)

router = APIRouter(prefix="/playlists", tags=["Playlists"])

_MAX_PICTURE_BYTES = 10 << 20
_MOST_COVERS, _WINDOW_S = 60, 3_600  # pictures are kept for good, beside what may be uploaded
_MEDIA_TYPES = {
    PlaylistFormat.M3U8: "application/vnd.apple.mpegurl",
    PlaylistFormat.XSPF: "application/xspf+xml",
    PlaylistFormat.JSPF: "application/json",
}
_BYTES = {"schema": {"type": "string", "format": "binary"}}
_FILE = contract() | {
    "responses": {200: {"description": "Done.", "content": dict.fromkeys(_MEDIA_TYPES.values(), _BYTES)}}
}
_IMPORT = contract(gives=ImportedPlaylist, status=201) | {
    "openapi_extra": {"requestBody": {"required": True, "content": {"application/octet-stream": _BYTES}}}
}
_PICTURE = contract(status=204) | {
    "openapi_extra": {"requestBody": {"required": True, "content": {"image/*": _BYTES}}}
}


@router.get("/{playlist_id}/entries", summary="The entries of a playlist", **contract(gives=Page[PlaylistEntry]))
async def entries(
    home: Home,
    who: Who,
    view: Seen,
    reader: Read,
    playlist_id: str,
    q: Annotated[str, Query(max_length=200, description="Words of title, artist or album that are looked for.")] = "",
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Response:
    """In order."""
    return answer(
        await queries.entries(reader, view, who, playlist_id, home.rule_book, words=q, limit=limit, cursor=cursor)
    )


@router.post(
    "/{playlist_id}/entries",
    summary="Put tracks into a playlist",
    **contract(takes=NewEntries, gives=Added, status=201),
)
async def add_entries(
    who: Who, view: Seen, work: Write, playlist_id: str, new: Annotated[NewEntries, body(NewEntries)]
) -> Response:
    """Before an entry, or at the end; a playlist holds 10,000."""
    edits = PlaylistEdits([AddTracks(new.track_ids, new.before, new.repeats)], new.version)
    return answer(await commands.edit_entries(work, who, view, playlist_id, edits), 201)


@router.put(
    "/{playlist_id}/entries",
    summary="Give a playlist other tracks",
    **contract(takes=NewOrder, gives=PlaylistDetails),
)
async def replace_entries(
    home: Home, who: Who, view: Seen, work: Write, playlist_id: str, new: Annotated[NewOrder, body(NewOrder)]
) -> Response:
    """Entries whose track stays are kept, with who added them. With a version, 409 tells what changed since."""
    await commands.replace_entries(work, who, view, playlist_id, new)
    return answer(await playlist_queries.playlist(work, view, who, playlist_id, home.rule_book))


@router.patch("/{playlist_id}/entries/{entry_id}", summary="Move an entry", **contract(takes=Move, status=204))
async def move_entry(
    who: Who, view: Seen, work: Write, playlist_id: str, entry_id: str, move: Annotated[Move, body(Move)]
) -> Response:
    """Before another, or to the end."""
    edits = PlaylistEdits([MoveEntries([entry_id], move.before)], move.version)
    await commands.edit_entries(work, who, view, playlist_id, edits)
    return nothing()


@router.delete("/{playlist_id}/entries/{entry_id}", summary="Take an entry out", **contract(status=204))
async def remove_entry(who: Who, view: Seen, work: Write, playlist_id: str, entry_id: str) -> Response:
    """The track stays, and stays elsewhere in the playlist."""
    await commands.edit_entries(work, who, view, playlist_id, PlaylistEdits([RemoveEntries([entry_id])]))
    return nothing()


@router.post("/{playlist_id}/edits", summary="Edit a playlist", **contract(takes=PlaylistEdits, gives=Added))
async def edit(
    who: Who, view: Seen, work: Write, playlist_id: str, edits: Annotated[PlaylistEdits, body(PlaylistEdits)]
) -> Response:
    """Several edits, all or none, merged with what others did since the version they were made to.

    409 `playlist_changed` tells what others did where both moved the same.
    """
    return answer(await commands.edit_entries(work, who, view, playlist_id, edits))


@router.put("/{playlist_id}/cover", summary="Give a playlist a picture", **_PICTURE)
async def put_cover(request: Request, home: Home, who: Who, playlist_id: str) -> Response:
    """JPEG, PNG, WebP, GIF or BMP of at most 10 MiB."""
    async with home.database.reading() as reader:
        (await playlist_queries.rights(reader, who, playlist_id)).require_owner()
    allowance = await home.limits.hit(f"covers of {who.id}", limit=_MOST_COVERS, window_s=_WINDOW_S)
    if not allowance.allowed:
        raise TooManyCovers(retry_after_s=round(allowance.retry_after_s, 1))
    picture = await home.covers.keep_small(await read_bytes(request, _MAX_PICTURE_BYTES))
    if picture is None:
        raise Invalid("image", "it is broken, or no picture of a format that we read")
    async with home.database.working() as work:
        await playlist_commands.set_cover(work, who, playlist_id, picture)
    return nothing()


@router.delete("/{playlist_id}/cover", summary="Take a playlist's picture away", **contract(status=204))
async def delete_cover(who: Who, work: Write, playlist_id: str) -> Response:
    """Its cover is made of what is in it again."""
    await playlist_commands.set_cover(work, who, playlist_id, None)
    return nothing()


@router.get("/{playlist_id}/file", summary="A playlist as a file", **_FILE)
async def export(
    home: Home,
    who: Who,
    view: Seen,
    reader: Read,
    playlist_id: str,
    format: Annotated[PlaylistFormat, Query(description="Which kind of file.")] = PlaylistFormat.M3U8,  # noqa: A002
) -> Response:
    """What can be heard of it, with paths as they are below the library."""
    name, data = await playlist_file(reader, view, who, playlist_id, home.rule_book, format)
    named = quote(f"{name}.{'xspf' if format is PlaylistFormat.XSPF else format.value}", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{named}", "cache-control": "no-store"}
    return Response(data, 200, headers, _MEDIA_TYPES[format])


@router.post("/import", summary="Make a playlist of a file", **_IMPORT)
async def import_file(
    request: Request,
    home: Home,
    who: Who,
    view: Seen,
    name: Annotated[str, Query(max_length=200, description="How to name it; left out: as the file says.")] = "",
    format: Annotated[  # noqa: A002
        PlaylistFormat | None, Query(description="Which kind of file; left out: as it looks.")
    ] = None,
) -> Response:
    """Each track is found by its path, by ISRC or MusicBrainz id, or by title, artist and duration.

    The report tells of what was not found.
    """
    listed = await asyncio.to_thread(read_playlist, await read_bytes(request, MAX_FILE_BYTES), format)
    async with home.database.reading() as reader:
        found = await matched(reader, view, listed)
    async with home.database.working() as work:
        made = await import_playlist(work, who, view, home.rule_book, name, listed, found)
    async with home.database.reading() as reader:
        playlist = await playlist_queries.playlist(reader, view, who, made, home.rule_book)
    return answer(ImportedPlaylist(playlist, found.report(listed)), 201)
