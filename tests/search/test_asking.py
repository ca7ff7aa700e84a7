"""Reading what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.foundation.search import Field, Term
from sarau.search.asking import read, years_of
from sarau.search.schemas import Kind


def _words(text: str) -> list[str]:
    return [f"{term.word}*" if term.prefix else term.word for term in read(text).words]


def test_the_last_word_may_be_unfinished() -> None:
    assert _words("agua de b") == ["agua", "de", "b*"]
    assert _words("b") == ["b*"]
    assert _words("  ") == []


def test_quoted_words_are_whole_and_in_order() -> None:
    asked = read('"let it be" live')
    assert _words('"let it be" live') == ["let", "it", "be", "live*"]
    assert asked.phrases == (("let", "it", "be"),)
    assert _words('"let it b') == ["let", "it", "b*"], "the closing quote is still to come"
    assert read("„let it be“").phrases == (("let", "it", "be"),)


def test_filters_name_fields() -> None:
    asked = read('artist:"elis regina" year:1975 genre:mpb agua')
    assert _words('artist:"elis regina" year:1975 genre:mpb agua') == ["agua*"]
    assert asked.filters[:2] == ((Term("elis", field=Field.ARTIST),), (Term("regina", field=Field.ARTIST),))
    assert asked.filters[2] == (Term("¶y1975", field=Field.ABOUT),)
    assert asked.filters[3] == (Term("¶gmpb", field=Field.ABOUT),)
    assert asked.kinds == {Kind.ALBUM, Kind.TRACK}
    assert read("title:agua").kinds == {Kind.TRACK}
    assert read("ARTIST:elis").filters == ((Term("elis", prefix=True, field=Field.ARTIST),),)


@pytest.mark.parametrize("typed", ["artist:", "year:", "album: genre:"])
def test_a_filter_that_is_still_being_typed_asks_for_nothing(typed: str) -> None:
    assert read(typed).is_empty


def test_what_is_no_filter_is_words() -> None:
    assert _words("foo:bar") == ["foo", "bar*"]
    assert _words("year:soon") == ["year", "soon*"]


def _years(text: str) -> set[str]:
    return {term.word for term in years_of(text) or ()}


def test_years_are_asked_for_by_decades_where_they_are_whole() -> None:
    assert _years("1970..1979") == {"¶d197"}
    assert _years("1968..1981") == {"¶y1968", "¶y1969", "¶d197", "¶y1980", "¶y1981"}
    assert _years("1975") == {"¶y1975"}
    assert _years("197") == {"¶d197"}
    assert "¶d209" in _years("1990..")
    assert "¶d189" in _years("..1900")
    assert _years("1980..1970") == {"¶ynone"}
    assert years_of("..") is None
    assert years_of("soon") is None
    assert len(_years("0..9999")) < 100


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read(text: str) -> None:
    asked = read(text)
    assert len(asked.words) <= 12
    for clause in asked.clauses():
        assert clause
        assert all(term.word for term in clause)
