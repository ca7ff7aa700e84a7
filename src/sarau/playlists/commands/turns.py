"""One change of a playlist at a time, each a version, and what others did since the one a change was made to."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, delete, insert, select, update

from sarau.foundation.database.query import Change, Query, scalar
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now
from sarau.playlists.errors import PlaylistChanged, PlaylistNotFound
from sarau.playlists.policies import Rights
from sarau.playlists.queries.playlists import done_since, rights
from sarau.playlists.schemas import Done, PlaylistVersion
from sarau.playlists.tables import playlist_versions, playlists

_KEPT = 200  # versions; who comes with an older one is told that it is too old
_SWEPT_EVERY = 20
_LONG = 1_000  # so many entries moved or removed at once are kept as a new order, without each
_the_playlist = playlists.c.id == bindparam("the_id", type_=EntityId())
_TOUCH = Change(
    update(playlists)
    .where(_the_playlist)
    .values(changed_at=bindparam("at", type_=Instant()), version=playlists.c.version + 1)
)
_VERSION = Query(select(playlists.c.version).where(_the_playlist), scalar)
_KEEP = Change(insert(playlist_versions))
_FORGET = Change(
    delete(playlist_versions).where(
        playlist_versions.c.playlist_id == bindparam("the_id", type_=EntityId()),
        playlist_versions.c.version <= bindparam("up_to", type_=BigInteger()),
    )
)


class Turn(NamedTuple):
    """A change of a playlist under way: who makes it may, and nobody else makes one until it is over."""

    id: str
    version: int
    rights: Rights


class Since(NamedTuple):
    """What others did since the version that a change was made to."""

    present: int
    versions: list[PlaylistVersion]
    fields: frozenset[str] = frozenset()
    moved: frozenset[str] = frozenset()
    removed: Mapping[str, int] = MappingProxyType({})
    replaced: bool = False

    def conflict(self) -> PlaylistChanged:
        """Return the error that tells what they did."""
        return PlaylistChanged(version=self.present, changes=self.versions)


async def take_turn(work: Work, actor: Actor, ref: str) -> Turn:
    """Begin the next version of a playlist; raises PlaylistNotFound."""
    asked = await rights(work, actor, ref)
    # The row is ours from here until the end of the transaction: whoever comes second sees what the first did.
    if not await work.run(_TOUCH, the_id=asked.id, at=now()):
        raise PlaylistNotFound
    return Turn(asked.id, int(await work.one(_VERSION, the_id=asked.id)), asked)


async def end_turn(work: Work, actor: Actor, turn: Turn, done: Done) -> None:
    """Keep what a version brought."""
    if len(done.moved) + len(done.removed) > _LONG:
        done = Done(fields=done.fields, added=done.added, replaced=True)
    await work.run(_KEEP, playlist_id=turn.id, version=turn.version, at=now(), changed_by=actor.user_id, done=done)
    if turn.version % _SWEPT_EVERY == 0:
        await work.run(_FORGET, the_id=turn.id, up_to=turn.version - _KEPT)


async def others_since(work: Work, turn: Turn, version: int | None) -> Since:
    """Return what was done since a version, nothing for None; raises PlaylistChanged where that cannot be told."""
    present = turn.version - 1
    if version is None or version == present:
        return Since(present, [])
    rows = await done_since(work, turn.id, version)
    if version > present or len(rows) != present - version:
        raise PlaylistChanged(version=present, changes=None)
    done = [one for _, one in rows]
    return Since(
        present,
        [told for told, _ in rows],
        frozenset(field for one in done for field in one.fields),
        frozenset(entry_id for one in done for entry_id in one.moved),
        {gone.entry_id: gone.place for one in done for gone in one.removed},
        any(one.replaced for one in done),
    )
