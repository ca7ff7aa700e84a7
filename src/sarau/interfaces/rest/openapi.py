"""The OpenAPI document: FastAPI's, with the plain routes and msgspec's schemas added."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from sarau.catalog.library.schemas import Album, AlbumPage, Track
from sarau.interfaces.rest import hot, searching, shared, sound
from sarau.interfaces.rest.contract import documented_schemas, parameters_of, reference
from sarau.interfaces.rest.errors import ProblemDetails
from sarau.interfaces.rest.schemas import Link, OpenedShare, OpenLink, SharedInfo
from sarau.kit.pages import Outline, Page
from sarau.kit.version import VERSION
from sarau.search.schemas import SearchResults

_ABOUT = """Sarau's own API. Sign in for tokens, or make an API key; send either as `Authorization: Bearer …`.
Lists come in keyset pages: `next_cursor` of one page is `cursor` of the next. Times are RFC 3339 in UTC, durations
milliseconds, ids opaque texts. Errors are problem details (RFC 9457) with a stable `code`."""

_PUBLIC = ("/api/v1/house", "/api/v1/auth/", "/api/v1/shared/")
_NOT_PUBLIC = "/api/v1/auth/sign-out"


def _operation(
    name: str, summary: str, tag: str, *, asks: Any = None, gives: Any = None, **more: Any
) -> dict[str, Any]:
    content = {"application/json": {"schema": reference(gives)}} if gives is not None else more.pop("content", {})
    status = more.pop("status", 200)
    reply: dict[str, Any] = {"description": "Done."}
    if content:
        reply["content"] = content
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": parameters_of(asks) if asks is not None else [],
        "responses": {str(status): reply, **more},
    }


def _binary(*types: str) -> dict[str, Any]:
    return {kind: {"schema": {"type": "string", "format": "binary"}} for kind in types}


Paths = dict[str, dict[str, Any]]


def _lists() -> Paths:
    return {
        "/albums": {"get": _operation("albums", "Albums", "Catalogue", asks=hot.AlbumQuery, gives=Page[Album])},
        "/albums/outline": {
            "get": _operation(
                "album_outline", "Length of a list of albums", "Catalogue", asks=hot.AlbumOutlineQuery, gives=Outline
            )
        },
        "/albums/{album_id}": {"get": _operation("album", "An album and its tracks", "Catalogue", gives=AlbumPage)},
        "/tracks": {"get": _operation("tracks", "Tracks", "Catalogue", asks=hot.TrackQuery, gives=Page[Track])},
        "/tracks/outline": {
            "get": _operation(
                "track_outline", "Length of a list of tracks", "Catalogue", asks=hot.TrackOutlineQuery, gives=Outline
            )
        },
    }


def _searches() -> Paths:
    asked: dict[str, Any] = {"asks": searching.SearchQuery, "gives": SearchResults}
    return {"/search": {"get": _operation("search", "Search everything", "Catalogue", **asked)}}


def _sounds() -> Paths:
    types = _binary("audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4", "audio/aac", "audio/wav")
    partial = {"206": {"description": "Some ranges.", "content": types}, "416": {"description": "No such range."}}
    return {
        "/tracks/{track_id}/stream": {
            "get": _operation(
                "stream", "The sound of a track", "Playing", asks=sound.StreamQuery, content=types, **partial
            )
        },
        "/tracks/{track_id}/download": {
            "get": _operation("download", "The original file", "Playing", content=types, **partial)
        },
        "/files/{hash}": {
            "get": _operation("download_by_hash", "A file by its SHA-256", "Playing", content=types, **partial)
        },
        "/tracks/{track_id}/stream-url": {
            "post": _operation("stream_url", "A signed address", "Playing", gives=Link, status=201)
        },
    }


def _covers() -> Paths:
    asked: dict[str, Any] = {"asks": sound.CoverQuery, "content": _binary("image/webp", "image/jpeg")}
    drawn = {
        f"/{kind}/{{id}}/cover": {
            "get": _operation(f"{kind}_cover", "Its cover, or one drawn for it", "Covers", **asked)
        }
        for kind in ("albums", "artists", "tracks", "folders", "playlists")
    }
    return {"/covers/{picture_id}": {"get": _operation("cover", "A picture", "Covers", **asked)}, **drawn}


def _shared() -> Paths:
    audio = _binary("audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4", "audio/aac", "audio/wav")
    link, track = "/shared/{slug}", "/shared/{slug}/tracks/{track_id}"
    opened = _operation("open_link", "Open a public link", "Sharing", gives=OpenedShare)
    opened["requestBody"] = {"required": True, "content": {"application/json": {"schema": reference(OpenLink)}}}
    pictures = _binary("image/webp", "image/jpeg")
    return {
        link: {"get": _operation("shared", "Whether a public link is good", "Sharing", gives=SharedInfo)},
        f"{link}/open": {"post": opened},
        f"{track}/stream": {
            "get": _operation(
                "shared_stream",
                "The sound of a shared track",
                "Sharing",
                asks=shared.SharedStreamQuery,
                content=audio,
            )
        },
        f"{track}/download": {
            "get": _operation(
                "shared_download", "The file of a shared track", "Sharing", asks=shared.TicketQuery, content=audio
            )
        },
        f"{track}/cover": {
            "get": _operation(
                "shared_cover",
                "The cover of a shared track",
                "Sharing",
                asks=shared.SharedCoverQuery,
                content=pictures,
            )
        },
    }


def _plain_routes() -> Paths:
    found = _lists() | _searches() | _sounds() | _covers() | _shared()
    for path, operations in found.items():
        names = [part.strip("{}") for part in path.split("/") if part.startswith("{")]
        for operation in operations.values():
            operation["parameters"] += [
                {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names
            ]
    return {f"/api/v1{path}": operations for path, operations in found.items()}


def document(app: FastAPI) -> dict[str, Any]:
    """Return the whole document."""
    built = get_openapi(title="Sarau", version=VERSION, description=_ABOUT, routes=app.routes)
    for path, operations in _plain_routes().items():
        built["paths"].setdefault(path, {}).update(operations)
    problem = {
        "description": "Not done.",
        "content": {"application/problem+json": {"schema": reference(ProblemDetails)}},
    }
    for path, operations in built["paths"].items():
        for operation in operations.values():
            # FastAPI's own error is never sent: ours are.
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = problem
            operation["responses"]["422"] = problem
            public = path.startswith(_PUBLIC) and path != _NOT_PUBLIC
            operation["security"] = [] if public else [{"bearer": []}]
    components = built.setdefault("components", {})
    components["schemas"] = documented_schemas()
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    built["paths"] = dict(sorted(built["paths"].items()))
    return built
