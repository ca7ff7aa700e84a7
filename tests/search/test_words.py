"""How names become words: what is kept of them, and what is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.search.words import MARK, asked_words, kept_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Águas de Março", "aguas de marco"),
        ("AC/DC", f"ac dc {MARK} acdc"),
        ("Don't Stop", f"don t stop {MARK} dont"),
        ("R.E.M.", f"r e m {MARK} rem"),
        ("a-ha", f"a ha {MARK} aha"),
        ("Straße", "strasse"),
        ("snake_case", "snake case"),
        ("!!!", "！！！"),
        ("多田葵", "多田 田葵 葵"),
        ("99ルフト", "99 ルフ フト ト"),
        ("방탄소년단", "방탄 탄소 소년 년단 단"),
        ("हिन्दी गीत", "हिनदी गीत"),
        ("🎵", "🎵"),
        ("", ""),
    ],
)
def test_a_name_is_kept_by_its_words(name: str, words: str) -> None:
    assert " ".join(kept_words(name)) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("AC/DC", ["ac", "dc"]),
        ("don't", ["dont"]),
        ("don’t", ["dont"]),
        ("多", ["多"]),
        ("多田", ["多田"]),
        ("多田葵", ["多田", "田葵"]),
        ("!!!", ["！！！"]),
        (" ", []),
        (MARK, []),
    ],
)
def test_what_is_typed_is_asked_for_by_words(typed: str, words: list[str]) -> None:
    assert asked_words(typed) == words


@given(st.text(max_size=60))
def test_words_hold_nothing_that_an_index_takes_for_a_sign(text: str) -> None:
    for word in (*asked_words(text), *(w for w in kept_words(text) if w != MARK)):
        assert word
        assert not [c for c in word if c.isascii() and not c.isalnum()]
        assert MARK not in word


@given(st.text(max_size=40))
def test_every_name_is_found_by_itself(text: str) -> None:
    kept = set(kept_words(text))
    *whole, last = [*asked_words(text), ""]
    for word in (*whole, last):
        assert word in kept or any(other.startswith(word) for other in kept) or not word
