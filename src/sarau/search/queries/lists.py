"""Playlists by the words in their names: there are so few that they need no index."""

from functools import cache

from sqlalchemy import Text, bindparam, select

from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.playlists.policies import visible
from sarau.playlists.queries.playlists import playlists_by_id
from sarau.playlists.schemas import Playlist
from sarau.playlists.tables import playlists
from sarau.search.asking import Asked
from sarau.search.ranking import Candidate, has, ranked
from sarau.search.schemas import Part
from sarau.search.words import kept_words

_MOST_WORDS = 6
_MOST = 500


@cache
def _named(words: int) -> Query[Candidate]:
    conditions = [playlists.c.sort.like(bindparam(f"word_{n}", type_=Text()), escape="\\") for n in range(words)]
    statement = select(playlists.c.id, playlists.c.name).where(visible(), *conditions)
    return Query(
        statement.order_by(playlists.c.id).limit(_MOST),
        lambda i, name: Candidate(i, " ".join(kept_words(name))),
        slow=True,
    )


async def playlists_named(reader: Reader, actor: Actor, asked: Asked, part: Part) -> list[Playlist]:
    """Return playlists the actor may see that have all words in their name, the best first."""
    if not part.limit or not asked.words or asked.filters:
        return []
    # Words cannot hold what LIKE takes for a sign of its own. Of joined ones, such as "dont", pieces may stand apart.
    some = [term.word for term in asked.words][:_MOST_WORDS]
    rows = await reader.all(
        _named(len(some)), viewer_id=actor.user_id, **{f"word_{n}": f"%{w}%" for n, w in enumerate(some)}
    )
    best = [one.key for one in ranked(asked, rows) if _is_named(asked, one)]
    return await playlists_by_id(reader, actor, best[part.offset : part.offset + part.limit]) if best else []


def _is_named(asked: Asked, candidate: Candidate) -> bool:
    """Tell whether every word begins one of a name, or is one."""
    words = candidate.name.split()
    return all(has(words, term) for term in asked.words)
