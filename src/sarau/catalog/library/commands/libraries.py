"""Adding, changing and removing libraries."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update

from sarau.catalog.library import events
from sarau.catalog.library.commands.turns import take_turn
from sarau.catalog.library.errors import BadFolder, LibraryNameTaken, UploadsStay
from sarau.catalog.library.queries import libraries as queries
from sarau.catalog.library.schemas import MAX_PATH_BYTES, LibraryChange, LibraryKind, ManagedLibrary, NewLibrary
from sarau.catalog.library.tables import (
    album_artists,
    artist_counts,
    artists,
    genre_counts,
    genres,
    libraries,
    library_members,
    track_artists,
    track_genres,
)
from sarau.foundation.database.errors import Clash
from sarau.foundation.database.portable import insert_into
from sarau.foundation.database.query import Change
from sarau.foundation.database.types import EntityId, Instant
from sarau.foundation.database.work import Work
from sarau.foundation.errors import Invalid
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.kit.ids import is_id, new_id
from sarau.kit.text import clean
from sarau.kit.times import now

UPLOADS_NAME = "Uploads"
_the_library = libraries.c.id == bindparam("the_id", type_=EntityId())
_INSERT = Change(insert(libraries))
_INSERT_UPLOADS = Change(insert_into(libraries).on_conflict_do_nothing(index_elements=[libraries.c.name]))
_RENAME = Change(
    update(libraries)
    .where(_the_library)
    .values(name=bindparam("new_name"), everyone=bindparam("open"), revision=libraries.c.revision + 1)
)
_SCANNED = Change(update(libraries).where(_the_library).values(scanned_at=bindparam("at", type_=Instant())))
_DELETE = Change(delete(libraries).where(_the_library), slow=True)
_DROP_MEMBERS = Change(
    delete(library_members).where(library_members.c.library_id == bindparam("library_id", type_=EntityId()))
)
_ADD_MEMBER = Change(insert(library_members))
_FORGET_ARTISTS = Change(
    delete(artists).where(
        ~select(1).where(track_artists.c.artist_id == artists.c.id).exists(),
        ~select(1).where(album_artists.c.artist_id == artists.c.id).exists(),
        ~select(1).where(artist_counts.c.artist_id == artists.c.id).exists(),
    ),
    slow=True,
)
_FORGET_GENRES = Change(
    delete(genres).where(
        ~select(1).where(track_genres.c.genre_id == genres.c.id).exists(),
        ~select(1).where(genre_counts.c.genre_id == genres.c.id).exists(),
    ),
    slow=True,
)

_OURS = frozenset({"uploads", "pictures", "cache"})  # as wiring lays out the data folder


def real_folder(path: str, forbidden: Path) -> Path:
    """Return the real path of a folder that is to be a library; raises BadFolder.

    `forbidden` is our own data folder: serving it would show the database.
    """
    if "\0" in path:
        raise BadFolder("a path has no NUL character")
    folder = Path(path)
    if not folder.is_absolute():
        raise BadFolder("give the whole path, from the root")
    try:
        real = folder.resolve(strict=True)
        if not real.is_dir():
            raise BadFolder("this is a file, not a folder")
        next(real.iterdir(), None)
    except OSError as error:
        raise BadFolder(error.strerror or "it cannot be read") from error
    except RuntimeError as error:  # what links in a circle raise before Python 3.13
        raise BadFolder("its links lead in a circle") from error
    _require_storable(real)
    mine = forbidden.resolve()
    # Beside the database may lie a folder of music (the demo), but nothing that holds the database or our own files.
    if mine.is_relative_to(real) or (real.is_relative_to(mine) and (real.parent != mine or real.name in _OURS)):
        raise BadFolder("this is, or holds, Sarau's own data folder")
    return real


def _require_storable(real: Path) -> None:
    try:
        size_bytes = len(str(real).encode())
    except UnicodeEncodeError as error:
        raise BadFolder("its real path is not UTF-8") from error
    if size_bytes > MAX_PATH_BYTES:
        raise BadFolder(f"its real path is longer than {MAX_PATH_BYTES:,} bytes")


async def add_library(work: Work, actor: Actor, new: NewLibrary, folder: Path) -> ManagedLibrary:
    """Make a folder, checked by real_folder, a library; raises LibraryNameTaken, BadFolder if it overlaps one."""
    actor.require(Permission.LIBRARY_MANAGE)
    for other in await queries.library_roots(work):
        if folder.is_relative_to(other.path) or Path(other.path).is_relative_to(folder):
            raise BadFolder(f"it overlaps the library {other.name!r}")
    library_id = new_id()
    try:
        await work.run(
            _INSERT,
            id=library_id,
            name=clean(new.name),
            kind=LibraryKind.FOLDER.value,
            path=str(folder),
            everyone=new.everyone,
            revision=0,
            forgotten=0,
            created_at=now(),
            scanned_at=None,
        )
    except Clash as error:
        raise LibraryNameTaken from error
    await _set_members(work, library_id, new.member_ids)
    await work.publish(events.LibraryAdded(actor_id=actor.user_id, library_id=library_id, name=new.name))
    return await queries.managed_library(work, actor, library_id)


async def ensure_uploads_library(work: Work) -> str:
    """Return the id of the one library of uploads, making it if need be."""
    found = await queries.uploads_library(work)
    if found is not None:
        return found
    await work.run(
        _INSERT_UPLOADS,
        id=new_id(),
        name=UPLOADS_NAME,
        kind=LibraryKind.UPLOADS.value,
        path=None,
        everyone=True,
        revision=0,
        forgotten=0,
        created_at=now(),
        scanned_at=None,
    )
    made = await queries.uploads_library(work)
    if made is None:
        raise LibraryNameTaken(f"A library is named {UPLOADS_NAME!r} already: rename it.")
    return made


async def change_library(work: Work, actor: Actor, library_id: str, change: LibraryChange) -> ManagedLibrary:
    """Rename a library or change who may hear it; raises LibraryNotFound, LibraryNameTaken."""
    actor.require(Permission.LIBRARY_MANAGE)
    library = await queries.managed_library(work, actor, library_id)
    name = library.name if change.name is msgspec.UNSET else clean(change.name)
    everyone = library.everyone if change.everyone is msgspec.UNSET else change.everyone
    try:
        await work.run(_RENAME, the_id=library_id, new_name=name, open=everyone)
    except Clash as error:
        raise LibraryNameTaken from error
    if change.member_ids is not msgspec.UNSET:
        await work.run(_DROP_MEMBERS, library_id=library_id)
        await _set_members(work, library_id, change.member_ids)
    await work.publish(events.LibraryChanged(actor_id=actor.user_id, library_id=library_id, name=name))
    return await queries.managed_library(work, actor, library_id)


async def _set_members(work: Work, library_id: str, user_ids: Sequence[str]) -> None:
    strangers = [user_id for user_id in user_ids if not is_id(user_id)]
    try:
        rows = [{"library_id": library_id, "user_id": user_id} for user_id in dict.fromkeys(user_ids)]
        if not strangers:
            await work.run_many(_ADD_MEMBER, rows)
    except Clash as error:
        raise Invalid("member_ids", "one of these people does not exist") from error
    if strangers:
        raise Invalid("member_ids", f"there is nobody with the id {strangers[0]!r}")


async def remove_library(work: Work, actor: Actor, library_id: str) -> None:
    """Forget a library and its tracks; its files stay. Raises LibraryNotFound, UploadsStay."""
    actor.require(Permission.LIBRARY_MANAGE)
    await take_turn(work)
    library = await queries.managed_library(work, actor, library_id)
    if library.kind is LibraryKind.UPLOADS:
        raise UploadsStay
    await work.run(_DELETE, the_id=library_id)
    await forget_unused_names(work)
    await work.publish(events.LibraryRemoved(actor_id=actor.user_id, library_id=library_id, name=library.name))


async def forget_unused_names(work: Work) -> None:
    """Forget artists and genres that nothing refers to any more."""
    await take_turn(work)
    await work.run(_FORGET_ARTISTS)
    await work.run(_FORGET_GENRES)


async def note_scanned(work: Work, library_id: str) -> None:
    """Note that a library was scanned to its end."""
    await work.run(_SCANNED, the_id=library_id, at=now())
