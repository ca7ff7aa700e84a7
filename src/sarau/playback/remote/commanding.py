"""Carrying out what devices say and people command."""

import secrets

import msgspec

from sarau.catalog.library.errors import TrackNotFound
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.kit.text import clean
from sarau.playback.remote import messages
from sarau.playback.remote import session as sessions
from sarau.playback.remote.clock import now_us
from sarau.playback.remote.errors import DeviceNotFound, DeviceOffline, NoDevice
from sarau.playback.remote.obeying import obey
from sarau.playback.remote.players import Player
from sarau.playback.remote.room import Room
from sarau.playback.remote.schemas import Devices
from sarau.playback.remote.session import Session
from sarau.playback.remote.telling import Teller

_UNKNOWN_TRIP_US = 100_000
_BELIEVED_US = 10_000_000


async def carry_out(teller: Teller, room: Room, actor: Actor, command: messages.Command, device_id: str = "") -> None:
    """Do what somebody commands, from a device or without one.

    Raises PlaybackSessionNotFound, PermissionMissing, TrackNotFound, DeviceNotFound, DeviceOffline, NoDevice,
    QueueChanged, QueueFull, EntryNotFound, Invalid.
    """
    room.require(actor)
    actor.require(Permission.LIBRARY_LISTEN)
    if isinstance(command, messages.LoadCommand | messages.AppendCommand) and command.track_ids:
        if await teller.first_unheard(command.track_ids, actor) is not None:
            raise TrackNotFound
        room.require(actor)  # who was let in may have been shown out meanwhile
    if isinstance(command, messages.TransferCommand):
        _require_sound(room, command.device_ids)
    when = room.moment(command.device_ids if isinstance(command, messages.TransferCommand) else None)
    session = obey(room.session, command, when, secrets.randbits(32))
    if isinstance(command, messages.PlayCommand | messages.JumpCommand | messages.LoadCommand) and session.playing:
        session = _sounding(room, session, device_id)
    if isinstance(command, messages.SetVolumeCommand | messages.SetMutedCommand):
        _set_loudness(room, command)
    room.change(session)


def _require_sound(room: Room, device_ids: list[str]) -> None:
    """Raise DeviceNotFound, DeviceOffline or Invalid unless sound can come from these devices."""
    for device_id in device_ids:
        player = room.players.get(device_id)
        if player is None:
            raise DeviceNotFound
        if not player.plays:
            raise Invalid("device_ids", f"{player.name} makes no sound")
        if not room.online(device_id):
            raise DeviceOffline


def _sounding(room: Room, session: Session, device_id: str) -> Session:
    """Return the session with a device that can be heard: those that sound, else the one that commands, else another.

    Raises NoDevice.
    """
    if any(room.online(one) for one in session.sounding):
        return session
    able = [player for player in room.players.values() if player.plays and room.online(player.id)]
    if not able:
        raise NoDevice
    chosen = max(able, key=lambda p: (p.id == device_id, p.user_id == room.owner.id, p.last_seen_ms))
    return msgspec.structs.replace(session, sounding=(chosen.id,))


def _set_loudness(room: Room, command: messages.SetVolumeCommand | messages.SetMutedCommand) -> None:
    """Set the volume of a device, or of all that sound; raises DeviceNotFound, Invalid."""
    if command.device_id:
        one = room.players.get(command.device_id)
        if one is None:
            raise DeviceNotFound
        if not one.has_volume:
            raise Invalid("device_id", f"the volume of {one.name} cannot be set")
        able = [one]
    else:
        sounding = [room.players[i] for i in room.session.sounding if i in room.players]
        able = [player for player in sounding if player.has_volume]
    for player in able:
        if isinstance(command, messages.SetVolumeCommand):
            player.volume = command.volume
        else:
            player.muted = command.muted
        room.note(player)
    if able:
        room.tell(Devices)


def note_ping(player: Player, ping: messages.Ping) -> None:
    """Remember how far away a device is."""
    if ping.round_trip_us is not None:
        player.round_trip_us = ping.round_trip_us
    player.offset_us = ping.offset_us


def take_report(room: Room, player: Player, report: messages.Report) -> None:
    """Believe what a device tells of itself; of the session only one that sounds, and of what plays there."""
    _note_device(room, player, report)
    session = room.session
    if player.id not in session.sounding:
        return
    if report.ended:
        room.change(sessions.ended(session, room.moment(), report.entry_id, report.position_ms))
        return
    moment_us, trip_us = now_us(), player.round_trip_us or _UNKNOWN_TRIP_US
    told = report.at_us if abs(report.at_us - moment_us) < _BELIEVED_US else moment_us - trip_us // 2
    if report.playing and not report.buffering and len(session.sounding) == 1:
        corrected = sessions.correct(session, report.entry_id, report.position_ms, told, trip_us)
        room.change(corrected, lasting=False)


def _note_device(room: Room, player: Player, report: messages.Report) -> None:
    volume = player.volume if report.volume is None else report.volume
    muted = player.muted if report.muted is None else report.muted
    told = (volume, muted, report.buffering, clean(report.problem))
    if told == (player.volume, player.muted, player.buffering, player.problem):
        return
    if (volume, muted) != (player.volume, player.muted):
        room.note(player)
    player.volume, player.muted, player.buffering, player.problem = told
    room.tell(Devices)
