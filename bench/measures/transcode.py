"""How soon a transcode begins to sound, and how fast it is made, beside a process of ffmpeg."""

import http.client
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.context import Bench, Failure
from bench.material.media import SONG_S, SONGS, media, song_of
from bench.report import Row, below
from bench.servers.sarau import Sarau, serving, with_owner

NAME = "transcode"
_TARGETS = {
    "opus": ("libopus", "ogg"),
    "mp3": ("libmp3lame", "mp3"),
    "aac": ("aac", "adts"),
    "flac": ("flac", "flac"),
}
_START_S = 30
_PIECE = 1 << 16


class _Case(NamedTuple):
    kind: str
    target: str
    start_s: int

    @property
    def sounding_s(self) -> float:
        """How long what is made sounds."""
        return SONG_S - self.start_s


class _Made(NamedTuple):
    first_ms: float
    times_realtime: float


def _cases(quick: bool) -> list[_Case]:
    whole = [_Case(kind, target, 0) for kind in SONGS for target in _TARGETS]
    middle = [_Case(kind, target, _START_S) for kind in SONGS for target in ("opus", "mp3")]
    cases = whole + middle
    return cases[::4] if quick else cases


def measure(bench: Bench) -> Iterator[Row]:
    """Ask for each case once, nothing of it being kept; the very first one also loads FFmpeg's libraries."""
    folder = media(bench)
    data = bench.fresh("transcode") / "data"
    data.mkdir()
    ffmpeg = shutil.which("ffmpeg")
    ours: list[_Made] = []
    theirs: list[_Made] = []
    with serving(bench, with_owner(data), pin=False, SARAU_DATA_MUSIC=str(folder)) as server:
        server.wait_scanned()
        tracks = {track["title"]: track["id"] for track in server.get("/tracks", limit=500)["items"]}
        bench.tell("transcoding")
        cold = _transcode(server, tracks[Path(song_of("FLAC")).stem], _Case("FLAC", "mp3", 10))
        for case in _cases(bench.quick):
            ours.append(_transcode(server, tracks[Path(song_of(case.kind)).stem], case))
            if ffmpeg is not None:
                theirs.append(_by_ffmpeg(ffmpeg, folder / song_of(case.kind), case))
    yield from _rows(cold, ours, theirs)


def _transcode(server: Sarau, track_id: str, case: _Case) -> _Made:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.connect()
    try:
        path = f"/api/v1/tracks/{track_id}/stream?format={case.target}&start={case.start_s * 1000}"
        began = time.perf_counter()
        connection.request("GET", path, headers=server.headers)
        answer = connection.getresponse()
        first = answer.read(1)
        first_ms = (time.perf_counter() - began) * 1000
        while answer.read(_PIECE):
            pass
        took_s = time.perf_counter() - began
    finally:
        connection.close()
    if answer.status != 200 or not first:
        raise Failure(f"{case}: {answer.status}")
    return _Made(first_ms, case.sounding_s / took_s)


def _by_ffmpeg(program: str, source: Path, case: _Case) -> _Made:
    codec, container = _TARGETS[case.target]
    command = [program, "-v", "error", "-nostdin", "-ss", str(case.start_s), "-i", str(source), "-vn"]
    command += ["-c:a", codec, "-f", container, "pipe:1"]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        if process.stdout is None:
            raise Failure("ffmpeg has no output")
        first = process.stdout.read(1)
        first_ms = (time.perf_counter() - began) * 1000
        while process.stdout.read(_PIECE):
            pass
    if process.returncode or not first:
        raise Failure(f"ffmpeg failed at {case}")
    return _Made(first_ms, case.sounding_s / (time.perf_counter() - began))


def _rows(cold: _Made, ours: list[_Made], theirs: list[_Made]) -> Iterator[Row]:
    peer = "an ffmpeg process" if theirs else ""
    ours_ms, theirs_ms = [one.first_ms for one in ours], [one.first_ms for one in theirs]
    yield Row(
        measure=NAME,
        what=f"first byte, median of {len(ours)}",
        unit="ms",
        ours=[median(ours_ms)],
        peer=peer,
        theirs=[median(theirs_ms)] if theirs else [],
        target=below(30),
    )
    yield Row(
        measure=NAME,
        what=f"first byte, worst of {len(ours)}",
        unit="ms",
        ours=[max(ours_ms)],
        peer=peer,
        theirs=[max(theirs_ms)] if theirs else [],
        target=below(30),
    )
    yield Row(measure=NAME, what="first byte, the first one after the start", unit="ms", ours=[cold.first_ms])
    yield Row(
        measure=NAME,
        what="speed",
        unit="× real time",
        ours=[one.times_realtime for one in ours],
        peer=peer,
        theirs=[one.times_realtime for one in theirs],
    )
