"""Which known track a file found on disk is: pure thinking."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from sarau.catalog.library.queries.files import Namesake


class Found(NamedTuple):
    """A file read in a scan: where it is, what its sound is, and the track known at this place."""

    path: bytes
    name: str
    fingerprint: str
    known_id: str | None
    known_fingerprint: str | None


class Assigned(NamedTuple):
    """The track of each file found, None for a new one, and the tracks that lost their place to another."""

    track_ids: list[str | None]
    moved: set[str]
    displaced: set[str]


def _nearness(library_id: str, name: str) -> Callable[[Namesake], tuple[bool, bool, bytes]]:
    """Return what sorts candidates: those of this library first, then those of the same file name."""
    return lambda candidate: (candidate.library_id != library_id, candidate.name != name, candidate.path)


class _Claims:
    """Who is who so far: each track is claimed by at most one file."""

    def __init__(self, found: Sequence[Found]) -> None:
        self.found = found
        self.result: list[str | None] = [None] * len(found)
        self.claimed: set[str] = set()

    def claim(self, index: int, track_id: str) -> None:
        self.result[index] = track_id
        self.claimed.add(track_id)

    def open(self) -> list[tuple[int, Found]]:
        """Return the files that are nobody yet."""
        return [(index, item) for index, item in enumerate(self.found) if self.result[index] is None]


def assign(
    library_id: str, found: Sequence[Found], candidates: Iterable[Namesake], still_there: Callable[[Namesake], bool]
) -> Assigned:
    """Decide which track each file is.

    The place decides while the sound there is the same. A file whose sound is that of a track whose own file is gone,
    or holds another sound by now, is that track, moved. Otherwise what stands at a known place is the known track,
    with a better copy, and everything else is new.
    """
    here = {item.path: item for item in found}
    by_sound: dict[str, list[Namesake]] = defaultdict(list)
    for candidate in candidates:
        by_sound[candidate.fingerprint].append(candidate)
    claims = _Claims(found)
    for index, item in claims.open():
        if item.known_id is not None and item.known_fingerprint == item.fingerprint:
            claims.claim(index, item.known_id)

    @cache
    def gone(candidate: Namesake) -> bool:
        now_there = here.get(candidate.path) if candidate.library_id == library_id else None
        if now_there is not None:
            return now_there.fingerprint != candidate.fingerprint
        return not still_there(candidate)

    moved: set[str] = set()
    for index, item in claims.open():
        options = [c for c in by_sound[item.fingerprint] if c.track_id not in claims.claimed and gone(c)]
        if options:
            best = min(options, key=_nearness(library_id, item.name))
            claims.claim(index, best.track_id)
            moved.add(best.track_id)
    for index, item in claims.open():
        if item.known_id is not None and item.known_id not in claims.claimed:
            claims.claim(index, item.known_id)
    displaced = {item.known_id for item in found if item.known_id is not None} - claims.claimed
    return Assigned(claims.result, moved, displaced)
