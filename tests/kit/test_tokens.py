"""Secrets nobody guesses, and codes one can read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.kit.tokens import ALPHABET, code_from, digest, keyed_digest, new_token, normal_code


def test_tokens_differ_and_can_stand_in_an_address() -> None:
    made = {new_token() for _ in range(1000)}

    assert len(made) == 1000
    assert all(len(token) >= 43 and token.replace("-", "").replace("_", "").isalnum() for token in made)
    assert len(new_token(128)) == 22


def test_a_digest_is_sha256_in_hex() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_keyed_digests_depend_on_key_purpose_and_text() -> None:
    made = {
        keyed_digest(key, purpose, text) for key in (b"k" * 32, b"K" * 32) for purpose in "ab" for text in ("x", "y")
    }

    assert len(made) == 8
    assert keyed_digest(b"k" * 32, "a", "x") in made
    assert {len(one) for one in made} == {32}


@given(st.binary(min_size=32, max_size=32), st.integers(1, 20))
def test_a_code_has_no_letters_that_look_alike(raw: bytes, length: int) -> None:
    code = code_from(raw, length)

    assert len(code) == length
    assert set(code) <= set(ALPHABET)
    assert not set(code) & set("ilou")


def test_every_bit_of_the_source_counts() -> None:
    base = bytes(32)
    codes = {code_from(base, 8)}
    for bit in range(40):
        codes.add(code_from((1 << 47 - 8 - bit).to_bytes(6) + bytes(26), 8))

    assert len(codes) == 41


@given(st.binary(min_size=32, max_size=32))
def test_a_code_is_recognised_however_it_is_typed(raw: bytes) -> None:
    code = code_from(raw, 8)
    typed = code.upper().replace("0", "O").replace("1", "l")

    assert normal_code(f"  {typed[:4]}-{typed[4:]} ") == code
    assert normal_code(typed.replace("l", "I")) == code


@pytest.mark.parametrize("typed", ["", "   ", "-", "ñ", "\0", "İ" * 100])
def test_nonsense_is_no_error(typed: str) -> None:
    assert not set(normal_code(typed)) & set(" -")
