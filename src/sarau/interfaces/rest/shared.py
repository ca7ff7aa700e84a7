"""What strangers get by public links: a page's content, and its sound and covers; no account, no cookie."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sarau.catalog.artwork.schemas import size_at_least
from sarau.catalog.library.queries.files import file_on_disk
from sarau.catalog.library.schemas import FileOnDisk
from sarau.interfaces.common.ranged import FileResponse
from sarau.interfaces.common.sharing import Behind, NoDownloads, SharedDoor
from sarau.interfaces.common.state import credentials, files, house
from sarau.interfaces.rest.contract import answer, query, read_json
from sarau.interfaces.rest.hot import route
from sarau.interfaces.rest.schemas import OpenedShare, OpenLink, SharedInfo
from sarau.interfaces.rest.sound import show_face, sounding
from sarau.kit.times import from_ms

_NOT_KEPT = {"cache-control": "no-store", "x-robots-tag": "noindex"}
Ticket = Annotated[str, Meta(max_length=100, description="Of the opened link.")]


class SharedStreamQuery(msgspec.Struct, frozen=True):
    """The ticket; the original, or a format, its bitrate, and where to begin."""

    ticket: Ticket = ""
    format: Annotated[str, Meta(description="opus, mp3, aac or flac; left out for the original.")] | None = None
    bitrate: Annotated[int, Meta(ge=1, le=10_000, description="kbit/s of the transcode.")] | None = None
    start: Annotated[int, Meta(ge=0, le=7 * 86_400_000, description="Milliseconds into the track.")] = 0


class SharedCoverQuery(msgspec.Struct, frozen=True):
    """The ticket, and how large a cover is needed."""

    ticket: Ticket = ""
    size: Annotated[int, Meta(ge=1, le=10_000, description="Pixels of its longer side.")] = 384


class TicketQuery(msgspec.Struct, frozen=True):
    """The ticket."""

    ticket: Ticket = ""


_stream_query = query(SharedStreamQuery)
_cover_query = query(SharedCoverQuery)
_ticket_query = query(TicketQuery)


def _door(request: Request) -> SharedDoor:
    found: SharedDoor = request.app.state.shared
    return found


async def _admitted(request: Request, ticket: str) -> Behind:
    path, address = request.path_params, credentials(request).address(request)
    return await _door(request).admitted(path["slug"], ticket, path["track_id"], address)


async def _file(request: Request, behind: Behind) -> FileOnDisk:
    track_id = request.path_params["track_id"]

    async def read() -> FileOnDisk:
        async with house(request).database.reading() as reader:
            return await file_on_disk(reader, behind.view, track_id)

    return await files(request).recall(f"{behind.view.token} {track_id}", read)


async def info(request: Request) -> Response:
    """Whether the link is good, and needs a password."""
    behind = await _door(request).behind(request.path_params["slug"], credentials(request).address(request))
    return answer(SharedInfo(behind.share.password_hash is not None), headers=_NOT_KEPT)


async def open_link(request: Request) -> Response:
    """The content of the link, and a ticket for its sound; counted as a visit."""
    given = await read_json(request, OpenLink)
    address = credentials(request).address(request)
    came = await _door(request).let_in(request.path_params["slug"], given.password, address)
    return answer(OpenedShare(came.ticket, from_ms(came.expires_at * 1000), came.page), headers=_NOT_KEPT)


async def stream(request: Request) -> Any:
    """The sound of a track behind the link."""
    asked = _stream_query(request)
    file = await _file(request, await _admitted(request, asked.ticket))
    return await sounding(request, file, asked.format, asked.bitrate, asked.start)


async def download(request: Request) -> Any:
    """The original file, where the link lets people take it along."""
    behind = await _admitted(request, _ticket_query(request).ticket)
    if not behind.may_download:
        raise NoDownloads
    file, home = await _file(request, behind), house(request)
    return FileResponse(home.delivery.open(file), attachment=True, accel=home.settings.server.x_accel_prefix)


async def cover(request: Request) -> Response:
    """The cover of a track behind the link, or one drawn for it."""
    asked = _cover_query(request)
    behind = await _admitted(request, asked.ticket)
    return await show_face(request, behind.view, "tracks", request.path_params["track_id"], size_at_least(asked.size))


def routes() -> list[Route]:
    """Return the routes of public links."""
    return [
        route("/shared/{slug}", info),
        route("/shared/{slug}/open", open_link, "POST"),
        route("/shared/{slug}/tracks/{track_id}/stream", stream),
        route("/shared/{slug}/tracks/{track_id}/download", download),
        route("/shared/{slug}/tracks/{track_id}/cover", cover),
    ]
