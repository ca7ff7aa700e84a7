"""What each role may do, and that nobody reaches above their own."""

import pytest
from tests.support.houses import House, fresh_name, problem
from tests.support.server import PASSWORD

LISTEN = {"library.listen"}
MEMBER = LISTEN | {"library.download", "library.upload", "library.edit", "invites.create", "shares.create"}
ADMIN = MEMBER | {
    "library.edit_any", "library.manage", "invites.manage", "shares.manage", "users.manage", "activity.read"
}  # fmt: skip
OWNER = ADMIN | {"users.manage_owners"}


@pytest.mark.parametrize(
    ("role", "permissions"), [("guest", LISTEN), ("member", MEMBER), ("admin", ADMIN), ("owner", OWNER)]
)
def test_a_role_carries_its_permissions(house: House, role: str, permissions: set[str]) -> None:
    assert set(house.some(role).client.get("/me").json()["permissions"]) == permissions


def test_a_new_role_counts_at_once(house: House) -> None:
    person = house.newcomer("guest")
    problem(person.client.post("/invites", json={}), 403, "permission_missing")
    house.owner.client.patch(f"/users/{person.id}", json={"role": "admin"})
    assert person.client.get("/users").status_code == 200
    house.owner.client.patch(f"/users/{person.id}", json={"role": "guest"})
    problem(person.client.get("/users"), 403, "permission_missing")


def test_an_administrator_cannot_touch_an_owner(house: House) -> None:
    admin, owner = house.some("admin").client, house.owner
    for change in ({"role": "member"}, {"disabled": True}, {"quota_bytes": 1}, {}):
        problem(admin.patch(f"/users/{owner.id}", json=change), 403, "role_too_high")
    problem(admin.post(f"/users/{owner.id}/reset-link"), 403, "role_too_high")


def test_an_administrator_makes_no_owner(house: House) -> None:
    admin, other = house.some("admin"), house.newcomer()
    problem(admin.client.patch(f"/users/{other.id}", json={"role": "owner"}), 403, "role_too_high")
    problem(admin.client.patch(f"/users/{admin.id}", json={"role": "owner"}), 403, "role_too_high")
    account = {"username": fresh_name("owner"), "password": PASSWORD, "role": "owner"}
    problem(admin.client.post("/users", json=account), 403, "role_too_high")
    assert admin.client.patch(f"/users/{other.id}", json={"role": "admin"}).json()["role"] == "admin"


def test_an_owner_makes_owners_and_leaves_when_there_is_another(house: House) -> None:
    second = house.newcomer("owner")
    assert second.client.patch(f"/users/{second.id}", json={"role": "member"}).json()["role"] == "member"
    problem(second.client.get("/users"), 403, "permission_missing")
