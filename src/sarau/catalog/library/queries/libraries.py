"""Questions about libraries themselves."""

import hashlib
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, func, or_, select

from sarau.catalog.library.errors import LibraryNotFound
from sarau.catalog.library.policies import View
from sarau.catalog.library.schemas import Library, LibraryKind, ManagedLibrary
from sarau.catalog.library.tables import libraries, library_members, track_files, tracks
from sarau.foundation.database.portable import total
from sarau.foundation.database.query import Query, scalar
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission

_may_hear = or_(
    libraries.c.everyone,
    select(1)
    .where(
        library_members.c.library_id == libraries.c.id,
        library_members.c.user_id == bindparam("viewer_id", type_=EntityId()),
    )
    .exists(),
)
_VIEW = Query(
    select(libraries.c.id, libraries.c.revision).where(_may_hear).order_by(libraries.c.id),
    lambda library_id, revision: (library_id, revision),
)
_AUDIBLE = Query(
    select(libraries.c.id, libraries.c.name, libraries.c.kind, libraries.c.everyone)
    .where(_may_hear)
    .order_by(libraries.c.id),
    lambda i, name, kind, everyone: Library(i, name, LibraryKind(kind), everyone),
)


def _managed(*row: object) -> ManagedLibrary:
    return ManagedLibrary(*row)  # type: ignore[arg-type]  # the columns below, in the order of the fields


_MANAGED = Query(
    select(
        libraries.c.id,
        libraries.c.name,
        libraries.c.kind,
        libraries.c.everyone,
        libraries.c.path,
        libraries.c.created_at,
        libraries.c.scanned_at,
        select(func.count()).where(tracks.c.library_id == libraries.c.id, tracks.c.available).scalar_subquery(),
        select(func.count())
        .where(track_files.c.library_id == libraries.c.id, track_files.c.missing_since.isnot(None))
        .scalar_subquery(),
        select(total(tracks.c.size_bytes)).where(tracks.c.library_id == libraries.c.id).scalar_subquery(),
    ).order_by(libraries.c.id),
    _managed,
    slow=True,
)
_MEMBERS = Query(
    select(library_members.c.library_id, library_members.c.user_id),
    lambda library_id, user_id: (library_id, user_id),
)
_EXISTS = Query(select(libraries.c.id).where(libraries.c.id == bindparam("the_id", type_=EntityId())), scalar)
_UPLOADS = Query(select(libraries.c.id).where(libraries.c.kind == LibraryKind.UPLOADS.value), scalar)


class LibraryRoot(NamedTuple):
    """A folder library as the scanner needs it."""

    id: str
    name: str
    path: str
    scanned: bool


_ROOTS = Query(
    select(libraries.c.id, libraries.c.name, libraries.c.path, libraries.c.scanned_at.isnot(None))
    .where(libraries.c.kind == LibraryKind.FOLDER.value)
    .order_by(libraries.c.id),
    LibraryRoot,
)


async def view_of(reader: Reader, actor: Actor) -> View:
    """Return what the actor may hear; raises PermissionMissing for who may hear nothing."""
    actor.require(Permission.LIBRARY_LISTEN)
    rows = await reader.all(_VIEW, viewer_id=actor.user_id)
    token = hashlib.blake2b(repr(rows).encode(), digest_size=9).hexdigest()
    return View(tuple(library_id for library_id, _ in rows), token)


async def audible_libraries(reader: Reader, actor: Actor) -> list[Library]:
    """Return the libraries the actor may hear."""
    actor.require(Permission.LIBRARY_LISTEN)
    return await reader.all(_AUDIBLE, viewer_id=actor.user_id)


async def managed_libraries(reader: Reader, actor: Actor) -> list[ManagedLibrary]:
    """Return all libraries with their members, for who manages them."""
    actor.require(Permission.LIBRARY_MANAGE)
    members: dict[str, list[str]] = {}
    for library_id, user_id in await reader.all(_MEMBERS):
        members.setdefault(library_id, []).append(user_id)
    found = await reader.all(_MANAGED)
    return [
        msgspec.structs.replace(one, kind=LibraryKind(one.kind), member_ids=members.get(one.id, [])) for one in found
    ]


async def managed_library(reader: Reader, actor: Actor, library_id: str) -> ManagedLibrary:
    """Return one library for who manages it; raises LibraryNotFound."""
    for one in await managed_libraries(reader, actor):
        if one.id == library_id:
            return one
    raise LibraryNotFound


async def require_library(reader: Reader, library_id: str) -> None:
    """Raise LibraryNotFound unless there is such a library."""
    if await reader.first(_EXISTS, the_id=library_id) is None:
        raise LibraryNotFound


async def uploads_library(reader: Reader) -> str | None:
    """Return the id of the library of uploads, if it was made already."""
    return await reader.first(_UPLOADS)


async def library_roots(reader: Reader) -> list[LibraryRoot]:
    """Return the libraries that are folders."""
    return await reader.all(_ROOTS)


async def library_root(reader: Reader, library_id: str) -> LibraryRoot:
    """Return one library that is a folder; raises LibraryNotFound."""
    for root in await library_roots(reader):
        if root.id == library_id:
            return root
    raise LibraryNotFound
