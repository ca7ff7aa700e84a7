"""Telling people of a session what of it they may hear."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import Track
from sarau.foundation.database.database import Database
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.playback.remote.clock import now_us
from sarau.playback.remote.queries import audible
from sarau.playback.remote.schemas import (
    Devices,
    Heard,
    Overview,
    Party,
    PlaybackQueue,
    PlayDevice,
    QueuedTrack,
    QueueEntry,
    ServerMessage,
    SessionState,
    WholeQueue,
)
from sarau.playback.remote.session import Session

_TRACKS_AT_ONCE = 200  # so that a queue of ten thousand does not keep everybody else waiting


class Scene(NamedTuple):
    """A session as it was at a moment, with whose it is and who may take part."""

    session_id: str
    owner: str
    party: tuple[str, ...]
    session: Session
    devices: tuple[PlayDevice, ...]


class Sent:
    """A message for a device, with the bytes that protocols make of it, made once for all devices of a person."""

    __slots__ = ("event_id", "forms", "message")

    def __init__(self, event_id: int, message: ServerMessage) -> None:
        self.event_id = event_id
        self.message = message
        self.forms: dict[str, bytes] = {}


class Event:
    """Something that changed in a session, told to each person as they may see it."""

    __slots__ = ("id", "kind", "scene", "told")

    def __init__(self, number: int, kind: type[ServerMessage], scene: Scene) -> None:
        self.id = number
        self.kind = kind
        self.scene = scene
        self.told: dict[str, asyncio.Task[Sent]] = {}


async def _heard_tracks(reader: Reader, view: View, scene: Scene) -> dict[str, Track]:
    """Return what plays and what comes after it, as far as the viewer may hear it."""
    entries = [entry for entry in (scene.session.entry, scene.session.after()) if entry is not None]
    wanted = list(dict.fromkeys(entry.track_id for entry in entries))
    return {track.id: track for track in await tracks_by_id(reader, view, wanted)} if wanted else {}


def _state(scene: Scene, tracks: Mapping[str, Track]) -> SessionState:
    session = scene.session
    entry, after = session.entry, session.after()
    return SessionState(
        session_id=scene.session_id,
        playing=session.playing,
        position_ms=session.position_ms,
        at_us=session.at_us,
        rate=session.rate,
        repeat=session.repeat,
        shuffle=session.shuffle,
        entry_id=entry.id if entry else "",
        index=session.index,
        track=tracks.get(entry.track_id) if entry else None,
        sounding_device_ids=session.sounding,
        party=list(scene.party),
        owner=scene.owner,
        next_track_id=after.track_id if after is not None and after.track_id in tracks else "",
    )


async def _queue(reader: Reader, view: View, scene: Scene) -> PlaybackQueue:
    queue = scene.session.queue
    known = await audible(reader, view, {entry.track_id for entry in queue.entries}) if queue.entries else set()
    entries = [QueueEntry(e.id, e.track_id if e.track_id in known else "") for e in queue.entries]
    return PlaybackQueue(entries, queue.version)


async def _whole_queue(reader: Reader, view: View, scene: Scene) -> WholeQueue:
    queue = scene.session.queue
    wanted = list(dict.fromkeys(entry.track_id for entry in queue.entries))
    tracks: dict[str, Track] = {}
    for begin in range(0, len(wanted), _TRACKS_AT_ONCE):
        found = await tracks_by_id(reader, view, wanted[begin : begin + _TRACKS_AT_ONCE])
        tracks.update((track.id, track) for track in found)
        await asyncio.sleep(0)
    entries = [
        QueuedTrack(e.id, e.track_id if e.track_id in tracks else "", tracks.get(e.track_id)) for e in queue.entries
    ]
    return WholeQueue(entries, queue.version)


class Teller:
    """Puts scenes into messages; raises PermissionMissing for who may hear nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self, scene: Scene, actor: Actor) -> SessionState:
        """Return where a session is."""
        async with self._database.reading() as reader:
            view = await view_of(reader, actor)
            return _state(scene, await _heard_tracks(reader, view, scene))

    async def queue(self, scene: Scene, actor: Actor) -> PlaybackQueue:
        """Return the queue of a session."""
        async with self._database.reading() as reader:
            return await _queue(reader, await view_of(reader, actor), scene)

    async def whole_queue(self, scene: Scene, actor: Actor) -> WholeQueue:
        """Return the queue of a session with its tracks."""
        async with self._database.reading() as reader:
            return await _whole_queue(reader, await view_of(reader, actor), scene)

    async def overview(self, scene: Scene, actor: Actor) -> Overview:
        """Return a session with all that belongs to it."""
        state, queue = await self.state(scene, actor), await self.whole_queue(scene, actor)
        return Overview(state, queue, list(scene.devices), now_us())

    async def party(self, scene: Scene, actor: Actor) -> Party:
        """Return a session of somebody else in short."""
        state = await self.state(scene, actor)
        return Party(scene.session_id, scene.owner, state.playing, state.track)

    async def heard(self, scene: Scene, actor: Actor) -> Heard:
        """Return what a session plays."""
        state = await self.state(scene, actor)
        return Heard(state.track.id if state.track else "", state.position_ms, state.at_us, state.rate, state.playing)

    async def first_unheard(self, track_ids: Iterable[str], actor: Actor) -> str | None:
        """Return the first of some tracks that the actor may not hear, or None."""
        wanted = list(dict.fromkeys(track_ids))
        async with self._database.reading() as reader:
            known = await audible(reader, await view_of(reader, actor), set(wanted))
        return next((track_id for track_id in wanted if track_id not in known), None)

    async def tell(self, event: Event, actor: Actor) -> Sent:
        """Return an event as a person may see it; all their devices share it."""
        task = event.told.get(actor.id)
        if task is None:
            task = event.told[actor.id] = asyncio.create_task(self._make(event, actor))
        # One device that leaves must not take it from the others.
        return await asyncio.shield(task)

    async def _make(self, event: Event, actor: Actor) -> Sent:
        message: ServerMessage
        if event.kind is SessionState:
            message = await self.state(event.scene, actor)
        elif event.kind is PlaybackQueue:
            message = await self.queue(event.scene, actor)
        else:
            message = Devices(list(event.scene.devices))
        return Sent(event.id, message)
