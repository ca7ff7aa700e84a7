"""Codes of invitations, and when one is good."""

from datetime import datetime

from sarau.accounts.roles.policies import Role, permissions_of
from sarau.foundation.security.permissions import Permission
from sarau.foundation.security.tokens import Signer
from sarau.kit.tokens import code_from, digest, normal_code

CODE_LENGTH = 12  # 60 bits: not to be guessed even without our rate limits


def code_of(signer: Signer, invite_id: str) -> str:
    """Return the code of an invitation, in three groups to be read aloud."""
    code = code_from(signer.derive("invite", invite_id), CODE_LENGTH)
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def code_digest(code: str) -> str:
    """Return what is stored of a code."""
    return digest(normal_code(code))


def state_of(used: int, uses: int, expires_at: datetime, revoked_at: datetime | None, at: datetime) -> str:
    """Return what has become of an invitation by a moment."""
    if revoked_at is not None:
        return "revoked"
    if used >= uses:
        return "used_up"
    return "expired" if expires_at <= at else "open"


def still_stands(role: str, inviter_role: str | None) -> bool:
    """Tell whether who made an invitation to a role could make it today; the system, which has none, always could."""
    if inviter_role is None:
        return True
    return Permission.INVITES_CREATE in permissions_of(inviter_role) and Role(role).rank <= Role(inviter_role).rank
