"""Changes to playlists themselves."""

from typing import Any

from msgspec import UNSET
from sqlalchemy import Text, bindparam, delete, insert, update

from sarau.accounts.users.errors import UserNotFound
from sarau.accounts.users.queries import user_named
from sarau.catalog.artwork.commands import note_pictures
from sarau.catalog.artwork.schemas import KeptPicture
from sarau.catalog.library.policies import View
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Json
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean, sort_key
from sarau.kit.times import now
from sarau.kit.tokens import new_token
from sarau.playlists.commands.entries import edit_entries
from sarau.playlists.commands.folders import file_playlist
from sarau.playlists.commands.turns import Turn, end_turn, others_since, take_turn
from sarau.playlists.errors import BadRules, PlaylistNotFound, TooManyPlaylists
from sarau.playlists.policies import EDITOR, FOLLOWER
from sarau.playlists.queries import playlists as queries
from sarau.playlists.queries.rules import RuleBook, playlists_in
from sarau.playlists.schemas import (
    MAX_PLAYLISTS,
    AddTracks,
    Done,
    NewPlaylist,
    PlaylistChange,
    PlaylistEdits,
    Visibility,
)
from sarau.playlists.smart_rules import SmartRules
from sarau.playlists.tables import playlist_people, playlists

_LINK_BITS = 192
_the_playlist = playlists.c.id == bindparam("the_id", type_=EntityId())
_of_playlist = playlist_people.c.playlist_id == bindparam("of_playlist", type_=EntityId())
_in_role = playlist_people.c.role == bindparam("as_role", type_=Text())
_CREATE = Change(insert(playlists))
_DELETE = Change(delete(playlists).where(_the_playlist))
_CHANGES = {
    name: Change(update(playlists).where(_the_playlist).values({name: bindparam("new_value", type_=kind)}))
    for name, kind in (
        ("name", Text()),
        ("sort", Text()),
        ("description", Text()),
        ("visibility", Text()),
        ("collaborative", Text()),
        ("link", Text()),
        ("cover", Text()),
        ("rules", Json(SmartRules)),
    )
}
_ADD_PERSON = Change(insert_into(playlist_people).on_conflict_do_nothing())
_DROP_ROLE = Change(delete(playlist_people).where(_of_playlist, _in_role))
_DROP_PERSON = Change(
    delete(playlist_people).where(
        _of_playlist, _in_role, playlist_people.c.user_id == bindparam("by", type_=EntityId())
    )
)


async def create_playlist(work: Work, actor: Actor, view: View, book: RuleBook, new: NewPlaylist) -> str:
    """Make a playlist and return its id.

    Raises TooManyPlaylists, TrackNotFound, BadRules, FolderNotFound, and Invalid for editors who are nobody.
    """
    if await queries.playlist_count(work, actor) >= MAX_PLAYLISTS:
        raise TooManyPlaylists(max=MAX_PLAYLISTS)
    if new.rules is not None:
        if new.track_ids:
            raise Invalid("track_ids", "rules choose the tracks of a smart playlist")
        await _require_good(work, actor, book, new.rules)
    playlist_id, moment = new_id(), now()
    await work.run(
        _CREATE,
        id=playlist_id,
        owner_id=actor.id,
        name=_named(new.name),
        created_at=moment,
        changed_at=moment,
        sort=sort_key(new.name),
        description=clean(new.description),
        visibility=new.visibility.value,
        collaborative=new.collaborative.value,
        link=new_token(_LINK_BITS) if new.visibility is Visibility.LINK else None,
        cover=None,
        rules=new.rules,
        version=1,
    )
    await _name_editors(work, actor, playlist_id, new.editors)
    if new.folder_id is not None:
        await file_playlist(work, actor, playlist_id, new.folder_id)
    if new.track_ids:
        await edit_entries(work, actor, view, playlist_id, PlaylistEdits([AddTracks(new.track_ids)]))
    return playlist_id


def _named(name: str) -> str:
    return clean(name) or "?"


async def _require_good(work: Work, actor: Actor, book: RuleBook, rules: SmartRules) -> None:
    """Raise BadRules for what cannot be asked, or asks about playlists that are not there or smart themselves."""
    book.check(rules)
    for playlist_id in playlists_in(rules):
        try:
            asked = await queries.rights(work, actor, playlist_id)
        except PlaylistNotFound as error:
            raise BadRules("match", "there is no such playlist", playlist_id=playlist_id) from error
        if asked.id != playlist_id:  # found by its link, which rules do not follow
            raise BadRules("match", "a playlist is named by its id here", playlist_id=asked.id)
        if asked.smart:
            raise BadRules("match", "rules cannot ask about another smart playlist", playlist_id=playlist_id)


async def _name_editors(work: Work, actor: Actor, playlist_id: str, usernames: list[str]) -> None:
    rows = []
    for username in dict.fromkeys(usernames):
        try:
            person = await user_named(work, username)
        except UserNotFound as error:
            raise Invalid("editors", f"there is nobody named {username!r}") from error
        if person.id != actor.user_id:
            rows.append({"playlist_id": playlist_id, "user_id": person.id, "role": EDITOR})
    await work.run(_DROP_ROLE, of_playlist=playlist_id, as_role=EDITOR)
    await work.run_many(_ADD_PERSON, rows)


async def change_playlist(work: Work, actor: Actor, book: RuleBook, ref: str, change: PlaylistChange) -> None:
    """Change a playlist of one's own.

    Raises PlaylistNotFound, NotYourPlaylist, PlaylistChanged, BadRules, and Invalid for editors who are nobody.
    """
    turn = await take_turn(work, actor, ref)
    turn.rights.require_owner()
    fields = [name for name in change.__struct_fields__ if name != "version" and getattr(change, name) is not UNSET]
    since = await others_since(work, turn, change.version)
    if since.fields & set(fields):
        raise since.conflict()
    if isinstance(change.rules, SmartRules):
        if not turn.rights.smart:
            raise Invalid("rules", "this playlist has entries, not rules")
        await _require_good(work, actor, book, change.rules)
    if isinstance(change.editors, list):
        await _name_editors(work, actor, turn.id, change.editors)
    for name, value in _values(change).items():
        await work.run(_CHANGES[name], the_id=turn.id, new_value=value)
    if isinstance(change.visibility, Visibility):
        await _show(work, turn, change.visibility)
    await end_turn(work, actor, turn, Done(fields=fields))


def _values(change: PlaylistChange) -> dict[str, Any]:
    """Return the columns that change with their values, but for those that others follow from."""
    found: dict[str, Any] = {}
    if isinstance(change.name, str):
        found |= {"name": _named(change.name), "sort": sort_key(change.name)}
    if isinstance(change.description, str):
        found["description"] = clean(change.description)
    if change.collaborative is not UNSET:
        found["collaborative"] = change.collaborative.value
    if change.rules is not UNSET:
        found["rules"] = change.rules
    return found


async def _show(work: Work, turn: Turn, visibility: Visibility) -> None:
    """Give a playlist another visibility: a link that is taken back is never given again."""
    before = await queries.visibility_of(work, turn.id)
    if visibility is before:
        return
    await work.run(_CHANGES["visibility"], the_id=turn.id, new_value=visibility.value)
    link = new_token(_LINK_BITS) if visibility is Visibility.LINK else None
    await work.run(_CHANGES["link"], the_id=turn.id, new_value=link)
    if visibility is Visibility.PRIVATE:
        await work.run(_DROP_ROLE, of_playlist=turn.id, as_role=FOLLOWER)


async def set_cover(work: Work, actor: Actor, ref: str, picture: KeptPicture | None) -> None:
    """Give a playlist a picture whose bytes are stored, or none; raises PlaylistNotFound, NotYourPlaylist."""
    turn = await take_turn(work, actor, ref)
    turn.rights.require_owner()
    if picture is not None:
        await note_pictures(work, [picture])
    await work.run(_CHANGES["cover"], the_id=turn.id, new_value=picture.id if picture else None)
    await end_turn(work, actor, turn, Done(fields=["cover"]))


async def delete_playlist(work: Work, actor: Actor, ref: str) -> None:
    """Delete a playlist of one's own; raises PlaylistNotFound, NotYourPlaylist."""
    asked = await queries.rights(work, actor, ref)
    asked.require_owner()
    if not await work.run(_DELETE, the_id=asked.id):
        raise PlaylistNotFound


async def follow_playlist(work: Work, actor: Actor, ref: str) -> None:
    """Keep somebody's playlist among one's own; raises PlaylistNotFound."""
    asked = await queries.rights(work, actor, ref)
    if not asked.mine:
        await work.run(_ADD_PERSON, playlist_id=asked.id, user_id=actor.id, role=FOLLOWER)


async def unfollow_playlist(work: Work, actor: Actor, ref: str) -> None:
    """Keep somebody's playlist no longer; raises PlaylistNotFound."""
    asked = await queries.rights(work, actor, ref)
    await work.run(_DROP_PERSON, of_playlist=asked.id, as_role=FOLLOWER, by=actor.id)
