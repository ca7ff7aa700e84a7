"""What we signed we know again; whatever else comes is refused without a fuss."""

import base64
import json

import jwt
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sarau.foundation.security.tokens import Claims, Signer
from sarau.kit.tokens import keyed_digest

SECRET, OTHER = b"s" * 32, b"o" * 32
SIGNER = Signer(SECRET)
KEY = keyed_digest(SECRET, "key", "access")
USER, SESSION = "0000000000000001", "0000000000000002"
GOOD = SIGNER.access_token(USER, SESSION, 900)
FAR = 4_102_444_800


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_an_access_token_says_who_it_is_for() -> None:
    assert SIGNER.read_access_token(GOOD) == Claims(USER, SESSION)


def test_it_ends() -> None:
    assert SIGNER.read_access_token(SIGNER.access_token(USER, SESSION, -1)) is None
    claims = jwt.decode(GOOD, KEY, algorithms=["HS256"])
    assert claims["exp"] - claims["iat"] == 900


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Signer(b"s" * 31)


FORGED = {
    "another house": Signer(OTHER).access_token(USER, SESSION, 900),
    "the secret itself as key": jwt.encode({"sub": USER, "sid": SESSION, "exp": FAR}, SECRET, "HS256"),
    "another purpose": jwt.encode(
        {"sub": USER, "sid": SESSION, "exp": FAR}, keyed_digest(SECRET, "key", "refresh"), "HS256"
    ),
    "another algorithm": jwt.encode({"sub": USER, "sid": SESSION, "exp": FAR}, KEY + KEY, "HS512"),
    "no signature": jwt.encode({"sub": USER, "sid": SESSION, "exp": FAR}, None, "none"),
    "the good one without its signature": GOOD.rpartition(".")[0] + ".",
    "alg none on the good one": f"{part({'alg': 'none', 'typ': 'JWT'})}.{GOOD.split('.')[1]}.",
    "alg NoNe": f"{part({'alg': 'NoNe'})}.{GOOD.split('.')[1]}.{GOOD.split('.')[2]}",
    "no end": jwt.encode({"sub": USER, "sid": SESSION}, KEY, "HS256"),
    "no user": jwt.encode({"sid": SESSION, "exp": FAR}, KEY, "HS256"),
    "no session": jwt.encode({"sub": USER, "exp": FAR}, KEY, "HS256"),
    "not yet": jwt.encode({"sub": USER, "sid": SESSION, "exp": FAR, "nbf": FAR}, KEY, "HS256"),
    "critical extension": jwt.encode(
        {"sub": USER, "sid": SESSION, "exp": FAR}, KEY, "HS256", headers={"crit": ["x"], "x": 1}
    ),
    "a key in the header": jwt.encode(
        {"sub": USER, "sid": SESSION, "exp": FAR}, b"k" * 32, "HS256", headers={"jwk": {"kty": "oct", "k": "a2tr"}}
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_tokens_are_refused(name: str) -> None:
    assert SIGNER.read_access_token(FORGED[name]) is None


@pytest.mark.parametrize("place", range(len(GOOD)))
def test_a_token_with_any_character_changed_is_refused(place: int) -> None:
    for other in set("Aa_0.=") - {GOOD[place]}:
        assert SIGNER.read_access_token(GOOD[:place] + other + GOOD[place + 1 :]) is None
    for more in ("=", ".", ".x", "\n"):
        assert SIGNER.read_access_token(GOOD + more) is None


@given(st.text(st.characters()) | st.binary().map(lambda raw: raw.decode("latin-1")))
@example("")
@example("..")
@example("\ud800")
@example("é" * 10)
@example(part("[" * 50_000) + ".x.y")
@example(base64.urlsafe_b64encode(b"[" * 40_000).decode() + ".x.y")
@example(base64.urlsafe_b64encode(b'{"a":' * 40_000).decode() + ".x.y")
def test_garbage_is_refused_and_nothing_worse(token: str) -> None:
    assert SIGNER.read_access_token(token) is None


def test_a_signature_is_good_for_its_purpose_and_text_only() -> None:
    signature = SIGNER.sign("stream", "track 1")

    assert SIGNER.good("stream", "track 1", signature)
    assert not SIGNER.good("stream", "track 2", signature)
    assert not SIGNER.good("cover", "track 1", signature)
    assert not Signer(OTHER).good("stream", "track 1", signature)
    assert set(signature) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(st.text())
@example("")
@example("é")
def test_no_other_signature_is_good(signature: str) -> None:
    right = SIGNER.sign("stream", "track 1")

    assert not SIGNER.good("stream", "track 1", signature)
    assert not SIGNER.good("stream", "track 1", right + signature) or not signature


def test_what_is_derived_depends_on_house_purpose_and_text() -> None:
    derived = {
        signer.derive(purpose, text) for signer in (SIGNER, Signer(OTHER)) for purpose in "ab" for text in "xy"
    }

    assert len(derived) == 8
    assert {len(one) for one in derived} == {32}
    assert SIGNER.derive("a", "x") in derived
    assert SIGNER.derive("key", "access") == KEY, "nobody else may ask for this purpose"
