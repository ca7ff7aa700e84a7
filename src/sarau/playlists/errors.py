"""What can go wrong with playlists."""

from sarau.foundation.errors import Conflict, NotFound


class PlaylistNotFound(NotFound):
    """There is no such playlist, or it is somebody else's."""

    code = "playlist_not_found"
    message = "You have no such playlist."


class EntryNotFound(NotFound):
    """The playlist has no such entry."""

    code = "entry_not_found"
    message = "The playlist has no such entry."


class PlaylistFull(Conflict):
    """A playlist has as many entries as it may."""

    code = "playlist_full"
    message = "The playlist is full."


class TooManyPlaylists(Conflict):
    """Somebody has as many playlists as they may."""

    code = "too_many_playlists"
    message = "You have too many playlists."
