"""Questions about playlists themselves."""

import re
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from sarau.accounts.users.tables import users
from sarau.catalog.library.policies import View, seen
from sarau.catalog.library.queries.chance import tracks_by_id
from sarau.catalog.library.tables import tracks
from sarau.foundation.database.portable import among, total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import is_id
from sarau.kit.pages import Page, decode_cursor, page_of
from sarau.playlists.errors import PlaylistNotFound
from sarau.playlists.policies import EDITOR, RIGHTS_COLUMNS, Rights, followed, mine, named, visible
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.queries.words import patterns, with_words
from sarau.playlists.schemas import (
    Collaborative,
    Contributor,
    Done,
    Playlist,
    PlaylistDetails,
    PlaylistScope,
    PlaylistVersion,
    PlaylistVersions,
    RulesPreview,
    Visibility,
)
from sarau.playlists.smart_rules import SmartRules
from sarau.playlists.tables import (
    playlist_entries,
    playlist_filing,
    playlist_people,
    playlist_versions,
    playlists,
)

_LINK = re.compile(r"[A-Za-z0-9_-]{20,64}")
_MOST = 10_000
_COVERS_AMONG = 200  # entries
_viewer = bindparam("viewer_id", type_=EntityId())
_the_id = bindparam("id", type_=EntityId())
_opened = playlists.c.link == bindparam("link")
_in_it = playlist_entries.c.playlist_id == playlists.c.id
_count = select(func.count()).where(_in_it).scalar_subquery()
_duration = (
    select(total(tracks.c.duration_ms))
    .join(playlist_entries, playlist_entries.c.track_id == tracks.c.id)
    .where(_in_it)
    .scalar_subquery()
)
_OWNER = (users.c.id, users.c.username, users.c.display_name)
_told = (
    select(
        playlists.c.id,
        playlists.c.name,
        playlists.c.description,
        *_OWNER,
        playlists.c.visibility,
        playlists.c.collaborative,
        playlists.c.link,
        playlists.c.cover,
        playlists.c.rules.isnot(None),
        playlists.c.version,
        playlist_filing.c.folder_id,
        followed,
        or_(mine, named, playlists.c.collaborative == Collaborative.EVERYONE.value),
        playlists.c.created_at,
        playlists.c.changed_at,
        _count,
        _duration,
    )
    .join(users, users.c.id == playlists.c.owner_id)
    .outerjoin(
        playlist_filing,
        and_(playlist_filing.c.playlist_id == playlists.c.id, playlist_filing.c.user_id == _viewer),
    )
)


def _playlist(*row: Any) -> Playlist:
    playlist_id, name, description, owner_id, username, display_name, visibility, collaborative, *rest = row
    link, cover, smart, version, folder_id, is_followed, may_edit, created_at, changed_at, count, duration_ms = rest
    return Playlist(
        id=playlist_id,
        name=name,
        description=description,
        owner=Contributor(owner_id, username, display_name),
        visibility=Visibility(visibility),
        collaborative=Collaborative(collaborative),
        link=link,
        cover=cover,
        smart=smart,
        version=version,
        folder_id=folder_id,
        followed=is_followed,
        may_edit=may_edit,
        created_at=created_at,
        changed_at=changed_at,
        entry_count=None if smart else count,
        duration_ms=None if smart else duration_ms,
    )


_SCOPES: dict[PlaylistScope, ColumnElement[bool]] = {
    PlaylistScope.MINE: or_(mine, named, and_(followed, visible())),
    PlaylistScope.HOUSE: and_(playlists.c.visibility == Visibility.HOUSE.value, ~mine),
    PlaylistScope.ALL: visible(),
}


@cache
def _page(scope: PlaylistScope, words: int) -> Query[Playlist]:
    after = playlists.c.id > bindparam("after", type_=EntityId())
    statement = _told.where(_SCOPES[scope], after, *with_words(playlists.c.sort, words))
    return Query(statement.order_by(playlists.c.id).limit(bindparam("limit")), _playlist, slow=True)


_asked: ColumnElement[bool] = or_(playlists.c.id == _the_id, _opened)
_RIGHTS = Query(select(*RIGHTS_COLUMNS).where(_asked, visible(_opened)), Rights)
_ONE = Query(_told.where(playlists.c.id == _the_id), _playlist, slow=True)
_SOME = Query(_told.where(among(playlists.c.id, "ids"), visible()), _playlist, slow=True)
_RULES = Query(select(playlists.c.rules).where(playlists.c.id == _the_id), scalar)
_VISIBILITY = Query(select(playlists.c.visibility).where(playlists.c.id == _the_id), Visibility)
_HOW_MANY = Query(select(func.count()).where(playlists.c.owner_id == _viewer), scalar)
_EDITORS = Query(
    select(*_OWNER)
    .join(playlist_people, playlist_people.c.user_id == users.c.id)
    .where(playlist_people.c.playlist_id == _the_id, playlist_people.c.role == EDITOR)
    .order_by(users.c.username_key),
    Contributor,
)


class _Version(NamedTuple):
    """A version as it is kept."""

    version: int
    at: datetime
    user_id: str | None
    username: str | None
    display_name: str | None
    done: Done


_VERSIONS = Query(
    select(playlist_versions.c.version, playlist_versions.c.at, *_OWNER, playlist_versions.c.done)
    .select_from(playlist_versions.outerjoin(users, users.c.id == playlist_versions.c.changed_by))
    .where(playlist_versions.c.playlist_id == _the_id, playlist_versions.c.version > bindparam("since"))
    .order_by(playlist_versions.c.version),
    _Version,
)
_FACE = Query(
    select(playlists.c.id, playlists.c.name, playlists.c.version, playlists.c.cover).where(playlists.c.id == _the_id),
    lambda *row: row,
)


def _first_covers(statement: Select[Any]) -> Query[str | None]:
    return Query(statement.where(tracks.c.available, seen(tracks)).limit(_COVERS_AMONG), scalar, slow=True)


_COVERS = _first_covers(
    select(tracks.c.cover)
    .join(playlist_entries, playlist_entries.c.track_id == tracks.c.id)
    .where(playlist_entries.c.playlist_id == _the_id)
    .order_by(playlist_entries.c.place, playlist_entries.c.id)
)
_COVERS_OF = _first_covers(select(tracks.c.cover).where(among(tracks.c.id, "ids")))


async def rights(reader: Reader, actor: Actor, ref: str) -> Rights:
    """Return what the actor may do with a playlist, by its id or its link; raises PlaylistNotFound."""
    link = ref if not is_id(ref) and _LINK.fullmatch(ref) else None
    found = await reader.first(_RIGHTS, id=ref, link=link, viewer_id=actor.id)
    if found is None:
        raise PlaylistNotFound
    return found


async def playlist_page(
    reader: Reader, actor: Actor, scope: PlaylistScope, *, words: str = "", limit: int, cursor: str | None
) -> Page[Playlist]:
    """Return playlists that have some words in their name, oldest first; raises BadCursor."""
    (after,) = decode_cursor(cursor, (str,)) if cursor else ("0" * 16,)
    looked_for = patterns(words)
    if words.strip() and not looked_for:
        return Page([], None)
    query = _page(scope, len(looked_for))
    rows = await reader.all(query, viewer_id=actor.id, after=after, limit=limit + 1, **looked_for)
    return page_of(rows, limit, lambda one: (one.id,))


async def all_playlists(reader: Reader, actor: Actor, scope: PlaylistScope) -> list[Playlist]:
    """Return all playlists the actor may see, at most 10,000, oldest first."""
    return await reader.all(_page(scope, 0), viewer_id=actor.id, after="0" * 16, limit=_MOST)


async def playlists_by_id(reader: Reader, actor: Actor, ids: list[str]) -> list[Playlist]:
    """Return the playlists of some ids that the actor may see, in that order."""
    found = {one.id: one for one in await reader.all(_SOME, viewer_id=actor.id, ids=ids)}
    return [found[i] for i in ids if i in found]


async def playlist_count(reader: Reader, actor: Actor) -> int:
    """Return how many playlists the actor owns."""
    return int(await reader.one(_HOW_MANY, viewer_id=actor.id))


async def visibility_of(reader: Reader, playlist_id: str) -> Visibility:
    """Return who may see a playlist that there is."""
    return await reader.one(_VISIBILITY, id=playlist_id)


async def name_of(reader: Reader, actor: Actor, ref: str) -> str:
    """Return the name of a playlist; raises PlaylistNotFound."""
    _, name, _, _ = await reader.one(_FACE, id=(await rights(reader, actor, ref)).id)
    return str(name)


async def rules_of(reader: Reader, playlist_id: str) -> SmartRules | None:
    """Return the rules of a smart playlist, None for another."""
    found: SmartRules | None = await reader.first(_RULES, id=playlist_id)
    return found


async def playlist(reader: Reader, view: View, actor: Actor, ref: str, book: RuleBook) -> PlaylistDetails:
    """Return a playlist by its id or its link; raises PlaylistNotFound."""
    asked = await rights(reader, actor, ref)
    (found,) = await reader.all(_ONE, id=asked.id, viewer_id=actor.id)
    rules = await rules_of(reader, asked.id) if found.smart else None
    told = {**msgspec.structs.asdict(found), "editors": await reader.all(_EDITORS, id=asked.id), "rules": rules}
    if rules is not None:
        size = await book.size(reader, view, actor, rules, seed=asked.id)
        told |= {"entry_count": size.tracks, "duration_ms": size.duration_ms}
    return PlaylistDetails(**told)


async def preview(
    reader: Reader, view: View, actor: Actor, book: RuleBook, rules: SmartRules, shown: int
) -> RulesPreview:
    """Return what rules choose for the actor just now; raises BadRules."""
    matching = await book.matching(reader, view, actor, rules)
    ids = await book.track_ids(reader, view, actor, rules, seed="", limit=shown)
    return RulesPreview(min(matching, rules.limit), matching, await tracks_by_id(reader, view, ids))


async def versions_since(reader: Reader, playlist_id: str, present: int, since: int) -> PlaylistVersions:
    """Return what changed in a playlist between two versions."""
    rows = await reader.all(_VERSIONS, id=playlist_id, since=since)
    return PlaylistVersions(present, len(rows) == present - since, [_version(row) for row in rows])


async def done_since(reader: Reader, playlist_id: str, since: int) -> list[tuple[PlaylistVersion, Done]]:
    """Return what changed in a playlist since a version, with all that is kept of it."""
    rows = await reader.all(_VERSIONS, id=playlist_id, since=since)
    return [(_version(row), row.done) for row in rows]


def _version(row: _Version) -> PlaylistVersion:
    by = Contributor(row.user_id, row.username or "", row.display_name or "") if row.user_id else None
    removed = [one.entry_id for one in row.done.removed]
    done = row.done
    return PlaylistVersion(row.version, row.at, by, done.fields, done.added, done.moved, removed, done.replaced)


class PlaylistFace(NamedTuple):
    """What the cover of a playlist is drawn of: a picture of its own, else the first of its tracks' covers."""

    id: str
    name: str
    version: int
    cover: str | None
    covers: list[str]


async def face(reader: Reader, view: View, actor: Actor, ref: str, book: RuleBook) -> PlaylistFace:
    """Return what the cover of a playlist is drawn of, up to four others; raises PlaylistNotFound."""
    asked = await rights(reader, actor, ref)
    playlist_id, name, version, cover = await reader.one(_FACE, id=asked.id)
    if cover is not None:
        return PlaylistFace(playlist_id, name, version, cover, [])
    rules = await rules_of(reader, asked.id) if asked.smart else None
    if rules is None:
        found = await reader.all(_COVERS, id=asked.id, libraries=view.library_ids)
    else:
        ids = await book.track_ids(reader, view, actor, rules, seed=playlist_id, limit=_COVERS_AMONG)
        found = await reader.all(_COVERS_OF, ids=ids, libraries=view.library_ids)
    covers = [one for one in dict.fromkeys(found) if one is not None]
    return PlaylistFace(playlist_id, name, version, None, covers[:4])
