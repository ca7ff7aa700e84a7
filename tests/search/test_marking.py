"""What is marked of a text as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.search.asking import read
from sarau.search.marking import ranges_of


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("João Gilberto", "joao", ["João"]),
        ("João Gilberto", "jo", ["Jo"]),
        ("João Gilberto", "gilberto joa", ["Joã", "Gilberto"]),
        ("Straße der Träume", "stras", ["Straß"]),
        ("Straße der Träume", "strasse", ["Straße"]),
        ("Ænima", "ae", ["Æ"]),
        ("Don't Stop", "dont", ["Don't"]),
        ("AC/DC", "acdc", ["AC/DC"]),
        ("AC/DC", "ac dc", ["AC", "DC"]),
        ("多田葵", "多田", ["多田"]),
        ("宇多田ヒカル", "多田", ["多田"]),
        ("東京の夜", "東", ["東"]),
        ("!!!", "!!!", ["!!!"]),
        ("Nothing here", "elis", []),
        ("Elis", "lis", []),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, typed: str, marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in ranges_of(text, read(typed).words)] == marked


@given(st.text(max_size=60), st.text(max_size=20))
def test_marks_lie_in_the_text_in_order_and_apart(text: str, typed: str) -> None:
    last = -1
    for begin, end in ranges_of(text, read(typed).words):
        assert last < begin < end <= len(text)
        last = end
