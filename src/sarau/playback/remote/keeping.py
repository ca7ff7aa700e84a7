"""Sessions the house knows by heart: read when first asked for, written down a little after they change."""

from collections.abc import Sequence

from sarau.foundation.database.database import Database
from sarau.foundation.database.errors import Clash
from sarau.foundation.database.reader import Reader
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.security.actor import Actor
from sarau.playback.remote import commands, queries
from sarau.playback.remote.clock import now_ms
from sarau.playback.remote.errors import PlaybackSessionNotFound
from sarau.playback.remote.queries import Owner
from sarau.playback.remote.room import Room

log = get_logger(__name__)

MAX_PLAYERS = 200
_KEEP_MS = 60_000  # while something plays, so that it is known later how long it did
_UNUSED_MS = 120_000


class Rooms:
    """All sessions that somebody has asked for of late."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._by_owner: dict[str, Room] = {}
        self._by_id: dict[str, Room] = {}

    def all(self) -> list[Room]:
        """Return those that are known by heart."""
        return list(self._by_owner.values())

    async def of(self, owner: Owner) -> Room:
        """Return somebody's session."""
        room = self._by_owner.get(owner.id)
        if room is None:
            async with self._database.reading() as reader:
                read = await self._read(reader, owner)
            # Another may have asked at the same time: there is only one.
            room = self._by_owner.setdefault(owner.id, read)
            self._by_id[room.id] = room
        room.used_ms = now_ms()
        return room

    async def _read(self, reader: Reader, owner: Owner) -> Room:
        kept = await queries.kept_session(reader, owner.id)
        guests = await queries.guests(reader, kept.id) if kept else {}
        return Room(owner, kept, await queries.players_of(reader, owner.id), guests)

    async def seen_by(self, actor: Actor, session_id: str) -> Room:
        """Return the actor's own session, or another one that they may take part in.

        Raises PlaybackSessionNotFound.
        """
        room = self._by_id.get(session_id)
        if not session_id:
            room = await self.of(Owner(actor.id, actor.username))
        elif room is None:
            async with self._database.reading() as reader:
                owner = await queries.session_owner(reader, session_id)
            if owner is None:
                raise PlaybackSessionNotFound
            room = await self.of(owner)
        room.require(actor)
        room.used_ms = now_ms()
        return room

    async def keep(self) -> None:
        """Write down what changed; what cannot be written stays to be written."""
        for room in self.all():
            if not room.dirty:
                continue
            try:
                await self._keep(room)
            except Clash:
                # Its owner has left the house, and so has the session.
                self._forget(room)
            except DomainError as error:
                log.warning("a playback session could not be written", reason=error.text)

    async def _keep(self, room: Room) -> None:
        session, changed = room.session, room.dirty_players
        room.dirty, room.dirty_players = False, set()
        written = False
        try:
            async with self._database.working() as work:
                if session.queue is room.kept_queue:
                    await commands.keep_state(work, room.id, session)
                else:
                    await commands.keep_session(work, room.id, room.owner.id, session)
                await commands.keep_players(work, [room.players[one] for one in changed if one in room.players])
            written = True
        finally:
            if not written:
                room.dirty, room.dirty_players = True, room.dirty_players | changed
        room.kept_queue, room.kept_ms = session.queue, now_ms()

    async def tend(self, silent_after_ms: int) -> None:
        """Let go of what is over, and of what nobody uses any more."""
        moment_ms = now_ms()
        for room in self.all():
            room.lapse(silent_after_ms)
            await self._forget_unseen(room)
            if room.session.playing and moment_ms - room.kept_ms > _KEEP_MS:
                room.dirty = True
            used = room.connections or room.listeners or room.session.playing
            if not used and not room.dirty and moment_ms - room.used_ms > _UNUSED_MS:
                self._forget(room)

    async def _forget_unseen(self, room: Room) -> None:
        """Forget the devices of the owner that were not seen longest, beyond as many as a person has."""
        own = sorted((p for p in room.players.values() if p.user_id == room.owner.id), key=lambda p: -p.last_seen_ms)
        over = [player.id for player in own[MAX_PLAYERS:] if not room.online(player.id)]
        if over:
            await self.forget_players(room, over)

    async def forget_players(self, room: Room, player_ids: Sequence[str]) -> None:
        """Forget devices."""
        for player_id in player_ids:
            room.drop(player_id)
        async with self._database.working() as work:
            await commands.forget_players(work, player_ids)

    def _forget(self, room: Room) -> None:
        self._by_owner.pop(room.owner.id, None)
        self._by_id.pop(room.id, None)
