"""What is sealed is opened with the same key for the same thing, and by nothing else."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.adapters.cryptography.vault import AesVault

KEY = bytes(range(32))


@given(st.text(max_size=200), st.text(max_size=80))
def test_what_was_sealed_is_opened(secret: str, what: str) -> None:
    secret, what = (text.encode("utf-8", "replace").decode() for text in (secret, what))
    assert AesVault(KEY).open(AesVault(KEY).seal(secret, what), what) == secret


@given(st.data())
def test_no_byte_of_it_may_change(data: st.DataObject) -> None:
    sealed = bytearray(AesVault(KEY).seal("a secret", "a door"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    assert AesVault(KEY).open(bytes(sealed), "a door") is None


@given(st.binary(max_size=80))
def test_what_nobody_sealed_is_not_opened(sealed: bytes) -> None:
    assert AesVault(KEY).open(sealed, "a door") is None


def test_another_key_or_another_thing_opens_nothing() -> None:
    sealed = AesVault(KEY).seal("a secret", "a door")
    assert AesVault(os.urandom(32)).open(sealed, "a door") is None
    assert AesVault(KEY).open(sealed, "another door") is None
    assert b"a secret" not in sealed


def test_the_same_secret_never_looks_the_same() -> None:
    assert len({AesVault(KEY).seal("a secret", "a door") for _ in range(50)}) == 50


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AesVault(KEY[:31])
