"""The tree of real folders."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select, update

from sarau.catalog.library.tables import folders, track_files
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change, Query
from sarau.foundation.database.types import EntityId
from sarau.foundation.database.work import Work
from sarau.kit.ids import new_id
from sarau.kit.text import clean, sort_key


class KnownFolder(NamedTuple):
    """A folder as the scanner knows it."""

    id: str
    path: bytes
    sidecars: str
    cover: str | None


_library = folders.c.library_id == bindparam("library_id", type_=EntityId())
_ALL = Query(
    select(folders.c.id, folders.c.path, folders.c.sidecars, folders.c.cover)
    .where(_library)
    .order_by(folders.c.path),
    KnownFolder,
    slow=True,
)
_ONE = Query(
    select(folders.c.id, folders.c.path, folders.c.sidecars, folders.c.cover).where(
        _library, folders.c.path == bindparam("path")
    ),
    KnownFolder,
)
_INSERT = Change(insert_into(folders).on_conflict_do_nothing(index_elements=[folders.c.library_id, folders.c.path]))
_SET_SIDECARS = Change(
    update(folders)
    .where(folders.c.id == bindparam("the_id", type_=EntityId()))
    .values(sidecars=bindparam("digest"), cover=bindparam("new_cover"))
)
_inside = folders.alias()
_DROP = Change(
    delete(folders).where(
        folders.c.id == bindparam("the_id", type_=EntityId()),
        ~select(1).where(track_files.c.folder_id == folders.c.id).exists(),
        ~select(1).where(_inside.c.parent_id == folders.c.id).exists(),
    )
)


async def all_folders(work: Work, library_id: str) -> list[KnownFolder]:
    """Return all folders of a library by path."""
    return await work.all(_ALL, library_id=library_id)


async def ensure_folder(work: Work, library_id: str, path: bytes, parent_id: str | None, name: str) -> KnownFolder:
    """Return a folder of a library, making it if need be."""
    shown = clean(name) or "?"
    await work.run(
        _INSERT,
        id=new_id(),
        library_id=library_id,
        parent_id=parent_id,
        path=path,
        name=shown,
        sort=sort_key(shown),
        cover=None,
        sidecars="",
    )
    return await work.one(_ONE, library_id=library_id, path=path)


async def set_sidecars(work: Work, folder_id: str, digest: str, cover: str | None) -> None:
    """Note what lies beside the music in a folder."""
    await work.run(_SET_SIDECARS, the_id=folder_id, digest=digest, new_cover=cover)


async def drop_empty_folders(work: Work, gone: Iterable[KnownFolder]) -> None:
    """Forget folders without music, except those that missing tracks belong to, or folders inside them."""
    for folder in sorted(gone, key=lambda folder: folder.path, reverse=True):  # what is inside goes first
        await work.run(_DROP, the_id=folder.id)


def display_name(path: bytes) -> str:
    """Return the last part of a path as text; bytes that are no UTF-8 show as the replacement character."""
    return path.rpartition(b"/")[2].decode(errors="replace")
