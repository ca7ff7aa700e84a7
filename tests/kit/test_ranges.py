"""Byte ranges as RFC 9110 has them, against a plain reading of the same text."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.kit.ranges import MAX_RANGES, ByteRange, Unsatisfiable, parse_range


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("bytes=0-0", [(0, 1)]),
        ("bytes=0-", [(0, 1000)]),
        ("bytes=500-", [(500, 1000)]),
        ("bytes=0-499", [(0, 500)]),
        ("bytes=999-", [(999, 1000)]),
        ("bytes=0-5000", [(0, 1000)]),
        ("bytes=0-18446744073709551615", [(0, 1000)]),
        ("bytes=-1", [(999, 1000)]),
        ("bytes=-1000", [(0, 1000)]),
        ("bytes=-99999999999999999999999999", [(0, 1000)]),
        ("BYTES=1-2", [(1, 3)]),
        ("bytes= 1-2 ,\t5-6", [(1, 3), (5, 7)]),
        ("bytes=1-2,,5-6,", [(1, 3), (5, 7)]),
        ("bytes=5-6,1-2", [(5, 7), (1, 3)]),
        ("bytes=0-99,100-199", [(0, 100), (100, 200)]),
        ("bytes=0-99,50-149", [(0, 150)]),
        ("bytes=0-,0-,0-,0-", [(0, 1000)]),
        ("bytes=900-,-50,10-20", [(10, 21), (900, 1000)]),
        ("bytes=0-9,2000-", [(0, 10)]),
        ("bytes=000-009", [(0, 10)]),
    ],
)
def test_what_is_asked_for_is_served(header: str, parts: list[tuple[int, int]]) -> None:
    assert parse_range(header, 1000) == parts


@pytest.mark.parametrize(
    "header",
    [
        None, "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=--1", "bytes=a-b", "bytes=1", "bytes=5-2",
        "bytes=1-2-3", "bytes=1-2;3-4", "bytes=+1-2", "bytes=0x1-2", "bytes=1 - 2", "bytes=1-2, x", "bytes=٠-١",
        "items=0-5", "0-5",
        "bytes:0-5", "bytes=1-2\0", "bytes=" + "0-1," * 1000, "bytes=1.0-2", "bytes=-1-2",
    ],
)  # fmt: skip
def test_what_is_malformed_is_ignored(header: str | None) -> None:
    assert parse_range(header, 1000) is None


@pytest.mark.parametrize(
    ("header", "size_bytes"),
    [
        ("bytes=1000-", 1000),
        ("bytes=1000-2000", 1000),
        ("bytes=99999999999999999999999999-", 1000),
        ("bytes=-0", 1000),
        ("bytes=0-", 0),
        ("bytes=5000-,6000-7000,-0", 1000),
        ("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2 * MAX_RANGES + 2, 2)), 1000),
    ],
)
def test_what_cannot_be_served_is_refused(header: str, size_bytes: int) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, size_bytes)


def test_as_many_parts_as_allowed_are_served() -> None:
    assert (
        len(parse_range("bytes=" + ",".join(f"{n}-{n}" for n in range(0, 2 * MAX_RANGES, 2)), 1000) or [])
        == MAX_RANGES
    )


def test_a_part_tells_where_it_lies() -> None:
    part = ByteRange(10, 30)

    assert (part.length, part.content_range(100)) == (20, "bytes 10-29/100")


SIZES = st.integers(0, 60)
NUMBERS = st.integers(0, 70).map(str) | st.just("") | st.just("9" * 30)
SPECS = st.tuples(NUMBERS, NUMBERS).map("-".join)
HEADERS = st.lists(SPECS | st.sampled_from(["", " ", "1", "a-b", "--"]), max_size=MAX_RANGES).map(
    lambda specs: "bytes=" + ",".join(specs)
)


def wanted_bytes(header: str, size_bytes: int) -> set[int] | None:
    """Section 14.1 read aloud: the positions asked for, None for a header that is to be ignored."""
    specs = [spec.strip() for spec in header.removeprefix("bytes=").split(",") if spec.strip()]
    wanted: set[int] = set()
    for spec in specs:
        first, dash, last = spec.partition("-")
        if not dash or spec == "-" or not re.fullmatch("[0-9]*", first) or not re.fullmatch("[0-9]*", last):
            return None
        if first and last and int(first) > int(last):
            return None
        positions = range(size_bytes)
        if not first:
            wanted |= set(positions[max(0, size_bytes - int(last)) :])
        else:
            wanted |= {n for n in positions if int(first) <= n and (not last or n <= int(last))}
    return wanted if specs else None


@given(HEADERS, SIZES)
def test_exactly_the_bytes_asked_for_are_served_and_each_once(header: str, size_bytes: int) -> None:
    wanted = wanted_bytes(header, size_bytes)
    try:
        parts = parse_range(header, size_bytes)
    except Unsatisfiable:
        assert wanted == set()
        return
    if parts is None:
        assert wanted is None
        return
    served = [n for start, stop in parts for n in range(start, stop)]
    assert wanted is not None
    assert sorted(served) == sorted(wanted)


@given(st.text() | HEADERS, st.integers(0, 2**63))
def test_every_part_lies_inside_and_none_over_another(header: str, size_bytes: int) -> None:
    try:
        parts = parse_range(header, size_bytes) or []
    except Unsatisfiable:
        return
    assert all(0 <= start < stop <= size_bytes for start, stop in parts)
    assert all(a.stop <= b.start for a, b in pairwise(sorted(parts)))
