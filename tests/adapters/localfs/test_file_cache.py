"""Files that may be made again: found when finished, bounded in size, the longest unused gone first."""

import asyncio
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.adapters.localfs.file_cache_process import fill

from sarau.adapters.localfs.file_cache import LocalFileCache
from sarau.foundation.storage import BlobMissing, StorageFull

MAX_BYTES = 10_000
ROOT = Path(__file__).parents[3]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache"


@pytest.fixture
def cache(root: Path) -> LocalFileCache:
    return LocalFileCache(root, MAX_BYTES)


async def put(cache: LocalFileCache, key: str, content: bytes = b"x" * 1000) -> None:
    async with cache.make(key) as entry:
        entry.path.write_bytes(content)
        entry.keep()


def kept_bytes(root: Path) -> int:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file())


def unused_since(cache: LocalFileCache, key: str, seconds_ago: int) -> None:
    """Make a file look as if it was last used so long ago."""
    path = cache.find(key)
    assert path is not None
    then = path.stat().st_mtime - seconds_ago
    os.utime(path, (then, then))


@pytest.mark.parametrize("key", ["", "a", "../../../etc/passwd", "é🎵\0\n", "x" * 10_000, "drafts"])
async def test_what_was_made_is_found_under_any_key(cache: LocalFileCache, root: Path, key: str) -> None:
    assert cache.find(key) is None
    await put(cache, key, b"content")
    path = cache.find(key)

    assert path is not None
    assert path.read_bytes() == b"content"
    assert path.is_relative_to(root)
    assert cache.find(key + ".") is None


async def test_a_file_can_be_made_again(cache: LocalFileCache) -> None:
    await put(cache, "a", b"old")
    await put(cache, "a", b"new")
    path = cache.find("a")

    assert path is not None
    assert path.read_bytes() == b"new"


async def test_nothing_is_found_before_it_is_finished(cache: LocalFileCache, root: Path) -> None:
    async with cache.make("a") as entry:
        entry.path.write_bytes(b"half")
        assert cache.find("a") is None
        entry.keep()
        assert cache.find("a") is None

    assert cache.find("a") is not None


@pytest.mark.parametrize(
    "error", [LookupError, BlobMissing, TimeoutError, ConnectionResetError, asyncio.CancelledError]
)
async def test_what_breaks_off_leaves_nothing_and_says_why(
    cache: LocalFileCache, root: Path, error: type[BaseException]
) -> None:
    async def break_off() -> None:
        async with cache.make("a") as entry:
            entry.path.write_bytes(b"half")
            entry.keep()
            raise error

    with pytest.raises(error):
        await break_off()
    assert cache.find("a") is None
    assert kept_bytes(root) == 0


async def test_what_is_not_kept_is_gone(cache: LocalFileCache, root: Path) -> None:
    async with cache.make("a") as entry:
        entry.path.write_bytes(b"unwanted")

    assert cache.find("a") is None
    assert [path for path in root.rglob("*") if path.is_file()] == []


async def test_the_longest_unused_go_first(cache: LocalFileCache, root: Path) -> None:
    for number in range(10):
        await put(cache, f"song {number}")
        unused_since(cache, f"song {number}", 1000 - number)
    assert cache.find("song 0") is not None, "used now, so it stays"
    await put(cache, "one more")

    found = [number for number in range(10) if cache.find(f"song {number}")]
    assert found == [0, 3, 4, 5, 6, 7, 8, 9]
    assert cache.find("one more") is not None


async def test_a_file_too_large_for_the_cache_drives_nobody_out(cache: LocalFileCache) -> None:
    await put(cache, "song")
    for size_bytes in (MAX_BYTES * 10, MAX_BYTES, MAX_BYTES * 19 // 20):
        await put(cache, "huge", bytes(size_bytes))
        assert cache.find("huge") is None
        assert cache.find("song") is not None
    await put(cache, "large", bytes(MAX_BYTES * 9 // 10))
    assert cache.find("large") is not None


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 4000)), max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_it_never_holds_more_than_its_bound(root: Path, makings: list[tuple[int, int]]) -> None:
    cache = LocalFileCache(root, MAX_BYTES)
    cache.clear()

    async def make_all() -> None:
        for key, size_bytes in makings:
            await put(cache, str(key), bytes(size_bytes))
            path = cache.find(str(key))
            assert path is not None
            assert path.stat().st_size == size_bytes
            assert kept_bytes(root) <= MAX_BYTES

    asyncio.run(make_all())


async def test_many_are_made_at_once(cache: LocalFileCache, root: Path) -> None:
    await asyncio.gather(*(put(cache, f"song {number}") for number in range(60)))
    await asyncio.gather(*(put(cache, "same", bytes([65 + number]) * 500) for number in range(20)))

    assert kept_bytes(root) <= MAX_BYTES
    path = cache.find("same")
    assert path is not None
    assert len(set(path.read_bytes())) == 1


async def test_what_is_there_from_before_counts(cache: LocalFileCache, root: Path) -> None:
    for number in range(9):
        await put(cache, f"song {number}")
    again = LocalFileCache(root, MAX_BYTES // 2)
    assert again.find("song 3") is not None
    await put(again, "one more")

    assert kept_bytes(root) <= MAX_BYTES // 2
    assert again.find("one more") is not None


async def test_two_processes_keep_to_one_bound(root: Path) -> None:
    max_bytes = 1_000_000
    command = [sys.executable, "-m", "tests.adapters.localfs.file_cache_process", str(root), "b", str(max_bytes)]
    other = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stderr=subprocess.PIPE)
    await fill(root, "a", max_bytes)
    _, complaints = await other.communicate()

    assert complaints == b""
    assert other.returncode == 0
    # Each may be a twentieth ahead of what it last saw of the other.
    assert kept_bytes(root) <= max_bytes * 1.1


async def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = LocalFileCache(tmp_path / "file" / "cache", MAX_BYTES)

    with pytest.raises(StorageFull, match="cannot be written"):
        await put(cache, "a")
    with pytest.raises(NotADirectoryError):
        (tmp_path / "file" / "cache").stat()


async def test_a_disk_that_fills_up_in_the_middle_is_told(cache: LocalFileCache) -> None:
    async def fill_up() -> None:
        async with cache.make("a") as entry:
            entry.path.write_bytes(b"half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(StorageFull):
        await fill_up()
    assert cache.find("a") is None


async def test_what_a_killed_process_left_is_swept_and_what_is_being_made_is_not(
    cache: LocalFileCache, root: Path
) -> None:
    await put(cache, "finished")
    async with cache.make("under way") as entry:
        entry.path.write_bytes(b"half")
        left = entry.path.with_name("left")
        left.write_bytes(b"half")
        os.utime(left, (0, 0))
        cache.sweep()
        assert not left.exists()
        assert entry.path.exists()
        entry.keep()

    assert cache.find("under way") is not None
    assert cache.find("finished") is not None


async def test_everything_can_be_dropped(cache: LocalFileCache, root: Path) -> None:
    cache.sweep()
    cache.clear()
    await put(cache, "a")
    cache.clear()

    assert cache.find("a") is None
    await put(cache, "a")
    assert cache.find("a") is not None


async def test_nobody_else_may_look_in(cache: LocalFileCache, root: Path) -> None:
    await put(cache, "a")
    path = cache.find("a")

    assert path is not None
    assert path.stat().st_mode & 0o077 == 0
