"""Accounts that administrators make, profiles, and who may touch whom."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.support.houses import House, MakeHouse, fresh_name, items, problem
from tests.support.server import PASSWORD


def test_an_administrator_makes_an_account_that_can_sign_in(house: House) -> None:
    name = fresh_name("nina")
    made = house.some("admin").client.post("/users", json={"username": name, "password": PASSWORD, "role": "guest"})
    assert made.status_code == 201
    assert made.json()["role"] == "guest"
    assert "password" not in made.text
    assert house.signed_in(name).get("/me").json()["user"]["username"] == name


@pytest.mark.parametrize(
    "username",
    [
        "",
        "a",
        "with space",
        "a@b",
        "back\\slash",
        "slash/ed",
        "x" * 41,
        "new\nline",
        "end\n",
        "\u200b\u200b",
        "\u202eab",
    ],
)
def test_a_bad_username_is_refused_by_its_field(house: House, username: str) -> None:
    answer = house.owner.client.post("/users", json={"username": username, "password": PASSWORD})
    assert problem(answer, 422, "invalid")["field"] == "username"


@pytest.mark.parametrize("email", ["nobody", "@", "a@b", "a b@c.de", "a@b.c\n", "a@b@c.de", "x" * 250 + "@b.de"])
def test_a_bad_address_is_refused_by_its_field(house: House, email: str) -> None:
    account = {"username": fresh_name("ed"), "password": PASSWORD, "email": email}
    assert problem(house.owner.client.post("/users", json=account), 422, "invalid")["field"] == "email"


@pytest.mark.parametrize("password", ["1234567890", "aaaaaaaaaaaa", "Password123", "P\u00e1ssword123"])
def test_passwords_that_are_guessed_first_are_refused(house: House, password: str) -> None:
    account = {"username": fresh_name("ed"), "password": password}
    assert problem(house.owner.client.post("/users", json=account), 422, "weak_password")["field"] == "password"


def test_ones_own_name_is_no_password(house: House) -> None:
    account = {"username": "Wilhelmina", "password": "wilhelmina1"}
    problem(house.owner.client.post("/users", json=account), 422, "weak_password")


def test_names_and_addresses_are_taken_whatever_their_case_and_accents(house: House) -> None:
    owner, name = house.owner.client, fresh_name("Jos\u00e9")
    mail = f"{name}@example.org"
    first = {"username": name, "password": PASSWORD, "email": mail}
    assert owner.post("/users", json=first).status_code == 201
    for username, email in (
        (name.upper(), None),
        (name.replace("\u00e9", "e"), None),
        (fresh_name("o"), mail.upper()),
    ):
        again = {"username": username, "password": PASSWORD, "email": email}
        problem(owner.post("/users", json=again), 409, "name_taken")


def test_profile_changes_what_is_given_and_nothing_else(house: House) -> None:
    person = house.newcomer()
    mail = f"{person.username}@example.org"
    changed = person.client.patch("/me", json={"email": mail, "display_name": "  Anna  "})
    assert (changed.json()["email"], changed.json()["display_name"]) == (mail, "Anna")
    assert person.client.patch("/me", json={}).json()["email"] == mail
    assert person.client.patch("/me", json={"email": None}).json()["email"] is None
    assert person.client.patch("/me", json={"display_name": ""}).json()["display_name"] == person.username
    problem(person.client.patch("/me", json={"role": "owner"}), 422, "invalid")


def test_an_address_of_somebody_else_cannot_be_taken(house: House) -> None:
    first, second = house.newcomer(), house.newcomer()
    mail = f"{first.username}@example.org"
    assert first.client.patch("/me", json={"email": mail}).status_code == 200
    problem(second.client.patch("/me", json={"email": mail.upper()}), 409, "name_taken")


def test_a_disabled_account_is_out_at_once_and_can_come_back(house: House) -> None:
    person = house.newcomer()
    key = person.client.post("/me/api-keys", json={"name": "app"}).json()["secret"]
    by_key = house.bearing(key)
    assert by_key.get("/me").status_code == 200
    barred = house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
    assert barred.json()["disabled_at"]
    problem(person.client.get("/me"), 401, "session_ended")
    problem(by_key.get("/me"), 401, "session_ended")
    problem(house.client().post("/auth/refresh", json={"refresh_token": person.refresh_token}), 401, "session_ended")
    login = {"login": person.username, "password": PASSWORD}
    problem(house.client().post("/auth/sign-in", json=login), 401, "account_disabled")
    problem(house.client().post("/auth/sign-in", json=login | {"password": "wrong"}), 401, "wrong_credentials")
    assert house.owner.client.patch(f"/users/{person.id}", json={"disabled": False}).json()["disabled_at"] is None
    assert house.client().post("/auth/sign-in", json=login).status_code == 200


def test_the_last_owner_stays(house: House) -> None:
    owner = house.owner
    problem(owner.client.patch(f"/users/{owner.id}", json={"role": "admin"}), 409, "last_owner")
    problem(owner.client.patch(f"/users/{owner.id}", json={"disabled": True}), 409, "last_owner")
    assert owner.client.get("/me").json()["user"]["role"] == "owner"


def test_two_owners_who_remove_each_other_at_once_leave_one(new_house: MakeHouse) -> None:
    house = new_house()
    other = house.newcomer("owner")
    owners = [house.owner, other]
    changes: list[dict[str, Any]] = [{"role": "member"}, {"disabled": True}]
    for change in changes * 4:
        with ThreadPoolExecutor(2) as pool:
            asked = [pool.submit(owners[i].client.patch, f"/users/{owners[1 - i].id}", json=change) for i in range(2)]
            answers = [one.result() for one in asked]
        assert sorted(a.status_code == 200 for a in answers) == [False, True], [a.text for a in answers]
        left = owners[[a.status_code for a in answers].index(200)]
        gone = owners[1 - owners.index(left)]
        people = {user["id"]: user for user in items(left.client.get("/users"))}
        assert people[left.id]["role"] == "owner"
        assert people[left.id]["disabled_at"] is None
        back = left.client.patch(f"/users/{gone.id}", json={"role": "owner", "disabled": False})
        assert back.status_code == 200, back.text


def test_quota_is_set_and_taken_back(house: House) -> None:
    person = house.newcomer()
    path = f"/users/{person.id}"
    assert house.owner.client.patch(path, json={"quota_bytes": 5}).json()["quota_bytes"] == 5
    assert person.client.get("/me").json()["room"]["quota_bytes"] == 5
    assert house.owner.client.patch(path, json={"quota_bytes": None}).json()["quota_bytes"] is None
    bad = house.owner.client.patch(path, json={"quota_bytes": -1})
    assert problem(bad, 422, "invalid")["field"] == "quota_bytes"


@pytest.mark.parametrize("user_id", ["0" * 16, "x", "0", "7" + "f" * 15, "%00"])
def test_nobody_there(house: House, user_id: str) -> None:
    problem(house.owner.client.patch(f"/users/{user_id}", json={}), 404, "user_not_found")
    problem(house.owner.client.post(f"/users/{user_id}/reset-link"), 404, "user_not_found")
