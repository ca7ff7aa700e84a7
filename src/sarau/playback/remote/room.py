"""One person's session while the house knows it by heart: its devices, who is connected, what happened."""

import asyncio
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from sarau.foundation.errors import DomainError
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.times import to_ms
from sarau.playback.remote import session as sessions
from sarau.playback.remote.clock import lead_us, now_ms, now_us
from sarau.playback.remote.connection import Connection
from sarau.playback.remote.errors import DeviceSilent, PlaybackSessionNotFound
from sarau.playback.remote.players import Player
from sarau.playback.remote.queries import KeptSession, Owner
from sarau.playback.remote.schemas import (
    SILENT_AFTER_S,
    Devices,
    PlaybackQueue,
    PlayDevice,
    ServerMessage,
    SessionState,
)
from sarau.playback.remote.session import Moment, Session
from sarau.playback.remote.telling import Event, Scene

_LOG = 100
# Many devices that come at once are told of once; the more there are, the more each telling costs.
_GATHER_S = 0.05
_GATHER_EACH_S = 0.005
_FORGOTTEN_MS = 3 * SILENT_AFTER_S * 1000


class _Logged(NamedTuple):
    """An event to be told again; of devices only how they are now."""

    id: int
    kind: type[ServerMessage]
    session: Session


class Room:
    """Everything here happens at once: nothing is waited for, so that devices hear of changes in their order."""

    def __init__(
        self, owner: Owner, kept: KeptSession | None, players: Iterable[Player], guests: dict[str, str]
    ) -> None:
        self.id = kept.id if kept else new_id()
        self.owner = owner
        self.session = msgspec.structs.replace(kept.state, queue=kept.queue) if kept else Session()
        self.players = {player.id: player for player in players}
        self.guests = guests
        self.connections: dict[str, Connection] = {}
        self.listeners: set[asyncio.Event] = set()
        self.dirty = False
        self.dirty_players: set[str] = set()
        self.kept_queue = kept.queue if kept else None
        self.kept_ms = to_ms(kept.updated_at) if kept else 0
        self.used_ms = self.contact_ms = now_ms()
        self.event_id = 0
        self._log: deque[_Logged] = deque(maxlen=_LOG)
        self._gathering: asyncio.TimerHandle | None = None
        if kept and self.session.playing and self.contact_ms - self.kept_ms > _FORGOTTEN_MS:
            self._pause_as_of(self.kept_ms)

    def require(self, actor: Actor) -> None:
        """Raise PlaybackSessionNotFound unless somebody may take part."""
        if actor.user_id != self.owner.id and actor.user_id not in self.guests:
            raise PlaybackSessionNotFound

    def moment(self, sounding: Iterable[str] | None = None) -> Moment:
        """Return now, and how much later several devices that sound are to begin."""
        ids = tuple(self.session.sounding if sounding is None else sounding)
        if len(ids) < 2:
            return Moment(now_us())
        known = [self.players[player_id] for player_id in ids if player_id in self.players]
        return Moment(now_us(), lead_us(player.round_trip_us for player in known))

    def online(self, player_id: str) -> bool:
        """Tell whether a device is connected."""
        return player_id in self.connections

    def scene(self) -> Scene:
        """Return how it is now."""
        devices = tuple(self.devices())
        return Scene(self.id, self.owner.username, tuple(self.guests.values()), self.session, devices)

    def devices(self) -> list[PlayDevice]:
        """Return all devices, those that are online first, then those seen last."""
        ordered = sorted(self.players.values(), key=lambda p: (not self.online(p.id), -p.last_seen_ms, p.id))
        return [
            PlayDevice(
                id=player.id,
                name=player.name,
                type=player.type,
                owner=player.owner,
                online=self.online(player.id),
                plays=player.plays,
                sounding=player.id in self.session.sounding,
                has_volume=player.has_volume,
                volume=player.volume,
                muted=player.muted,
                buffering=player.buffering,
                last_seen_ms=player.last_seen_ms,
                round_trip_us=player.round_trip_us,
                problem=player.problem,
            )
            for player in ordered
        ]

    def change(self, session: Session, *, lasting: bool = True) -> None:
        """Let the session be so, and tell of what changed; what is not lasting need not be written down."""
        before, self.session = self.session, session
        if session is before or session == before:
            return
        self.dirty = self.dirty or lasting
        if session.queue.entries is not before.queue.entries:
            self.tell(PlaybackQueue)
        self.tell(SessionState)
        if session.sounding != before.sounding:
            self.tell(Devices)
        for listener in self.listeners:
            listener.set()

    def tell(self, kind: type[ServerMessage]) -> None:
        """Tell everybody how something is now."""
        self.event_id += 1
        self._log.append(_Logged(self.event_id, kind, self.session))
        if kind is Devices and self._gathering is not None:
            self._gathering.cancel()
            self._gathering = None
        if self.connections:
            event = Event(self.event_id, kind, self.scene())
            # Those that sound come first: that is what people hear, and telling a hundred takes its time.
            sounding = [self.connections[one] for one in self.session.sounding if one in self.connections]
            for connection in dict.fromkeys([*sounding, *self.connections.values()]):
                connection.post(event)

    def tell_devices_soon(self) -> None:
        """Tell of the devices in a moment, with what else happens to them until then."""
        if self._gathering is None:
            wait_s = _GATHER_S + _GATHER_EACH_S * len(self.connections)
            self._gathering = asyncio.get_running_loop().call_later(wait_s, self._gathered)

    def _gathered(self) -> None:
        self._gathering = None
        self.tell(Devices)

    def missed(self, last_event_id: int) -> list[Event] | None:
        """Return what happened after an event, or None when that is no longer known."""
        if last_event_id > self.event_id or last_event_id < self.event_id - len(self._log):
            return None
        scene = self.scene()
        return [
            Event(one.id, one.kind, scene._replace(session=one.session))
            for one in self._log
            if one.id > last_event_id
        ]

    def note(self, player: Player) -> None:
        """Have a device written down."""
        self.dirty_players.add(player.id)
        self.dirty = True

    def leave(self, connection: Connection) -> None:
        """Take a connection out, unless the device has another by now."""
        if self.connections.get(connection.player_id) is connection:
            del self.connections[connection.player_id]
            player = self.players.get(connection.player_id)
            if player is not None:
                player.buffering = False
                if not isinstance(connection.over, DeviceSilent):
                    player.seen()
                self.note(player)
            self.used_ms = now_ms()
            self.tell_devices_soon()

    def drop(self, player_id: str, reason: DomainError | None = None) -> None:
        """Forget a device; sound no longer comes from it."""
        connection = self.connections.pop(player_id, None)
        if connection is not None and reason is not None:
            connection.part(reason)
        if self.players.pop(player_id, None) is None:
            return
        self.dirty_players.discard(player_id)
        if player_id in self.session.sounding:
            left = tuple(one for one in self.session.sounding if one != player_id)
            quiet = self.session if left else sessions.pause(self.session, self.moment())
            self.change(msgspec.structs.replace(quiet, sounding=left))
        self.tell_devices_soon()

    def admit(self, guests: dict[str, str]) -> None:
        """Let these people take part beside the owner, and send everybody else away."""
        self.guests = guests
        for player in list(self.players.values()):
            if player.user_id != self.owner.id and player.user_id not in guests:
                self.drop(player.id, PlaybackSessionNotFound())
        self.tell(SessionState)
        for listener in self.listeners:
            listener.set()

    def lapse(self, silent_after_ms: int) -> None:
        """Let go of what nothing was heard of for too long: guests' devices, and playing without anybody to play."""
        moment_ms = now_ms()
        for player in list(self.players.values()):
            gone = not self.online(player.id) and moment_ms - player.last_seen_ms > silent_after_ms
            if gone and player.user_id != self.owner.id:
                self.drop(player.id)
        sounding = [self.players[one] for one in self.session.sounding if one in self.players]
        if self.session.playing and not any(self.online(player.id) for player in sounding):
            last_ms = max([player.last_seen_ms for player in sounding], default=0)
            if moment_ms - max(last_ms, self.contact_ms) > silent_after_ms:
                self._pause_as_of(last_ms if last_ms > self.contact_ms else (self.kept_ms or self.contact_ms))

    def _pause_as_of(self, moment_ms: int) -> None:
        self.change(sessions.pause(self.session, Moment(max(moment_ms * 1000, self.session.at_us))))
