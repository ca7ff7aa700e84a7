"""Identifiers rise, never collide, and have one written form."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.kit.ids import is_id, new_id, to_integer, to_text

MANY = 5_000
NO_IDS = [
    "",
    "0",
    "x" * 16,
    "0" * 15,
    "0" * 17,
    "8000000000000000",
    "00000000000000AB",
    " 00000000000000a",
    "000000000000000\n",
    "-000000000000001",
    "0x00000000000001",
    "٠" * 16,
    "0_00000000000000",
    "\0" * 16,
]


def test_order_is_the_order_of_making() -> None:
    made = [new_id() for _ in range(MANY)]

    assert made == sorted(made)
    assert len(set(made)) == MANY


def test_threads_never_get_the_same() -> None:
    with ThreadPoolExecutor(8) as threads:
        lots = list(threads.map(lambda _: [new_id() for _ in range(MANY)], range(8)))

    assert len({one for lot in lots for one in lot}) == 8 * MANY
    assert all(lot == sorted(lot) for lot in lots)


def test_processes_never_get_the_same() -> None:
    program = "from sarau.kit.ids import new_id\nprint(*[new_id() for _ in range(500)])"
    running = [subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _ in range(3)]
    made = [one for process in running for one in process.communicate()[0].split()]

    assert len(set(made)) == len(made) == 3 * 500


def test_every_one_has_the_shape_and_fits_the_database() -> None:
    one = new_id()

    assert is_id(one)
    assert 0 < to_integer(one) < 2**63


@given(st.integers(0, 2**63 - 1))
def test_written_and_stored_form_are_one_to_one(number: int) -> None:
    assert to_integer(to_text(number)) == number
    assert is_id(to_text(number))


@pytest.mark.parametrize("text", NO_IDS)
def test_what_is_no_id_stands_for_no_row(text: str) -> None:
    assert not is_id(text)
    assert to_integer(text) == -1


@given(st.text())
def test_any_text_is_an_id_or_nothing(text: str) -> None:
    number = to_integer(text)

    assert to_text(number) == text if is_id(text) else number == -1
