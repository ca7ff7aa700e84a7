"""Finding: several narrow questions to the index, each with a bound, whose answers are ranked here.

Names that begin with what was typed come by the library's own order; what the house plays, by the shelf that holds
nothing else; then names with the words in them, and at last those whose words stand in several fields. A question is
left out when the ones before it gave enough.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.foundation.search import Ask, Clause, Field, Hit, Shelf, Term, WordIndex
from sarau.kit.text import sort_key
from sarau.search.asking import Asked, read
from sarau.search.correcting import corrected, without_small_words
from sarau.search.looking import Looking
from sarau.search.places import first_of, kind_of, last_of, level_at
from sarau.search.queries import docs, found
from sarau.search.ranking import BEGINS, EXACT, Candidate, ranked
from sarau.search.schemas import MOST_FOUND, FoundIds, Kind, Part, Wanted
from sarau.search.words import about

_FIRST_PAGE = 20
_SPARE = 5  # what the index knows may be gone meanwhile
_MOST_STALE = 1_000


class Found(NamedTuple):
    """What was asked for in the end, the text that was corrected to it if it was, and what there is of each kind."""

    asked: Asked
    corrected: str | None
    ranked: Mapping[Kind, Sequence[Candidate]]


def _need_of(part: Part) -> int:
    """Return how many of a kind to look at: a first page is cheap, and those after it are all of one order."""
    if part.offset == 0 and part.limit <= _FIRST_PAGE:
        return part.limit + _SPARE
    return MOST_FOUND + _SPARE


class Search:
    """Finds by an index; keeps in mind which of its entries turned out to be gone."""

    def __init__(self, words: WordIndex) -> None:
        self.words = words
        self._stale: set[tuple[Kind, str]] = set()

    async def ids(self, reader: Reader, view: View, text: str, wanted: Wanted) -> FoundIds:
        """Return the ids of the artists, albums and tracks that are found, for who shows them in their own way.

        A few may be gone or hidden since the index was written: whoever reads them by id leaves those out.
        """
        parts = {Kind.ARTIST: wanted.artists, Kind.ALBUM: wanted.albums, Kind.TRACK: wanted.tracks}
        result = await self.look(reader, view, text, parts)
        some = {kind: [one.key for one in result.ranked.get(kind, ())] for kind in parts}
        cut = {kind: some[kind][part.offset : part.offset + part.limit] for kind, part in parts.items()}
        return FoundIds(result.corrected, cut[Kind.ARTIST], cut[Kind.ALBUM], cut[Kind.TRACK])

    async def look(self, reader: Reader, view: View, text: str, parts: Mapping[Kind, Part]) -> Found:
        """Return what is found of some kinds, ranked; tries again with what may have been meant if it is nothing."""
        asked = read(text)
        needs = {kind: _need_of(part) for kind, part in parts.items() if part.limit}
        visible = await _visible(reader, view)
        if asked.is_empty or visible is None:
            return Found(asked, None, {})
        looking = Looking(reader, view, visible, needs)
        first = await self._ranked(looking, asked)
        if any(first.values()):
            return Found(asked, None, first)
        instead = await self._instead(looking, without_small_words(asked))
        if instead is None:
            instead = await self._instead(looking, await corrected(self.words, looking, asked))
        return instead or Found(asked, None, {})

    async def _instead(self, looking: Looking, other: Asked | None) -> Found | None:
        """Return what is found by something else than what was typed, or None where nothing is."""
        if other is None:
            return None
        again = await self._ranked(looking, other)
        return Found(other, other.text, again) if any(again.values()) else None

    async def _ranked(self, looking: Looking, asked: Asked) -> dict[Kind, list[Candidate]]:
        kinds = [kind for kind in looking.needs if kind in asked.kinds]
        some: dict[Kind, dict[str, Candidate]] = {kind: {} for kind in kinds}
        named = [kind for kind in kinds if kind is not Kind.LYRICS]
        if asked.is_plain:
            for kind in named:
                _add(some[kind], await _begun(looking, kind, asked.text))
        lacking = [kind for kind in named if len(some[kind]) < looking.needs[kind]]
        asks = [_ask(looking, Shelf.HOT, kind, asked.clauses()) for kind in named]
        asks += [_ask(looking, Shelf.LYRICS, kind, asked.clauses()) for kind in kinds if kind is Kind.LYRICS]
        # Where several lists of words are to be compared it may take a while: then in a thread, and whatever has the
        # words first, for those are few as a rule, with all names among them. One word stands in many: names first.
        slow = len(asked.words) + len(asked.filters) > 1 or bool(looking.visible)
        first, then = (None, Field.NAME) if slow or not asked.words else (Field.NAME, None)
        asks += [_ask(looking, Shelf.WORDS, kind, asked.clauses(first)) for kind in lacking]
        full = await self._take(looking, asks, some, slow=slow)
        if then is None:
            lacking = [kind for kind in lacking if len(some[kind]) < looking.needs[kind]]
        else:
            lacking = [kind for kind in lacking if kind in full and asked.words]
        asks = [_ask(looking, Shelf.WORDS, kind, asked.clauses(then)) for kind in lacking if kind is not Kind.ARTIST]
        await self._take(looking, asks, some, slow=slow)
        return {kind: ranked(asked, found_.values()) for kind, found_ in some.items()}

    async def _take(
        self, looking: Looking, asks: Sequence[Ask], some: Mapping[Kind, dict[str, Candidate]], *, slow: bool
    ) -> set[Kind]:
        """Take what answers some questions, and return the kinds of which there may be more than were asked for."""
        counts: Counter[int] = Counter()
        for hit in await self.words.find(looking.reader, asks, slow=slow):
            counts[hit.ask] += 1
            level = level_at(hit.place) if asks[hit.ask].shelf is Shelf.HOT else 0
            _add(some[kind_of(hit.place)], [_candidate(hit, level)])
        return {
            kind_of(ask.low)
            for number, ask in enumerate(asks)
            if ask.shelf is Shelf.WORDS and counts[number] >= ask.limit
        }

    def note_stale(self, kind: Kind, ids: Sequence[str]) -> None:
        """Keep in mind that entries led nowhere."""
        if len(self._stale) < _MOST_STALE:
            self._stale |= {(kind, entity_id) for entity_id in ids}

    def take_stale(self) -> set[tuple[Kind, str]]:
        """Return what led nowhere, once."""
        stale, self._stale = self._stale, set()
        return stale


def _add(some: dict[str, Candidate], more: Sequence[Candidate]) -> None:
    for one in more:
        before = some.get(one.key)
        if before is None:
            some[one.key] = one
        elif one.level > before.level or (one.artist and not before.artist):
            # What the index says of it is more than its name alone.
            level = max(one.level, before.level)
            some[one.key] = Candidate(one.key, one.name, one.artist, one.album, level, before.quality)


def _candidate(hit: Hit, level: int) -> Candidate:
    return Candidate(hit.key, hit.name, hit.artist, hit.album, level)


def _ask(looking: Looking, shelf: Shelf, kind: Kind, clauses: tuple[Clause, ...]) -> Ask:
    wanted = (*clauses, *looking.visible)
    return Ask(shelf, wanted, first_of(kind), last_of(kind), looking.needs[kind])


async def _begun(looking: Looking, kind: Kind, text: str) -> list[Candidate]:
    key = sort_key(text)
    if not key:
        return []
    rows = await found.beginnings(looking.reader, looking.view, kind, key, looking.needs[kind])
    return [Candidate(row.id, row.sort, quality=EXACT if row.sort == key else BEGINS) for row in rows]


async def _visible(reader: Reader, view: View) -> tuple[Clause, ...] | None:
    """Return what entries must fulfil for the viewer to see them: nothing for who hears all, None for nothing."""
    known = await docs.progress(reader)
    libraries = set(view.library_ids)
    numbers = [one.number for one in known if one.library_id in libraries]
    if len(numbers) == len(known):
        return ()
    words = about("l", numbers)
    return (tuple(Term(word, field=Field.ABOUT) for word in words),) if words else None
