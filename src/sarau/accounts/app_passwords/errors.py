"""What can go wrong with app passwords."""

from sarau.foundation.errors import Conflict, NotFound


class AppPasswordNotFound(NotFound):
    """The person has no such app password."""

    code = "app_password_not_found"
    message = "You have no such app password."


class TooManyAppPasswords(Conflict):
    """Every sign-in with a name opens all of the person's, so there cannot be many."""

    code = "too_many_app_passwords"
    message = "You have too many app passwords: revoke those you do not use."
