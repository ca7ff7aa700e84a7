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


def _account(home: House, sarau: CommandLine, role: str = "member") -> tuple[str, httpx.Client]:
    name = fresh_name("cli")
    assert sarau("users", "create", name, "--role", role, **NEW).well() == f"✓ {name} is here now, as {role}.\n"
    return name, home.signed_in(name)


def _ended(client: httpx.Client) -> bool:
    return client.get("/me").status_code == 401


def test_an_account_is_made_listed_and_can_sign_in(home: House, sarau: CommandLine) -> None:
    name = fresh_name("Zoë")
    sarau("users", "create", name, "--role", "admin", "--email", f"{name}@example.org", **NEW).well()
    me = home.signed_in(f"{name}@EXAMPLE.org").get("/me").json()["user"]
    assert (me["username"], me["role"]) == (name, "admin")
    listed = sarau("users", "list").well()
    assert re.search(rf"{name} +{name} +admin +{name}@example.org +\d{{4}}-\d\d-\d\d", listed)
    assert re.search(r"olga +olga +owner", listed)
    for taken in (name, name.upper()):
        assert "already" in sarau("users", "create", taken, **NEW).refused()


@pytest.mark.parametrize(
    ("name", "more", "password", "why"),
    [
        ("a b", [], PASSWORD, "username"),
        ("x", [], PASSWORD, "username"),
        ("somebody", [], "short", "password"),
        ("somebody", [], "password123", "password"),
        ("somebody", ["--email", "nobody"], PASSWORD, "email"),
    ],
)
def test_a_bad_account_is_refused_by_name(
    sarau: CommandLine, name: str, more: list[str], password: str, why: str
) -> None:
    assert why in sarau("users", "create", name, *more, SARAU_NEW_PASSWORD=password).refused()


def test_a_password_is_asked_for_twice_and_not_shown(home: House, sarau: CommandLine) -> None:
    name = fresh_name("typed")
    said = sarau.in_terminal("users", "create", name, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert said.code == 0, said.out
    assert said.out.lower().count("password") >= 2
    assert PASSWORD not in said.out
    assert home.signed_in(name).get("/me").status_code == 200
    said = sarau("users", "create", fresh_name("untyped"))
    assert said.code == 1
    assert "Traceback" not in said.all


def test_a_role_changes_at_once(home: House, sarau: CommandLine) -> None:
    name, client = _account(home, sarau)
    problem(client.get("/users"), 403, "permission_missing")
    assert sarau("users", "set-role", name, "admin").well() == f"✓ {name} is admin now.\n"
    until(lambda: client.get("/users").status_code == 200, "the role to be seen by the server", 5)


def test_who_is_disabled_is_out_at_once_and_can_be_let_in_again(home: House, sarau: CommandLine) -> None:
    name, client = _account(home, sarau)
    assert sarau("users", "disable", name).well() == f"✓ {name} is disabled.\n"
    until(lambda: _ended(client), "the session to end", 5)
    given = {"login": name, "password": PASSWORD}
    problem(home.client().post("/auth/sign-in", json=given), 401, "account_disabled")
    assert re.search(rf"{name} .*disabled", sarau("users", "list").well())
    assert sarau("users", "disable", name, "--undo").well() == f"✓ {name} is let in again.\n"
    assert home.signed_in(name).get("/me").status_code == 200


def test_the_last_owner_stays(home: House, sarau: CommandLine) -> None:
    for words in (["users", "disable", "olga"], ["users", "set-role", "olga", "admin"]):
        assert "owner" in sarau(*words).refused()
    assert home.owner.client.get("/me").json()["user"]["role"] == "owner"
    second, _ = _account(home, sarau, "owner")
    sarau("users", "set-role", "olga", "admin").well()
    assert "owner" in sarau("users", "disable", second).refused()
    sarau("users", "set-role", "olga", "owner").well()
    sarau("users", "disable", second).well()


def test_a_password_is_reset_by_a_link_or_typed_anew(home: House, sarau: CommandLine) -> None:
    name, client = _account(home, sarau)
    out = sarau("users", "reset-password", name, "--link").well()
    token = out.strip().rpartition("/reset/")[2]
    assert home.client().get(f"/auth/reset/{token}").json() == {"username": name}
    assert client.get("/me").status_code == 200, "nothing has changed yet"
    typed = "another good passphrase"
    said = sarau.in_terminal("users", "reset-password", name, typed=f"{typed}\n{typed}\n")
    assert said.code == 0, said.out
    until(lambda: _ended(client), "the sessions to end", 5)
    assert home.signed_in(name, typed).get("/me").status_code == 200
    problem(home.client().get(f"/auth/reset/{token}"), 404, "link_expired")


@pytest.mark.parametrize(
    "words",
    [
        ["users", "set-role", "nobody-at-all", "guest"],
        ["users", "disable", "nobody-at-all"],
        ["users", "reset-password", "nobody-at-all", "--link"],
        ["invites", "revoke", "0000000000000001"],
        ["invites", "revoke", "nonsense"],
    ],
)
def test_who_is_not_there_is_said_so(sarau: CommandLine, words: list[str]) -> None:
    assert "no such" in sarau(*words).refused().lower()


def test_an_invitation_is_made_listed_used_and_taken_back(home: House, sarau: CommandLine) -> None:
    out = sarau("invites", "create", "--role", "guest", "--uses", "2", "--days", "3").well()
    code, page = re.search(r"Code ([0-9A-Z-]{14}), good until \d{4}-\d\d-\d\d: (\S+)", out).groups()  # type: ignore[union-attr]
    assert page.endswith(f"/invite/{code}")
    promised = home.client().get(f"/auth/invites/{code}").json()
    assert promised["role"] == "guest"
    name = fresh_name("guest")
    account = {"code": code, "username": name, "password": PASSWORD}
    assert home.client().post("/auth/register", json=account).status_code == 201
    (line,) = [line for line in sarau("invites", "list").well().splitlines() if code in line]
    invite_id, state, role, used = line.split()[:4]
    assert (state, role, used) == ("open", "guest", "1/2")
    sarau("invites", "revoke", invite_id).well()
    problem(home.client().get(f"/auth/invites/{code}"), 404, "invite_not_good")
    (line,) = [line for line in sarau("invites", "list").well().splitlines() if line.startswith(invite_id)]
    assert "revoked" in line
    assert code not in line


def test_a_bad_invitation_is_refused(sarau: CommandLine) -> None:
    assert "email" in sarau("invites", "create", "--email", "nobody").refused()
