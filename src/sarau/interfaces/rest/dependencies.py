"""What routes are handed: the house, who asks, a Reader or a Work that ends before the reply begins."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import Request

from sarau.accounts.sessions.schemas import Client
from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.common.state import credentials, entrance, house, view
from sarau.interfaces.rest.contract import require_texts
from sarau.kit.pages import MAX_LIMIT


def client(request: Request) -> Client:
    """Where the request comes from."""
    return credentials(request).client(request)


def sound_query(request: Request) -> None:
    """What every route asks of its query; raises Invalid naming the parameter."""
    require_texts(request.query_params)


async def actor(request: Request) -> Actor:
    """Who asks; raises Unauthenticated."""
    return await credentials(request).actor(request)


# The order matters: who asks is settled before a transaction is opened for them.
Home = Annotated[House, Depends(house)]
Door = Annotated[Entrance, Depends(entrance)]
From = Annotated[Client, Depends(client)]
Who = Annotated[Actor, Depends(actor)]


async def _reader(_who: Who, request: Request) -> AsyncIterator[Reader]:
    """A Reader, closed before the reply begins."""
    async with house(request).database.reading() as opened:
        yield opened


async def _work(_who: Who, request: Request) -> AsyncIterator[Work]:
    """A Work, committed before the reply begins."""
    async with house(request).database.working() as opened:
        yield opened


async def _view(who: Who, request: Request) -> View:
    return await view(request, who)


Read = Annotated[Reader, Depends(_reader, scope="function")]
Write = Annotated[Work, Depends(_work, scope="function")]
Seen = Annotated[View, Depends(_view)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many items a page has at most.")]
Cursor = Annotated[str | None, Query(max_length=2000, description="The next_cursor of the page before.")]
