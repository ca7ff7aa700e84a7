"""What can go wrong with pictures."""

from sarau.foundation.errors import NotFound


class PictureNotFound(NotFound):
    """There is no such picture for this viewer."""

    code = "picture_not_found"
    message = "There is no such picture."
