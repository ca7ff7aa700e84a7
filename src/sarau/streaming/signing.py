"""Signed addresses, for players that cannot send headers."""

import time

from sarau.foundation.security.tokens import Signer
from sarau.streaming.errors import BadSignature

_PURPOSE = "stream"


def signed_query(signer: Signer, user_id: str, track_id: str, expires_at: int) -> str:
    """Return the query string that lets its holder hear one track as somebody until a moment (Unix seconds)."""
    signature = signer.sign(_PURPOSE, f"{user_id} {track_id} {expires_at}")
    return f"u={user_id}&exp={expires_at}&sig={signature}"


def require_signature(signer: Signer, user_id: str, track_id: str, expires_at: str, signature: str) -> None:
    """Raise BadSignature unless the signature is ours, for this track, and its time is not over."""
    good = signer.good(_PURPOSE, f"{user_id} {track_id} {expires_at}", signature)
    if not good or not expires_at.isdecimal() or int(expires_at) < time.time():
        raise BadSignature
