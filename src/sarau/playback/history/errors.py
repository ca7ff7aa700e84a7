"""What can go wrong with plays."""

from sarau.foundation.errors import NotFound


class PlayNotFound(NotFound):
    """The listener reported no such play."""

    code = "play_not_found"
    message = "You have no such play."


class HistoryHidden(NotFound):
    """There is nobody of that name, or they keep to themselves what they heard."""

    code = "history_hidden"
    message = "There is nobody of that name who shows what they heard."
