"""What the database refuses, in our words."""

from sarau.foundation.errors import Conflict, Unavailable


class Clash(Conflict):
    """A unique or foreign key was violated; the transaction can only be rolled back."""

    code = "clash"
    message = "Somebody else changed this at the same moment, or it is there already."


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached, or stayed busy for a minute."""

    code = "database_unavailable"
    message = "The database does not answer just now."


class DatabaseFull(Unavailable):
    """The disk of the database is full."""

    code = "database_full"
    message = "The disk that holds the database is full."
