"""What can go wrong with saved queues."""

from sarau.foundation.errors import NotFound


class NoSavedQueue(NotFound):
    """Nothing was left off."""

    code = "no_saved_queue"
    message = "You have left no queue to take up."
