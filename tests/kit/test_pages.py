"""Cursors carry a sort key there and back; whatever else comes is a BadCursor and nothing worse."""

import base64
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sarau.kit.pages import BadCursor, decode_cursor, encode_cursor, outline_of, page_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
NUMBERS = st.integers(-(2**63), 2**63 - 1)
KEYS = st.lists(TEXTS | NUMBERS, max_size=4).map(tuple)


def cursor_of(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


@given(KEYS)
def test_a_key_survives_the_way_there_and_back(key: tuple[str | int, ...]) -> None:
    assert decode_cursor(encode_cursor(key), tuple(map(type, key))) == key


@given(KEYS)
def test_a_cursor_can_stand_in_an_address_as_it_is(key: tuple[str | int, ...]) -> None:
    assert set(encode_cursor(key)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.text(st.characters()) | st.binary().map(cursor_of), st.sampled_from([(), (str,), (int,), (str, int)]))
@example(cursor_of(b"[" * 20_000), (str,))
@example(cursor_of(b"[" + b"9" * 6_000 + b"]"), (int,))
@example(cursor_of(b'["\\ud800"]'), (str,))
@example(cursor_of(b'["\xff"]'), (str,))
@example("=", (str,))
@example("\ud800", (str,))
@example("é", (str,))
def test_garbage_is_a_bad_cursor_or_a_key_of_that_shape(cursor: str, shape: tuple[type, ...]) -> None:
    try:
        key = decode_cursor(cursor, shape)
    except BadCursor:
        return
    assert tuple(map(type, key)) == shape


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON, st.sampled_from([(str,), (int,), (str, str, int)]))
def test_a_forged_cursor_gives_nothing_that_a_database_would_choke_on(value: object, shape: tuple[type, ...]) -> None:
    try:
        key = decode_cursor(cursor_of(json.dumps(value).encode()), shape)
    except BadCursor:
        return
    assert tuple(map(type, key)) == shape
    for part in key:
        assert "\0" not in part if isinstance(part, str) else -(2**63) <= part < 2**63
        str(part).encode()


@pytest.mark.parametrize(
    "value",
    [
        ["a"],
        ["a", 1, 2],
        [1, "a"],
        ["a", None],
        ["a", "1"],
        ["a", True],
        ["a", 2**63],
        ["a\0", 1],
        {"a": 1},
        "a",
        None,
    ],
)
def test_the_cursor_of_another_list_is_refused(value: object) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor_of(json.dumps(value).encode()), (str, int))


def test_pages_follow_each_other_to_the_end() -> None:
    rows = [(f"name {n:02}", n) for n in range(25)]
    seen: list[tuple[str, int]] = []
    cursor, pages = None, 0
    while cursor is not None or pages == 0:
        after = decode_cursor(cursor, (str, int)) if cursor else ("", -1)
        page = page_of([row for row in rows if row > after][:11], 10, lambda row: row)
        seen += page.items
        cursor, pages = page.next_cursor, pages + 1

    assert (seen, pages) == (rows, 3)


@pytest.mark.parametrize(("found", "items", "more"), [(0, 0, False), (9, 9, False), (10, 10, False), (11, 10, True)])
def test_one_row_too_many_says_that_there_is_more(found: int, items: int, more: bool) -> None:
    page = page_of(list(range(found)), 10, lambda row: (row,))

    assert len(page.items) == items
    assert (page.next_cursor is not None) == more


@given(st.integers(0, 500), st.integers(1, 60))
def test_an_outline_has_one_cursor_less_than_pages(total: int, limit: int) -> None:
    rows = list(range(total))
    outline = outline_of(total, limit, [(row,) for row in rows[limit - 1 :: limit]])
    places = [0, *(decode_cursor(cursor, (int,))[0] + 1 for cursor in outline.cursors)]  # type: ignore[operator]
    pages = [rows[place : place + limit] for place in places]
    assert [row for page in pages for row in page] == rows
    assert total == 0 or all(pages)
