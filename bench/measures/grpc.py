"""Files by gRPC in chunks of three sizes, at 1, 4 and 32 clients, beside bare servers; memory of a stream."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import NamedTuple

import grpc

from bench.context import Bench, Failure
from bench.load.grpc_files import Moved, Plan, wav
from bench.load.plan import order, ordered, outcome_of
from bench.processes import Running
from bench.report import Row, Target, below, times_peer
from bench.servers.bare_grpc import DOWN, UP, BareGrpc, bare_grpc
from bench.servers.go_grpc import go_grpc, go_program
from bench.servers.sarau import Sarau, serving, with_owner

NAME = "grpc"
_KIB = 1 << 10
_CHUNKS = (64 * _KIB, 256 * _KIB, 1024 * _KIB)
_CLIENTS = (1, 4, 32)
_FILE_BYTES = 64 << 20
_LIMIT_S = 120
_STREAMS = 64
_LISTEN_S = 3.0
_UPLOAD, _DOWNLOAD = "/file.FileService/Upload", "/file.FileService/Download"
_NAMED = b"\x0a\x0a\x0a\x08song.wav"  # an UploadRequest with the name of a file alone


class _Side(NamedTuple):
    name: str
    running: Running
    port: int
    token: str
    down: tuple[str, bytes]
    up: tuple[str, bytes]


class _Taken(NamedTuple):
    mb_per_s: float
    cpu_s_per_gb: float


def measure(bench: Bench) -> Iterator[Row]:
    """Move files to and from us and a bare server in turn, and see what it costs."""
    home = bench.fresh("grpc") / "data"
    home.mkdir()
    with_owner(home)
    program = go_program(bench)
    for chunk in _CHUNKS:
        with ExitStack() as stack:
            ours = _our_side(stack.enter_context(_ours(bench, home, chunk)))
            other = stack.enter_context(bare_grpc(bench, chunk))
            sides = [ours, _bare_side("bare grpc.aio", other)]
            if program is not None:
                sides.append(_bare_side("Go", stack.enter_context(go_grpc(bench, program, chunk, wav(_FILE_BYTES)))))
            for upload in (False, True):
                for clients in _CLIENTS:
                    bench.tell(f"{'up' if upload else 'down'}, {chunk // _KIB} KiB, {clients} clients")
                    yield from _compared(bench, sides, upload, chunk, clients, home)
    with _ours(bench, home, 256 * _KIB) as server:
        known = _our_side(server)
    with _ours(bench, home, 256 * _KIB) as server:  # afresh: what an upload needed a moment ago would be taken again
        bench.tell(f"{_STREAMS} streams")
        yield _memory(bench, known._replace(running=server.running, port=server.grpc_port, token=_token(server)))


def _bare_side(name: str, server: BareGrpc) -> _Side:
    return _Side(name, server.running, server.port, "", (DOWN, str(_FILE_BYTES).encode()), (UP, b""))


def _ours(bench: Bench, home: Path, chunk: int) -> AbstractContextManager[Sarau]:
    return serving(bench, home, SARAU_GRPC_CHUNK_BYTES=str(chunk), SARAU_GRPC_CALLS_PER_MINUTE="0")


def _token(server: Sarau) -> str:
    return server.headers["Authorization"].removeprefix("Bearer ")


def _content(message: bytes) -> bytes:
    """Return the bytes of a message with one field."""
    return message[2 + next(place for place, byte in enumerate(message[1:]) if byte < 0x80) :]


def _our_side(server: Sarau) -> _Side:
    """Upload the file that is going to be downloaded, and see that it comes as it was."""
    token = _token(server)
    metadata = (("authorization", f"Bearer {token}"),)
    content = wav(_FILE_BYTES)
    pieces = (content[at : at + (1 << 20)] for at in range(0, len(content), 1 << 20))
    messages = [_NAMED, *(b"\x12\x80\x80\x40" + piece for piece in pieces)]  # a chunk of 1 MiB
    with grpc.insecure_channel(f"127.0.0.1:{server.grpc_port}") as line:
        answer = line.stream_unary(_UPLOAD, None, None)(iter(messages), metadata=metadata)
        asked = b"\x0a\x40" + _content(answer)
        given = line.unary_stream(_DOWNLOAD, None, None)(asked, metadata=metadata)
        if b"".join(map(_content, given)) != content:
            raise Failure("the download is not what was uploaded")
    return _Side("Sarau", server.running, server.grpc_port, token, (_DOWNLOAD, asked), (_UPLOAD, _NAMED))


def _plan(side: _Side, upload: bool, chunk: int, clients: int, seconds: float, pause_s: float = 0) -> Plan:
    method, first = side.up if upload else side.down
    return Plan(side.port, method, upload, first, side.token, _FILE_BYTES, chunk, clients, seconds, pause_s)


def _compared(bench: Bench, sides: list[_Side], upload: bool, chunk: int, clients: int, home: Path) -> Iterator[Row]:
    taken: dict[str, list[_Taken]] = {side.name: [] for side in sides}
    for _ in range(bench.repeats):
        for side in sides:
            taken[side.name].append(_move(bench, side, _plan(side, upload, chunk, clients, min(2, bench.load_s))))
            _forget(home, sides[0].down[1][2:].decode())
    plural = "s" if clients > 1 else ""
    what = f"{'up' if upload else 'down'}, {chunk // _KIB} KiB chunks, {clients} client{plural}"
    ours = taken.pop(sides[0].name)
    for peer, theirs in taken.items():
        wanted = times_peer(0.8 if upload else 0.85) if peer == sides[1].name else None
        yield _row(what, "MB/s", peer, [a.mb_per_s for a in ours], [b.mb_per_s for b in theirs], wanted)
        own, others = [a.cpu_s_per_gb for a in ours], [b.cpu_s_per_gb for b in theirs]
        yield _row(f"{what}, CPU", "s/GB", peer, own, others)


def _row(
    what: str, unit: str, peer: str, ours: list[float], theirs: list[float], target: Target | None = None
) -> Row:
    return Row(measure=NAME, what=what, unit=unit, ours=ours, peer=peer, theirs=theirs, target=target)


def _move(bench: Bench, side: _Side, plan: Plan) -> _Taken:
    before = side.running.cpu_s()
    done = ordered("bench.load.grpc_files", bench.client_core, plan, Moved, _LIMIT_S)
    used_s = side.running.cpu_since(before)
    if not done.counted_bytes:
        raise Failure(f"{side.name}: nothing was moved: {side.running.said()}")
    return _Taken(done.mb_per_s, used_s / (done.all_bytes / 1e9))


def _forget(home: Path, kept: str) -> None:
    """Make room: of what was uploaded under load nothing is asked for again, but for one file."""
    for path in (home / "uploads").rglob("*"):
        if path.is_file() and path.stat().st_size == _FILE_BYTES and path.name not in kept:
            path.unlink(missing_ok=True)


def _memory(bench: Bench, side: _Side) -> Row:
    """Listen in many streams at the pace of music, and see what each takes."""
    before = side.running.memory()
    plan = _plan(side, False, 256 * _KIB, _STREAMS, _LISTEN_S, pause_s=0.5)
    process = order("bench.load.grpc_files", bench.client_core, plan)
    try:
        time.sleep(_LISTEN_S - 1)
        during = side.running.memory()
    finally:
        outcome_of(process, Moved, _LIMIT_S)
    return Row(
        measure=NAME,
        what=f"memory of an active stream, of {_STREAMS}",
        unit="MB",
        ours=[(during.rss_bytes - before.rss_bytes) / _STREAMS / 1e6],
        target=below(1),
    )
