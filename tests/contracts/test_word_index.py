"""What every WordIndex does, in each kind of database."""

import pytest

from sarau.foundation.database.database import Database
from sarau.foundation.search import Ask, Clause, Entry, Field, Shelf, Term, WordIndex
from sarau.wiring.house import words_of

A, B, C, D = (f"{number:016x}" for number in range(1, 5))
ENTRIES = [
    Entry(1, A, "love me do", "the beatles", "please please me", "¶l1 ¶y1963"),
    Entry(2, B, "lovely rita", "the beatles", "sgt pepper", "¶l1 ¶y1967"),
    Entry(7, C, "me and bobby mcgee", "janis joplin", "pearl", "¶l2 ¶y1971"),
    Entry(1 << 33, D, "多田 田葵 葵", "", "", "¶l2"),
]


@pytest.fixture
async def index(database: Database) -> WordIndex:
    found = words_of(database.engine)
    async with database.working() as work:
        await found.put(work, Shelf.WORDS, ENTRIES)
    return found


async def _found(
    database: Database,
    index: WordIndex,
    *clauses: Clause,
    shelf: Shelf = Shelf.WORDS,
    limit: int = 10,
    high: int = 1 << 40,
) -> list[str]:
    async with database.reading() as reader:
        return [hit.key for hit in await index.find(reader, [Ask(shelf, clauses, 0, high, limit)], slow=False)]


async def test_all_words_must_be_there_in_any_field(database: Database, index: WordIndex) -> None:
    assert await _found(database, index, (Term("me"),)) == [A, C]
    assert await _found(database, index, (Term("me"),), (Term("beatles"),)) == [A]
    assert await _found(database, index, (Term("rita"),), (Term("joplin"),)) == []
    assert await _found(database, index, (Term("多田"),)) == [D]


async def test_a_beginning_is_enough_where_it_is_asked_for(database: Database, index: WordIndex) -> None:
    for beginning in ("l", "lo", "lov", "love"):
        assert await _found(database, index, (Term(beginning, prefix=True),)) == [A, B]
    assert await _found(database, index, (Term("lov"),)) == []
    assert await _found(database, index, (Term("多", prefix=True),)) == [D]


async def test_a_field_may_be_asked_for(database: Database, index: WordIndex) -> None:
    assert await _found(database, index, (Term("me", field=Field.NAME),)) == [A, C]
    assert await _found(database, index, (Term("me", field=Field.ALBUM),)) == [A]
    assert await _found(database, index, (Term("b", True, Field.ARTIST),)) == [A, B]
    assert await _found(database, index, (Term("¶y1971", field=Field.ABOUT),)) == [C]


async def test_any_term_of_a_clause_will_do(database: Database, index: WordIndex) -> None:
    years: Clause = (Term("¶y1963", field=Field.ABOUT), Term("¶y1971", field=Field.ABOUT))
    assert await _found(database, index, years) == [A, C]
    assert await _found(database, index, (Term("love"), Term("bobby")), (Term("¶l2"),)) == [C]


async def test_places_bound_and_order_what_is_found(database: Database, index: WordIndex) -> None:
    clause = (Term("¶l1"), Term("¶l2"))
    assert await _found(database, index, clause) == [A, B, C, D]
    assert await _found(database, index, clause, limit=2) == [A, B]
    assert await _found(database, index, clause, high=6) == [A, B]


async def test_several_questions_are_answered_at_once(database: Database, index: WordIndex) -> None:
    asks = [Ask(Shelf.WORDS, ((Term("me"),),), 0, 6, 5), Ask(Shelf.HOT, ((Term("me"),),), 0, 9, 5)]
    asks += [Ask(Shelf.WORDS, ((Term("me"),),), 7, 9, 5)]
    for slow in (False, True):
        async with database.reading() as reader:
            hits = await index.find(reader, asks, slow=slow)
        assert [(hit.ask, hit.place, hit.key, hit.name) for hit in hits] == [
            (0, 1, A, "love me do"),
            (2, 7, C, "me and bobby mcgee"),
        ]
    async with database.reading() as reader:
        assert await index.find(reader, [], slow=False) == []


async def test_what_is_put_again_takes_the_place_and_what_is_removed_is_gone(
    database: Database, index: WordIndex
) -> None:
    async with database.working() as work:
        await index.put(work, Shelf.WORDS, [Entry(1, A, "yesterday", "the beatles")])
        await index.remove(work, Shelf.WORDS, [7, 99])
        await index.remove(work, Shelf.WORDS, [])
    assert await _found(database, index, (Term("love"),)) == []
    assert await _found(database, index, (Term("yesterday"),)) == [A]
    assert await _found(database, index, (Term("me"),)) == []


async def test_entries_are_copied_from_shelf_to_shelf(database: Database, index: WordIndex) -> None:
    async with database.working() as work:
        await index.copy(work, Shelf.WORDS, Shelf.HOT, [(1, 50), (7, 40), (8, 30)])
        await index.copy(work, Shelf.WORDS, Shelf.HOT, [(2, 50)])
    assert await _found(database, index, (Term("me"),), shelf=Shelf.HOT) == [C]
    assert await _found(database, index, (Term("¶l1"), Term("¶l2")), shelf=Shelf.HOT) == [C, B]


async def test_nothing_is_kept_of_what_is_not_committed(database: Database, index: WordIndex) -> None:
    async def put_and_die() -> None:
        async with database.working() as work:
            await index.put(work, Shelf.WORDS, [Entry(9, A, "never")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await put_and_die()
    assert await _found(database, index, (Term("never"),)) == []


async def test_housekeeping_comes_to_an_end_and_changes_nothing(database: Database, index: WordIndex) -> None:
    for number in range(100, 140):
        async with database.working() as work:
            await index.put(work, Shelf.WORDS, [Entry(number, C, f"me {number}")])
    before = await _found(database, index, (Term("me"),), limit=100)
    for turn in range(100):
        async with database.working() as work:
            if not await index.tidy(work, begin=turn == 0):
                break
    else:
        raise AssertionError("it never ends")
    assert await _found(database, index, (Term("me"),), limit=100) == before


@pytest.mark.parametrize("word", ["né", "and", "or", "not", "near", "¶", "！"])
async def test_words_are_never_taken_for_signs(database: Database, index: WordIndex, word: str) -> None:
    assert await _found(database, index, (Term(word), Term(word, True, Field.NAME)), (Term("¶l1"),)) == []
