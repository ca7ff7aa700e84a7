"""The door for strangers: who has the address of a link, and its password where it has one, gets a ticket.

Everything is then done in the name of who made the link, and only with the tracks behind it.
"""

import time
from typing import NamedTuple

from sarau.catalog.library.errors import TrackNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.libraries import view_of
from sarau.catalog.library.schemas import Track
from sarau.foundation.errors import Forbidden
from sarau.foundation.security.actor import PermissionMissing
from sarau.foundation.security.passwords import verify_password
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.addresses import limit_key
from sarau.interfaces.common.house import House
from sarau.interfaces.common.recollection import Recollection
from sarau.shares import queries
from sarau.shares.commands import note_visit
from sarau.shares.errors import (
    ShareNotFound,
    SharePasswordNeeded,
    SharePasswordWrong,
    TooManyVisits,
)
from sarau.shares.policies import require_ticket, ticket_for
from sarau.shares.queries import OpenShare
from sarau.shares.schemas import SharedPage, shared_track

_MINUTE_S = 60
_WINDOW_S = 300
_GUESSES_IN_ALL = 100  # of the password of one link in five minutes, from wherever


class NoDownloads(Forbidden):
    """The link lets people listen, and no more."""

    code = "share_no_downloads"
    message = "This link is for listening only."


class Behind(NamedTuple):
    """What is behind a link just now."""

    share: OpenShare
    view: View
    track_ids: frozenset[str]

    @property
    def may_download(self) -> bool:
        """Whether files may be taken along: who made the link must be allowed to, too."""
        return self.share.may_download and self.share.owner.may(Permission.LIBRARY_DOWNLOAD)


class LetIn(NamedTuple):
    """Somebody came in by a link; the ticket is good until a moment (Unix seconds)."""

    ticket: str
    expires_at: int
    page: SharedPage


class SharedDoor:
    """Lets strangers in by links."""

    def __init__(self, home: House) -> None:
        self._home = home
        self._known: Recollection[Behind] = Recollection(home.database)

    async def behind(self, slug: str, address: str | None) -> Behind:
        """Return what is behind a link; raises ShareNotFound, TooManyVisits."""
        limit = self._home.settings.sharing.requests_per_minute
        if not limit:
            raise ShareNotFound
        await self._limited(f"shares from {limit_key(address)}", limit, _MINUTE_S)
        return await self._known.recall(slug, lambda: self._read(slug))

    async def _limited(self, key: str, limit: int, window_s: float) -> None:
        allowance = await self._home.limits.hit(key, limit=limit, window_s=window_s)
        if not allowance.allowed:
            raise TooManyVisits(retry_after_s=round(allowance.retry_after_s, 1))

    async def _read(self, slug: str) -> Behind:
        async with self._home.database.reading() as reader:
            share = await queries.open_share(reader, slug)
            try:
                view = await view_of(reader, share.owner)
            except PermissionMissing as error:
                raise ShareNotFound from error
            heard = await queries.heard_track_ids(reader, view, share.owner, self._home.rule_book, share.targets)
        if not heard:
            raise ShareNotFound
        return Behind(share, view, heard)

    async def let_in(self, slug: str, password: str | None, address: str | None) -> LetIn:
        """Open a link; raises ShareNotFound, SharePasswordNeeded, SharePasswordWrong, TooManyVisits."""
        behind = await self.behind(slug, address)
        share, home = behind.share, self._home
        if share.password_hash is not None:
            await self._check(share, password, address)
        async with home.database.working() as work:
            await note_visit(work, share.id)
            titles = await queries.titles_of(work, behind.view, share.owner, share.targets[:1])
            tracks = await queries.shared_tracks(work, behind.view, share.owner, home.rule_book, share.targets)
        expires_at = int(time.time()) + home.settings.security.signed_url_ttl_s
        if share.expires_at is not None:
            expires_at = min(expires_at, int(share.expires_at.timestamp()))
        ticket = ticket_for(home.signer, share.id, share.password_hash or "", expires_at)
        return LetIn(ticket, expires_at, _page(behind, titles.get(share.targets[0], ""), tracks))

    async def _check(self, share: OpenShare, password: str | None, address: str | None) -> None:
        if not password:
            raise SharePasswordNeeded
        guesses = f"password of share {share.id}"
        mine = f"{guesses} from {limit_key(address)}"
        await self._limited(mine, self._home.settings.security.sign_in_attempts, _WINDOW_S)
        await self._limited(guesses, _GUESSES_IN_ALL, _WINDOW_S)
        if not await verify_password(password, share.password_hash):
            raise SharePasswordWrong
        await self._home.limits.forget(mine)

    async def admitted(self, slug: str, ticket: str, track_id: str, address: str | None) -> Behind:
        """Return what is behind a link for who has a ticket and asks for a track of it.

        Raises ShareNotFound, TicketOver, TrackNotFound, TooManyVisits.
        """
        behind = await self.behind(slug, address)
        require_ticket(self._home.signer, behind.share.id, behind.share.password_hash or "", ticket)
        if track_id not in behind.track_ids:
            raise TrackNotFound
        return behind


def _page(behind: Behind, title: str, tracks: list[Track]) -> SharedPage:
    share = behind.share
    return SharedPage(
        title=title,
        description=share.description,
        owner=share.owner_name,
        may_download=behind.may_download,
        expires_at=share.expires_at,
        tracks=[shared_track(track) for track in tracks],
    )
