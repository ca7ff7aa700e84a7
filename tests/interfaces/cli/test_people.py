"""People and invitations from the command line, while the server runs: what it does is true at once."""

import re
from collections.abc import Iterator

import httpx
import pytest
from tests.interfaces.cli.running import CommandLine
from tests.support.houses import House, fresh_name, new_database, open_house, problem
from tests.support.server import PASSWORD, until

NEW = {"SARAU_NEW_PASSWORD": PASSWORD}


@pytest.fixture(scope="module")
def home(
    request: pytest.FixtureRequest, database_kind: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house whose only owner is olga."""
    folder = tmp_path_factory.mktemp(f"cli-{database_kind}")
    with open_house(folder, new_database(request, database_kind, folder), SARAU_SCANNING_WATCH="false") as opened:
        yield opened


@pytest.fixture(scope="module")
def sarau(home: House) -> CommandLine:
    return CommandLine(home.server.data.parent, home.database_url)


def _ended(client: httpx.Client) -> bool:
    return client.get("/me").status_code == 401


def test_an_account_is_made_listed_and_can_sign_in(home: House, sarau: CommandLine) -> None:
    name = fresh_name("Zoë")
    made = sarau("users", "create", name, "--role", "admin", "--email", f"{name}@example.org", **NEW)
    assert made.well() == f"✓ {name} is here now, as admin.\n"
    me = home.signed_in(f"{name}@EXAMPLE.org").get("/me").json()["user"]
    assert (me["username"], me["role"]) == (name, "admin")
    listed = sarau("users", "list").well()
    assert re.search(rf"{name} +{name} +admin +{name}@example.org +\d{{4}}-\d\d-\d\d", listed)
    assert re.search(r"olga +olga +owner", listed)
    assert "already" in sarau("users", "create", name.upper(), **NEW).refused()


def test_a_bad_account_is_refused_by_name(sarau: CommandLine) -> None:
    assert "password" in sarau("users", "create", "somebody", SARAU_NEW_PASSWORD="password123").refused()


def test_a_password_is_asked_for_twice_and_not_shown(home: House, sarau: CommandLine) -> None:
    name = fresh_name("typed")
    said = sarau.in_terminal("users", "create", name, answers=[PASSWORD, PASSWORD])
    assert said.code == 0, said.out
    assert "New password:" in said.out
    assert "Repeat for confirmation:" in said.out
    assert PASSWORD not in said.out
    assert home.signed_in(name).get("/me").status_code == 200


def test_a_role_and_being_barred_are_true_at_once(home: House, sarau: CommandLine) -> None:
    person = home.newcomer()
    name, client = person.username, person.client
    problem(client.get("/users"), 403, "permission_missing")
    assert sarau("users", "set-role", name, "admin").well() == f"✓ {name} is admin now.\n"
    until(lambda: client.get("/users").status_code == 200, "the role to be seen by the server", 10)
    assert sarau("users", "disable", name).well() == f"✓ {name} is disabled.\n"
    until(lambda: _ended(client), "the session to end", 10)
    given = {"login": name, "password": PASSWORD}
    problem(home.client().post("/auth/sign-in", json=given), 401, "account_disabled")
    assert sarau("users", "disable", name, "--undo").well() == f"✓ {name} is let in again.\n"
    assert home.signed_in(name).get("/me").status_code == 200


def test_the_last_owner_stays(home: House, sarau: CommandLine) -> None:
    for words in (["users", "disable", "olga"], ["users", "set-role", "olga", "admin"]):
        assert "owner" in sarau(*words).refused()
    assert home.owner.client.get("/me").json()["user"]["role"] == "owner"


def test_a_password_is_reset_by_a_link_or_typed_anew(home: House, sarau: CommandLine) -> None:
    person = home.newcomer()
    out = sarau("users", "reset-password", person.username, "--link").well()
    token = out.strip().rpartition("/reset/")[2]
    assert home.client().get(f"/auth/reset/{token}").json() == {"username": person.username}
    assert person.client.get("/me").status_code == 200, "nothing has changed yet"
    typed = "another good passphrase"
    said = sarau.in_terminal("users", "reset-password", person.username, answers=[typed, typed])
    assert said.code == 0, said.out
    until(lambda: _ended(person.client), "the sessions to end", 10)
    assert home.signed_in(person.username, typed).get("/me").status_code == 200
    problem(home.client().get(f"/auth/reset/{token}"), 404, "link_expired")


def test_who_is_not_there_is_said_so(sarau: CommandLine) -> None:
    assert "nobody named 'nobody-at-all'" in sarau("users", "set-role", "nobody-at-all", "guest").refused()
    assert "no such invit" in sarau("invites", "revoke", "nonsense").refused().lower()


def test_an_invitation_is_made_listed_used_and_taken_back(home: House, sarau: CommandLine) -> None:
    out = sarau("invites", "create", "--role", "guest", "--uses", "2", "--days", "3").well()
    told = re.search(r"Code ([0-9a-z-]{14}), good until \d{4}-\d\d-\d\d: (\S+)", out)
    assert told, out
    code, page = told.groups()
    assert page.endswith(f"/invite/{code}")
    assert home.client().get(f"/auth/invites/{code}").json()["role"] == "guest"
    account = {"code": code, "username": fresh_name("guest"), "password": PASSWORD}
    assert home.client().post("/auth/register", json=account).status_code == 201
    (line,) = [line for line in sarau("invites", "list").well().splitlines() if code in line]
    invite_id, state, role, used = line.split()[:4]
    assert (state, role, used) == ("open", "guest", "1/2")
    sarau("invites", "revoke", invite_id).well()
    problem(home.client().get(f"/auth/invites/{code}"), 404, "invite_not_good")


def test_a_bad_invitation_is_refused(sarau: CommandLine) -> None:
    assert "email" in sarau("invites", "create", "--email", "nobody").refused()
