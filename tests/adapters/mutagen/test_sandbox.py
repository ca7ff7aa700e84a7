"""Reading in processes of their own: what goes wrong there stays there."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import pytest
from tests.support.audio import make_sound

from sarau.adapters.mutagen.reader import MutagenTagReader
from sarau.adapters.mutagen.reading_process import Limits, ReaderStartFailed
from sarau.adapters.mutagen.sandbox import SandboxedTagReader, read_many
from sarau.foundation.media.tags import SoundFile, UnreadableSound

MODULE = b"sarau.adapters.mutagen.child"
PATIENCE_S = 30.0

File = tuple[int, Path, str]
_others: set[int] = set()


def children(of: int | None = None) -> set[int]:
    """Return the reading processes of this process, or of another."""
    found = set()
    for task in Path(f"/proc/{of or os.getpid()}/task").iterdir():
        for pid in (task / "children").read_text().split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:
                continue
            if MODULE in command:
                found.add(int(pid))
    return found - _others


@pytest.fixture(autouse=True)
def _begin_anew() -> Iterator[None]:
    """Leave the readers out of account that other tests keep for all of theirs."""
    _others.update(children())
    yield
    _others.clear()


def until(condition: Callable[[], bool]) -> None:
    """Wait until something is so, which it will be soon."""
    deadline = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < deadline, "it never came about"
        sleep(0.01)


def is_gone(pid: int) -> bool:
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return True


@pytest.fixture
def song(tmp_path: Path) -> Path:
    return make_sound(tmp_path / "song.mp3", title="A title", cover=bytes(50_000))


@pytest.fixture
def reader() -> Iterator[SandboxedTagReader]:
    with SandboxedTagReader(limits=Limits(timeout_s=PATIENCE_S)) as reader:
        yield reader


def test_it_reads_what_the_plain_reader_reads(reader: SandboxedTagReader, song: Path) -> None:
    assert reader.read(song, ".mp3") == MutagenTagReader().read(song, ".mp3")
    assert len(children()) == 1


def test_refusals_and_errors_of_the_system_come_through(reader: SandboxedTagReader, tmp_path: Path) -> None:
    (tmp_path / "empty.mp3").touch()
    with pytest.raises(UnreadableSound) as caught:
        reader.read(tmp_path / "empty.mp3", ".mp3")
    assert caught.value.reason == "empty file"
    with pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "gone.mp3", ".mp3")


def test_any_name_a_file_can_have_is_fine(reader: SandboxedTagReader, song: Path) -> None:
    assert reader.read(song.rename(song.with_name("caf\udce9 \n.mp3")), ".mp3").tags.title == "A title"


def test_a_file_that_needs_too_much_memory_is_refused_and_the_next_is_read(song: Path, tmp_path: Path) -> None:
    with SandboxedTagReader() as roomy:
        roomy.read(song, ".mp3")
        (pid,) = children()
        status = Path(f"/proc/{pid}/status").read_text()
    used_bytes = int(status.split("VmSize:")[1].split()[0]) * 1024
    large = make_sound(tmp_path / "large.m4a", title="t", cover=bytes(30 * 1024 * 1024))
    with SandboxedTagReader(limits=Limits(memory_bytes=used_bytes + 20 * 1024 * 1024)) as narrow:
        with pytest.raises(UnreadableSound, match="needs too much memory"):
            narrow.read(large, ".m4a")
        assert narrow.read(song, ".mp3").tags.title == "A title"


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(song: Path) -> None:
    with SandboxedTagReader(limits=Limits(timeout_s=1.0)) as reader:
        reader.read(song, ".mp3")
        (pid,) = children()
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(UnreadableSound, match="took longer than 1 s"):
            reader.read(song, ".mp3")
        assert is_gone(pid)
    with SandboxedTagReader() as reader:
        assert reader.read(song, ".mp3").tags.title == "A title"


def test_a_process_that_was_killed_is_replaced(reader: SandboxedTagReader, song: Path) -> None:
    reader.read(song, ".mp3")
    (pid,) = children()
    os.kill(pid, signal.SIGKILL)
    assert reader.read(song, ".mp3").tags.title == "A title"


def test_idle_processes_end_themselves(song: Path) -> None:
    with SandboxedTagReader(limits=Limits(idle_s=0.1)) as reader:
        for _ in range(2):
            reader.read(song, ".mp3")
            pids = children()
            until(lambda pids=pids: all(map(is_gone, pids)))  # type: ignore[misc]


def test_an_interrupt_from_the_keyboard_is_not_for_them(reader: SandboxedTagReader, song: Path) -> None:
    reader.read(song, ".mp3")
    (pid,) = children()
    os.kill(pid, signal.SIGINT)
    assert reader.read(song, ".mp3").tags.title == "A title"
    assert children() == {pid}
    assert os.getpgid(pid) != os.getpgid(0)


def test_closing_ends_all_processes(song: Path) -> None:
    with SandboxedTagReader() as reader:
        reader.read(song, ".mp3")
        (pid,) = children()
    assert is_gone(pid)


def test_they_end_when_their_parent_is_killed(song: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from sarau.adapters.mutagen.sandbox import SandboxedTagReader\n"
        "reader = SandboxedTagReader()\n"
        f"reader.read(Path({str(song)!r}), '.mp3')\n"
        "print('ready', flush=True); time.sleep(600)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    with parent.stdout:
        assert parent.stdout.readline() == b"ready\n"
        (pid,) = children(parent.pid)
        parent.kill()
        parent.wait()
    until(lambda: is_gone(pid))


def test_as_many_processes_as_allowed_serve_any_number_of_threads(song: Path) -> None:
    with SandboxedTagReader(processes=2) as reader, ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: reader.read(song, ".mp3").tags.title, range(60)))
        assert found == ["A title"] * 60
        assert 1 <= len(children()) <= 2


def test_they_load_little_and_learn_no_secrets(
    reader: SandboxedTagReader, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SARAU_SECRET_KEY", "do-not-tell")
    reader.read(song, ".mp3")
    (pid,) = children()
    assert b"do-not-tell" not in Path(f"/proc/{pid}/environ").read_bytes()
    program = "import sys, sarau.adapters.mutagen.child; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"sqlalchemy", "fastapi", "starlette", "av", "numpy", "PIL", "pydantic"} & set(loaded)


def test_a_process_that_does_not_start_is_no_fault_of_the_file(song: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with SandboxedTagReader() as reader, pytest.raises(ReaderStartFailed):
        reader.read(song, ".mp3")
    with pytest.raises(ReaderStartFailed):
        list(read_many([(1, song, ".mp3")], workers=1))


def library(tmp_path: Path, count: int) -> list[File]:
    """Return that many songs, every tenth of them no sound and every fifteenth missing."""
    files = []
    for number in range(count):
        path = tmp_path / f"{number}.mp3"
        if number % 10 == 1:
            path.write_bytes(b"no sound")
        elif number % 15 != 2:
            make_sound(path, title=f"Song {number}")
        files.append((number, path, ".mp3"))
    return files


@pytest.mark.parametrize("workers", [1, 3])
def test_many_are_read_each_once(workers: int, tmp_path: Path) -> None:
    files = library(tmp_path, 200)
    found = list(read_many(files, workers))
    assert sorted(key for key, _ in found) == list(range(200))
    for key, outcome in found:
        if key % 10 == 1:
            assert isinstance(outcome, UnreadableSound)
        elif key % 15 == 2:
            assert isinstance(outcome, FileNotFoundError)
        else:
            assert isinstance(outcome, SoundFile)
            assert outcome.tags.title == f"Song {key}"
    assert children() == set()


def test_none_are_read_without_a_process() -> None:
    assert list(read_many([], workers=2)) == []
    assert children() == set()


def test_files_are_taken_as_they_are_needed(song: Path) -> None:
    taken = []

    def endless() -> Iterator[File]:
        while True:
            taken.append(len(taken))
            yield len(taken), song, ".mp3"

    found = read_many(endless(), workers=2)
    for _ in range(100):
        next(found)
    assert len(taken) < 100 + 200
    found.close()  # type: ignore[attr-defined]
    assert children() == set()


def test_large_covers_and_a_slow_taker_do_not_jam(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "song.mp3", title="A title", cover=bytes(3_000_000))
    sizes = []
    for _, outcome in read_many(((n, path, ".mp3") for n in range(80)), workers=2, limits=Limits(timeout_s=2.0)):
        assert isinstance(outcome, SoundFile)
        assert outcome.picture is not None
        sizes.append(len(outcome.picture.data))
        if len(sizes) == 5:
            sleep(2.5)  # longer than a process may take for a file
    assert sizes == [3_000_000] * 80


def troubled(files: list[File], trouble: list[signal.Signals], last: list[File]) -> Iterator[File]:
    """Yield files, then do something to the process that has read them and waits, then yield more."""
    yield from files
    for pid in children():
        for sign in trouble:
            os.kill(pid, sign)
        if signal.SIGKILL in trouble:
            until(lambda pid=pid: is_gone(pid))  # type: ignore[misc]
    yield from last


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [([signal.SIGKILL], r"broke down \(killed by SIGKILL\)"), ([signal.SIGSTOP], "took longer than 1 s")],
)
def test_the_file_a_process_ends_with_is_refused(trouble: list[signal.Signals], reason: str, song: Path) -> None:
    good = [(number, song, ".mp3") for number in range(64)]
    files = troubled(good, trouble, [(99, song, ".mp3")])
    found = dict(read_many(files, workers=1, limits=Limits(timeout_s=1.0)))
    assert set(found) == {*range(64), 99}
    last = found.pop(99)
    assert isinstance(last, UnreadableSound)
    with pytest.raises(UnreadableSound, match=reason):
        raise last
    assert all(isinstance(outcome, SoundFile) for outcome in found.values())


@pytest.mark.parametrize(
    ("trouble", "workers"), [([signal.SIGKILL], 2), ([signal.SIGKILL], 1), ([signal.SIGSTOP], 1)]
)
def test_files_that_are_not_to_blame_are_read_after_all(
    trouble: list[signal.Signals], workers: int, song: Path
) -> None:
    first = [(number, song, ".mp3") for number in range(64)]
    rest = [(number, song, ".mp3") for number in range(64, 100)]
    found = dict(read_many(troubled(first, trouble, rest), workers, limits=Limits(timeout_s=1.0)))
    assert set(found) == set(range(100))
    assert all(isinstance(outcome, SoundFile) for outcome in found.values())
