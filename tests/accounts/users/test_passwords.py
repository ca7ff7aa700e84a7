"""Changing a password, and the link by which a lost one is replaced."""

from concurrent.futures import ThreadPoolExecutor

from tests.support.houses import House, Person, problem
from tests.support.server import PASSWORD

NEW = "quite another long sentence"


def _link(house: House, person: Person) -> str:
    made = house.owner.client.post(f"/users/{person.id}/reset-link")
    assert made.status_code == 201
    assert made.headers["cache-control"] == "no-store"
    base, _, token = made.json()["url"].rpartition("/reset/")
    assert base == house.url
    return str(token)


def test_a_new_password_ends_the_other_sessions_and_not_this_one(house: House) -> None:
    person = house.newcomer()
    elsewhere = house.signed_in(person.username)
    change = {"current": PASSWORD, "new": NEW}
    assert person.client.post("/me/password", json=change).status_code == 204
    assert person.client.get("/me").status_code == 200
    problem(elsewhere.get("/me"), 401, "session_ended")
    login = {"login": person.username, "password": PASSWORD}
    problem(house.client().post("/auth/sign-in", json=login), 401, "wrong_credentials")
    assert house.client().post("/auth/sign-in", json=login | {"password": NEW}).status_code == 200


def test_the_present_password_is_asked_for(house: House) -> None:
    person = house.newcomer()
    problem(person.client.post("/me/password", json={"current": "wrong", "new": NEW}), 403, "wrong_password")
    weak = person.client.post("/me/password", json={"current": PASSWORD, "new": "1234567890"})
    assert problem(weak, 422, "weak_password")["field"] == "password"
    short = person.client.post("/me/password", json={"current": PASSWORD, "new": "short"})
    assert problem(short, 422, "invalid")["field"] == "new"


def test_a_reset_link_sets_a_password_once_and_ends_all_sessions(house: House) -> None:
    person = house.newcomer()
    token = _link(house, person)
    assert house.client().get(f"/auth/reset/{token}").json() == {"username": person.username}
    problem(house.client().post("/auth/reset", json={"token": token, "password": "short"}), 422, "invalid")
    with ThreadPoolExecutor(3) as pool:
        given = {"token": token, "password": NEW}
        answers = list(pool.map(lambda c: c.post("/auth/reset", json=given), [house.client() for _ in range(3)]))
    assert sorted(a.status_code for a in answers) == [200, 404, 404]
    won = next(a for a in answers if a.status_code == 200).json()
    fresh = house.bearing(won["access_token"])
    assert fresh.get("/me").json()["user"]["id"] == person.id
    problem(person.client.get("/me"), 401, "session_ended")
    problem(house.client().get(f"/auth/reset/{token}"), 404, "link_expired")
    assert house.client().post("/auth/sign-in", json={"login": person.username, "password": NEW}).status_code == 200


def test_a_newer_link_ends_the_older(house: House) -> None:
    person = house.newcomer()
    older, newer = _link(house, person), _link(house, person)
    problem(house.client().get(f"/auth/reset/{older}"), 404, "link_expired")
    assert house.client().get(f"/auth/reset/{newer}").status_code == 200


def test_a_link_expires(house: House) -> None:
    person = house.newcomer()
    token = _link(house, person)
    house.sql("UPDATE one_time_links SET expires_at = 1")
    problem(house.client().get(f"/auth/reset/{token}"), 404, "link_expired")
    problem(house.client().post("/auth/reset", json={"token": token, "password": NEW}), 404, "link_expired")


def test_changing_the_password_ends_a_link_that_lies_about(house: House) -> None:
    person = house.newcomer()
    token = _link(house, person)
    assert person.client.post("/me/password", json={"current": PASSWORD, "new": NEW}).status_code == 204
    problem(house.client().get(f"/auth/reset/{token}"), 404, "link_expired")


def test_a_link_of_another_kind_sets_no_password(house: House) -> None:
    code = house.owner.client.post("/invites", json={}).json()["code"]
    for token in (house.server.setup_token(), code):
        problem(house.client().post("/auth/reset", json={"token": token, "password": NEW}), 404, "link_expired")


def test_a_disabled_person_comes_in_by_no_link(house: House) -> None:
    person = house.newcomer()
    token = _link(house, person)
    house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
    answer = house.client().post("/auth/reset", json={"token": token, "password": NEW})
    assert answer.status_code in (401, 404), answer.text
    assert "access_token" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"
