"""Artists and genres: found by name, made where they are missing."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, or_, select, update

from sarau.catalog.library.filing import NamedArtist
from sarau.catalog.library.tables import artists, genres
from sarau.foundation.database.portable import among, insert_into
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.kit.ids import new_id
from sarau.kit.text import fold, sort_key


class _Known(NamedTuple):
    id: str
    key: str
    apart: str
    mbid: str | None


_KNOWN = Query(
    select(artists.c.id, artists.c.key, artists.c.apart, artists.c.mbid).where(
        or_(among(artists.c.key, "keys"), among(artists.c.mbid, "mbids"))
    ),
    _Known,
)
_NEW_ARTIST = Change(insert_into(artists).on_conflict_do_nothing(index_elements=[artists.c.key, artists.c.apart]))
_ADOPT = Change(
    update(artists).where(artists.c.id == bindparam("the_id", type_=EntityId())).values(mbid=bindparam("mbid"))
)
_GENRES = Query(select(genres.c.id, genres.c.sort).where(among(genres.c.sort, "keys")), lambda i, key: (key, i))
_NEW_GENRE = Change(insert_into(genres).on_conflict_do_nothing(index_elements=[genres.c.sort]))


class _Index:
    """Artists known so far, by MusicBrainz id and by folded name."""

    def __init__(self, known: Iterable[_Known]) -> None:
        self._by_mbid: dict[str, str] = {}
        self._by_key: dict[str, list[_Known]] = {}
        for artist in known:
            if artist.mbid:
                self._by_mbid[artist.mbid] = artist.id
            self._by_key.setdefault(artist.key, []).append(artist)

    def find(self, name: str, mbid: str | None) -> tuple[str | None, bool]:
        """Return the id of an artist, and whether its row should take the MusicBrainz id over."""
        if mbid and mbid in self._by_mbid:
            return self._by_mbid[mbid], False
        namesakes = self._by_key.get(artist_key(name), [])
        if mbid is None:
            plain = sorted(namesakes, key=lambda a: a.apart)
            return (plain[0].id, False) if plain else (None, False)
        unclaimed = [artist for artist in namesakes if artist.mbid is None]
        return (unclaimed[0].id, True) if unclaimed else (None, False)

    def apart(self, name: str, mbid: str | None) -> str:
        """Return what tells a new artist apart from namesakes."""
        return mbid or "" if self._by_key.get(artist_key(name)) else ""


def artist_key(name: str) -> str:
    """Return the form in which names of artists are compared."""
    return fold(name) or name


async def resolve_artists(work: Work, wanted: Iterable[NamedArtist]) -> dict[NamedArtist, str]:
    """Return the id of every artist, making those that are missing.

    A MusicBrainz id decides; a name alone means the artist of that name; a name with an id takes over a namesake
    that has none yet, or becomes a namesake of its own.
    """
    names = sorted(set(wanted), key=lambda one: (one[0], one[1] or ""))
    found: dict[NamedArtist, str] = {}
    # Names with ids first: a name alone, later in the same files, should find them.
    for some in ([n for n in names if n[1]], [n for n in names if not n[1]]):
        if some:
            found |= await _resolve(work, some)
    return found


async def _resolve(work: Work, wanted: list[NamedArtist]) -> dict[NamedArtist, str]:
    parameters = {
        "keys": sorted({artist_key(name) for name, _ in wanted}),
        "mbids": sorted({mbid for _, mbid in wanted if mbid}),
    }
    found: dict[NamedArtist, str] = {}
    missing = wanted
    # Each round makes at most one row for a name: namesakes must see each other. Bounded by their number.
    while missing:
        index = _Index(await work.all(_KNOWN, **parameters))
        new: dict[str, dict[str, str | None]] = {}
        for name, mbid in missing:
            artist_id, adopt = index.find(name, mbid)
            if artist_id and adopt and artist_id not in found.values():
                await work.run(_ADOPT, the_id=artist_id, mbid=mbid)
            if artist_id:
                found[name, mbid] = artist_id
            else:
                new.setdefault(artist_key(name), _row(name, mbid, index.apart(name, mbid)))
        await work.run_many(_NEW_ARTIST, new.values())
        missing = [one for one in missing if one not in found]
    return found


def _row(name: str, mbid: str | None, apart: str) -> dict[str, str | None]:
    return {
        "id": new_id(),
        "name": name,
        "key": artist_key(name),
        "apart": apart,
        "sort": sort_key(name),
        "mbid": mbid,
    }


async def resolve_genres(work: Work, names: Iterable[str]) -> dict[str, str]:
    """Return the id of every genre by its name, making those that are missing; case and accents do not matter."""
    by_key = {genre_key(name): name for name in sorted(set(names), reverse=True)}
    if not by_key:
        return {}
    keys = sorted(by_key)
    known = dict(await work.all(_GENRES, keys=keys))
    missing = [{"id": new_id(), "name": by_key[key], "sort": key} for key in keys if key not in known]
    if missing:
        await work.run_many(_NEW_GENRE, missing)
        known = dict(await work.all(_GENRES, keys=keys))
    return known


def genre_key(name: str) -> str:
    """Return the form in which genres are compared."""
    return fold(name)[:200] or name
