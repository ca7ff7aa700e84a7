"""Questions about folders of playlists: always one's own."""

from sqlalchemy import bindparam, select

from sarau.foundation.database.query import Query
from sarau.foundation.database.reader import Reader
from sarau.foundation.database.types import EntityId
from sarau.foundation.security.actor import Actor
from sarau.playlists.schemas import PlaylistFolder
from sarau.playlists.tables import playlist_folders

_MINE = Query(
    select(playlist_folders.c.id, playlist_folders.c.parent_id, playlist_folders.c.name)
    .where(playlist_folders.c.owner_id == bindparam("owner_id", type_=EntityId()))
    .order_by(playlist_folders.c.sort, playlist_folders.c.id),
    PlaylistFolder,
)


async def my_folders(reader: Reader, actor: Actor) -> list[PlaylistFolder]:
    """Return the actor's folders by name, whichever they stand in."""
    return await reader.all(_MINE, owner_id=actor.id)


async def folder_tree(reader: Reader, actor: Actor) -> dict[str, PlaylistFolder]:
    """Return the actor's folders by id."""
    return {folder.id: folder for folder in await my_folders(reader, actor)}
