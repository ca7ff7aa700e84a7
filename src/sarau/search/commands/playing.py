"""Keeping what the house plays at the front of what is found."""

from collections import Counter
from collections.abc import Iterable, Mapping

from sarau.foundation.database.work import Work
from sarau.search.commands.writing import IndexWriter
from sarau.search.queries import catalogue, docs
from sarau.search.queries.docs import Doc
from sarau.search.schemas import Kind


async def recount_plays(work: Work, writer: IndexWriter, track_ids: Iterable[str], before: Mapping[str, Doc]) -> None:
    """Count anew how often tracks were heard, which their albums and artists share in.

    `before` is what the index held of tracks whose albums or artists may have changed since.
    """
    wanted = list(track_ids)
    heard = dict(await work.all(catalogue.PLAYS, ids=wanted)) if wanted else {}
    moved: Counter[int] = Counter()
    changed: dict[int, tuple[Doc, int]] = {}
    for track_id, doc in (await docs.docs_of(work, Kind.TRACK, wanted) if wanted else {}).items():
        plays = heard.get(track_id, 0)
        old = before.get(track_id, doc)
        for place in old.parent_places():
            moved[place] -= old.plays
        for place in doc.parent_places():
            moved[place] += plays
        if plays != doc.plays:
            changed[doc.place] = doc, plays
    parents = [place for place, difference in moved.items() if difference]
    for doc in await docs.docs_at(work, parents) if parents else []:
        changed[doc.place] = doc, max(0, doc.plays + moved[doc.place])
    await writer.set_plays(work, changed.values())
