"""Changes to devices, what they hold and what they are to hold."""

from sqlalchemy import bindparam, delete, insert, select, true, update

from sarau.foundation.database.portable import among, each, insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.sync.errors import DeviceNotFound, TooManyDevices, TooManyHeld
from sarau.sync.queries import devices as queries
from sarau.sync.schemas import Device, DeviceReport, HeldReport, Rule, RuleKind, Rules
from sarau.sync.tables import device_files, device_rules, devices

MAX_DEVICES = 100
MAX_HELD = 1_000_000
_the_device = devices.c.id == bindparam("the_id", type_=EntityId())
_mine = devices.c.user_id == bindparam("by", type_=EntityId())
_INSERT = Change(insert(devices))
_REPORT = Change(
    update(devices)
    .where(_the_device, _mine)
    .values(
        name=bindparam("new_name"),
        type=bindparam("new_type"),
        space_free_bytes=bindparam("free_bytes"),
        space_total_bytes=bindparam("total_bytes"),
        last_seen_at=bindparam("at", type_=Instant()),
    )
)
_SEEN = Change(update(devices).where(_the_device, _mine).values(last_seen_at=bindparam("at", type_=Instant())))
_FORGET = Change(delete(devices).where(_the_device, _mine), slow=True)
_of_device = device_files.c.device_id == bindparam("of_device", type_=EntityId())
_DROP_ALL = Change(delete(device_files).where(_of_device), slow=True)
_DROP = Change(delete(device_files).where(_of_device, among(device_files.c.sha256, "hashes")), slow=True)
_new = each("hashes", device_files.c.sha256.type)
_ADD = Change(
    insert_into(device_files)
    .from_select(
        ["device_id", "sha256"],
        # The databases need the WHERE to see where the SELECT ends.
        select(bindparam("of_device", type_=EntityId()), _new.c.value).where(true()),
    )
    .on_conflict_do_nothing(index_elements=[device_files.c.device_id, device_files.c.sha256]),
    slow=True,
)
_SUM_UP = Change(
    update(devices).where(_the_device).values(held_count=bindparam("count"), held_bytes=bindparam("size_bytes"))
)
_DROP_RULES = Change(delete(device_rules).where(device_rules.c.device_id == bindparam("of_device", type_=EntityId())))
_ADD_RULE = Change(insert(device_rules))
_LIMIT = Change(update(devices).where(_the_device).values(limit_bytes=bindparam("new_limit")))
_WITH_ID = frozenset(RuleKind) - {RuleKind.STARRED, RuleKind.RECENTLY_ADDED}


async def add_device(work: Work, actor: Actor, report: DeviceReport) -> Device:
    """Make a device known; raises TooManyDevices."""
    if await queries.device_count(work, actor) >= MAX_DEVICES:
        raise TooManyDevices(max=MAX_DEVICES)
    device_id, moment = new_id(), now()
    await work.run(
        _INSERT,
        id=device_id,
        user_id=actor.id,
        name=clean(report.name) or "?",
        type=clean(report.type),
        created_at=moment,
        last_seen_at=moment,
        space_free_bytes=report.space_free_bytes,
        space_total_bytes=report.space_total_bytes,
        held_count=0,
        held_bytes=0,
        limit_bytes=0,
    )
    return await queries.device(work, actor, device_id)


async def report_device(work: Work, actor: Actor, device_id: str, report: DeviceReport) -> Device:
    """Note what a device tells of itself; raises DeviceNotFound."""
    known = await work.run(
        _REPORT,
        the_id=device_id,
        by=actor.id,
        new_name=clean(report.name) or "?",
        new_type=clean(report.type),
        free_bytes=report.space_free_bytes,
        total_bytes=report.space_total_bytes,
        at=now(),
    )
    if not known:
        raise DeviceNotFound
    return await queries.device(work, actor, device_id)


async def note_seen(work: Work, actor: Actor, device_id: str) -> None:
    """Note that a device synchronises, and let nobody else change it meanwhile; raises DeviceNotFound."""
    if not await work.run(_SEEN, the_id=device_id, by=actor.id, at=now()):
        raise DeviceNotFound


async def forget_device(work: Work, actor: Actor, device_id: str) -> None:
    """Forget a device with its rules and what it holds; raises DeviceNotFound."""
    if not await work.run(_FORGET, the_id=device_id, by=actor.id):
        raise DeviceNotFound


async def report_held(work: Work, actor: Actor, device_id: str, report: HeldReport) -> None:
    """Note what a device holds; `sum_up` is to follow once all is told. Raises DeviceNotFound, TooManyHeld."""
    await note_seen(work, actor, device_id)
    if report.anew:
        await work.run(_DROP_ALL, of_device=device_id)
    if report.removed:
        await work.run(_DROP, of_device=device_id, hashes=report.removed)
    if report.added:
        await work.run(_ADD, of_device=device_id, hashes=report.added)
        if await queries.held_count(work, device_id) > MAX_HELD:
            raise TooManyHeld(max=MAX_HELD)


async def sum_up(work: Work, actor: Actor, device_id: str) -> Device:
    """Count what a device holds; raises DeviceNotFound."""
    await note_seen(work, actor, device_id)
    count, size_bytes = await queries.held_totals(work, device_id)
    await work.run(_SUM_UP, the_id=device_id, count=count, size_bytes=size_bytes)
    return await queries.device(work, actor, device_id)


async def set_rules(work: Work, actor: Actor, device_id: str, rules: Rules) -> Rules:
    """Say what is to be kept on a device, in place of the rules before; raises DeviceNotFound, Invalid."""
    for number, rule in enumerate(rules.rules):
        _require_sound(rule, f"rules[{number}]")
    await note_seen(work, actor, device_id)
    await work.run(_DROP_RULES, of_device=device_id)
    rows = [
        {"device_id": device_id, "position": n, "kind": rule.kind.value, "target_id": rule.id, "count": rule.count}
        for n, rule in enumerate(rules.rules)
    ]
    await work.run_many(_ADD_RULE, rows)
    await work.run(_LIMIT, the_id=device_id, new_limit=rules.limit_bytes)
    return await queries.rules_of(work, actor, device_id)


def _require_sound(rule: Rule, field: str) -> None:
    if (rule.id is not None) != (rule.kind in _WITH_ID):
        raise Invalid(f"{field}.id", "only rules for one thing name it, and those must")
    if (rule.count is not None) != (rule.kind is RuleKind.RECENTLY_ADDED):
        raise Invalid(f"{field}.count", "only recently_added has a count, and needs it")
