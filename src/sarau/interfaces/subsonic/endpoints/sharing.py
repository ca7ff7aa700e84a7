"""Public links to songs, albums and playlists."""

from msgspec import UNSET, UnsetType

from sarau.catalog.library.policies import View
from sarau.foundation.database.reader import Reader
from sarau.interfaces.common.links import house_url
from sarau.interfaces.subsonic import gathering
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.errors import NOT_FOUND, Refused
from sarau.interfaces.subsonic.names import Kind, named
from sarau.interfaces.subsonic.structures.base import instant
from sarau.interfaces.subsonic.structures.personal import Share, Shares
from sarau.kit.times import from_ms
from sarau.shares import commands, queries
from sarau.shares.schemas import NewShare, ShareChange, SharedKind, Target
from sarau.shares.schemas import Share as Known

_LATEST_MS = 253_402_300_799_000
_LONGEST_DESCRIPTION = 500
_MOST_SONGS, _MOST_SONGS_IN_ALL = 500, 10_000  # of each link, and of all: apps ask for all links at once
_KINDS = {Kind.SONG: SharedKind.TRACK, Kind.ALBUM: SharedKind.ALBUM, Kind.PLAYLIST: SharedKind.PLAYLIST}


async def _shown(call: Call, reader: Reader, view: View, share: Known, limit: int = _MOST_SONGS) -> Share:
    track_ids = await queries.shared_track_ids(
        reader, view, call.actor, call.home.rule_book, share.targets, limit=limit
    )
    return Share(
        id=share.id,
        url=f"{house_url(call.request, call.home)}/s/{share.slug}",
        description=share.description or None,
        username=share.owner.username,
        created=instant(share.created_at),
        expires=instant(share.expires_at) if share.expires_at else None,
        last_visited=instant(share.last_visited_at) if share.last_visited_at else None,
        visit_count=share.visit_count,
        entry=await gathering.songs(reader, view, call.actor, track_ids),
    )


async def shares(call: Call) -> Answer:
    """The caller's links."""
    view = await call.view()
    async with call.reading() as reader:
        mine = await queries.my_shares(reader, view, call.actor, call.home.signer)
        shown: list[Share] = []
        left = _MOST_SONGS_IN_ALL
        for share in mine:
            shown.append(await _shown(call, reader, view, share, min(left, _MOST_SONGS)))
            left -= len(shown[-1].entry)
        return "shares", Shares(shown)


def _target(text: str) -> Target:
    thing = named(text)
    if thing.kind not in _KINDS:
        raise Refused(NOT_FOUND, "Songs, albums and playlists can be shared, and nothing else.")
    return Target(_KINDS[thing.kind], thing.id)


async def create_share(call: Call) -> Answer:
    """Make a link."""
    call.asked.needed("id")
    targets = [_target(text) for text in call.asked.few("id")]
    expires = call.asked.maybe_number("expires", 0, _LATEST_MS)
    new = NewShare(
        targets,
        call.asked.text("description")[:_LONGEST_DESCRIPTION],
        expires_at=from_ms(expires) if expires else None,
    )
    view = await call.view()
    async with call.working() as work:
        share = await commands.create_share(work, call.actor, view, call.home.signer, new)
    async with call.reading() as reader:
        return "shares", Shares([await _shown(call, reader, view, share)])


async def update_share(call: Call) -> Answer:
    """Change what a link says of itself, or until when it is good; 0 is for ever."""
    share_id = call.asked.needed("id")
    given = call.asked.given
    expires = call.asked.number("expires", 0, 0, _LATEST_MS)
    description: str | UnsetType = UNSET
    if given("description"):
        description = call.asked.text("description")[:_LONGEST_DESCRIPTION]
    until = from_ms(expires) if expires else None
    change = ShareChange(description, expires_at=until if given("expires") else UNSET)
    view = await call.view()
    async with call.working() as work:
        await commands.change_share(work, call.actor, view, call.home.signer, share_id, change)
    return None


async def delete_share(call: Call) -> Answer:
    """Take a link back."""
    share_id = call.asked.needed("id")
    view = await call.view()
    async with call.working() as work:
        await commands.delete_share(work, call.actor, view, call.home.signer, share_id)
    return None


ENDPOINTS: dict[str, Endpoint] = {
    "getShares": shares,
    "createShare": create_share,
    "updateShare": update_share,
    "deleteShare": delete_share,
}
