"""What can go wrong with public links."""

from sarau.foundation.errors import Conflict, Limited, NotFound, Unauthenticated


class ShareNotFound(NotFound):
    """There is no such link, its time is over, or nothing is behind it any more."""

    code = "share_not_found"
    message = "This link leads nowhere, or no longer."


class TooManyShares(Conflict):
    """All of them are given at once, so there is an end to them."""

    code = "too_many_shares"
    message = "You have too many links: delete those you do not need."


class SharePasswordNeeded(Unauthenticated):
    """The link has a password, and none was given."""

    code = "share_password_needed"
    message = "This link needs a password."


class SharePasswordWrong(Unauthenticated):
    """The link has another password."""

    code = "share_password_wrong"
    message = "This is not the password of this link."


class TicketOver(Unauthenticated):
    """What let somebody in by a link is no longer good: the link is to be opened again."""

    code = "share_ticket_over"
    message = "Please open the link again."


class TooManyVisits(Limited):
    """So much is asked by this link from one address that others may suffer."""

    code = "too_many_visits"
    message = "Too much is asked for by this link: please wait a little."
