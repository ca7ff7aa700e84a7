"""Making playlists of files."""

from sarau.catalog.library.policies import View
from sarau.foundation.database.work import Work
from sarau.foundation.security.actor import Actor
from sarau.playlists.commands.playlists import create_playlist
from sarau.playlists.formats.listed import ListedPlaylist
from sarau.playlists.queries.matching import Matches
from sarau.playlists.queries.rules import RuleBook
from sarau.playlists.schemas import NewPlaylist

MAX_FILE_BYTES = 8 << 20
_UNNAMED = "Imported"


async def import_playlist(
    work: Work, actor: Actor, view: View, book: RuleBook, name: str, listed: ListedPlaylist, found: Matches
) -> str:
    """Make a playlist of what was found of a file, and return its id; raises TooManyPlaylists, TrackNotFound."""
    wanted = (name.strip() or listed.name or _UNNAMED)[:200]
    return await create_playlist(work, actor, view, book, NewPlaylist(wanted, found.track_ids()))
