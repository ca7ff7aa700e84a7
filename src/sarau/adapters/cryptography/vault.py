"""AES-256-GCM (NIST SP 800-38D) with a key that is derived from the house's secret."""

import os
from functools import cached_property
from typing import Any

_FORM = b"\x01"  # of what is kept: a nonce, then the sealed text with its tag
_NONCE_BYTES = 12
_LEAST = len(_FORM) + _NONCE_BYTES + 16


class AesVault:
    """Seals secrets under one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the key must have 32 bytes")
        self._key = key

    @cached_property
    def _cipher(self) -> Any:
        # It takes nine megabytes, which a house where nobody has an app password need not spend.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)

    def seal(self, secret: str, bound_to: str) -> bytes:
        """Return the secret, encrypted and authenticated together with what it is bound to."""
        nonce = os.urandom(_NONCE_BYTES)
        return _FORM + nonce + bytes(self._cipher.encrypt(nonce, secret.encode(), bound_to.encode()))

    def open(self, sealed: bytes, bound_to: str) -> str | None:
        """Return the secret, or None if it was sealed with another key, for something else, or was changed."""
        from cryptography.exceptions import InvalidTag

        if len(sealed) < _LEAST or not sealed.startswith(_FORM):
            return None
        nonce, text = sealed[len(_FORM) :][:_NONCE_BYTES], sealed[len(_FORM) + _NONCE_BYTES :]
        try:
            return str(self._cipher.decrypt(nonce, text, bound_to.encode()), "utf-8")
        except InvalidTag:
            return None
