"""Files inside a folder are opened, and nothing else, whatever lies in the way."""

import os
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sarau.foundation.storage.inside import open_inside, read_inside

OUTSIDE = b"not for you"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a song in it and another one two folders down, beside something that is nobody's business."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "private").write_bytes(OUTSIDE)
    root = tmp_path / "music"
    (root / "album" / "cd1").mkdir(parents=True)
    (root / "song").write_bytes(b"a song")
    (root / "album" / "cd1" / "song").write_bytes(b"another song")
    return root


def read(root: Path, path: bytes) -> bytes:
    return read_inside(os.fsencode(root), path, 1000)


def refused(root: Path, path: bytes) -> None:
    with pytest.raises(FileNotFoundError):
        read(root, path)


def test_files_inside_are_read(root: Path) -> None:
    assert read(root, b"song") == b"a song"
    assert read(root, b"album/cd1/song") == b"another song"
    assert read_inside(os.fsencode(root), b"song", 3) == b"a s"


def test_names_are_bytes(root: Path) -> None:
    name = b"caf\xe9 \xff\n.mp3"
    (root / os.fsdecode(name)).write_bytes(b"latin")

    assert read(root, name) == b"latin"


@pytest.mark.parametrize(
    "path",
    [
        b"", b"/", b".", b"..", b"nothing", b"nothing/song", b"song/", b"song/x", b"album", b"album/", b"./song",
        b"../outside/private", b"album/../../outside/private", b"album/../song",
        b"album/cd1/../../../outside/private",
        b"//song", b"album//cd1/song", b"song\0", b"\0", b"al\0bum/song", b"../music/song", b"x" * 300,
        b"a/" * 3000 + b"song",
    ],
)  # fmt: skip
def test_ways_out_and_ways_that_are_none(root: Path, path: bytes) -> None:
    with pytest.raises(OSError, match=r"inside the folder|No such file|too long"):
        read(root, path)


def test_absolute_paths(root: Path) -> None:
    refused(root, os.fsencode(root / "song"))
    refused(root, b"/etc/passwd")


@pytest.mark.parametrize("link", ["album", "album/cd1", "album/cd1/song"])
@pytest.mark.parametrize("target", ["outside", "inside", "nowhere", "itself"])
def test_a_link_at_any_step(root: Path, link: str, target: str) -> None:
    place = root / link
    aside = root.parent / "aside"
    place.rename(aside)
    targets = {"outside": root.parent / "outside", "inside": root / "aside", "nowhere": root / "x", "itself": place}
    if target == "inside":
        aside = aside.rename(root / "aside")
    place.symlink_to(targets[target])

    refused(root, b"album/cd1/song")
    refused(root, os.fsencode(link))
    refused(root, os.fsencode(f"{link}/private"))


def test_the_folder_itself_may_be_a_link(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)

    assert read(link, b"song") == b"a song"


def test_a_pipe_keeps_nobody_waiting(root: Path) -> None:
    os.mkfifo(root / "pipe")

    refused(root, b"pipe")


def test_a_socket(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        refused(root, b"socket")


def test_devices() -> None:
    for device in (b"zero", b"null", b"tty"):
        with pytest.raises(OSError, match=r"plain file|such device|No such file"):
            read_inside(b"/dev", device, 10)


def test_a_folder_that_is_none(root: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(root / "nowhere", b"song")
    with pytest.raises(NotADirectoryError):
        read(root / "song", b"song")


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_nothing_is_left_open(root: Path) -> None:
    before = open_files()
    for path in (b"song", b"album", b"nothing", b"album/nothing", b"song/x", b"album/cd1/song"):
        for _ in range(20):
            try:
                os.close(open_inside(os.fsencode(root), path))
            except OSError:
                continue

    assert open_files() == before


NAMES = st.sampled_from(
    [b"", b".", b"..", b"album", b"cd1", b"song", b"outside", b"private", b"music", b"link", b"\0"]
)


@given(st.lists(NAMES, max_size=8).map(b"/".join) | st.binary(max_size=40))
@example(b"link/private")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_path_leads_out(root: Path, path: bytes) -> None:
    link = root / "link"
    if not link.is_symlink():
        link.symlink_to("../outside")
    try:
        content = read(root, path)
    except OSError:
        return
    assert content in (b"a song", b"another song")


def test_a_link_put_in_the_way_at_the_last_moment(root: Path) -> None:
    """A folder that turns into a link and back all the time never leads out."""
    folder, aside = root / "album", root / "aside"
    (root.parent / "outside" / "cd1").mkdir()
    (root.parent / "outside" / "cd1" / "song").write_bytes(OUTSIDE)
    over = threading.Event()

    def juggle() -> None:
        while not over.is_set():
            folder.rename(aside)
            folder.symlink_to(root.parent / "outside")
            folder.unlink()
            aside.rename(folder)

    juggler = threading.Thread(target=juggle)
    juggler.start()
    seen = set()
    for tries in range(300_000):
        try:
            seen.add(read(root, b"album/cd1/song"))
        except FileNotFoundError:
            seen.add(b"")
        if tries > 3000 and len(seen) > 1:
            break
    over.set()
    juggler.join()

    assert OUTSIDE not in seen
    assert seen == {b"another song", b""}
