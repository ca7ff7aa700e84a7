"""What can go wrong with marks."""

from sarau.foundation.errors import Conflict, NotFound


class BookmarkNotFound(NotFound):
    """The listener keeps no place in this track."""

    code = "bookmark_not_found"
    message = "You have no bookmark in this track."


class TooManyBookmarks(Conflict):
    """All of them are given at once, so there is an end to them."""

    code = "too_many_bookmarks"
    message = "You have too many bookmarks: delete those you do not need."
