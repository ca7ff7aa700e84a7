"""The store on a real disk: processes that race or die, disks that are full."""

import asyncio
import hashlib
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.adapters.localfs import uploading
from tests.adapters.localfs.uploading import CONTENT

from sarau.adapters.localfs.store import LocalBlobStore

DIGEST = hashlib.sha256(CONTENT).hexdigest()
SCRIPT = [sys.executable, uploading.__file__]
# A disk of 2 MB, if this user may mount one in a namespace of its own, and always a limit for files of 2 MB.
MOUNTING = 'mount -t tmpfs -o size=2m none "$1" && shift && exec "$@"'
OWN_MOUNTS = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNTING, "sh"]


def can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*OWN_MOUNTS, "/mnt", "true"], capture_output=True, check=False).returncode == 0


def upload(root: Path, scene: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*SCRIPT, str(root), scene], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def heard(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file() and path.name != "lock")


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


async def put(store: LocalBlobStore, content: bytes) -> str:
    async with store.draft() as draft:
        await draft.write(content)
        return (await draft.keep()).sha256


async def test_bytes_lie_under_their_digest_and_only_their_owner_may_read_them(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "blobs"
    old = os.umask(0)
    try:
        digest = await put(LocalBlobStore(root), CONTENT)
    finally:
        os.umask(old)

    assert files(root) == [root / digest[:2] / digest[2:4] / digest]
    for path in (root, *root.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected


async def test_a_second_store_on_the_same_directory_sees_everything(tmp_path: Path) -> None:
    digest = await put(LocalBlobStore(tmp_path), CONTENT)

    assert await LocalBlobStore(tmp_path).size_bytes(digest) == len(CONTENT)


async def test_a_torn_file_is_replaced_by_the_whole_one(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    path = store.local_path(await put(store, CONTENT))
    assert path is not None
    path.write_bytes(CONTENT[:100])

    async with store.draft() as draft:
        await draft.write(CONTENT)
        assert (await draft.keep()).new
    assert path.read_bytes() == CONTENT


async def test_a_kept_draft_takes_no_more(tmp_path: Path) -> None:
    async with LocalBlobStore(tmp_path).draft() as draft:
        await draft.write(CONTENT)
        await draft.keep()

        with pytest.raises(ValueError, match="closed"):
            await draft.write(CONTENT)
        with pytest.raises(ValueError, match="closed"):
            await draft.keep()


async def test_a_cancelled_upload_leaves_no_file_and_no_descriptor(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    writing = asyncio.Event()
    before = open_files()

    async def upload_forever() -> None:
        async with store.draft() as draft:
            while True:
                await draft.write(CONTENT)
                writing.set()

    for _ in range(20):
        task = asyncio.create_task(upload_forever())
        await writing.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        writing.clear()

    assert files(tmp_path) == []
    assert open_files() == before


def test_of_two_processes_that_bring_the_same_one_is_the_first(tmp_path: Path) -> None:
    for time_around in range(5):
        root = tmp_path / str(time_around)
        processes = [upload(root, "keep") for _ in range(2)]
        assert [heard(process) for process in processes] == ["ready", "ready"]
        for process in processes:
            tell(process)

        assert sorted(heard(process) for process in processes) == ["known", "new"]
        assert [process.wait() for process in processes] == [0, 0]
        assert files(root) == [root / DIGEST[:2] / DIGEST[2:4] / DIGEST]
        assert files(root)[0].read_bytes() == CONTENT
        for process in processes:
            process.communicate()


async def test_what_a_killed_process_left_is_invisible_and_swept(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    process = upload(tmp_path, "linger")
    leftover = Path(heard(process))
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert files(tmp_path) == [leftover]
    assert leftover.stat().st_size == len(CONTENT)
    assert not await store.exists(DIGEST)
    assert await store.sweep() == 0  # it might still be somebody's: it is young
    age(leftover, 3_601)
    assert await store.sweep() == 1
    assert files(tmp_path) == []


async def test_an_upload_in_progress_is_not_swept_however_slow_it_is(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    process = upload(tmp_path, "linger")
    theirs = Path(heard(process))
    async with store.draft() as draft:
        await draft.write(CONTENT)
        age(theirs, 100_000)
        age(draft.path, 100_000)

        assert await store.sweep() == 0
        assert len(files(tmp_path)) == 2
        assert (await draft.keep()).new
    tell(process)
    process.communicate()
    assert process.returncode == 0


async def test_sweeping_spares_what_is_kept_and_what_it_does_not_know(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    kept = store.local_path(await put(store, CONTENT))
    assert kept is not None
    age(kept, 100_000)
    (tmp_path / "incoming" / "a directory").mkdir()
    age(tmp_path / "incoming" / "a directory", 100_000)

    assert await store.sweep() == 0
    assert kept.exists()


@pytest.mark.parametrize("disk", ["limit", *(["small disk"] if can_mount() else [])])
def test_a_full_disk_is_told_and_nothing_is_left_over(tmp_path: Path, disk: str) -> None:
    mount = [*OWN_MOUNTS, str(tmp_path)] if disk == "small disk" else []
    limit = [str(2 * 1024 * 1024)] if disk == "limit" else []

    done = subprocess.run(
        [*mount, *SCRIPT, str(tmp_path), "fill", *limit], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["full", "0", "8"]


async def test_free_space_is_that_of_the_disk(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path)

    free_bytes = await LocalBlobStore(tmp_path).free_bytes()

    assert free_bytes == pytest.approx(disk.f_bavail * disk.f_frsize, rel=0.2)
