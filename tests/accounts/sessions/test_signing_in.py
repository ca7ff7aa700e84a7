"""Signing in: by whatever name, with the same answer to everybody who fails."""

import pytest
from tests.support.houses import House, fresh_name, items, problem
from tests.support.server import PASSWORD


def test_by_username_or_address_whatever_the_case_and_accents(house: House) -> None:
    name = fresh_name("José")
    mail = f"{name}@example.org"
    account = {"username": name, "password": PASSWORD, "email": mail}
    assert house.owner.client.post("/users", json=account).status_code == 201
    for login in (name, name.upper(), name.replace("é", "e"), f" {mail.upper()} "):
        answer = house.client().post("/auth/sign-in", json={"login": login, "password": PASSWORD})
        assert answer.status_code == 200, f"{login}: {answer.text}"
        assert answer.json()["me"]["user"]["username"] == name
        assert answer.headers["cache-control"] == "no-store"


def test_wrong_password_and_unknown_name_get_the_same_answer(house: House) -> None:
    client = house.client()
    wrong = client.post("/auth/sign-in", json={"login": house.owner.username, "password": "wrong password"})
    unknown = client.post("/auth/sign-in", json={"login": fresh_name("nobody"), "password": "wrong password"})
    problem(wrong, 401, "wrong_credentials")
    assert wrong.json() == unknown.json()
    different = {"x-request-id", "date", "content-length"}
    assert {k: v for k, v in wrong.headers.items() if k not in different} == {
        k: v for k, v in unknown.headers.items() if k not in different
    }


def test_the_password_itself_is_taken_as_it_is(house: House) -> None:
    for password in (PASSWORD.upper(), f" {PASSWORD}", f"{PASSWORD} ", PASSWORD[:-1]):
        login = {"login": house.owner.username, "password": password}
        problem(house.client().post("/auth/sign-in", json=login), 401, "wrong_credentials")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"login": "olga"}, "password"),
        ({"password": PASSWORD}, "login"),
        ({"login": "", "password": PASSWORD}, "login"),
        ({"login": "x" * 255, "password": PASSWORD}, "login"),
        ({"login": "olga", "password": "x" * 1001}, "password"),
        ({"login": ["olga"], "password": PASSWORD}, "login"),
        ({"login": "olga", "password": 5}, "password"),
    ],
)
def test_what_is_wrong_with_the_form_is_named(house: House, given: dict[str, object], field: str) -> None:
    assert problem(house.client().post("/auth/sign-in", json=given), 422, "invalid")["field"] == field


def test_administrators_see_who_came_in_and_who_did_not(house: House) -> None:
    person = house.newcomer()
    house.signed_in(person.username)
    given = {"login": person.username, "password": "wrong password"}
    refused = house.client(headers={"x-request-id": "abc-123"}).post("/auth/sign-in", json=given)
    problem(refused, 401, "wrong_credentials")
    log = items(house.owner.client.get("/activity", params={"actor_id": person.id}))
    kinds = [entry["kind"] for entry in log]
    assert kinds[0] == "session.sign_in_failed"
    assert "session.signed_in" in kinds
    assert (log[0]["details"]["reason"], log[0]["address"]) == ("wrong password", "127.0.0.1")
    assert log[0]["request_id"] == "abc-123"


def test_a_browser_gets_no_token_it_could_lose(house: House) -> None:
    given = {"login": house.owner.username, "password": PASSWORD}
    answer = house.client().post("/auth/sign-in", params={"session": "cookie"}, json=given)
    assert answer.json()["access_token"] is None
    assert answer.json()["refresh_token"] is None
    for cookie in answer.cookies.jar:
        assert cookie.value
        assert cookie.name.endswith("csrf") or cookie.value not in answer.text
    bad = house.client().post("/auth/sign-in", params={"session": "x"}, json=given)
    assert problem(bad, 422, "invalid")["field"] == "session"
