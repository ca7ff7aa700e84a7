"""Files that are moved, renamed, swapped, retagged, taken away and brought back are the tracks they were."""

import itertools
import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.catalog.ingest.shelf import Shelf, shelf_on
from tests.support.music import album, everything_in, later, same_again, tune
from tests.support.sound_tags import write_tags

from sarau.adapters.mutagen.sandbox import TagReadingCrew

_moments = itertools.count(1_500_000_000)


def _stamp(path: Path) -> Path:
    """Give a file a time that no other has, as the clock does where nobody is in such a hurry."""
    moment = next(_moments)
    os.utime(path, (moment, moment))
    return path


class Owner:
    """Somebody who tidies up a folder of music and knows which sound is where; those taken away lie in a stash."""

    def __init__(self, root: Path, stash: Path) -> None:
        self.root = root
        self.stash = stash
        self.at: dict[str, Path] = {}
        self.titles: dict[str, str] = {}
        self.known: set[str] = set()  # a new sound in the place of another would be a better copy of that one
        self._numbers = itertools.count()

    def bring(self) -> None:
        """Put a new sound where none was before."""
        name = f"sound {next(self._numbers)}"
        self.at[name] = _stamp(tune(self.root / "new" / f"{self.root.name} {name}.flac", title=name, seconds=0.1))
        self.titles[name] = name

    def here(self) -> list[str]:
        return [name for name, path in self.at.items() if path.is_relative_to(self.root)]

    def away(self) -> list[str]:
        return [name for name in self.at if name not in self.here()]

    def put(self, name: str, target: Path) -> None:
        """Move a sound to a place; what lies there comes to the stash."""
        taken = [other for other, path in self.at.items() if path == target and other != name]
        for other in taken:
            self.put(other, self.stash / f"{other}.flac")
        target.parent.mkdir(parents=True, exist_ok=True)
        self.at[name] = self.at[name].rename(target)

    def swap(self, one: str, other: str) -> None:
        first, second = self.at[one], self.at[other]
        self.put(one, self.stash / "between")
        self.put(other, first)
        self.put(one, second)

    def retag(self, name: str) -> None:
        self.titles[name] += "!"
        write_tags(self.at[name], title=self.titles[name])
        _stamp(self.at[name])

    def act(self, what: str, chance: int) -> None:
        here, away = ([name for name in names if name in self.known] for names in (self.here(), self.away()))
        if what == "bring" or not here:
            return self.bring()
        name, other = here[chance % len(here)], here[chance // 7 % len(here)]
        places = [self.root / f"{chance % 3}" / f"{chance % 5}.flac", self.at[other].with_name(f"{name}.flac")]
        match what:
            case "take away":
                self.put(name, self.stash / f"{name}.flac")
            case "bring back" if away:
                self.put(away[chance % len(away)], places[0])
            case "move" | "bring back":
                self.put(name, places[chance % 2])
            case "move over" | "swap" if name == other:
                self.retag(name)
            case "move over":
                self.put(name, self.at[other])
            case "swap":
                self.swap(name, other)
            case _:
                self.retag(name)
        return None


ACTS = st.sampled_from(["bring", "take away", "bring back", "move", "move over", "swap", "retag"])
ROUNDS = st.lists(st.lists(st.tuples(ACTS, st.integers(0, 10_000)), min_size=1, max_size=5), min_size=1, max_size=5)
_stashes = itertools.count()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=ROUNDS)
async def test_whatever_somebody_does_to_files_they_stay_who_they_are(
    shelf: Shelf, tmp_path: Path, rounds: list[list[tuple[str, int]]]
) -> None:
    number = next(_stashes)
    stash = tmp_path / f"stash {number}"
    stash.mkdir()
    owner = Owner(shelf.root / f"part {number}", stash)
    for _ in range(4):
        owner.bring()
    ids: dict[str, str] = {}
    for acts in ([], *rounds):
        for what, chance in acts:
            owner.act(what, chance)
        before = everything_in(shelf.root)
        part = owner.root.name.encode()
        done = await shelf.scan(part)
        assert everything_in(shelf.root) == before
        mine = {path: i for path, i in (await shelf.places()).items() if path.startswith(part + b"/")}
        found = {name: mine.pop(bytes(owner.at[name].relative_to(shelf.root))) for name in owner.here()}
        assert mine == {}, "tracks that are nowhere"
        for name, track_id in found.items():
            assert ids.setdefault(name, track_id) == track_id, name
        owner.known |= set(found)
        assert len(set(ids.values())) == len(ids)
        shown = {track.id: track.title for track in await shelf.tracks()}
        assert {shown[ids[name]] for name in owner.here()} == {owner.titles[name] for name in owner.here()}
        missing = {track.id for track in await shelf.missing()}
        assert {ids[name] for name in owner.away()} == missing & set(ids.values())
        assert done.counts.seen == len(owner.here())
        again = (await shelf.scan(part)).counts
        assert (again.added, again.changed, again.moved, again.missing) == (0, 0, 0, 0)


async def test_tracks_that_are_renumbered_or_change_places_are_not_mistaken(shelf: Shelf) -> None:
    paths = album(shelf.root, "Album", "Artist", ["One", "Two", "Three"])
    await shelf.scan()
    before = await shelf.ids()
    for path in reversed(paths):  # each takes the place of the next
        _stamp(path.rename(shelf.root / f"{int(path.name[:2]) + 1:02} song.flac"))
    counts = (await shelf.scan()).counts
    assert (await shelf.ids(), counts.moved, counts.added, counts.missing) == (before, 3, 0, 0)
    first, second = shelf.root / "02 song.flac", shelf.root / "03 song.flac"
    first.rename(shelf.root / "aside")
    second.rename(first)
    (shelf.root / "aside").rename(second)
    counts = (await shelf.scan()).counts
    assert (await shelf.ids(), counts.moved, counts.changed) == (before, 2, 0)
    assert (await shelf.file(before["One"])).path == b"03 song.flac"


async def test_a_renamed_folder_takes_all_it_holds_along(shelf: Shelf) -> None:
    album(shelf.root / "old" / "CD1", "Album", "Artist", ["One", "Two"])
    album(shelf.root / "old" / "CD2", "Album", "Artist", ["Three"], disc_number=2)
    tune(shelf.root / "stays.flac", title="Stays")
    first = (await shelf.scan()).counts
    assert (first.seen, first.added, first.total) == (4, 4, 4)
    before = await shelf.ids()
    (shelf.root / "old").rename(shelf.root / "new name")
    counts = (await shelf.scan()).counts
    assert (counts.seen, counts.moved, counts.added, counts.changed, counts.missing) == (4, 3, 0, 0, 0)
    assert await shelf.ids() == before
    assert await shelf.tree() == ["new name", "new name/CD1", "new name/CD2"]
    assert await shelf.missing() == []


async def test_a_copy_is_a_track_of_its_own(shelf: Shelf) -> None:
    original = tune(shelf.root / "original.flac", title="Original")
    await shelf.scan()
    before = await shelf.places()
    same_again(original, shelf.root / "copy.flac")
    counts = (await shelf.scan()).counts
    both = await shelf.places()
    assert (counts.added, counts.moved, both[b"original.flac"]) == (1, 0, before[b"original.flac"])
    original.unlink()
    assert (await shelf.scan()).counts.missing == 1
    assert await shelf.places() == {b"copy.flac": both[b"copy.flac"]}
    same_again(shelf.root / "copy.flac", shelf.root / "elsewhere" / "again.flac")
    await shelf.scan()
    assert (await shelf.places())[b"elsewhere/again.flac"] == before[b"original.flac"]


async def test_a_better_copy_in_the_same_place_is_the_same_track(shelf: Shelf) -> None:
    path = tune(shelf.root / "song.flac", title="Song")
    await shelf.scan()
    before = await shelf.ids()
    tune(path, title="Song, remastered", seconds=0.5)
    later(path)
    counts = (await shelf.scan()).counts
    assert (counts.changed, counts.added, counts.missing) == (1, 0, 0)
    (track,) = await shelf.tracks()
    assert (track.id, track.title) == (before["Song"], "Song, remastered")
    assert track.duration_ms > 400


async def test_a_file_put_over_another_leaves_that_one_missing_until_it_is_found(shelf: Shelf) -> None:
    over, under = tune(shelf.root / "over.flac", title="Over"), tune(shelf.root / "under.flac", title="Under")
    kept = same_again(under, shelf.root.with_name("kept.flac"))
    await shelf.scan()
    before = await shelf.ids()
    _stamp(over.rename(under))
    counts = (await shelf.scan()).counts
    assert (counts.moved, counts.missing, await shelf.ids()) == (1, 1, {"Over": before["Over"]})
    (lost,) = await shelf.missing()
    assert (lost.id, lost.path) == (before["Under"], "under.flac")
    assert (await shelf.scan()).counts.missing == 0
    kept.rename(shelf.root / "found.flac")
    assert (await shelf.scan()).counts.moved == 1
    assert await shelf.ids() == before
    assert await shelf.missing() == []


async def test_a_file_moved_to_another_library_is_the_same_track_there(
    shelf: Shelf, crew: TagReadingCrew, tmp_path: Path
) -> None:
    other = await shelf_on(shelf.database, crew, tmp_path / "other", tmp_path / "kept")
    tune(other.root / "theirs.flac", title="Theirs")
    path = tune(shelf.root / "mine.flac", title="Mine")
    tune(shelf.root / "stays.flac", title="Stays")
    await shelf.scan()
    await other.scan()
    before = await shelf.ids()
    path.rename(other.root / "yours.flac")
    assert (await other.scan()).counts.moved == 1
    assert (await other.ids())["Mine"] == before["Mine"]
    counts = (await shelf.scan()).counts
    assert (counts.seen, counts.missing, counts.moved) == (1, 0, 0)
    assert set(await shelf.ids()) == {"Stays"}
    assert await shelf.missing() == []


async def test_links_to_a_file_count_as_copies_not_as_moves(shelf: Shelf) -> None:
    path = tune(shelf.root / "one.flac", title="One")
    os.link(path, shelf.root / "two.flac")
    assert (await shelf.scan()).counts.added == 2
    both = await shelf.places()
    assert len(set(both.values())) == 2
    assert (await shelf.scan()).counts.changed == 0
    assert await shelf.places() == both
