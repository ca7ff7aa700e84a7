"""The hub: devices join and leave it, and every protocol commands sessions through it."""

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Sequence

from sarau.accounts.sessions.errors import SessionEnded
from sarau.accounts.users.errors import UserNotFound
from sarau.accounts.users.queries import user_named
from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.playback.remote import commands, joining, messages, queries
from sarau.playback.remote.clock import now_us
from sarau.playback.remote.commanding import carry_out, note_ping, take_report
from sarau.playback.remote.connection import Again, Connection
from sarau.playback.remote.errors import (
    DeviceNotFound,
    DeviceOnline,
    DeviceSilent,
    HouseCloses,
    NotJoined,
    PlaybackSessionNotFound,
)
from sarau.playback.remote.keeping import Rooms
from sarau.playback.remote.queries import Owner
from sarau.playback.remote.schemas import (
    SILENT_AFTER_S,
    Done,
    Heard,
    Overview,
    Party,
    PlayDevice,
    Pong,
    Refused,
    SessionState,
    WholeQueue,
)
from sarau.playback.remote.telling import Teller

log = get_logger(__name__)

_KEEP_AFTER_S = 0.3
_CHECK_EVERY_S = 30.0


class Remote:
    """Holds what plays where; a device that says nothing for `silent_after_s` is offline."""

    def __init__(self, database: Database, signer: Signer, *, silent_after_s: float = SILENT_AFTER_S) -> None:
        self._database = database
        self._signer = signer
        self._silent_after_s = silent_after_s
        self._rooms = Rooms(database)
        self._teller = Teller(database)
        self._parties = asyncio.Lock()
        self._era = secrets.token_hex(8)
        self._closed = False

    async def join(self, actor: Actor, join: messages.Join, again: Again) -> Connection:
        """Connect a device, which hears Joined first; `again` tells later whether its person is still signed in.

        Raises PlaybackSessionNotFound, PermissionMissing, TooManyDevices, HouseCloses.
        """
        if self._closed:
            raise HouseCloses
        actor.require(Permission.LIBRARY_LISTEN)
        own = await self._rooms.of(Owner(actor.id, actor.username))
        room = await self._rooms.seen_by(actor, join.session_id)
        door = joining.Door(self._signer, self._teller, self._era)
        return door.let_in(room, own, actor, join, again)

    def leave(self, connection: Connection) -> None:
        """Disconnect a device; it stays among those of its person."""
        for room in self._rooms.all():
            if room.id == connection.session_id:
                room.leave(connection)

    async def hear(self, connection: Connection, message: messages.ClientMessage) -> None:
        """Take what a device says; it is answered, and what goes wrong is told to it."""
        try:
            connection.heard()
            await self._take(connection, message)
        except DomainError as error:
            if message.request_id:
                connection.answer(Refused(message.request_id, error.code, error.text))
            return
        if message.request_id:
            connection.answer(Done(message.request_id))

    def misheard(self, connection: Connection, error: DomainError, request_id: int = 0) -> None:
        """Tell a device that something it said could not be understood."""
        try:
            connection.heard()
        except DomainError as worse:
            error = worse
        connection.answer(Refused(request_id, error.code, error.text))

    async def _take(self, connection: Connection, message: messages.ClientMessage) -> None:
        came_us = now_us()
        room = await self._rooms.seen_by(connection.actor, connection.session_id)
        player = room.players.get(connection.player_id)
        if player is None:
            raise DeviceNotFound
        player.seen()
        match message:
            case messages.Ping():
                note_ping(player, message)
                connection.answer(Pong(message.client_time_us, came_us, 0))
            case messages.Report():
                take_report(room, player, message)
            case messages.Commanded():
                await carry_out(self._teller, room, connection.actor, message.command, player.id)
            case messages.PartyChange():
                if connection.actor.id != room.owner.id:
                    raise PlaybackSessionNotFound("Only its owner says who takes part.")
                await self.set_party(connection.actor, message.usernames)
            case messages.Join():
                raise NotJoined("message", "this device has joined already")

    async def command(self, actor: Actor, command: messages.Command) -> SessionState:
        """Do what somebody commands without a connection, and return where the session is then."""
        room = await self._rooms.seen_by(actor, command.session_id)
        await carry_out(self._teller, room, actor, command)
        return await self._teller.state(room.scene(), actor)

    async def overview(self, actor: Actor, session_id: str = "") -> Overview:
        """Return a session with all that belongs to it; raises PlaybackSessionNotFound."""
        room = await self._rooms.seen_by(actor, session_id)
        return await self._teller.overview(room.scene(), actor)

    async def queue(self, actor: Actor, session_id: str = "") -> WholeQueue:
        """Return the queue of a session with its tracks; raises PlaybackSessionNotFound."""
        room = await self._rooms.seen_by(actor, session_id)
        return await self._teller.whole_queue(room.scene(), actor)

    async def devices(self, actor: Actor, session_id: str = "") -> list[PlayDevice]:
        """Return the devices of a session; raises PlaybackSessionNotFound."""
        actor.require(Permission.LIBRARY_LISTEN)
        return (await self._rooms.seen_by(actor, session_id)).devices()

    async def forget_device(self, actor: Actor, device_id: str) -> None:
        """Forget one of the actor's own devices; raises DeviceNotFound, DeviceOnline."""
        room = await self._rooms.of(Owner(actor.id, actor.username))
        player = room.players.get(device_id)
        if player is None or player.user_id != actor.id:
            raise DeviceNotFound
        if room.online(device_id):
            raise DeviceOnline
        await self._rooms.forget_players(room, [device_id])

    async def set_party(self, actor: Actor, usernames: Sequence[str]) -> SessionState:
        """Let these people take part in the actor's session, and nobody else; raises UserNotFound."""
        actor.require(Permission.LIBRARY_LISTEN)
        async with self._parties:
            room = await self._rooms.of(Owner(actor.id, actor.username))
            guests = await self._named(usernames)
            guests.pop(actor.id, None)
            async with self._database.working() as work:
                await commands.keep_session(work, room.id, room.owner.id, room.session)
                await commands.set_guests(work, room.id, guests)
            room.admit(guests)
        return await self._teller.state(room.scene(), actor)

    async def _named(self, usernames: Sequence[str]) -> dict[str, str]:
        found = {}
        async with self._database.reading() as reader:
            for username in usernames:
                user = await user_named(reader, username)
                if user.disabled_at is not None:
                    raise UserNotFound(f"There is nobody named {username!r}.")
                found[user.id] = user.username
        return found

    async def parties(self, actor: Actor) -> list[Party]:
        """Return the sessions of others that the actor may take part in."""
        async with self._database.reading() as reader:
            owners = await queries.inviting(reader, actor.id)
        rooms = [await self._rooms.of(owner) for owner in owners]
        return [await self._teller.party(room.scene(), actor) for room in rooms]

    async def follow(self, session_id: str, actor: Actor) -> AsyncGenerator[Heard, None]:
        """Yield what a session plays, now and whenever that changes; an empty id is one's own.

        Raises PlaybackSessionNotFound, also later when the actor may no longer take part.
        """
        room = await self._rooms.seen_by(actor, session_id)
        changed = asyncio.Event()
        room.listeners.add(changed)
        try:
            while True:
                room.require(actor)
                yield await self._teller.heard(room.scene(), actor)
                await changed.wait()
                changed.clear()
        finally:
            room.listeners.discard(changed)

    async def run(self) -> None:
        """Write down what changes and let go of what is silent, until cancelled; then all devices are sent away."""
        tended_at = time.monotonic()
        try:
            while True:
                await asyncio.sleep(_KEEP_AFTER_S)
                try:
                    await self._rooms.keep()
                    if time.monotonic() - tended_at > self._silent_after_s / 12:
                        tended_at = time.monotonic()
                        await self._tend()
                except Exception:
                    log.exception("playback sessions could not be tended")
        finally:
            self._closed = True
            for room in self._rooms.all():
                for connection in list(room.connections.values()):
                    connection.part(HouseCloses())
            await self._rooms.keep()

    async def _tend(self) -> None:
        moment_s = time.monotonic()
        for room in self._rooms.all():
            for connection in list(room.connections.values()):
                if moment_s - connection.heard_at > self._silent_after_s:
                    connection.part(DeviceSilent())
                    room.leave(connection)
                elif moment_s - connection.checked_at > _CHECK_EVERY_S and not await _welcome(connection):
                    connection.part(SessionEnded())
                    room.leave(connection)
        await self._rooms.tend(round(self._silent_after_s * 1000))


async def _welcome(connection: Connection) -> bool:
    """Tell whether who connected a device is still signed in and may hear anything."""
    return await connection.still_welcome() and connection.actor.may(Permission.LIBRARY_LISTEN)
