"""What can go wrong with people."""

from sarau.foundation.errors import Conflict, Forbidden, Invalid, NotFound


class UserNotFound(NotFound):
    """There is no such person."""

    code = "user_not_found"
    message = "There is no such person."


class NameTaken(Conflict):
    """Somebody has this username or e-mail address already."""

    code = "name_taken"
    message = "Somebody has this name or address already."


class LastOwner(Conflict):
    """The house would be left without an owner."""

    code = "last_owner"
    message = "The house needs an owner: make somebody else one first."


class LinkExpired(NotFound):
    """A one-time link that was used, has expired, or never was."""

    code = "link_expired"
    message = "This link is no longer good: ask for a new one."


class AlreadySetUp(Conflict):
    """The house has its owner."""

    code = "already_set_up"
    message = "This house has its owner already."


class WrongPassword(Forbidden):
    """The present password was not right."""

    code = "wrong_password"
    message = "Your present password is not right."


class WeakPassword(Invalid):
    """The password is too easy to guess."""

    code = "weak_password"

    def __init__(self, reason: str) -> None:
        super().__init__("password", reason)
