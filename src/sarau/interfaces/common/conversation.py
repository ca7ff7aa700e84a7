"""Talking with a device that has joined a playback session, whatever the protocol."""

import asyncio
from collections.abc import Awaitable, Callable

from sarau.foundation.errors import DomainError
from sarau.foundation.observability.metrics import devices_connected
from sarau.playback.remote.connection import Connection
from sarau.playback.remote.remote import Remote
from sarau.playback.remote.telling import Sent


async def converse(
    remote: Remote,
    connection: Connection,
    listen: Callable[[], Awaitable[None]],
    send: Callable[[Sent], Awaitable[None]],
) -> DomainError | None:
    """Send a device what it is to be told while `listen` takes what it says, until it leaves; then it has left.

    Returns why we end it ourselves, None when the device left. A device that no longer reads what it is sent, or
    whose person is shown out, is not waited for.
    """

    async def speak() -> None:
        while True:
            await send(await connection.next())

    async def parted() -> None:
        await connection.parted.wait()

    tasks = [asyncio.ensure_future(one) for one in (listen(), speak(), parted())]
    devices_connected.inc()
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        devices_connected.dec()
        remote.leave(connection)
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    if connection.over is not None:
        return connection.over
    for error in ended:
        if isinstance(error, DomainError):
            return error
        if isinstance(error, Exception):
            raise error
    return None
