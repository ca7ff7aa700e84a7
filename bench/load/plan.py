"""How a load in a process of its own is told what to do, and tells what came of it: JSON in, JSON out."""

import subprocess
import sys
from collections.abc import Callable
from typing import TypeVar

import msgspec

from bench.context import Failure
from bench.processes import pinned

Plan = TypeVar("Plan")
Outcome = TypeVar("Outcome")


def ordered(module: str, core: int, plan: msgspec.Struct, outcome: type[Outcome], limit_s: float) -> Outcome:
    """Run a load's module with a plan and return its outcome; raises Failure."""
    process = order(module, core, plan)
    return outcome_of(process, outcome, limit_s)


def order(module: str, core: int, plan: msgspec.Struct) -> "subprocess.Popen[bytes]":
    """Start a load's module with a plan."""
    process = subprocess.Popen(
        pinned(core, [sys.executable, "-m", module]), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    if process.stdin is None:
        raise Failure(f"{module} takes no plan")
    process.stdin.write(msgspec.json.encode(plan))
    process.stdin.close()
    process.stdin = None
    return process


def outcome_of(process: "subprocess.Popen[bytes]", outcome: type[Outcome], limit_s: float) -> Outcome:
    """Wait for a load and return its outcome; raises Failure."""
    try:
        answer, _ = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        raise Failure(f"{process.args!r} does not end") from None
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode:
        raise Failure(f"{process.args!r} ended with {process.returncode}")
    return msgspec.json.decode(answer, type=outcome)


def carry_out(plan: type[Plan], act: Callable[[Plan], object]) -> None:
    """Be the process: read the plan, act on it, write the outcome."""
    outcome = act(msgspec.json.decode(sys.stdin.buffer.read(), type=plan))
    sys.stdout.buffer.write(msgspec.json.encode(outcome))
