"""What can go wrong with playlists."""

from sarau.foundation.errors import Conflict, Forbidden, Invalid, Limited, NotFound


class PlaylistNotFound(NotFound):
    """There is no such playlist, or none that this person may see."""

    code = "playlist_not_found"
    message = "You have no such playlist."


class EntryNotFound(NotFound):
    """The playlist has no such entry."""

    code = "entry_not_found"
    message = "The playlist has no such entry."


class FolderNotFound(NotFound):
    """One has no such folder for playlists."""

    code = "playlist_folder_not_found"
    message = "You have no such folder."


class NotYourPlaylist(Forbidden):
    """Somebody may see a playlist but not change this of it."""

    code = "not_your_playlist"
    message = "You may hear this playlist but not change this of it."


class PlaylistFull(Conflict):
    """A playlist has as many entries as it may."""

    code = "playlist_full"
    message = "The playlist is full."


class AlreadyInPlaylist(Conflict):
    """Tracks are in the playlist already and were to be added only if new; `count` tells how many."""

    code = "already_in_playlist"
    message = "Some of these tracks are in the playlist already."


class TooManyPlaylists(Conflict):
    """Somebody has as many playlists or folders as they may."""

    code = "too_many_playlists"
    message = "You have too many playlists."


class TooManyCovers(Limited):
    """Somebody gives playlists one picture after another."""

    code = "too_many_covers"
    message = "You have sent too many pictures: please wait a little."


class PlaylistChanged(Conflict):
    """Others changed the same since the version that was given; the data tells what."""

    code = "playlist_changed"
    message = "Somebody changed the same of this playlist meanwhile."


class PlaylistIsSmart(Conflict):
    """Rules choose the tracks of a smart playlist: there are no entries to be changed."""

    code = "playlist_is_smart"
    message = "The rules of this playlist choose its tracks."


class FolderLoop(Conflict):
    """A folder cannot be put into itself, nor deeper than folders may go."""

    code = "playlist_folder_loop"
    message = "A folder cannot be put into itself, and folders go eight deep."


class BadRules(Invalid):
    """Rules that cannot be followed; `field` names the rule."""

    code = "bad_rules"


class UnreadablePlaylist(Invalid):
    """A file that is no playlist of a kind we read."""

    code = "unreadable_playlist"

    def __init__(self, reason: str) -> None:
        super().__init__("file", reason)
