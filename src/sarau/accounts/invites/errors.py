"""What can go wrong with invitations."""

from sarau.foundation.errors import Conflict, Invalid, Limited, NotFound


class InviteNotFound(NotFound):
    """There is no such invitation."""

    code = "invite_not_found"
    message = "There is no such invitation."


class InviteNotGood(NotFound):
    """The code was never given out, is used up, expired, or was revoked: we do not say which."""

    code = "invite_not_good"
    message = "This invitation is not, or no longer, good: ask for a new one."


class WrongAddress(Invalid):
    """The invitation is bound to another e-mail address."""

    code = "wrong_address"

    def __init__(self) -> None:
        super().__init__("email", "this invitation was made for another address")


class InviteOver(Conflict):
    """The invitation is used up, expired or revoked already."""

    code = "invite_over"
    message = "This invitation is over already."


class TooManyInvites(Limited):
    """A person keeps at most so many open invitations."""

    code = "too_many_invites"
    message = "You have too many open invitations: revoke some first."
