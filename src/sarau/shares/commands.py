"""Changes to public links."""

from datetime import datetime

from msgspec import UNSET
from sqlalchemy import bindparam, delete, insert, update

from sarau.catalog.library.errors import AlbumNotFound, TrackNotFound
from sarau.catalog.library.policies import View
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid, NotFound
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.kit.ids import new_id
from sarau.kit.text import clean
from sarau.kit.times import now
from sarau.playlists.errors import PlaylistNotFound
from sarau.shares import queries
from sarau.shares.errors import TooManyShares
from sarau.shares.events import ShareCreated, ShareRevoked
from sarau.shares.policies import future, slug_digest, slug_of
from sarau.shares.schemas import MAX_PLAYLISTS, MAX_SHARES, NewShare, Share, ShareChange, SharedKind, Target
from sarau.shares.tables import shares

_the_share = shares.c.id == bindparam("the_id", type_=EntityId())
_CREATE = Change(insert(shares))
_CHANGE = Change(
    update(shares)
    .where(_the_share)
    .values(
        description=bindparam("new_description"),
        may_download=bindparam("new_download"),
        expires_at=bindparam("until", type_=Instant()),
        changed_at=bindparam("at", type_=Instant()),
    )
)
_LOCK = Change(update(shares).where(_the_share).values(password_hash=bindparam("new_hash")))
_DELETE = Change(delete(shares).where(_the_share))
_VISIT = Change(
    update(shares)
    .where(_the_share)
    .values(visit_count=shares.c.visit_count + 1, last_visited_at=bindparam("at", type_=Instant()))
)
_MISSING: dict[SharedKind, type[NotFound]] = {
    SharedKind.TRACK: TrackNotFound,
    SharedKind.ALBUM: AlbumNotFound,
    SharedKind.PLAYLIST: PlaylistNotFound,
}


async def create_share(
    work: Work, actor: Actor, view: View, signer: Signer, new: NewShare, password_hash: str | None = None
) -> Share:
    """Make a link to things the actor may see; the edge hashes its password.

    Raises TooManyShares, TrackNotFound and the like, Invalid, PermissionMissing.
    """
    await _require_may_share(work, actor, downloads=new.may_download)
    targets = list(dict.fromkeys(new.targets))
    if sum(target.kind is SharedKind.PLAYLIST for target in targets) > MAX_PLAYLISTS:
        raise Invalid("targets", f"there can be {MAX_PLAYLISTS} playlists behind a link")
    title = await _seen_title(work, actor, view, targets)
    share_id, moment = new_id(), now()
    await work.run(
        _CREATE,
        id=share_id,
        owner_id=actor.id,
        digest=slug_digest(slug_of(signer, share_id)),
        targets=targets,
        description=clean(new.description),
        password_hash=password_hash,
        may_download=new.may_download,
        created_at=moment,
        changed_at=moment,
        expires_at=future(new.expires_at),
        visit_count=0,
        last_visited_at=None,
    )
    await work.publish(
        ShareCreated(
            actor_id=actor.id,
            address=actor.address,
            share_id=share_id,
            kind=targets[0].kind.value,
            title=title,
            has_password=password_hash is not None,
        )
    )
    return await queries.share(work, view, actor, signer, share_id)


async def _require_may_share(work: Work, actor: Actor, *, downloads: bool) -> None:
    actor.require(Permission.SHARES_CREATE)
    if downloads:
        actor.require(Permission.LIBRARY_DOWNLOAD)
    if await queries.share_count(work, actor) >= MAX_SHARES:
        raise TooManyShares(max=MAX_SHARES)


async def _seen_title(work: Work, actor: Actor, view: View, targets: list[Target]) -> str:
    """Return what the first thing is called, once all of them are to be seen."""
    titles = await queries.titles_of(work, view, actor, targets)
    for target in targets:
        if target not in titles:
            raise _MISSING[target.kind]
    return titles[targets[0]]


async def change_share(
    work: Work,
    actor: Actor,
    view: View,
    signer: Signer,
    share_id: str,
    change: ShareChange,
    password_hash: str | None = None,
) -> Share:
    """Change a link of the actor's own; a new password comes hashed by the edge. Who is in by the old one is out.

    Raises ShareNotFound, Invalid, PermissionMissing.
    """
    before = await queries.share(work, view, actor, signer, share_id)
    queries.require_own(before, actor)
    if change.may_download is True:
        actor.require(Permission.LIBRARY_DOWNLOAD)
    until: datetime | None = before.expires_at if change.expires_at is UNSET else future(change.expires_at)
    await work.run(
        _CHANGE,
        the_id=share_id,
        new_description=before.description if change.description is UNSET else clean(change.description),
        new_download=before.may_download if change.may_download is UNSET else change.may_download,
        until=until,
        at=now(),
    )
    if change.password is not UNSET:
        await work.run(_LOCK, the_id=share_id, new_hash=password_hash)
    return await queries.share(work, view, actor, signer, share_id)


async def delete_share(work: Work, actor: Actor, view: View, signer: Signer, share_id: str) -> None:
    """Take a link back, one's own or anybody's for who manages them; raises ShareNotFound."""
    before = await queries.share(work, view, actor, signer, share_id)
    await work.run(_DELETE, the_id=share_id)
    await work.publish(ShareRevoked(actor_id=actor.id, address=actor.address, share_id=share_id, title=before.title))


async def note_visit(work: Work, share_id: str) -> None:
    """Count that somebody came in by a link."""
    await work.run(_VISIT, the_id=share_id, at=now())
