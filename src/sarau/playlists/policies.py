"""Who may see and change playlists."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, or_

from sarau.foundation.database.types import EntityId
from sarau.playlists.errors import NotYourPlaylist, PlaylistIsSmart
from sarau.playlists.schemas import Collaborative, Visibility
from sarau.playlists.tables import playlist_people, playlists

EDITOR, FOLLOWER = "editor", "follower"
_viewer = bindparam("viewer_id", type_=EntityId())


def _is(role: str) -> ColumnElement[bool]:
    people = playlist_people.c
    return exists().where(people.playlist_id == playlists.c.id, people.user_id == _viewer, people.role == role)


mine: ColumnElement[bool] = playlists.c.owner_id == _viewer
followed: ColumnElement[bool] = _is(FOLLOWER)
named: ColumnElement[bool] = and_(playlists.c.collaborative == Collaborative.NAMED.value, _is(EDITOR))


def visible(opened: ColumnElement[bool] | None = None) -> ColumnElement[bool]:
    """Return the condition that the person in the parameter `viewer_id` may see a playlist.

    `opened` says which playlists were asked for by their link. Who follows one keeps seeing it for as long as it has
    a link.
    """
    by_link = playlists.c.visibility == Visibility.LINK.value
    return or_(
        mine,
        playlists.c.visibility == Visibility.HOUSE.value,
        and_(by_link, or_(followed, opened if opened is not None else false())),
        named,
    )


class Rights(NamedTuple):
    """A playlist as somebody asked for it, and what decides what they may do with it."""

    id: str
    version: int
    smart: bool
    mine: bool
    named: bool
    collaborative: str

    @property
    def may_edit(self) -> bool:
        """Whether they may change its entries."""
        return self.mine or self.named or self.collaborative == Collaborative.EVERYONE.value

    def require_entries(self) -> None:
        """Raise NotYourPlaylist unless they may change its entries, PlaylistIsSmart where it has none."""
        if not self.may_edit:
            raise NotYourPlaylist
        if self.smart:
            raise PlaylistIsSmart

    def require_owner(self) -> None:
        """Raise NotYourPlaylist unless it is theirs."""
        if not self.mine:
            raise NotYourPlaylist


RIGHTS_COLUMNS = (
    playlists.c.id,
    playlists.c.version,
    playlists.c.rules.isnot(None),
    mine,
    named,
    playlists.c.collaborative,
)
