"""Searching, asked with every letter that is typed: a plain route."""

from typing import Annotated

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sarau.foundation.errors import Invalid
from sarau.interfaces.common.state import credentials, house, view
from sarau.interfaces.rest.contract import answer, query
from sarau.interfaces.rest.hot import route
from sarau.search.answering import search
from sarau.search.schemas import Part, Wanted

_KINDS = Wanted._fields


class SearchQuery(msgspec.Struct, frozen=True):
    """What to search for, how many of each kind, and which kinds, with commas between them: all unless told."""

    q: Annotated[
        str, Meta(max_length=200, description="What was typed so far, with filters such as year:1970..1979.")
    ]
    limit: Annotated[int, Meta(ge=1, le=100, description="How many of each kind.")] = 10
    kinds: Annotated[str, Meta(max_length=100, description=f"Some of {', '.join(_KINDS)}.")] = ""


_search_query = query(SearchQuery)


def _wanted(kinds: str, limit: int) -> Wanted:
    names = [name.strip() for name in kinds.split(",") if name.strip()]
    unknown = sorted(set(names) - set(_KINDS))
    if unknown:
        raise Invalid("kinds", f"there is no {unknown[0]}: {', '.join(_KINDS)}")
    return Wanted(**{name: Part(0, limit) for name in names or _KINDS})


async def search_all(request: Request) -> Response:
    """Answer with what is found of all that one may see."""
    home = house(request)
    who = await credentials(request).actor(request)
    seen = await view(request, who)
    asked = _search_query(request)
    wanted = _wanted(asked.kinds, asked.limit)
    async with home.database.reading() as reader:
        found = await search(home.search, reader, seen, who, asked.q, wanted)
    return answer(found, headers={"cache-control": "no-store"})


def routes() -> list[Route]:
    """Return the route of the search."""
    return [route("/search", search_all)]
