"""What can go wrong with plays."""

from sarau.foundation.errors import NotFound


class PlayNotFound(NotFound):
    """The listener reported no such play."""

    code = "play_not_found"
    message = "You have no such play."
