"""A device in sync with 100,000 files: what everything costs, and what nothing new costs, on the wire and in time."""

import time
from collections.abc import Iterator

import grpc
from tests.support.cable import Cable

from bench.context import Bench, Failure
from bench.material.catalogue import catalogue
from bench.report import Row, below
from bench.servers.sarau import serving
from sarau.interfaces.grpc.stubs.sarau.v1 import sync_pb2

NAME = "sync"
_CHANGES = "/sarau.v1.SyncService/Changes"


def measure(bench: Bench) -> Iterator[Row]:
    """Ask for everything there is, then again for what is new."""
    with serving(bench, catalogue(bench)) as server, Cable(server.grpc_port) as cable:
        bench.tell("a device comes for the first time, and again")
        metadata = (("authorization", server.headers["Authorization"]),)
        with grpc.insecure_channel(f"127.0.0.1:{cable.port}") as line:
            changes = line.unary_stream(
                _CHANGES, sync_pb2.ChangesRequest.SerializeToString, sync_pb2.Change.FromString
            )
            began = time.perf_counter()
            answers = list(changes(sync_pb2.ChangesRequest(brief=True), metadata=metadata))
            first_s, first_bytes = time.perf_counter() - began, cable.carried_bytes
            caught, told = answers[-1].caught, [one for answer in answers for one in answer.tracks]
            if not caught.everything:
                raise Failure("not everything was told")
            waits_ms: list[float] = []
            for _ in range(bench.repeats):
                before, began = cable.carried_bytes, time.perf_counter()
                answers = list(changes(sync_pb2.ChangesRequest(cursor=caught.cursor), metadata=metadata))
                waits_ms.append((time.perf_counter() - began) * 1000)
                carried = cable.carried_bytes - before
                if len(answers) != 1 or answers[0].caught.everything:
                    raise Failure("something changed meanwhile")
    files = f"{len(told):,} files"
    yield Row(measure=NAME, what=f"first sync of {files}, hashes alone", unit="s", ours=[first_s])
    each = first_bytes / len(told)
    yield Row(measure=NAME, what=f"first sync of {files}, on the wire for each", unit="bytes", ours=[each])
    yield Row(measure=NAME, what=f"unchanged sync of {files}", unit="ms", ours=waits_ms)
    what = f"unchanged sync of {files}, both ways on the wire"
    yield Row(measure=NAME, what=what, unit="bytes", ours=[carried], target=below(1000))
