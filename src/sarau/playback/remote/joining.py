"""Letting devices into a session."""

from typing import NamedTuple

import msgspec

from sarau.foundation.security.actor import Actor
from sarau.foundation.security.tokens import Signer
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.playback.remote import messages
from sarau.playback.remote.connection import Again, Connection
from sarau.playback.remote.errors import JoinedElsewhere, TooManyDevices
from sarau.playback.remote.keeping import MAX_PLAYERS
from sarau.playback.remote.players import Player
from sarau.playback.remote.room import Room
from sarau.playback.remote.schemas import Joined
from sarau.playback.remote.session import sound_from
from sarau.playback.remote.telling import Event, Scene, Teller
from sarau.playback.remote.tokens import good_resume, resume_token


class Door(NamedTuple):
    """What is needed to let somebody in; the era is that of the events this process has told."""

    signer: Signer
    teller: Teller
    era: str

    def let_in(self, room: Room, own: Room, actor: Actor, join: messages.Join, again: Again) -> Connection:
        """Connect a device to a session, perhaps not that of its person, whose own session has it too.

        Raises PlaybackSessionNotFound, TooManyDevices.
        """
        room.require(actor)
        known = room.players.get(join.device_id) or own.players.get(join.device_id)
        player = _player(known if known is not None and known.user_id == actor.id else None, actor, join)
        for place in (room, own):
            if (before := place.connections.get(player.id)) is not None:
                before.part(JoinedElsewhere())
                place.leave(before)
        if len([c for c in room.connections.values() if c.actor.id == actor.id]) >= MAX_PLAYERS:
            raise TooManyDevices
        missed = self._missed(room, actor, join, player)
        connection = Connection(actor, room.id, player.id, self.teller.tell, again)
        newly = player.id not in room.players
        room.players[player.id] = own.players[player.id] = player
        room.connections[player.id] = connection
        room.note(player)
        begins_after = join.last_event_id if missed is not None else room.event_id
        scene = room.scene()
        connection.post((begins_after, lambda: self._welcome(connection, scene, resumed=missed is not None)))
        for event in missed or ():
            connection.post(event)
        _settle(room, player, newly=newly)
        room.tell_devices_soon()
        return connection

    def _missed(self, room: Room, actor: Actor, join: messages.Join, player: Player) -> list[Event] | None:
        """Return what a device has missed that goes on after a break; None if it begins anew."""
        if not join.resume_token:
            return None
        good = good_resume(self.signer, join.resume_token, actor.id, room.id, player.id, self.era)
        return room.missed(join.last_event_id) if good else None

    async def _welcome(self, connection: Connection, scene: Scene, *, resumed: bool) -> Joined:
        actor = connection.actor
        return Joined(
            device_id=connection.player_id,
            session_id=scene.session_id,
            resume_token=resume_token(self.signer, actor.id, scene.session_id, connection.player_id, self.era),
            state=await self.teller.state(scene, actor),
            queue=await self.teller.queue(scene, actor),
            devices=list(scene.devices),
            resumed=resumed,
        )


def _player(known: Player | None, actor: Actor, join: messages.Join) -> Player:
    """Return the device as it says it is now."""
    player = Player(
        id=known.id if known else new_id(),
        user_id=actor.id,
        owner=actor.username,
        name=clean(join.name) or (known.name if known else "Device"),
        type=clean(join.type) or (known.type if known else ""),
        media_types=[clean(media_type) for media_type in join.media_types],
        plays=join.plays,
        has_volume=join.has_volume,
        volume=known.volume if known else 1.0,
        muted=known.muted if known else False,
        last_seen_ms=0,
    )
    player.seen()
    return player


def _settle(room: Room, player: Player, *, newly: bool) -> None:
    """Let sound come from a guest's device that is new here, and no longer from one that makes none."""
    sounding = room.session.sounding
    if player.id in sounding and not player.plays:
        left = tuple(one for one in sounding if one != player.id)
        room.change(msgspec.structs.replace(room.session, sounding=left))
    elif newly and player.plays and player.user_id != room.owner.id:
        chosen = (*sounding, player.id)
        room.change(sound_from(room.session, room.moment(chosen), chosen))
