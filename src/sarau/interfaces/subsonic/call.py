"""One request as its endpoint sees it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import ASGIApp

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common import state
from sarau.interfaces.common.house import House
from sarau.interfaces.subsonic.asking import Asked
from sarau.interfaces.subsonic.errors import NOT_FOUND, Missing, Refused
from sarau.interfaces.subsonic.fragments import Fragments
from sarau.interfaces.subsonic.names import folder_number
from sarau.interfaces.subsonic.structures.lists import Found, Songs
from sarau.interfaces.subsonic.writing import Kept, Payload, Wish
from sarau.playback.marks.schemas import Marked

Answer = tuple[str, Payload] | ASGIApp | None


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks what of which house."""

    request: Request
    asked: Asked
    wish: Wish
    home: House
    actor: Actor
    fragments: Fragments

    @property
    def client(self) -> str:
        """The name of the app."""
        return self.asked.text("c")[:100]

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Reader]:
        """Open a Reader, to be closed before the reply begins."""
        async with self.home.database.reading() as reader:
            yield reader

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Work]:
        """Open a Work, to be committed before the reply begins."""
        async with self.home.database.working() as work:
            yield work

    async def view(self) -> View:
        """Return what the caller may hear."""
        return await state.view(self.request, self.actor)

    async def narrowed(self) -> View:
        """Return what the caller may hear of the library they name, or of all; raises Refused for no such library."""
        seen = await self.view()
        if not self.asked.text("musicFolderId"):
            return seen
        number = self.asked.number("musicFolderId", 0, 0, 2**31)
        if not number:  # how some apps say all
            return seen
        for library_id in seen.library_ids:
            if folder_number(library_id) == number:
                return View((library_id,), f"{seen.token} {library_id}")
        raise Refused(NOT_FOUND, "There is no such music folder.")

    async def items(self, reader: Reader, view: View, kind: Marked, ids: Sequence[str]) -> bytes:
        """Return things of a kind in the order of their ids, with the caller's marks, as JSON."""
        return await self.fragments.items(reader, view, self.actor, kind, ids)

    async def songs(self, reader: Reader, view: View, ids: Sequence[str]) -> Kept:
        """Return songs in the order of their ids, with the caller's marks."""
        return Kept(b'{"song":' + await self.items(reader, view, Marked.TRACK, ids) + b"}", Songs)

    async def found(
        self, reader: Reader, view: View, artists: Sequence[str], albums: Sequence[str], songs: Sequence[str]
    ) -> Kept:
        """Return artists, albums and songs, each in the order of their ids, with the caller's marks."""
        parts = [
            b'{"artist":' + await self.items(reader, view, Marked.ARTIST, artists),
            b',"album":' + await self.items(reader, view, Marked.ALBUM, albums),
            b',"song":' + await self.items(reader, view, Marked.TRACK, songs) + b"}",
        ]
        return Kept(b"".join(parts), Found)

    def page(self, size: str, default: int, most: int, offset: str = "offset") -> tuple[int, int]:
        """Return how many of a list are asked for, and after how many."""
        return self.asked.number(size, default, 0, most), self.asked.number(offset, 0, 0, 2**31)

    def require_song(self) -> None:
        """Raise Missing for a media type we have nothing of."""
        kind = self.asked.needed("mediaType")
        if kind != "song":
            raise Missing("mediaType", "only songs are kept here")


Endpoint = Callable[[Call], Awaitable[Answer]]
