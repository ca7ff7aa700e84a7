"""Which files go onto a device: pure thinking."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sarau.sync.schemas import PlanAction, PlanItem, PlanSum


class Wanted(NamedTuple):
    """A file that a rule wants."""

    rule_index: int
    track_id: str
    sha256: str
    size_bytes: int


class Held(NamedTuple):
    """A file on the device; of one that the house does not know, track and size are empty."""

    sha256: str
    track_id: str
    size_bytes: int


def plan(wanted: Iterable[Wanted], held: Iterable[Held], limit_bytes: int | None) -> Iterator[PlanItem]:
    """Yield what a device drops first, that there is room, then what it keeps and fetches by order of the rules.

    A file counts for the first rule that wants it. What does not fit is passed over for what still does; if the
    device holds it, it goes, for a rule before wants its place.
    """
    on_device = {file.sha256: file for file in held}
    chosen: dict[str, tuple[PlanAction, Wanted]] = {}
    used_bytes = 0
    for file in wanted:
        if file.sha256 in chosen:
            continue
        is_held = file.sha256 in on_device
        if limit_bytes is None or used_bytes + file.size_bytes <= limit_bytes:
            used_bytes += file.size_bytes
            chosen[file.sha256] = (PlanAction.KEEP if is_held else PlanAction.FETCH, file)
        else:
            chosen[file.sha256] = (PlanAction.DROP if is_held else PlanAction.NO_SPACE, file)
    for sha256, known in on_device.items():
        if sha256 not in chosen:
            yield PlanItem(PlanAction.DROP, known.track_id, sha256, known.size_bytes, -1)
    for dropping in (True, False):
        for action, file in chosen.values():
            if (action is PlanAction.DROP) is dropping:
                yield PlanItem(action, file.track_id, file.sha256, file.size_bytes, file.rule_index)


def sums(items: Iterable[PlanItem]) -> list[PlanSum]:
    """Return how much of a plan is of each action."""
    counts, sizes = dict.fromkeys(PlanAction, 0), dict.fromkeys(PlanAction, 0)
    for item in items:
        counts[item.action] += 1
        sizes[item.action] += item.size_bytes
    return [PlanSum(action, counts[action], sizes[action]) for action in PlanAction]
