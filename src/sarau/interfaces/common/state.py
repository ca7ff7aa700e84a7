"""What all routes of the HTTP application share, as the house was handed to it."""

from starlette.requests import HTTPConnection

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import FileOnDisk
from sarau.foundation.security.actor import Actor
from sarau.interfaces.common.credentials import Credentials
from sarau.interfaces.common.entrance import Entrance
from sarau.interfaces.common.house import House
from sarau.interfaces.common.recollection import Recollection


def house(request: HTTPConnection) -> House:
    """The house."""
    found: House = request.app.state.house
    return found


def credentials(request: HTTPConnection) -> Credentials:
    """What reads proofs."""
    found: Credentials = request.app.state.credentials
    return found


def entrance(request: HTTPConnection) -> Entrance:
    """The door."""
    found: Entrance = request.app.state.entrance
    return found


def files(request: HTTPConnection) -> Recollection[FileOnDisk]:
    """Where the files lie that were asked for a moment ago."""
    found: Recollection[FileOnDisk] = request.app.state.files
    return found


async def view(request: HTTPConnection, who: Actor) -> View:
    """What somebody may hear."""

    async def read() -> View:
        async with house(request).database.reading() as opened:
            return await view_of(opened, who)

    recollection: Recollection[View] = request.app.state.views
    return await recollection.recall(who.id, read)
