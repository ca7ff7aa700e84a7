"""Questions about devices: always one's own."""

from sqlalchemy import bindparam, func, select

from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.tables import track_files, tracks
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.sync.errors import DeviceNotFound
from sarau.sync.planning import Held
from sarau.sync.schemas import Device, Rule, RuleKind, Rules
from sarau.sync.tables import device_files, device_rules, devices

_mine = devices.c.user_id == bindparam("user_id", type_=EntityId())
_device = bindparam("device_id", type_=EntityId())
_columns = select(
    devices.c.id,
    devices.c.name,
    devices.c.type,
    devices.c.last_seen_at,
    devices.c.space_free_bytes,
    devices.c.space_total_bytes,
    devices.c.held_count,
    devices.c.held_bytes,
)
_ALL = Query(_columns.where(_mine).order_by(devices.c.last_seen_at.desc(), devices.c.id), Device)
_ONE = Query(_columns.where(devices.c.id == _device, _mine), Device)
_HOW_MANY = Query(select(func.count()).where(_mine), scalar)
_LIMIT = Query(select(devices.c.limit_bytes).where(devices.c.id == _device), scalar)
_RULES = Query(
    select(device_rules.c.kind, device_rules.c.target_id, device_rules.c.count)
    .where(device_rules.c.device_id == _device)
    .order_by(device_rules.c.position),
    lambda kind, target_id, count: Rule(RuleKind(kind), target_id, count),
)
_visible = (
    select(tracks.c.id, track_files.c.sha256, track_files.c.size_bytes)
    .join(track_files, track_files.c.track_id == tracks.c.id)
    .where(track_files.c.sha256.isnot(None), tracks.c.available, seen(tracks))
    .subquery()
)
_HELD = Query(
    select(
        device_files.c.sha256,
        func.min(_visible.c.id),
        func.coalesce(func.max(_visible.c.size_bytes), 0),
    )
    .select_from(device_files.outerjoin(_visible, _visible.c.sha256 == device_files.c.sha256))
    .where(device_files.c.device_id == _device)
    .group_by(device_files.c.sha256),
    lambda sha256, track_id, size_bytes: Held(sha256, track_id or "", size_bytes),
    slow=True,
)
_HELD_COUNT = Query(select(func.count()).where(device_files.c.device_id == _device), scalar, slow=True)
_sizes = (
    select(func.max(track_files.c.size_bytes).label("size_bytes"))
    .join(device_files, device_files.c.sha256 == track_files.c.sha256)
    .where(device_files.c.device_id == _device)
    .group_by(device_files.c.sha256)
    .subquery()
)
_HELD_BYTES = Query(select(total(_sizes.c.size_bytes)), scalar, slow=True)


async def my_devices(reader: Reader, actor: Actor) -> list[Device]:
    """Return the actor's devices, the one seen last first."""
    return await reader.all(_ALL, user_id=actor.id)


async def device(reader: Reader, actor: Actor, device_id: str) -> Device:
    """Return one of the actor's devices; raises DeviceNotFound."""
    found = await reader.first(_ONE, device_id=device_id, user_id=actor.id)
    if found is None:
        raise DeviceNotFound
    return found


async def device_count(reader: Reader, actor: Actor) -> int:
    """Return how many devices the actor has."""
    return int(await reader.one(_HOW_MANY, user_id=actor.id))


async def rules_of(reader: Reader, actor: Actor, device_id: str) -> Rules:
    """Return what is to be kept on one of the actor's devices; raises DeviceNotFound."""
    await device(reader, actor, device_id)
    return Rules(await reader.all(_RULES, device_id=device_id), await reader.one(_LIMIT, device_id=device_id))


async def held_files(reader: Reader, view: View, device_id: str) -> list[Held]:
    """Return what a device holds, as far as the viewer may hear it with track and size."""
    return await reader.all(_HELD, device_id=device_id, libraries=view.library_ids)


async def held_count(reader: Reader, device_id: str) -> int:
    """Return how many files a device holds."""
    return int(await reader.one(_HELD_COUNT, device_id=device_id))


async def held_totals(reader: Reader, device_id: str) -> tuple[int, int]:
    """Return how many files a device holds, and how many bytes are in those that the house knows."""
    return await held_count(reader, device_id), int(await reader.one(_HELD_BYTES, device_id=device_id))
