"""The routes that are asked most: plain Starlette, one pass from the query to the bytes of the reply.

What depends on the library alone is kept as bytes, under the revision of what the viewer may hear, and a browser that
has it already is told so by its validator.
"""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries import chance, outlines, pages
from sarau.catalog.library.queries.lists import Filters, Order, Sort, album_page, track_page
from sarau.catalog.library.schemas import Album, AlbumPage, Track
from sarau.foundation.database.reader import Reader
from sarau.foundation.errors import Invalid
from sarau.interfaces.common.state import credentials, house, view
from sarau.interfaces.rest.contract import Endpoint, answer, query
from sarau.kit.pages import MAX_LIMIT, Outline, Page

_KEPT_S = 600
_encode = msgspec.json.Encoder().encode

Limit = Annotated[int, Meta(ge=1, le=MAX_LIMIT, description="How many items a page has at most.")]
PageLength = Annotated[int, Meta(ge=20, le=MAX_LIMIT, description="How many items the pages will have.")]
Cursor = Annotated[str, Meta(max_length=2000, description="The next_cursor of the page before.")]
Id = Annotated[str, Meta(max_length=16)]
Year = Annotated[int, Meta(ge=1, le=9999)]


class AlbumQuery(msgspec.Struct, frozen=True):
    """What a list of albums can be asked for; `random` has one page."""

    sort: Literal["title", "artist", "year", "added", "random"] = "title"
    order: Order = Order.ASC
    library_id: Id | None = None
    artist_id: Id | None = None
    genre_id: Id | None = None
    year: Year | None = None
    limit: Limit = 100
    cursor: Cursor | None = None


class TrackQuery(msgspec.Struct, frozen=True):
    """What a list of tracks can be asked for; `random` has one page."""

    sort: Literal["title", "artist", "year", "added", "album", "random"] = "title"
    order: Order = Order.ASC
    library_id: Id | None = None
    artist_id: Id | None = None
    genre_id: Id | None = None
    album_id: Id | None = None
    folder_id: Id | None = None
    year: Year | None = None
    limit: Limit = 100
    cursor: Cursor | None = None


class AlbumOutlineQuery(msgspec.Struct, frozen=True):
    """Which list of albums to outline."""

    sort: Literal["title", "artist", "year", "added"] = "title"
    order: Order = Order.ASC
    library_id: Id | None = None
    artist_id: Id | None = None
    genre_id: Id | None = None
    year: Year | None = None
    limit: PageLength = 100


class TrackOutlineQuery(msgspec.Struct, frozen=True):
    """Which list of tracks to outline."""

    sort: Literal["title", "artist", "year", "added", "album"] = "title"
    order: Order = Order.ASC
    library_id: Id | None = None
    artist_id: Id | None = None
    genre_id: Id | None = None
    album_id: Id | None = None
    folder_id: Id | None = None
    year: Year | None = None
    limit: PageLength = 100


_album_query = query(AlbumQuery)
_track_query = query(TrackQuery)
_album_outline_query = query(AlbumOutlineQuery)
_track_outline_query = query(TrackOutlineQuery)
Make = Callable[[Reader, View], Awaitable[Any]]


async def _viewed(request: Request, make: Make, *, keep: bool) -> Response:
    """Answer with what a viewer sees: 304 if they have it, from memory if it was made since the library changed."""
    home = house(request)
    seen = await view(request, await credentials(request).actor(request))
    if not keep:
        async with home.database.reading() as reader:
            return answer(await make(reader, seen), headers={"cache-control": "no-store"})
    asked = f"{seen.token} {request.scope['path']}?".encode() + request.scope["query_string"]
    mark = hashlib.blake2b(asked, digest_size=12).hexdigest()
    headers = {"etag": f'"{mark}"', "cache-control": "private, no-cache", "vary": "Authorization, Cookie"}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    data = await home.cache.get(mark)
    if data is None:
        async with home.database.reading() as reader:
            data = _encode(await make(reader, seen))
        await home.cache.set(mark, data, _KEPT_S)
    return Response(data, 200, headers, "application/json")


def _one_page_only(cursor: str | None) -> None:
    if cursor is not None:
        raise Invalid("cursor", "a random list has no further page")


async def albums(request: Request) -> Response:
    """Albums, sorted and filtered."""
    asked = _album_query(request)
    filters = Filters(asked.library_id, asked.artist_id, asked.genre_id, year=asked.year)

    async def make(reader: Reader, view: View) -> Page[Album]:
        if asked.sort == "random":
            _one_page_only(asked.cursor)
            return Page(await chance.random_albums(reader, view, filters=filters, count=asked.limit), None)
        sort = Sort(asked.sort)
        return await album_page(
            reader, view, sort=sort, order=asked.order, filters=filters, limit=asked.limit, cursor=asked.cursor
        )

    return await _viewed(request, make, keep=asked.sort != "random")


async def album_outline(request: Request) -> Response:
    """How long a list of albums is, and where its pages begin."""
    asked = _album_outline_query(request)
    filters = Filters(asked.library_id, asked.artist_id, asked.genre_id, year=asked.year)
    sort = Sort(asked.sort)

    async def make(reader: Reader, view: View) -> Outline:
        return await outlines.album_outline(
            reader, view, sort=sort, order=asked.order, filters=filters, limit=asked.limit
        )

    return await _viewed(request, make, keep=True)


async def album(request: Request) -> Response:
    """An album and its tracks."""
    album_id = request.path_params["album_id"]

    async def make(reader: Reader, view: View) -> AlbumPage:
        return await pages.album(reader, view, album_id)

    return await _viewed(request, make, keep=True)


async def tracks(request: Request) -> Response:
    """Tracks, sorted and filtered."""
    asked = _track_query(request)
    filters = Filters(asked.library_id, asked.artist_id, asked.genre_id, asked.album_id, asked.folder_id, asked.year)

    async def make(reader: Reader, view: View) -> Page[Track]:
        if asked.sort == "random":
            _one_page_only(asked.cursor)
            return Page(await chance.random_tracks(reader, view, filters=filters, count=asked.limit), None)
        sort = Sort(asked.sort)
        return await track_page(
            reader, view, sort=sort, order=asked.order, filters=filters, limit=asked.limit, cursor=asked.cursor
        )

    return await _viewed(request, make, keep=asked.sort != "random")


async def track_outline(request: Request) -> Response:
    """How long a list of tracks is, and where its pages begin."""
    asked = _track_outline_query(request)
    filters = Filters(asked.library_id, asked.artist_id, asked.genre_id, asked.album_id, asked.folder_id, asked.year)
    sort = Sort(asked.sort)

    async def make(reader: Reader, view: View) -> Outline:
        return await outlines.track_outline(
            reader, view, sort=sort, order=asked.order, filters=filters, limit=asked.limit
        )

    return await _viewed(request, make, keep=True)


class _Answering:
    """An endpoint as an application: what it raises is answered by our surroundings, as is everything else."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        reply = await self._endpoint(Request(scope, receive, send))
        await reply(scope, receive, send)


class CountedRoute(Route):
    """A plain route that tells its pattern, as FastAPI's do, so that requests can be counted by it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether and how a request matches."""
        match, found = super().matches(scope)
        return match, {**found, "route": self}


def route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
    """Return a route below /api/v1; GET answers HEAD too."""
    return CountedRoute(f"/api/v1{path}", _Answering(endpoint), methods=[method])


def routes() -> list[Route]:
    """Return the routes of lists and pages."""
    return [
        route("/albums", albums),
        route("/albums/outline", album_outline),
        route("/albums/{album_id}", album),
        route("/tracks", tracks),
        route("/tracks/outline", track_outline),
    ]
