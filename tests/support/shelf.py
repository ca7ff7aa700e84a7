"""A database with music and people in it, for what is asked without a server."""

from dataclasses import dataclass

from bench.material.catalogue import filings

from sarau.accounts.roles.policies import Role
from sarau.accounts.sessions.queries import person
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.schemas import NewUser
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.queries.lists import Filters, Order, Sort, track_page
from sarau.catalog.library.schemas import Track
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor


@dataclass(frozen=True)
class Shelf:
    """A library of uploads, and who may hear it."""

    database: Database
    view: View
    tracks: list[Track]

    async def newcomer(self, name: str, role: Role = Role.MEMBER) -> Actor:
        """Return somebody new, whose password nobody knows."""
        return await newcomer(self.database, name, role)


async def newcomer(database: Database, name: str, role: Role = Role.MEMBER) -> Actor:
    """Return somebody new, whose password nobody knows."""
    async with database.working() as work:
        user = await create_user(work, None, NewUser(name, "x" * 12), "no hash", role)
    async with database.reading() as reader:
        holder = await person(reader, user.id)
    assert holder is not None
    return holder.actor(None, None)


async def filled_shelf(database: Database, count: int = 40) -> Shelf:
    """File so many tracks, and return them in the order of their titles."""
    async with database.working() as work:
        await file_tracks(work, await ensure_uploads_library(work), list(filings(count)))
    somebody = await newcomer(database, "keeper", Role.OWNER)
    async with database.reading() as reader:
        view = await view_of(reader, somebody)
        page = await track_page(
            reader, view, sort=Sort.TITLE, order=Order.ASC, filters=Filters(), limit=count, cursor=None
        )
    return Shelf(database, view, page.items)
