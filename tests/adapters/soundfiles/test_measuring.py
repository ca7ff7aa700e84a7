"""Reading sound files whole: hashes, moments, and files that are strange or change while they are read."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from tests.support.audio import make_sound
from tests.support.noises import FORMS, write_noise
from tests.support.pictures import picture
from tests.support.server import until
from tests.support.sound_tags import write_ape, write_tags

from sarau.adapters.soundfiles.measurer import ProcessMeasurer
from sarau.foundation.media.seeking import Layout, Unmeasurable, pack

SECONDS = 8


@pytest.fixture
async def measurer() -> AsyncIterator[ProcessMeasurer]:
    made = ProcessMeasurer()
    yield made
    await made.close()


def child_of(pid: int) -> list[int]:
    """Return the processes that a process started and that read files."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                status = (folder / "status").read_text()
                command = (folder / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if f"PPid:\t{pid}\n" in status and b"sarau.adapters.soundfiles.child" in command:
                found.append(int(folder.name))
    return found


@pytest.mark.parametrize("name", FORMS)
async def test_every_format_has_a_point_about_every_second(
    tmp_path: Path, measurer: ProcessMeasurer, name: str
) -> None:
    form = FORMS[name]
    path = write_noise(tmp_path / f"song{form.suffix}", form, SECONDS, tagged=name != "rf64")
    found = await measurer.measure(os.fsencode(tmp_path), os.fsencode(path.name))
    data = path.read_bytes()
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert (found.size_bytes, found.mtime_ns) == (len(data), path.stat().st_mtime_ns)
    points = found.moments.points
    assert points[0].time_ms == 0
    assert abs(points[-1].time_ms - SECONDS * 1000) < 60
    assert points[-1].offset <= len(data)
    if found.moments.layout not in (Layout.WAV, Layout.AIFF):  # where two points tell everything
        assert all(later.time_ms - sooner.time_ms < 2100 for sooner, later in pairwise(points))
    assert len(pack(found.moments)) < 1536 * SECONDS / 240 + 60


async def test_tags_on_both_sides_of_the_sound_are_no_sound(tmp_path: Path, measurer: ProcessMeasurer) -> None:
    bare = write_noise(tmp_path / "bare.mp3", FORMS["mp3"], SECONDS, tagged=False)
    both = tmp_path / "both.mp3"
    both.write_bytes(bare.read_bytes())
    write_tags(both, title="x", cover=picture(size=900, kind="PNG"))
    write_ape(both, {"title": ["x"]}, picture(size=300))
    with both.open("ab") as file:
        file.write(b"TAG" + bytes(125))
    plain = (await measurer.measure(None, os.fsencode(bare))).moments
    tagged = (await measurer.measure(None, os.fsencode(both))).moments
    moved = {later.offset - sooner.offset for sooner, later in zip(plain.points, tagged.points, strict=True)}
    assert len(moved) == 1
    assert [point.time_ms for point in plain.points] == [point.time_ms for point in tagged.points]


@pytest.mark.parametrize("suffix", [".wma", ".ape"])
async def test_what_cannot_be_cut_is_hashed_all_the_same(
    tmp_path: Path, measurer: ProcessMeasurer, suffix: str
) -> None:
    path = make_sound(tmp_path / f"song{suffix}", seconds=2)
    found = await measurer.measure(None, os.fsencode(path))
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.moments.layout is Layout.OPAQUE


async def test_files_outside_links_and_what_is_gone_are_not_read(tmp_path: Path, measurer: ProcessMeasurer) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret.mp3").write_bytes(b"x")
    (tmp_path / "inside" / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    for path in (b"../secret.mp3", b"link.mp3", b"nothing.mp3"):
        with pytest.raises(FileNotFoundError):
            await measurer.measure(os.fsencode(tmp_path / "inside"), path)


async def test_a_file_that_grows_while_it_is_read_is_not_measured(tmp_path: Path, measurer: ProcessMeasurer) -> None:
    path = tmp_path / "growing.wav"
    with path.open("wb") as file:
        file.truncate(300 << 20)
    measuring = asyncio.create_task(measurer.measure(None, os.fsencode(path)))

    def reads() -> bool:
        return any(_has_open(pid, path) for pid in child_of(os.getpid()))

    await asyncio.to_thread(until, reads, "the file to be read")
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(Unmeasurable, match="changed"):
        await measuring


def _has_open(pid: int, path: Path) -> bool:
    try:
        return any(link.resolve() == path for link in Path(f"/proc/{pid}/fd").iterdir())
    except (FileNotFoundError, ProcessLookupError):
        return False


async def test_after_its_process_was_killed_another_goes_on(tmp_path: Path, measurer: ProcessMeasurer) -> None:
    path = make_sound(tmp_path / "song.mp3")
    first = await measurer.measure(None, os.fsencode(path))
    (pid,) = child_of(os.getpid())
    os.kill(pid, 9)
    assert await measurer.measure(None, os.fsencode(path)) == first
    assert child_of(os.getpid()) != [pid]


async def test_an_idle_process_ends_itself(tmp_path: Path) -> None:
    measurer = ProcessMeasurer(idle_s=0.1)
    path = make_sound(tmp_path / "song.mp3")
    first = await measurer.measure(None, os.fsencode(path))
    (pid,) = child_of(os.getpid())

    def over() -> bool:
        try:
            return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
        except FileNotFoundError:
            return True

    await asyncio.to_thread(until, over, "the process to end")
    assert await measurer.measure(None, os.fsencode(path)) == first
    await measurer.close()
    assert child_of(os.getpid()) == []


async def test_who_is_cancelled_leaves_no_answer_for_the_next(tmp_path: Path, measurer: ProcessMeasurer) -> None:
    large = tmp_path / "large.wav"
    with large.open("wb") as file:
        file.truncate(200 << 20)
    small = make_sound(tmp_path / "song.mp3")
    first = asyncio.create_task(measurer.measure(None, os.fsencode(large)))
    await asyncio.to_thread(until, lambda: child_of(os.getpid()), "the process to start")
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    found = await measurer.measure(None, os.fsencode(small))
    assert found.sha256 == hashlib.sha256(small.read_bytes()).hexdigest()
