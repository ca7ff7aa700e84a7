"""Proofs that a device hands back: to go on after a break, and to connect without a header."""

import time

from sarau.foundation.security.tokens import Signer

_RESUME, _TICKET = "remote-resume", "remote-ticket"
RESUME_TTL_S = 86_400
TICKET_TTL_S = 60


def resume_token(signer: Signer, user_id: str, session_id: str, device_id: str, era: str) -> str:
    """Return what lets a device go on for a day; the era is that of the events it has seen."""
    text = f"{device_id}.{session_id}.{era}.{int(time.time()) + RESUME_TTL_S}"
    return f"{text}.{signer.sign(_RESUME, f'{user_id} {text}')}"


def good_resume(signer: Signer, token: str, user_id: str, session_id: str, device_id: str, era: str) -> bool:
    """Tell whether a token is of this device, session and era, and still good."""
    text, _, signature = token.rpartition(".")
    if not signer.good(_RESUME, f"{user_id} {text}", signature):
        return False
    *about, expires_at = text.split(".")
    return about == [device_id, session_id, era] and int(expires_at) >= time.time()


def ticket(signer: Signer, user_id: str, login: str, nonce: str, expires_at: int) -> str:
    """Return what lets somebody connect once until a moment (Unix seconds); `login` is the session they signed in."""
    text = f"{user_id}.{login}.{nonce}.{expires_at}"
    return f"{text}.{signer.sign(_TICKET, text)}"


def ticket_holder(signer: Signer, given: str) -> tuple[str, str, str] | None:
    """Return whose ticket it is, the session they signed in, and its nonce; None if it is not good."""
    text, _, signature = given.rpartition(".")
    parts = text.split(".")
    if len(parts) != 4 or not signer.good(_TICKET, text, signature) or int(parts[3]) < time.time():
        return None
    return parts[0], parts[1], parts[2]
