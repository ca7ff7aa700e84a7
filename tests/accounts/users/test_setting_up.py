"""The owner's account: made once, by the link that the server prints."""

from tests.support.houses import House, problem
from tests.support.server import PASSWORD


def test_the_link_made_the_owner(house: House) -> None:
    me = house.owner.client.get("/me").json()
    assert me["user"]["username"] == "olga"
    assert me["user"]["role"] == "owner"
    assert house.client().get("/house").json()["needs_setup"] is False


def test_the_link_is_good_once(house: House) -> None:
    account = {"token": house.server.setup_token(), "username": "second", "password": PASSWORD}
    answer = house.client().post("/auth/setup", json=account)
    problem(answer, 404, "link_expired")
    assert "second" not in house.owner.client.get("/users").text


def test_a_wrong_token_sets_nothing_up(house: House) -> None:
    for token in ("x", "0" * 43, "é" * 40):
        account = {"token": token, "username": "mallory", "password": PASSWORD}
        problem(house.client().post("/auth/setup", json=account), 404, "link_expired")


def test_weak_passwords_and_bad_names_are_named(house: House) -> None:
    account = {"token": "t", "username": "a", "password": PASSWORD}
    assert problem(house.client().post("/auth/setup", json=account), 422, "invalid")["field"] == "username"
    account = {"token": "t", "username": "anna", "password": "short"}
    assert problem(house.client().post("/auth/setup", json=account), 422, "invalid")["field"] == "password"
    account = {"token": "t", "username": "anna"}
    missing = problem(house.client().post("/auth/setup", json=account), 422, "invalid")
    assert (missing["field"], missing["reason"]) == ("password", "it is missing")
