"""What devices say and are told, as messages of sarau.v1."""

from typing import Any

from google.protobuf.message import Message

from sarau.foundation.errors import Invalid
from sarau.interfaces.grpc.stubs.sarau.v1 import playback_pb2
from sarau.interfaces.grpc.tracks import track_message
from sarau.playback.remote.messages import ClientMessage, message_of
from sarau.playback.remote.schemas import (
    Devices,
    Done,
    Joined,
    PlaybackQueue,
    PlayDevice,
    Pong,
    Refused,
    Repeat,
    ServerMessage,
    SessionState,
)

_REPEATS = {
    Repeat.OFF: playback_pb2.REPEAT_OFF,
    Repeat.ALL: playback_pb2.REPEAT_ALL,
    Repeat.ONE: playback_pb2.REPEAT_ONE,
}
_REPEAT_NAMES = {number: repeat.value for repeat, number in _REPEATS.items()}


def _plain(message: Message) -> dict[str, Any]:
    """Return the fields of a message that have a value, or need none to be there."""
    found: dict[str, Any] = {}
    for field in message.DESCRIPTOR.fields:
        if field.has_presence and not message.HasField(field.name):
            continue
        value = getattr(message, field.name)
        found[field.name] = list(value) if field.is_repeated else value
    return found


def _command(message: playback_pb2.Command) -> dict[str, Any]:
    kind = message.WhichOneof("kind")
    if kind is None:
        raise Invalid("command", "there is none in it")
    plain = _plain(getattr(message, kind)) | {"kind": kind, "queue_version": message.queue_version}
    if kind == "set_repeat":
        plain["repeat"] = _REPEAT_NAMES.get(plain["repeat"], "")
    return plain


def said(message: playback_pb2.ClientMessage) -> ClientMessage:
    """Return what a device says; raises Invalid naming the field."""
    kind = message.WhichOneof("kind")
    if kind is None:
        raise Invalid("kind", "nothing is said")
    plain: dict[str, Any] = {"kind": kind, "request_id": message.request_id}
    if kind == "command":
        return message_of(plain | {"command": _command(message.command)})
    return message_of(plain | _plain(getattr(message, kind)))


def _state(state: SessionState, sha256: str | None) -> playback_pb2.SessionState:
    return playback_pb2.SessionState(
        session_id=state.session_id,
        playing=state.playing,
        position_ms=state.position_ms,
        at_us=state.at_us,
        rate=state.rate,
        repeat=_REPEATS[state.repeat],
        shuffle=state.shuffle,
        entry_id=state.entry_id,
        index=state.index,
        track=track_message(state.track, sha256) if state.track is not None else None,
        sounding_device_ids=state.sounding_device_ids,
        party=state.party,
        owner=state.owner,
        next_track_id=state.next_track_id,
    )


def _queue(queue: PlaybackQueue) -> playback_pb2.Queue:
    entries = [playback_pb2.QueueEntry(id=entry.id, track_id=entry.track_id) for entry in queue.entries]
    return playback_pb2.Queue(entries=entries, version=queue.version)


def _devices(devices: list[PlayDevice]) -> playback_pb2.Devices:
    return playback_pb2.Devices(
        devices=[
            playback_pb2.Device(
                id=device.id,
                name=device.name,
                type=device.type,
                owner=device.owner,
                online=device.online,
                plays=device.plays,
                sounding=device.sounding,
                has_volume=device.has_volume,
                volume=device.volume,
                muted=device.muted,
                buffering=device.buffering,
                last_seen_ms=device.last_seen_ms,
                round_trip_us=device.round_trip_us,
                problem=device.problem,
            )
            for device in devices
        ]
    )


def _joined(joined: Joined, sha256: str | None) -> playback_pb2.Joined:
    return playback_pb2.Joined(
        device_id=joined.device_id,
        session_id=joined.session_id,
        resume_token=joined.resume_token,
        state=_state(joined.state, sha256),
        queue=_queue(joined.queue),
        devices=_devices(joined.devices),
        resumed=joined.resumed,
    )


def told(event_id: int, message: ServerMessage, sha256: str | None = None) -> playback_pb2.ServerMessage:
    """Return what a device is told; the hash is that of the track that plays, as far as it is known."""
    match message:
        case SessionState():
            return playback_pb2.ServerMessage(event_id=event_id, state=_state(message, sha256))
        case PlaybackQueue():
            return playback_pb2.ServerMessage(event_id=event_id, queue=_queue(message))
        case Devices():
            return playback_pb2.ServerMessage(event_id=event_id, devices=_devices(message.devices))
        case Joined():
            return playback_pb2.ServerMessage(event_id=event_id, joined=_joined(message, sha256))
        case _:
            return playback_pb2.ServerMessage(**_answer(message))


def _answer(message: Pong | Done | Refused) -> dict[str, Any]:
    """Return the field of an answer to one device alone."""
    if isinstance(message, Pong):
        return {
            "pong": playback_pb2.Pong(
                client_time_us=message.client_time_us,
                server_received_us=message.server_received_us,
                server_sent_us=message.server_sent_us,
            )
        }
    if isinstance(message, Done):
        return {"done": playback_pb2.Done(request_id=message.request_id)}
    refused = playback_pb2.Refused(request_id=message.request_id, code=message.code, message=message.message)
    return {"refused": refused}
