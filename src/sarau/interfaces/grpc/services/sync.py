"""sarau.v1.SyncService: what changed, what is missing, what a device is to hold; uploads that may break off."""

import os
from collections.abc import AsyncIterator, Iterable
from typing import Any

import grpc
import msgspec
from google.protobuf.timestamp_pb2 import Timestamp

from sarau.catalog.library.queries.files import file_by_hash
from sarau.foundation.errors import Invalid
from sarau.foundation.observability.metrics import bytes_sent, streams_open
from sarau.foundation.security.permissions import Permission
from sarau.foundation.storage.reading import read_at
from sarau.interfaces.grpc.context import Context, Surroundings, require_whole
from sarau.interfaces.grpc.services.auth import checked
from sarau.interfaces.grpc.stubs.sarau.v1 import sync_pb2, sync_pb2_grpc
from sarau.interfaces.grpc.tracks import track_message
from sarau.kit.times import to_ms
from sarau.streaming.errors import SoundMissing
from sarau.sync.commands import devices as commands
from sarau.sync.comparing import NamedHashes
from sarau.sync.errors import ListingInterrupted, OffsetBeyondEnd, TooManyHeld
from sarau.sync.queries import devices, feed, holdings
from sarau.sync.queries.wanted import plan_of
from sarau.sync.schemas import (
    MAX_HASHES,
    ChangeKind,
    Device,
    DeviceReport,
    HeldReport,
    NewUpload,
    PlanAction,
    PlanItem,
    Rule,
    RuleKind,
    Rules,
    TrackChange,
    UploadState,
)
from sarau.sync.uploading import Part

_HASH_BYTES = 32
_CHANGES_AT_ONCE = 500
_CHANGES_TOLD_AT_ONCE = 100  # with all their metadata they fill a message well below the 4 MB that clients take
_PLANNED_AT_ONCE = 500
_CHUNK_BYTES, _LEAST_BYTES, _MOST_BYTES = 256 << 10, 16 << 10, 2 << 20
_KINDS = {
    ChangeKind.ADDED: sync_pb2.CHANGE_KIND_ADDED,
    ChangeKind.CHANGED: sync_pb2.CHANGE_KIND_CHANGED,
    ChangeKind.REMOVED: sync_pb2.CHANGE_KIND_REMOVED,
}
_ACTIONS = {
    PlanAction.FETCH: sync_pb2.PLAN_ACTION_FETCH,
    PlanAction.KEEP: sync_pb2.PLAN_ACTION_KEEP,
    PlanAction.DROP: sync_pb2.PLAN_ACTION_DROP,
    PlanAction.NO_SPACE: sync_pb2.PLAN_ACTION_NO_SPACE,
}
_sent = bytes_sent.labels("original")


def _hex(field: str, given: Iterable[bytes]) -> list[str]:
    """Return hashes as we spell them; raises Invalid for too many, and for what is none."""
    hashes = [one.hex() for one in given]
    if len(hashes) > MAX_HASHES:
        raise Invalid(field, f"at most {MAX_HASHES:,} in a message")
    if any(len(one) != 2 * _HASH_BYTES for one in hashes):
        raise Invalid(field, "a hash has 32 bytes")
    return hashes


def _raw(hashes: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in hashes]


def _moment(moment: Any) -> Timestamp | None:
    if moment is None:
        return None
    stamp = Timestamp()
    stamp.FromMilliseconds(to_ms(moment))
    return stamp


def _change(one: TrackChange, brief: bool) -> sync_pb2.TrackChange:
    return sync_pb2.TrackChange(
        kind=_KINDS[one.kind],
        track_id=one.track_id,
        hash=bytes.fromhex(one.hash or ""),
        filename=one.filename,
        size_bytes=one.size_bytes,
        track=track_message(one.track, one.hash) if one.track is not None and not brief else None,
    )


def _plan_item(item: PlanItem) -> sync_pb2.PlanItem:
    return sync_pb2.PlanItem(
        action=_ACTIONS[item.action],
        track_id=item.track_id,
        hash=bytes.fromhex(item.hash),
        size_bytes=item.size_bytes,
        rule_index=item.rule_index,
    )


def _record(device: Device) -> sync_pb2.DeviceRecord:
    fields = msgspec.structs.asdict(device)
    return sync_pb2.DeviceRecord(**fields | {"last_seen_at": _moment(device.last_seen_at)})


def _upload(state: UploadState) -> sync_pb2.UploadState:
    fields = msgspec.structs.asdict(state)
    return sync_pb2.UploadState(**fields | {"expires_at": _moment(state.expires_at)})


def _rule(message: sync_pb2.Rule) -> dict[str, Any]:
    what = message.WhichOneof("what")
    if what is None or (what == "starred" and not message.starred):
        raise Invalid("rules", "a rule says what it is for")
    if what == "starred":
        return {"kind": RuleKind.STARRED}
    if what == "recently_added":
        return {"kind": RuleKind.RECENTLY_ADDED, "count": message.recently_added}
    return {"kind": RuleKind(what.removesuffix("_id")), "id": getattr(message, what)}


def _rule_message(rule: Rule) -> sync_pb2.Rule:
    if rule.kind is RuleKind.STARRED:
        return sync_pb2.Rule(starred=True)
    if rule.kind is RuleKind.RECENTLY_ADDED:
        return sync_pb2.Rule(recently_added=rule.count)
    message = sync_pb2.Rule()
    setattr(message, f"{rule.kind.value}_id", rule.id)
    return message


def _chunk_bytes(request: sync_pb2.DownloadRangeRequest) -> int:
    """Return how large pieces are to be; raises Invalid for that and for bounds that are none."""
    for field in ("offset_bytes", "length_bytes"):
        if getattr(request, field) < 0:
            raise Invalid(field, "it cannot be below 0")
    most = request.chunk_bytes or _CHUNK_BYTES
    if not _LEAST_BYTES <= most <= _MOST_BYTES:
        raise Invalid("chunk_bytes", f"{_LEAST_BYTES:,} to {_MOST_BYTES:,}, or 0")
    return most


class SyncService:
    """Keeps devices in sync."""

    def __init__(self, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._house = surroundings.house

    async def Changes(  # noqa: N802
        self, request: sync_pb2.ChangesRequest, context: Context
    ) -> AsyncIterator[sync_pb2.Change]:
        """Tell what changed, page by page."""
        actor = await self._surroundings.actor(context)
        cursor, first = request.cursor, True
        while True:
            view = await self._surroundings.view(context, actor)
            async with self._house.database.reading() as reader:
                page = await feed.changes(reader, view, cursor, _CHANGES_AT_ONCE)
            if page.begins and not first:
                raise ListingInterrupted
            for at in range(0, len(page.items), _CHANGES_TOLD_AT_ONCE):
                some = page.items[at : at + _CHANGES_TOLD_AT_ONCE]
                yield sync_pb2.Change(tracks=[_change(one, request.brief) for one in some])
            cursor, first = page.cursor, False
            if not page.more:
                yield sync_pb2.Change(caught=sync_pb2.Caught(cursor=cursor, everything=page.everything))
                return

    async def Missing(  # noqa: N802
        self, requests: AsyncIterator[sync_pb2.MissingRequest], context: Context
    ) -> AsyncIterator[sync_pb2.MissingResponse]:
        """Compare what a device holds with what is here."""
        actor = await self._surroundings.actor(context)
        named = NamedHashes()
        async for request in requests:
            hashes = _hex("hashes", request.hashes)
            named.add(hashes)
            if len(named) > commands.MAX_HELD:
                raise TooManyHeld(max=commands.MAX_HELD)
            view = await self._surroundings.view(context, actor)
            async with self._house.database.reading() as reader:
                unknown = await holdings.unknown_hashes(reader, view, hashes)
            yield sync_pb2.MissingResponse(unknown_here=_raw(unknown))
        after = ""
        while True:
            view = await self._surroundings.view(context, actor)
            async with self._house.database.reading() as reader:
                page = await holdings.hashes_after(reader, view, after, MAX_HASHES)
            absent = [sha256 for sha256 in page if sha256 not in named]
            if absent:
                yield sync_pb2.MissingResponse(absent_there=_raw(absent))
            if len(page) < MAX_HASHES:
                return
            after = page[-1]

    async def DownloadRange(  # noqa: N802
        self, request: sync_pb2.DownloadRangeRequest, context: Context
    ) -> AsyncIterator[sync_pb2.DownloadRangeResponse]:
        """Send bytes of a file."""
        actor = await self._surroundings.actor(context)
        actor.require(Permission.LIBRARY_DOWNLOAD)
        (sha256,) = _hex("hash", [request.hash])
        most = _chunk_bytes(request)
        view = await self._surroundings.view(context, actor)
        async with self._house.database.reading() as reader:
            found = await file_by_hash(reader, view, sha256)
        file = self._house.delivery.open_hashed(found)
        try:
            start, size = request.offset_bytes, file.size_bytes
            if start >= size:
                raise OffsetBeyondEnd("offset_bytes", f"the file ends at {size:,}", size_bytes=size)
            stop = min(size, start + request.length_bytes) if request.length_bytes else size
            with streams_open.track_inprogress():
                for position in range(start, stop, most):
                    length = min(most, stop - position)
                    piece = await read_at(file.descriptor, length, position)
                    if len(piece) != length:
                        raise SoundMissing  # it shrank
                    told = size if position == start else 0
                    yield sync_pb2.DownloadRangeResponse(data=piece, offset_bytes=position, size_bytes=told)
                    _sent.inc(length)
        finally:
            os.close(file.descriptor)

    async def StartUpload(  # noqa: N802
        self, request: sync_pb2.StartUploadRequest, context: Context
    ) -> sync_pb2.UploadState:
        """Begin an upload, or go on with one."""
        actor = await self._surroundings.actor(context)
        (sha256,) = _hex("hash", [request.hash])
        new = checked(
            NewUpload,
            hash=sha256,
            size_bytes=request.size_bytes,
            filename=request.filename,
            title=request.title,
            artist=request.artist,
            album=request.album,
        )
        return _upload(await self._house.resumable.start(actor, new))

    async def GetUpload(self, request: sync_pb2.GetUploadRequest, context: Context) -> sync_pb2.UploadState:  # noqa: N802
        """Tell how far an upload is."""
        actor = await self._surroundings.actor(context)
        return _upload(await self._house.resumable.state(actor, request.upload_id))

    async def UploadParts(  # noqa: N802
        self, requests: AsyncIterator[sync_pb2.UploadPart], context: Context
    ) -> sync_pb2.UploadState:
        """Take parts; what was taken stays, and the file is kept with the last of them."""
        actor = await self._surroundings.actor(context)
        first = await anext(aiter(requests), None)
        if first is None:
            raise Invalid("upload_id", "at least one part is needed, and be it empty")

        async def parts() -> AsyncIterator[Part]:
            yield Part(first.offset_bytes, first.data, first.crc32)
            async for message in requests:
                if message.upload_id not in ("", first.upload_id):
                    raise Invalid("upload_id", "all parts of one call belong to one upload")
                yield Part(message.offset_bytes, message.data, message.crc32)

        return _upload(await self._house.resumable.take(actor, first.upload_id, parts()))

    async def CancelUpload(  # noqa: N802
        self, request: sync_pb2.CancelUploadRequest, context: Context
    ) -> sync_pb2.CancelUploadResponse:
        """Drop an upload."""
        actor = await self._surroundings.actor(context)
        await self._house.resumable.cancel(actor, request.upload_id)
        return sync_pb2.CancelUploadResponse()

    async def ReportDevice(  # noqa: N802
        self, request: sync_pb2.ReportDeviceRequest, context: Context
    ) -> sync_pb2.DeviceRecord:
        """Note what a device tells of itself."""
        actor = await self._surroundings.actor(context)
        report = checked(
            DeviceReport,
            name=request.name,
            type=request.type,
            space_free_bytes=request.space_free_bytes,
            space_total_bytes=request.space_total_bytes,
        )
        async with self._house.database.working() as work:
            if not request.device_id:
                return _record(await commands.add_device(work, actor, report))
            return _record(await commands.report_device(work, actor, request.device_id, report))

    async def ReportHeld(  # noqa: N802
        self, requests: AsyncIterator[sync_pb2.ReportHeldRequest], context: Context
    ) -> sync_pb2.ReportHeldResponse:
        """Note what a device holds."""
        actor = await self._surroundings.actor(context)
        device_id = ""
        async for request in requests:
            if device_id and request.device_id not in ("", device_id):
                raise Invalid("device_id", "one call is about one device")
            anew = request.anew and not device_id
            device_id = device_id or request.device_id
            report = HeldReport(anew, _hex("added", request.added), _hex("removed", request.removed))
            async with self._house.database.working() as work:
                await commands.report_held(work, actor, device_id, report)
        await require_whole(context)
        async with self._house.database.working() as work:
            device = await commands.sum_up(work, actor, device_id)
        return sync_pb2.ReportHeldResponse(held_count=device.held_count)

    async def ListDevices(  # noqa: N802
        self,
        request: sync_pb2.ListDevicesRequest,  # noqa: ARG002
        context: Context,
    ) -> sync_pb2.ListDevicesResponse:
        """List the caller's devices."""
        actor = await self._surroundings.actor(context)
        async with self._house.database.reading() as reader:
            return sync_pb2.ListDevicesResponse(devices=map(_record, await devices.my_devices(reader, actor)))

    async def ForgetDevice(  # noqa: N802
        self, request: sync_pb2.ForgetDeviceRequest, context: Context
    ) -> sync_pb2.ForgetDeviceResponse:
        """Forget a device."""
        actor = await self._surroundings.actor(context)
        async with self._house.database.working() as work:
            await commands.forget_device(work, actor, request.device_id)
        return sync_pb2.ForgetDeviceResponse()

    async def SetRules(self, request: sync_pb2.SetRulesRequest, context: Context) -> sync_pb2.SetRulesResponse:  # noqa: N802
        """Say what is to be kept on a device."""
        actor = await self._surroundings.actor(context)
        rules = checked(Rules, rules=[_rule(one) for one in request.rules], limit_bytes=request.limit_bytes)
        async with self._house.database.working() as work:
            await commands.set_rules(work, actor, request.device_id, rules)
        return sync_pb2.SetRulesResponse()

    async def ListRules(  # noqa: N802
        self, request: sync_pb2.ListRulesRequest, context: Context
    ) -> sync_pb2.ListRulesResponse:
        """Return what is to be kept on a device."""
        actor = await self._surroundings.actor(context)
        async with self._house.database.reading() as reader:
            rules = await devices.rules_of(reader, actor, request.device_id)
        return sync_pb2.ListRulesResponse(rules=map(_rule_message, rules.rules), limit_bytes=rules.limit_bytes)

    async def Plan(  # noqa: N802
        self, request: sync_pb2.PlanRequest, context: Context
    ) -> AsyncIterator[sync_pb2.PlanPart]:
        """Work the rules of a device out."""
        actor = await self._surroundings.actor(context)
        view = await self._surroundings.view(context, actor)
        async with self._house.database.working() as work:
            await commands.note_seen(work, actor, request.device_id)
        async with self._house.database.reading() as reader:
            found = await plan_of(reader, view, actor, request.device_id, self._house.rule_book)
        for at in range(0, len(found.items), _PLANNED_AT_ONCE):
            yield sync_pb2.PlanPart(items=map(_plan_item, found.items[at : at + _PLANNED_AT_ONCE]))


def register(server: grpc.aio.Server, surroundings: Surroundings) -> str:
    """Register the service and return its full name."""
    sync_pb2_grpc.add_SyncServiceServicer_to_server(SyncService(surroundings), server)
    return str(sync_pb2.DESCRIPTOR.services_by_name["SyncService"].full_name)
