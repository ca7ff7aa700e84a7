"""Putting entries into the index and taking them out, with all that is kept beside their words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, update

from sarau.foundation.database.portable import among, insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.work import Work
from sarau.foundation.search import Entry, Shelf, WordIndex
from sarau.search.entries import Draft
from sarau.search.places import block_of, hot_place
from sarau.search.queries import docs
from sarau.search.queries.docs import Doc
from sarau.search.ranking import level_of
from sarau.search.schemas import Kind
from sarau.search.tables import search_blocks, search_docs, search_terms

# Of these, how many there are in a thousand of places is kept, for paging through all of them.
_PAGED = (Kind.TRACK, Kind.ALBUM)


def _put_docs() -> Change:
    statement = insert_into(search_docs)
    new = {name: statement.excluded[name] for name in ("library", "digest", "parents")}
    return Change(statement.on_conflict_do_update(index_elements=[search_docs.c.place], set_=new), slow=True)


def _count() -> Change:
    statement = insert_into(search_blocks)
    keys = [search_blocks.c.kind, search_blocks.c.block, search_blocks.c.library]
    sum_of = {"docs": search_blocks.c.docs + statement.excluded.docs}
    return Change(statement.on_conflict_do_update(index_elements=keys, set_=sum_of), slow=True)


_PUT_DOCS = _put_docs()
_DROP_DOCS = Change(delete(search_docs).where(among(search_docs.c.place, "places")), slow=True)
_COUNT = _count()
_TERM = Change(insert_into(search_terms).on_conflict_do_nothing(index_elements=[search_terms.c.term]), slow=True)
_SET_PLAYS = Change(
    update(search_docs).where(search_docs.c.place == bindparam("the_place")).values(plays=bindparam("new_plays"))
)


class _Placed(NamedTuple):
    draft: Draft
    place: int
    before: Doc | None


class IndexWriter:
    """Writes to the index; remembers words it wrote lately, which most names are made of."""

    _MOST_REMEMBERED = 50_000

    def __init__(self, words: WordIndex) -> None:
        self._words = words
        self._remembered: set[str] = set()

    async def write(self, work: Work, drafts: Sequence[Draft]) -> dict[str, int]:
        """Put entries of one kind in, each in place of what was there, and return the place of each.

        What is as it was is left alone.
        """
        if not drafts:
            return {}
        kind = drafts[0].kind
        before = await docs.docs_of(work, kind, [draft.entity_id for draft in drafts])
        places = {entity_id: doc.place for entity_id, doc in before.items()}
        last = await docs.last_place(work, kind) if len(before) < len(drafts) else 0
        changed: list[_Placed] = []
        for draft in drafts:
            doc = before.get(draft.entity_id)
            if doc is None:
                last += 1
                places[draft.entity_id] = last
            if doc is None or doc.digest != draft.digest():
                changed.append(_Placed(draft, places[draft.entity_id], doc))
        if changed:
            # In order: an index that is written out of order is written in smaller pieces.
            await self._put(work, kind, sorted(changed, key=lambda one: one.place))
        return places

    async def _put(self, work: Work, kind: Kind, changed: Sequence[_Placed]) -> None:
        await work.run_many(_PUT_DOCS, [_row(one) for one in changed])
        await self._words.put(work, changed[0].draft.shelf, [one.draft.at(one.place) for one in changed])
        hot = [
            _heated(one.draft.at(one.place), one.before.plays) for one in changed if one.before and one.before.plays
        ]
        if hot:
            await self._words.put(work, Shelf.HOT, hot)
        moved: Counter[tuple[int, int]] = Counter()
        for one in changed:
            moved[block_of(one.place), one.draft.library] += 1
            if one.before is not None:
                moved[block_of(one.place), one.before.library] -= 1
        await self._count(work, kind, moved)
        await self._learn(work, changed)

    async def remove(self, work: Work, found: Iterable[Doc]) -> None:
        """Take entries out."""
        gone = list(found)
        if not gone:
            return
        await work.run(_DROP_DOCS, places=[doc.place for doc in gone])
        for shelf, some in (
            (Shelf.LYRICS, [doc.place for doc in gone if doc.kind == Kind.LYRICS]),
            (Shelf.WORDS, [doc.place for doc in gone if doc.kind != Kind.LYRICS]),
            (Shelf.HOT, [hot_place(doc.place, level_of(doc.plays)) for doc in gone if doc.plays]),
        ):
            await self._words.remove(work, shelf, some)
        for kind in _PAGED:
            some_of = [doc for doc in gone if doc.kind == kind]
            await self._count(work, kind, {key: -n for key, n in _counted(some_of).items()})

    async def set_plays(self, work: Work, changed: Iterable[tuple[Doc, int]]) -> None:
        """Note how often entities were heard, and keep what is heard at hand, the most played first."""
        rows, gone, come = [], [], []
        for doc, plays in changed:
            rows.append({"the_place": doc.place, "new_plays": plays})
            before, after = level_of(doc.plays), level_of(plays)
            if before and before != after:
                gone.append(hot_place(doc.place, before))
            if after and before != after:
                come.append((doc.place, hot_place(doc.place, after)))
        await work.run_many(_SET_PLAYS, rows)
        await self._words.remove(work, Shelf.HOT, gone)
        await self._words.copy(work, Shelf.WORDS, Shelf.HOT, come)

    async def _count(self, work: Work, kind: Kind, moved: dict[tuple[int, int], int]) -> None:
        if kind in _PAGED:
            rows = [
                {"kind": int(kind), "block": block, "library": library, "docs": difference}
                for (block, library), difference in sorted(moved.items())
                if difference
            ]
            await work.run_many(_COUNT, rows)

    async def _learn(self, work: Work, changed: Iterable[_Placed]) -> None:
        words = {word for one in changed for word in one.draft.words()} - self._remembered
        if len(self._remembered) + len(words) > self._MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered |= words
        await work.run_many(_TERM, [{"term": word} for word in sorted(words)])

    def forget(self) -> None:
        """Forget which words were written: their transaction may not have been committed."""
        self._remembered.clear()


def _row(one: _Placed) -> dict[str, Any]:
    draft = one.draft
    return {
        "place": one.place,
        "kind": int(draft.kind),
        "entity_id": draft.entity_id,
        "library": draft.library,
        "plays": 0,
        "digest": draft.digest(),
        "parents": draft.parents_text,
    }


def _heated(entry: Entry, plays: int) -> Entry:
    return entry._replace(place=hot_place(entry.place, level_of(plays)))


def _counted(some: Iterable[Doc]) -> Counter[tuple[int, int]]:
    return Counter((block_of(doc.place), doc.library) for doc in some)
