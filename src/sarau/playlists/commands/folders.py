"""Changes to one's folders of playlists."""

from sqlalchemy import bindparam, delete, insert, update

from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.kit.ids import new_id
from sarau.kit.text import clean, sort_key
from sarau.playlists.errors import FolderLoop, FolderNotFound, TooManyPlaylists
from sarau.playlists.queries.folders import folder_tree
from sarau.playlists.queries.playlists import rights
from sarau.playlists.schemas import (
    MAX_FOLDER_DEPTH,
    MAX_FOLDERS,
    NewPlaylistFolder,
    PlaylistFolder,
    PlaylistFolderChange,
)
from sarau.playlists.tables import playlist_filing, playlist_folders

_mine = playlist_folders.c.owner_id == bindparam("by", type_=EntityId())
_the_folder = playlist_folders.c.id == bindparam("the_id", type_=EntityId())
_filed = (
    playlist_filing.c.user_id == bindparam("by", type_=EntityId()),
    playlist_filing.c.playlist_id == bindparam("the_id", type_=EntityId()),
)
_CREATE = Change(insert(playlist_folders))
# Two who put folders into each other at once would make a circle: the second waits until the first is done.
_LOCK = Change(update(playlist_folders).where(_mine).values(sort=playlist_folders.c.sort))
_CHANGE = Change(
    update(playlist_folders)
    .where(_the_folder, _mine)
    .values(
        name=bindparam("new_name"), sort=bindparam("new_sort"), parent_id=bindparam("new_parent", type_=EntityId())
    )
)
_LIFT = Change(
    update(playlist_folders)
    .where(playlist_folders.c.parent_id == bindparam("the_id", type_=EntityId()), _mine)
    .values(parent_id=bindparam("new_parent", type_=EntityId()))
)
_LIFT_PLAYLISTS = Change(
    update(playlist_filing)
    .where(playlist_filing.c.folder_id == bindparam("the_id", type_=EntityId()))
    .values(folder_id=bindparam("new_folder", type_=EntityId()))
)
_DELETE = Change(delete(playlist_folders).where(_the_folder, _mine))
_FILE = Change(
    insert_into(playlist_filing).on_conflict_do_update(
        index_elements=[playlist_filing.c.user_id, playlist_filing.c.playlist_id],
        set_={"folder_id": insert_into(playlist_filing).excluded.folder_id},
    )
)
_UNFILE = Change(delete(playlist_filing).where(*_filed))


async def _tree(work: Work, actor: Actor) -> dict[str, PlaylistFolder]:
    """Return the actor's folders, which nobody else changes until this transaction ends."""
    await work.run(_LOCK, by=actor.id)
    return await folder_tree(work, actor)


def _depth(tree: dict[str, PlaylistFolder], folder_id: str | None) -> int:
    depth = 0
    while folder_id is not None:
        depth += 1
        folder_id = tree[folder_id].parent_id
    return depth


def _height(tree: dict[str, PlaylistFolder], folder_id: str) -> int:
    return 1 + max((_height(tree, one.id) for one in tree.values() if one.parent_id == folder_id), default=0)


async def create_folder(work: Work, actor: Actor, new: NewPlaylistFolder) -> PlaylistFolder:
    """Make a folder; raises FolderNotFound, FolderLoop, TooManyPlaylists."""
    tree = await _tree(work, actor)
    if len(tree) >= MAX_FOLDERS:
        raise TooManyPlaylists("You have too many folders.", max=MAX_FOLDERS)
    if new.parent_id is not None and new.parent_id not in tree:
        raise FolderNotFound
    if _depth(tree, new.parent_id) >= MAX_FOLDER_DEPTH:
        raise FolderLoop
    folder = PlaylistFolder(new_id(), new.parent_id, clean(new.name) or "?")
    await work.run(
        _CREATE,
        id=folder.id,
        owner_id=actor.id,
        parent_id=folder.parent_id,
        name=folder.name,
        sort=sort_key(folder.name),
    )
    return folder


async def change_folder(work: Work, actor: Actor, folder_id: str, change: PlaylistFolderChange) -> PlaylistFolder:
    """Rename a folder or put it elsewhere; raises FolderNotFound, FolderLoop."""
    tree = await _tree(work, actor)
    if folder_id not in tree:
        raise FolderNotFound
    name = clean(change.name) or "?" if isinstance(change.name, str) else tree[folder_id].name
    parent_id = tree[folder_id].parent_id
    if change.parent_id is None or isinstance(change.parent_id, str):
        parent_id = change.parent_id
        _require_fitting(tree, folder_id, parent_id)
    await work.run(
        _CHANGE, the_id=folder_id, by=actor.id, new_name=name, new_sort=sort_key(name), new_parent=parent_id
    )
    return PlaylistFolder(folder_id, parent_id, name)


def _require_fitting(tree: dict[str, PlaylistFolder], folder_id: str, parent_id: str | None) -> None:
    """Raise FolderNotFound or FolderLoop for a parent that cannot be."""
    if parent_id is not None and parent_id not in tree:
        raise FolderNotFound
    above = parent_id
    while above is not None:
        if above == folder_id:
            raise FolderLoop
        above = tree[above].parent_id
    if _depth(tree, parent_id) + _height(tree, folder_id) > MAX_FOLDER_DEPTH:
        raise FolderLoop


async def delete_folder(work: Work, actor: Actor, folder_id: str) -> None:
    """Delete a folder; what is in it goes to the one above. Raises FolderNotFound."""
    tree = await _tree(work, actor)
    if folder_id not in tree:
        raise FolderNotFound
    parent_id = tree[folder_id].parent_id
    await work.run(_LIFT, the_id=folder_id, by=actor.id, new_parent=parent_id)
    if parent_id is not None:
        await work.run(_LIFT_PLAYLISTS, the_id=folder_id, new_folder=parent_id)
    await work.run(_DELETE, the_id=folder_id, by=actor.id)


async def file_playlist(work: Work, actor: Actor, ref: str, folder_id: str | None) -> None:
    """Put a playlist into one of the actor's folders, or into none; raises PlaylistNotFound, FolderNotFound."""
    asked = await rights(work, actor, ref)
    if folder_id is None:
        await work.run(_UNFILE, by=actor.id, the_id=asked.id)
        return
    if folder_id not in await folder_tree(work, actor):
        raise FolderNotFound
    await work.run(_FILE, user_id=actor.id, playlist_id=asked.id, folder_id=folder_id)
