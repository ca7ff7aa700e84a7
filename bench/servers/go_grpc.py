"""A bare gRPC file server in Go, where there is a Go toolchain: built once, below bench/data."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.server import free_port

from bench.context import Bench
from bench.processes import started
from bench.servers.bare_grpc import BareGrpc, wait_ready

_SOURCES = Path(__file__).parent / "go"
_BUILD_LIMIT_S = 300


def go_program(bench: Bench) -> Path | None:
    """Return the built server, None where it cannot be built."""
    program = bench.data / "go-grpc"
    newest = max(path.stat().st_mtime for path in _SOURCES.iterdir())
    if program.exists() and program.stat().st_mtime > newest:
        return program
    go = shutil.which("go")
    if go is None:
        return None
    bench.tell("building a gRPC file server in Go (once)")
    try:
        command = [go, "build", "-o", str(program), "."]
        subprocess.run(command, cwd=_SOURCES, check=True, capture_output=True, text=True, timeout=_BUILD_LIMIT_S)
    except (OSError, subprocess.SubprocessError) as error:
        bench.tell(f"there is no server in Go to compare with: {error}")
        return None
    return program


@contextmanager
def go_grpc(bench: Bench, program: Path, chunk_bytes: int, file: bytes) -> Iterator[BareGrpc]:
    """Serve a file from the disk on the core of servers, and take others."""
    port, folder = free_port(), bench.fresh("go-grpc")
    (folder / "file").write_bytes(file)
    command = [str(program), str(port), str(chunk_bytes), str(folder)]
    env = {**os.environ, "GOMAXPROCS": "1"}
    with started(command, log=folder / "log", core=bench.server_core, env=env) as running:
        wait_ready(running, port)
        yield BareGrpc(running, port)
