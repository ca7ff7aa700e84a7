"""Keeping the index current: whoever changes the library, in whatever process, is followed within a second."""

import asyncio
import time
from typing import NoReturn

from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.search import WordIndex
from sarau.search.commands.indexing import index_some, refresh_places
from sarau.search.commands.writing import IndexWriter
from sarau.search.finding import Search
from sarau.search.queries import catalogue, docs
from sarau.search.schemas import Kind

log = get_logger(__name__)

_LOOK_EVERY_S = 0.25
# Tracks in one transaction, which others who write wait for: as many as take this long. Songs with words take ten
# times as long as others, and small machines too.
_AT_ONCE = range(25, 401)
_AIM_S = 0.08
_MANY = 5_000  # so many new entries are worth being put in order
_BREATH_S = 0.005
_DAY_S = 24 * 3600
_AGAIN_AFTER_S = 2.0


class Follower:
    """Follows the libraries. Where it is, is kept with the index itself, so that it may be killed at any time."""

    def __init__(self, database: Database, words: WordIndex, search: Search) -> None:
        self._database = database
        self._words = words
        self._writer = IndexWriter(words)
        self._search = search
        self._untidy = 0  # entries written since all was put in order
        self._tidying = False
        self._tidied_at = time.monotonic()
        self._at_once = 100

    async def run(self) -> NoReturn:
        """Follow until cancelled."""
        while True:
            try:
                await asyncio.sleep(_BREATH_S if await self.step() else _LOOK_EVERY_S)
            except DomainError as error:
                self._writer.forget()
                log.warning("the search index waits", reason=error.text)
                await asyncio.sleep(_AGAIN_AFTER_S)

    async def step(self) -> bool:
        """Do a little of what is to be done; tells whether there may be more."""
        if await self._is_behind():
            async with self._database.working() as work:
                began = time.monotonic()  # when it is our turn to write
                done = await index_some(work, self._writer, self._at_once)
            self._untidy += done
            if done >= self._at_once:
                self._pace(time.monotonic() - began)
            return done > 0
        stale = self._search.take_stale()
        if stale:
            async with self._database.working() as work:
                await docs.locked_progress(work)
                for kind in Kind:
                    found = await docs.docs_of(work, kind, [entity_id for of, entity_id in stale if of is kind])
                    await refresh_places(work, self._writer, [doc.place for doc in found.values()])
            return True
        return await self._tidy()

    def _pace(self, took_s: float) -> None:
        """Take more or less at once from now on, by how long it took."""
        fitting = round(self._at_once * min(2.0, _AIM_S / max(took_s, 0.001)))
        self._at_once = max(_AT_ONCE.start, min(fitting, _AT_ONCE.stop - 1))

    async def _tidy(self) -> bool:
        now = time.monotonic()
        if not self._tidying and (self._untidy < _MANY and (not self._untidy or now < self._tidied_at + _DAY_S)):
            return False
        async with self._database.working() as work:
            self._tidying = await self._words.tidy(work, begin=not self._tidying)
        self._untidy, self._tidied_at = 0, now
        return self._tidying

    async def catch_up(self) -> None:
        """Follow until there is nothing left to do."""
        while await self.step():
            pass

    async def _is_behind(self) -> bool:
        async with self._database.reading() as reader:
            revisions = dict(await reader.all(catalogue.REVISIONS))
            known = {one.library_id: one for one in await docs.progress(reader)}
        if revisions.keys() != known.keys():
            return True
        return any(
            known[library_id].revision < revision or known[library_id].track_id != docs.LAST_TRACK
            for library_id, revision in revisions.items()
        )
