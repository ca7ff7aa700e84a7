"""One form of a text for comparing: what people type finds what the tags say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.kit.text import clean, fold, sort_key

SAME = {
    "beyonce": ["Beyoncé", "BEYONCE\u0301", "Ｂｅｙｏｎｃé"],
    "sigur ros": ["Sigur Rós", "  SIGUR\t\tRÓS ", "Sigur\u00a0Rós"],
    "mo": ["MØ", "mǿ", "Mo"],
    "aether oeuvre": ["Æther Œuvre", "ÆTHER ŒUVRE"],
    "strasse": ["Straße", "STRASSE", "STRAẞE"],
    "lodz": ["Łódź", "łodz"],
    "dorde": ["Đorđe", "ĐORĐE"],
    "thor": ["Þór", "þor"],
    "istanbul": ["İstanbul", "ISTANBUL", "ıstanbul"],
    "don't": ["Don’t", "don`t", "DON´T", "donʼt"],
    '"heroes"': ["“Heroes”"],
    "a-b": ["A–B", "a‐b", "A—B"],
    "no 5": ["№ 5"],
    "viii": ["Ⅷ"],
    "tm": ["™"],
    "rock": ["𝐑𝐨𝐜𝐤", "ⓇⓄⒸⓀ"],
    "beispiel": ["Bei\u00adspiel", "\ufeffBeispiel", "Beispiel\u200e"],
    "東京事変": ["東京事変"],
    "アイウ": ["ｱｲｳ"],
    "바람": ["바람", unicodedata.normalize("NFD", "바람")],
    "محمد": ["مُحَمَّد"],
    "🎵 love": ["🎵  Love"],
    "жж": ["ЖЖ"],
    "αι": ["ᾼ", "ΑΙ"],
    "a b": ["a\x00b", "a\x1bb", "a\u2028b", "a\r\nb"],
    "ab": ["a\ud800b", "a\u200db"],
    "": ["", " ", "\u200b", "\x00"],
}


@pytest.mark.parametrize(("folded", "written"), [(key, one) for key, forms in SAME.items() for one in forms])
def test_what_people_hold_for_the_same_is_the_same(folded: str, written: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("バス", "ハス"), ("ba", "pa"), ("山", "川"), ("🎵", "🎶"), ("\ue000", "\ue001"), ("a", "à b"), ("10", "1 0")],
)
def test_what_is_different_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_folding_again_changes_nothing_for_any_single_character() -> None:
    changed = [hex(code) for code in range(0x110000) if fold(folded := fold(chr(code))) != folded]

    assert changed == []


@given(st.text())
def test_neither_case_nor_normal_form_matters(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text)) == fold(text)
    assert fold(text.casefold()) == fold(text)


@given(st.text())
def test_a_folded_text_can_be_stored_and_shown(text: str) -> None:
    folded = fold(text)

    folded.encode()
    assert "  " not in folded
    assert folded == folded.strip()
    assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in folded)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("The Beatles", "beatles"),
        ("THE  Beatles", "beatles"),
        ("The The", "the"),
        ("The", "the"),
        ("Theatre of Tragedy", "theatre of tragedy"),
        ("“Heroes”", "heroes"),
        ("...And Justice for All", "and justice for all"),
        ("(What's the Story)", "what s the story"),
        ("_underscore", "underscore"),
        ("AC/DC", "ac dc"),
        ("!!!", "!!!"),
        ("🎵", "🎵"),
        ("Ólafur", "olafur"),
        ("हिन्दी गीत", fold("हिन्दी गीत")),
        ("", ""),
    ],
)
def test_names_are_sorted_by_their_first_word(name: str, key: str) -> None:
    assert sort_key(name) == key


def test_a_sort_key_has_a_bounded_length() -> None:
    assert len(sort_key("long " * 10_000)) <= 200
    assert sort_key("abcdef", 3) == "abc"


@given(st.text(min_size=1))
def test_a_name_with_anything_to_see_has_a_sort_key(name: str) -> None:
    assert bool(sort_key(name)) == bool(fold(name))


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        (" a\x00b\x07 ", "ab"),
        ("line\r\nline\tend\n", "line\nline\tend"),
        ("e\u0301", "é"),
        ("half \ud83d", "half"),
        ("song\u202e3pm.exe\u2069", "song3pm.exe"),
        ("\u05e9\u200f!", "\u05e9\u200f!"),
        ("👨\u200d👩", "👨\u200d👩"),
    ],
)
def test_cleaning_takes_out_only_what_cannot_be_kept(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


@given(st.text(st.characters()))
def test_a_clean_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)

    assert "\0" not in cleaned
    cleaned.encode()
    assert clean(cleaned) == cleaned
