"""What links are made of, and what lets strangers in by them."""

import time
from datetime import UTC, datetime

from sarau.foundation.errors import Invalid
from sarau.foundation.security.tokens import Signer
from sarau.kit.times import now
from sarau.kit.tokens import code_from, digest, normal_code
from sarau.shares.errors import TicketOver

_SLUG_LENGTH = 26  # five bits each: nobody guesses 130 bits
_ADDRESS = "share"
_TICKET = "share ticket"


def slug_of(signer: Signer, share_id: str) -> str:
    """Return what the address of a link ends in; made anew each time, it is in no database and no copy of it."""
    return code_from(signer.derive(_ADDRESS, share_id), _SLUG_LENGTH)


def slug_digest(slug: str) -> str:
    """Return what is stored of a slug."""
    return digest(normal_code(slug))


def future(moment: datetime | None) -> datetime | None:
    """Return when a link ends; raises Invalid for a moment that is over or beyond all calendars."""
    if moment is None:
        return None
    try:
        ends = moment.astimezone(UTC)
    except OverflowError as error:
        raise Invalid("expires_at", "this moment is too far away") from error
    if ends <= now():
        raise Invalid("expires_at", "this moment is over")
    return ends


def ticket_for(signer: Signer, share_id: str, key: str, expires_at: int) -> str:
    """Return what lets its holder in by one link until a moment (Unix seconds), or until its password changes."""
    return f"{expires_at}.{signer.sign(_TICKET, f'{share_id} {key} {expires_at}')}"


def require_ticket(signer: Signer, share_id: str, key: str, ticket: str) -> None:
    """Raise TicketOver unless a ticket is ours, for this link, and its time is not over."""
    expires_at, _, signature = ticket.partition(".")
    good = signer.good(_TICKET, f"{share_id} {key} {expires_at}", signature)
    if not good or not expires_at.isdecimal() or int(expires_at) < time.time():
        raise TicketOver
