"""Questions about public links: of who made them, and of strangers who have their address."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, select

from sarau.accounts.roles.policies import permissions_of
from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.queries.collections import albums_by_id
from sarau.catalog.library.schemas import Track
from sarau.catalog.library.tables import tracks
from sarau.foundation.database.portable import among
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.kit.times import now
from sarau.playlists.errors import PlaylistNotFound
from sarau.playlists.queries.entries import track_ids_of
from sarau.playlists.queries.playlists import playlists_by_id
from sarau.playlists.queries.rules import RuleBook
from sarau.shares.errors import ShareNotFound
from sarau.shares.policies import slug_digest, slug_of
from sarau.shares.schemas import MAX_TRACKS, Owner, Share, SharedKind, Target
from sarau.shares.tables import shares


class _Row(NamedTuple):
    """A link as it is kept, and whose it is."""

    id: str
    targets: list[Target]
    description: str
    password_hash: str | None
    may_download: bool
    created_at: datetime
    changed_at: datetime
    expires_at: datetime | None
    visit_count: int
    last_visited_at: datetime | None
    owner_id: str
    username: str
    display_name: str


class OpenShare(NamedTuple):
    """A link as the house sees it when a stranger comes: `owner` is in whose name everything is done."""

    id: str
    targets: list[Target]
    description: str
    password_hash: str | None
    may_download: bool
    expires_at: datetime | None
    owner: Actor
    owner_name: str


_columns = (
    shares.c.id,
    shares.c.targets,
    shares.c.description,
    shares.c.password_hash,
    shares.c.may_download,
    shares.c.created_at,
    shares.c.changed_at,
    shares.c.expires_at,
    shares.c.visit_count,
    shares.c.last_visited_at,
    users.c.id,
    users.c.username,
    users.c.display_name,
)
_kept = select(*_columns).join(users, users.c.id == shares.c.owner_id)
_user = bindparam("user_id", type_=EntityId())
_the_id = shares.c.id == bindparam("id", type_=EntityId())
_MINE = Query(_kept.where(shares.c.owner_id == _user).order_by(shares.c.id.desc()), _Row)
_ALL = Query(_kept.order_by(shares.c.id.desc()).limit(10_000), _Row, slow=True)
_ONE = Query(_kept.where(_the_id), _Row)
_COUNT = Query(select(func.count()).where(shares.c.owner_id == _user), scalar)


def _open(*row: Any) -> OpenShare:
    *share, user_id, username, role, display_name = row
    owner = Actor(user_id, username, role, permissions_of(role))
    return OpenShare(*share, owner, display_name or username)  # type: ignore[call-arg]  # the columns below, in order


_BY_DIGEST = Query(
    select(
        shares.c.id,
        shares.c.targets,
        shares.c.description,
        shares.c.password_hash,
        shares.c.may_download,
        shares.c.expires_at,
        users.c.id,
        users.c.username,
        users.c.role,
        users.c.display_name,
    )
    .join(users, users.c.id == shares.c.owner_id)
    .where(
        shares.c.digest == bindparam("digest"),
        users.c.disabled_at.is_(None),
        or_(shares.c.expires_at.is_(None), shares.c.expires_at > bindparam("at", type_=Instant())),
    ),
    _open,
)
_OF_ALBUMS = Query(
    select(tracks.c.album_id, tracks.c.id)
    .where(among(tracks.c.album_id, "ids"), tracks.c.available, seen(tracks))
    .order_by(tracks.c.album_id, tracks.c.place, tracks.c.sort, tracks.c.id),
    lambda album_id, track_id: (album_id, track_id),
    slow=True,
)


_HEARD = Query(
    select(tracks.c.id).where(among(tracks.c.id, "ids"), tracks.c.available, seen(tracks)), scalar, slow=True
)


async def my_shares(reader: Reader, view: View, actor: Actor, signer: Signer) -> list[Share]:
    """Return the links the actor made, newest first."""
    return await _told(reader, view, actor, signer, await reader.all(_MINE, user_id=actor.id))


async def all_shares(reader: Reader, view: View, actor: Actor, signer: Signer) -> list[Share]:
    """Return everybody's links, newest first, for who manages them; addresses are told to their owners alone."""
    actor.require(Permission.SHARES_MANAGE)
    return await _told(reader, view, actor, signer, await reader.all(_ALL))


async def share(reader: Reader, view: View, actor: Actor, signer: Signer, share_id: str) -> Share:
    """Return a link that the actor made or manages; raises ShareNotFound."""
    rows = await reader.all(_ONE, id=share_id)
    if not rows or (rows[0].owner_id != actor.id and not actor.may(Permission.SHARES_MANAGE)):
        raise ShareNotFound
    return (await _told(reader, view, actor, signer, rows))[0]


def require_own(share: Share, actor: Actor) -> None:
    """Raise ShareNotFound for a link of somebody else."""
    if share.owner.id != actor.id:
        raise ShareNotFound


async def _told(reader: Reader, view: View, actor: Actor, signer: Signer, rows: list[_Row]) -> list[Share]:
    titles = await titles_of(reader, view, actor, [row.targets[0] for row in rows])
    return [
        Share(
            id=row.id,
            slug=slug_of(signer, row.id) if row.owner_id == actor.id else "",
            owner=Owner(row.owner_id, row.username, row.display_name),
            targets=row.targets,
            title=titles.get(row.targets[0], ""),
            description=row.description,
            has_password=row.password_hash is not None,
            may_download=row.may_download,
            created_at=row.created_at,
            changed_at=row.changed_at,
            expires_at=row.expires_at,
            visit_count=row.visit_count,
            last_visited_at=row.last_visited_at,
        )
        for row in rows
    ]


def _ids(targets: Iterable[Target], kind: SharedKind) -> list[str]:
    return list(dict.fromkeys(target.id for target in targets if target.kind is kind))


async def titles_of(reader: Reader, view: View, actor: Actor, targets: list[Target]) -> dict[Target, str]:
    """Return what some things are called, as far as the actor may see them."""
    heard = await tracks_by_id(reader, view, _ids(targets, SharedKind.TRACK))
    albums = await albums_by_id(reader, view, _ids(targets, SharedKind.ALBUM))
    lists = await playlists_by_id(reader, actor, _ids(targets, SharedKind.PLAYLIST))
    found = {Target(SharedKind.TRACK, track.id): track.title for track in heard}
    found |= {Target(SharedKind.ALBUM, one.album.id): one.album.title for one in albums}
    return found | {Target(SharedKind.PLAYLIST, one.id): one.name for one in lists}


async def share_count(reader: Reader, actor: Actor) -> int:
    """Return how many links the actor has made."""
    return int(await reader.one(_COUNT, user_id=actor.id))


async def open_share(reader: Reader, slug: str) -> OpenShare:
    """Return the link of an address whose time is not over and whose owner is not barred; raises ShareNotFound."""
    found = await reader.first(_BY_DIGEST, digest=slug_digest(slug), at=now())
    if found is None or not found.owner.may(Permission.SHARES_CREATE):
        raise ShareNotFound
    return found


async def shared_track_ids(
    reader: Reader, view: View, actor: Actor, book: RuleBook, targets: list[Target], *, limit: int = MAX_TRACKS
) -> list[str]:
    """Return the ids of what some things hold, in order, each once, as far as the actor may see the things."""
    of_albums: dict[str, list[str]] = {}
    albums = _ids(targets, SharedKind.ALBUM)
    if albums:
        for album_id, track_id in await reader.all(_OF_ALBUMS, ids=albums, libraries=view.library_ids):
            of_albums.setdefault(album_id, []).append(track_id)
    found: dict[str, None] = {}
    for target in targets:
        if len(found) >= limit:
            break
        if target.kind is SharedKind.TRACK:
            found[target.id] = None
        elif target.kind is SharedKind.ALBUM:
            found |= dict.fromkeys(of_albums.get(target.id, ()))
        else:
            found |= dict.fromkeys(await _of_playlist(reader, view, actor, book, target.id))
    return list(found)[:limit]


async def _of_playlist(reader: Reader, view: View, actor: Actor, book: RuleBook, playlist_id: str) -> list[str]:
    try:
        return await track_ids_of(reader, view, actor, playlist_id, book)
    except PlaylistNotFound:
        return []


async def heard_track_ids(
    reader: Reader, view: View, actor: Actor, book: RuleBook, targets: list[Target]
) -> frozenset[str]:
    """Return the ids of the tracks that some things hold, as far as the actor may hear them."""
    ids = await shared_track_ids(reader, view, actor, book, targets)
    return frozenset(await reader.all(_HEARD, ids=ids, libraries=view.library_ids))


async def shared_tracks(
    reader: Reader, view: View, actor: Actor, book: RuleBook, targets: list[Target]
) -> list[Track]:
    """Return the tracks that some things hold, in order, as far as the actor may hear them."""
    return await tracks_by_id(reader, view, await shared_track_ids(reader, view, actor, book, targets))
