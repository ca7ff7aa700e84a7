"""Invitations: the only way in."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from tests.support.houses import House, Person, fresh_name, items, problem
from tests.support.server import PASSWORD


def _invite(person: Person, **about: Any) -> dict[str, Any]:
    answer = person.client.post("/invites", json=about)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def _accept(house: House, code: str, **account: Any) -> httpx.Response:
    given = {"code": code, "username": fresh_name("guest"), "password": PASSWORD, **account}
    return house.client().post("/auth/register", json=given)


def _shown(person: Person, invite: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in items(person.client.get("/invites")) if one["id"] == invite["id"])


def test_an_invitation_lets_one_person_in_with_its_role(house: House) -> None:
    invite = _invite(house.owner, role="guest", note="for grandmother")
    assert (invite["state"], invite["uses"], invite["used"]) == ("open", 1, 0)
    preview = house.client().get(f"/auth/invites/{invite['code']}").json()
    assert (preview["role"], preview["email"], preview["inviter_name"]) == ("guest", None, "olga")
    assert set(preview) == {"role", "email", "inviter_name", "expires_at"}
    came = _accept(house, invite["code"])
    assert came.status_code == 201
    assert came.json()["me"]["user"]["role"] == "guest"
    problem(_accept(house, invite["code"]), 404, "invite_not_good")
    problem(house.client().get(f"/auth/invites/{invite['code']}"), 404, "invite_not_good")
    after = _shown(house.owner, invite)
    assert (after["state"], after["used"], after["code"]) == ("used_up", 1, None)


def test_a_code_may_be_typed_as_it_is_read(house: House) -> None:
    code = _invite(house.owner)["code"]
    misread = code.replace("0", "O").replace("1", "l").upper()
    for typed in (code, code.upper(), code.replace("-", ""), f" {code.replace('-', ' ')} ", misread):
        assert house.client().get(f"/auth/invites/{typed}").status_code == 200, typed
    assert _accept(house, f" {misread.replace('-', '')} ").status_code == 201


@pytest.mark.parametrize("code", ["x", "0000-0000-0000", "é", "%00", "a" * 200, "..", "%2e%2e", "?"])
def test_a_code_that_was_never_given(house: House, code: str) -> None:
    answer = house.client().get(f"/auth/invites/{code}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_invitation_bound_to_an_address(house: House) -> None:
    mail = f"{fresh_name('ana')}@example.org"
    invite = _invite(house.owner, email=mail)
    for email in (None, "other@example.org"):
        assert problem(_accept(house, invite["code"], email=email), 422, "wrong_address")["field"] == "email"
    assert _shown(house.owner, invite)["used"] == 0
    assert _accept(house, invite["code"], email=mail.upper()).status_code == 201


def test_a_name_that_is_taken_uses_nothing_up(house: House) -> None:
    invite = _invite(house.owner)
    problem(_accept(house, invite["code"], username="OLGA"), 409, "name_taken")
    assert _shown(house.owner, invite)["state"] == "open"
    problem(_accept(house, invite["code"], password="1234567890"), 422, "weak_password")
    assert _accept(house, invite["code"]).status_code == 201


def test_as_many_come_in_as_it_has_uses_however_they_race(house: House) -> None:
    invite = _invite(house.owner, uses=2)
    clients = [house.client() for _ in range(5)]
    accounts = [
        {"code": invite["code"], "username": fresh_name("racer"), "password": PASSWORD} for _ in range(len(clients))
    ]
    with ThreadPoolExecutor(len(clients)) as pool:
        answers = list(pool.map(lambda c, a: c.post("/auth/register", json=a), clients, accounts))
    assert sorted(a.status_code for a in answers) == [201, 201, 404, 404, 404], [a.text for a in answers]
    assert (_shown(house.owner, invite)["used"], _shown(house.owner, invite)["state"]) == (2, "used_up")
    names = {user["username"] for user in items(house.owner.client.get("/users"))}
    assert len(names & {account["username"] for account in accounts}) == 2


def test_an_invitation_expires(house: House) -> None:
    invite = _invite(house.owner, days=1)
    house.sql(f"UPDATE invites SET expires_at = 1 WHERE id = {int(invite['id'], 16)}")
    problem(_accept(house, invite["code"]), 404, "invite_not_good")
    assert _shown(house.owner, invite)["state"] == "expired"
    problem(house.owner.client.delete(f"/invites/{invite['id']}"), 409, "invite_over")


def test_a_revoked_invitation_is_over(house: House) -> None:
    member = house.some("member")
    invite = _invite(member)
    problem(house.newcomer().client.delete(f"/invites/{invite['id']}"), 404, "invite_not_found")
    assert member.client.delete(f"/invites/{invite['id']}").status_code == 204
    problem(_accept(house, invite["code"]), 404, "invite_not_good")
    assert _shown(member, invite)["state"] == "revoked"
    problem(member.client.delete(f"/invites/{invite['id']}"), 409, "invite_over")


def test_members_see_their_own_and_administrators_all(house: House) -> None:
    member, admin = house.newcomer(), house.some("admin")
    theirs, mine = _invite(house.owner), _invite(member)
    assert [one["id"] for one in items(member.client.get("/invites"))] == [mine["id"]]
    assert {mine["id"], theirs["id"]} <= {one["id"] for one in items(admin.client.get("/invites"))}
    assert _shown(admin, mine)["code"] == mine["code"]
    assert admin.client.delete(f"/invites/{mine['id']}").status_code == 204


def test_nobody_invites_above_themselves(house: House) -> None:
    for person, role in (("member", "admin"), ("member", "owner"), ("admin", "owner")):
        problem(house.some(person).client.post("/invites", json={"role": role}), 403, "role_too_high")
    problem(house.some("guest").client.post("/invites", json={"role": "guest"}), 403, "permission_missing")
    assert _invite(house.some("admin"), role="admin")["role"] == "admin"


def test_the_invitations_of_somebody_disabled_are_not_good(house: House) -> None:
    person = house.newcomer()
    invite = _invite(person)
    house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
    problem(_accept(house, invite["code"]), 404, "invite_not_good")
    problem(house.client().get(f"/auth/invites/{invite['code']}"), 404, "invite_not_good")
    house.owner.client.patch(f"/users/{person.id}", json={"disabled": False})
    assert _accept(house, invite["code"]).status_code == 201


@pytest.mark.parametrize("role", ["member", "guest"])
def test_who_lost_their_role_has_invited_nobody_above_it(house: House, role: str) -> None:
    person = house.newcomer("admin")
    invite = _invite(person, role="admin")
    house.owner.client.patch(f"/users/{person.id}", json={"role": role})
    problem(_accept(house, invite["code"]), 404, "invite_not_good")
    problem(house.client().get(f"/auth/invites/{invite['code']}"), 404, "invite_not_good")


def test_open_invitations_are_not_without_number(house: House) -> None:
    person = house.newcomer()
    statuses = [person.client.post("/invites", json={}).status_code for _ in range(101)]
    assert statuses == [201] * 100 + [409]
    assert person.client.delete(f"/invites/{items(person.client.get('/invites'))[0]['id']}").status_code == 204
    assert person.client.post("/invites", json={}).status_code == 201


@pytest.mark.parametrize(
    ("about", "field"),
    [
        ({"uses": 0}, "uses"),
        ({"uses": 1001}, "uses"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"role": "king"}, "role"),
        ({"email": "nobody"}, "email"),
        ({"note": "x" * 201}, "note"),
        ({"uses": 1.5}, "uses"),
        ({"uses": None}, "uses"),
    ],
)
def test_what_is_wrong_is_named(house: House, about: dict[str, Any], field: str) -> None:
    assert problem(house.owner.client.post("/invites", json=about), 422, "invalid")["field"] == field
