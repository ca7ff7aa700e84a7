"""Access tokens, refresh tokens, sessions and API keys."""

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jwt
import pytest
from tests.support.houses import House, Person, items, problem
from tests.support.server import until


def _refresh(house: House, token: str) -> tuple[int, dict[str, Any]]:
    answer = house.client().post("/auth/refresh", json={"refresh_token": token})
    return answer.status_code, answer.json()


def test_an_access_token_expires_and_can_be_refreshed(tight_house: House) -> None:
    person = tight_house.newcomer()
    client = tight_house.bearing(person.access_token)
    until(lambda: client.get("/me").status_code == 401, "the access token to expire", 10)
    problem(client.get("/me"), 401, "session_ended")
    status, fresh = _refresh(tight_house, person.refresh_token)
    assert status == 200
    assert fresh["expires_in_s"] == 1
    # A token of a second may be over before it is used once: the next one is as good.
    token, again = fresh["refresh_token"], fresh["access_token"]
    while tight_house.bearing(again).get("/me").status_code != 200:
        token, again = (_refresh(tight_house, token)[1][name] for name in ("refresh_token", "access_token"))


def _parts(token: str) -> list[dict[str, object]]:
    return [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_an_altered_token_is_no_token(house: House) -> None:
    member, owner = house.some("member"), house.owner
    header, claims = _parts(member.access_token)
    signature = member.access_token.rpartition(".")[2]
    forged = {
        "another's claims": f"{_part(header)}.{_part(_parts(owner.access_token)[1])}.{signature}",
        "a longer life": f"{_part(header)}.{_part(claims | {'exp': 4_000_000_000})}.{signature}",
        "no signature": f"{_part(header | {'alg': 'none'})}.{_part(claims)}.",
        "an empty signature": f"{_part(header)}.{_part(claims)}.",
        "another key": jwt.encode(claims, "x" * 32, algorithm="HS256"),
        "another algorithm": jwt.encode(claims, "x" * 64, algorithm="HS512"),
        "a refresh token": member.refresh_token,
        "deep nesting": f"{_part(header)}.{'[' * 5000}.{signature}",
        "rubbish": "...",
        "very much": "a" * 20_000,
    }
    for what, token in forged.items():
        answer = house.bearing(token).get("/me")
        assert answer.status_code == 401, what
        assert answer.headers["www-authenticate"].startswith("Bearer"), what


@pytest.mark.parametrize("header", ["", "Bearer", "Basic b2xnYTpvbGdh", "Token x"])
def test_no_proof_at_all(house: House, header: str) -> None:
    problem(house.client(headers={"authorization": header}).get("/me"), 401, "unauthenticated")


def test_a_refresh_token_is_traded_for_the_next(house: House) -> None:
    person = house.newcomer()
    seen = {person.refresh_token}
    token = person.refresh_token
    for _ in range(3):
        status, fresh = _refresh(house, token)
        assert status == 200
        token = fresh["refresh_token"]
        assert token not in seen
        seen.add(token)
        assert house.bearing(fresh["access_token"]).get("/me").status_code == 200
    assert len(items(person.client.get("/me/sessions"))) == 1


def _sessions(person: Person) -> str:
    return f"SELECT id FROM sessions WHERE user_id = {int(person.id, 16)}"


def _over(house: House, person: Person, *tokens: dict[str, Any]) -> None:
    """Check that a session is over for whoever holds what was given out for it, and that it is told."""
    problem(person.client.get("/me"), 401, "session_ended")
    for given in tokens:
        problem(house.bearing(given["access_token"]).get("/me"), 401, "session_ended")
        assert _refresh(house, given["refresh_token"])[0] == 401
    reused = house.owner.client.get("/activity", params={"kind": "session.token_reused", "actor_id": person.id})
    assert len(items(reused)) == 1


def test_a_refresh_token_used_again_ends_the_session(house: House) -> None:
    person = house.newcomer()
    other = house.signed_in(person.username)
    fresh = _refresh(house, person.refresh_token)[1]
    fresher = _refresh(house, fresh["refresh_token"])[1]
    assert _refresh(house, person.refresh_token)[0] == 401
    # Whoever holds the newer ones may be the thief: all of the family is over, other sessions are not.
    _over(house, person, fresh, fresher)
    assert other.get("/me").status_code == 200


def test_a_refresh_token_used_again_later_ends_the_session(house: House) -> None:
    person = house.newcomer()
    fresh = _refresh(house, person.refresh_token)[1]
    house.sql(f"UPDATE refresh_tokens SET used_at = used_at - 31000 WHERE session_id IN ({_sessions(person)})")
    assert _refresh(house, person.refresh_token)[0] == 401
    _over(house, person, fresh)


def test_who_did_not_get_the_answer_may_ask_again(house: House) -> None:
    person = house.newcomer()
    lost = _refresh(house, person.refresh_token)[1]
    status, fresh = _refresh(house, person.refresh_token)
    assert status == 200
    assert house.bearing(fresh["access_token"]).get("/me").status_code == 200
    status, fresher = _refresh(house, fresh["refresh_token"])
    assert status == 200
    # Had it not been lost, somebody else asked: the session ends as soon as both are used.
    assert _refresh(house, lost["refresh_token"])[0] == 401
    _over(house, person, fresh, fresher)


def test_of_ten_who_refresh_at_once_one_goes_on_at_most(house: House) -> None:
    person = house.newcomer()
    clients = [house.client() for _ in range(10)]
    for client in clients:
        client.get("/house")  # connected already
    with ThreadPoolExecutor(10) as pool:
        given = {"refresh_token": person.refresh_token}
        answers = list(pool.map(lambda client: client.post("/auth/refresh", json=given), clients))
    tokens = [answer.json() for answer in answers]
    assert len({given["refresh_token"] for given in tokens}) == 10
    good = "SELECT count(*) FROM refresh_tokens WHERE used_at IS NULL AND session_id IN ({})"
    assert house.sql(good.format(_sessions(person))) == [(1,)]
    # Nine hold what is revoked, and to use it ends the session for the tenth as well.
    assert 401 in [_refresh(house, given["refresh_token"])[0] for given in tokens]
    _over(house, person, *tokens)


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "x" * 200, "é"])
def test_no_refresh_token_of_ours(house: House, token: str) -> None:
    problem(house.client().post("/auth/refresh", json={"refresh_token": token}), 401, "session_ended")


def test_nothing_to_refresh(house: House) -> None:
    problem(house.client().post("/auth/refresh"), 401, "session_ended")
    problem(house.client().post("/auth/refresh", json={"refresh_token": "x" * 201}), 422, "invalid")


def test_sessions_are_listed_and_ended_at_once(house: House) -> None:
    person = house.newcomer()
    phone = house.client(headers={"user-agent": "Phone/1.0"})
    given = {"login": person.username, "password": "correct horse battery staple"}
    signed_in = phone.post("/auth/sign-in", json=given).json()
    phone.headers["authorization"] = f"Bearer {signed_in['access_token']}"
    listed = person.client.get("/me/sessions").json()
    assert listed["current_id"] in {session["id"] for session in listed["items"]}
    (theirs,) = [session for session in listed["items"] if session["client"] == "Phone/1.0"]
    assert theirs["address"] == "127.0.0.1"
    problem(house.some("member").client.delete(f"/me/sessions/{theirs['id']}"), 404, "session_not_found")
    problem(house.owner.client.delete(f"/me/sessions/{theirs['id']}"), 404, "session_not_found")
    assert phone.get("/me").status_code == 200
    assert person.client.delete(f"/me/sessions/{theirs['id']}").status_code == 204
    problem(phone.get("/me"), 401, "session_ended")
    assert _refresh(house, signed_in["refresh_token"])[0] == 401
    problem(person.client.delete(f"/me/sessions/{theirs['id']}"), 404, "session_not_found")
    assert len(items(person.client.get("/me/sessions"))) == 1


def test_signing_out_ends_this_session_alone(house: House) -> None:
    person = house.newcomer()
    other = house.signed_in(person.username)
    assert other.post("/auth/sign-out").status_code == 204
    problem(other.get("/me"), 401, "session_ended")
    assert person.client.get("/me").status_code == 200


def test_an_api_key_is_shown_once_and_works_until_revoked(house: House) -> None:
    person = house.newcomer()
    made = person.client.post("/me/api-keys", json={"name": "my player"})
    assert made.headers["cache-control"] == "no-store"
    secret, key = made.json()["secret"], made.json()["key"]
    listed = person.client.get("/me/api-keys")
    assert [(k["name"], k["last_used_at"]) for k in items(listed)] == [("my player", None)]
    assert secret not in listed.text
    assert secret.startswith(items(listed)[0]["hint"])
    app = house.bearing(secret)
    assert app.get("/me").json()["user"]["id"] == person.id
    assert items(person.client.get("/me/api-keys"))[0]["last_used_at"]
    assert app.get("/me/sessions").json()["current_id"] is None
    assert app.post("/auth/sign-out").status_code == 204  # a key has no session to end
    assert app.get("/me").status_code == 200
    problem(house.owner.client.delete(f"/me/api-keys/{key['id']}"), 404, "api_key_not_found")
    assert person.client.delete(f"/me/api-keys/{key['id']}").status_code == 204
    problem(app.get("/me"), 401, "session_ended")
    assert house.sql(f"SELECT count(*) FROM api_keys WHERE digest LIKE '%{secret[-20:]}%'") == [(0,)]


def test_api_keys_are_not_without_number(house: House) -> None:
    person = house.newcomer()
    statuses = [person.client.post("/me/api-keys", json={"name": f"k{i}"}).status_code for i in range(51)]
    assert statuses == [201] * 50 + [409]
    problem(person.client.post("/me/api-keys", json={"name": ""}), 422, "invalid")


def test_an_expired_session_is_over(house: House) -> None:
    person = house.newcomer()
    house.sql(f"UPDATE sessions SET expires_at = 1 WHERE user_id = {int(person.id, 16)}")
    until(lambda: person.client.get("/me").status_code == 401, "everybody to see it", 10)
    assert _refresh(house, person.refresh_token)[0] == 401
