"""What can go wrong in a library."""

from sarau.foundation.errors import Conflict, Invalid, NotFound


class LibraryNotFound(NotFound):
    """There is no such library for this viewer."""

    code = "library_not_found"
    message = "There is no such library."


class FolderNotFound(NotFound):
    """There is no such folder for this viewer."""

    code = "folder_not_found"
    message = "There is no such folder."


class ArtistNotFound(NotFound):
    """There is no such artist for this viewer."""

    code = "artist_not_found"
    message = "There is no such artist."


class AlbumNotFound(NotFound):
    """There is no such album for this viewer."""

    code = "album_not_found"
    message = "There is no such album."


class TrackNotFound(NotFound):
    """There is no such track for this viewer."""

    code = "track_not_found"
    message = "There is no such track."


class LibraryNameTaken(Conflict):
    """Another library has this name or folder."""

    code = "library_name_taken"
    message = "Another library has this name."


class BadFolder(Invalid):
    """The folder cannot be a library; the reason says why."""

    code = "bad_folder"

    def __init__(self, reason: str) -> None:
        super().__init__("path", reason)


class UploadsStay(Conflict):
    """The library of uploads cannot be removed or given a folder."""

    code = "uploads_stay"
    message = "The library of uploads belongs to the house and stays."
