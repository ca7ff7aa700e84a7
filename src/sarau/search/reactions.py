"""What the index does about what happens: songs that are heard come nearer, new words of songs are found."""

from sarau.catalog.lyrics.events import SheetPut, SheetsRemoved
from sarau.foundation.database.work import Work
from sarau.foundation.search import WordIndex
from sarau.playback.history.events import TrackListened
from sarau.search.commands.indexing import index_lyrics
from sarau.search.commands.playing import recount_plays
from sarau.search.commands.writing import IndexWriter
from sarau.search.queries import catalogue, docs


class Noticing:
    """Reacts to events by writing to the index."""

    def __init__(self, words: WordIndex) -> None:
        self._words = words

    async def listened(self, work: Work, event: TrackListened) -> None:
        """Count how often a track was heard."""
        await docs.locked_progress(work)
        await recount_plays(work, IndexWriter(self._words), [event.track_id], {})

    async def sheet_put(self, work: Work, event: SheetPut) -> None:
        """Find a track by the words that were put to it."""
        await self._reread(work, event.track_id)

    async def sheets_removed(self, work: Work, event: SheetsRemoved) -> None:
        """Find a track no longer by words that were taken away."""
        await self._reread(work, event.track_id)

    async def _reread(self, work: Work, track_id: str) -> None:
        numbers = {one.library_id: one.number for one in await docs.locked_progress(work)}
        rows = await work.all(catalogue.TRACKS, ids=[track_id])
        there = {row.id: numbers[row.library_id] for row in rows if row.available and row.library_id in numbers}
        await index_lyrics(work, IndexWriter(self._words), there, [track_id])
