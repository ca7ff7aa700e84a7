"""Who is let in, by what proof, and what is said to whom is not."""

from typing import Any

import pytest
from tests.support.houses import House
from tests.support.server import PASSWORD
from tests.support.subsonic import Scene, failed, reply, token_of

SALT = "c19b2d"


@pytest.fixture(scope="module")
def secret(scene: Scene) -> str:
    """An app password of the member."""
    made = scene.member.person.client.post("/me/app-passwords", json={"name": "player"})
    assert made.status_code == 201, made.text
    found: str = made.json()["secret"]
    return found


def _ping(house: House, **proofs: str) -> Any:
    return house.at_root().get("/rest/ping", params={"f": "json", "c": "player", **proofs})


def test_an_app_password_opens_plain_hidden_and_as_a_token(scene: Scene, secret: str) -> None:
    name = scene.member.person.username
    for proofs in (
        {"u": name, "p": secret},
        {"u": name.upper(), "p": secret},
        {"u": name, "p": "enc:" + secret.encode().hex()},
        {"u": name, "t": token_of(secret, SALT), "s": SALT},
        {"u": name, "t": token_of(secret, SALT).upper(), "s": SALT},
    ):
        assert reply(_ping(scene.house, **proofs))["status"] == "ok", proofs
    user = scene.house.at_root().get("/rest/getUser", params={"f": "json", "u": name, "p": secret})
    assert reply(user)["user"]["username"] == name


def test_its_use_is_noted_with_the_apps_name(scene: Scene) -> None:
    person = scene.house.newcomer()
    secret = person.client.post("/me/app-passwords", json={"name": "phone"}).json()["secret"]
    assert reply(_ping(scene.house, u=person.username, p=secret))["status"] == "ok"
    (kept,) = person.client.get("/me/app-passwords").json()["items"]
    assert kept["last_used_at"] is not None
    assert kept["last_client"] == "player"


def test_the_real_password_opens_nothing(scene: Scene, secret: str) -> None:
    name = scene.member.person.username
    assert failed(_ping(scene.house, u=name, p=PASSWORD)) == 40
    assert failed(_ping(scene.house, u=name, t=token_of(PASSWORD, SALT), s=SALT)) == 40


def test_wrong_proofs(scene: Scene, secret: str) -> None:
    name = scene.member.person.username
    other = scene.outsider.person.username
    assert failed(_ping(scene.house, u=name, p="wrong")) == 40
    assert failed(_ping(scene.house, u=other, p=secret)) == 40, "of somebody else"
    assert failed(_ping(scene.house, u="nobody", p=secret)) == 40
    assert failed(_ping(scene.house, u=name, t=token_of(secret, SALT), s="another")) == 40
    assert failed(_ping(scene.house, apiKey="sarau_wrong")) == 44
    assert failed(_ping(scene.house, apiKey=secret)) == 44


def test_proofs_that_are_missing_too_many_or_unknown(scene: Scene, secret: str) -> None:
    name, key = scene.member.person.username, scene.member.key
    assert failed(_ping(scene.house)) == 10
    assert failed(_ping(scene.house, u=name)) == 10
    assert failed(_ping(scene.house, p=secret)) == 10
    assert failed(_ping(scene.house, u=name, t=token_of(secret, SALT))) == 10
    assert failed(_ping(scene.house, u=name, apiKey=key)) == 43
    assert failed(_ping(scene.house, apiKey=key, p=secret)) == 43
    assert failed(_ping(scene.house, u=name, p=secret, t=token_of(secret, SALT), s=SALT)) == 43
    assert failed(_ping(scene.house, jwt="x.y.z")) == 42


def test_the_cookie_of_a_browser_opens_nothing(scene: Scene) -> None:
    client = scene.house.client()
    login = {"login": scene.member.person.username, "password": PASSWORD}
    assert client.post("/auth/sign-in?session=cookie", json=login).status_code == 200
    answer = client.get(f"{scene.house.url}/rest/ping", params={"f": "json"})
    assert failed(answer) == 10


def test_what_is_revoked_opens_nothing_from_then_on(scene: Scene) -> None:
    person = scene.house.newcomer()
    secret = person.client.post("/me/app-passwords", json={"name": "lost"}).json()
    key = person.client.post("/me/api-keys", json={"name": "lost"}).json()
    proofs = ({"u": person.username, "p": secret["secret"]}, {"apiKey": key["secret"]})
    for one in proofs:
        assert reply(_ping(scene.house, **one))["status"] == "ok"
    person.client.delete(f"/me/app-passwords/{secret['app_password']['id']}")
    person.client.delete(f"/me/api-keys/{key['key']['id']}")
    assert [failed(_ping(scene.house, **one)) for one in proofs] == [40, 44]


def test_who_is_barred_is_out_at_once(scene: Scene) -> None:
    person = scene.house.newcomer()
    secret = person.client.post("/me/app-passwords", json={"name": "old"}).json()["secret"]
    assert reply(_ping(scene.house, u=person.username, p=secret))["status"] == "ok"
    scene.admin.ask("deleteUser", username=person.username)
    assert failed(_ping(scene.house, u=person.username, p=secret)) == 40


def test_too_many_wrong_proofs_are_told_so(proxied_house: House) -> None:
    client = proxied_house.at_root(headers={"x-forwarded-for": "203.0.113.77"})
    codes = [
        client.get("/rest/ping", params={"f": "json", "u": "olga", "p": "wrong"}).json()["subsonic-response"]["error"]
        for _ in range(14)
    ]
    assert [one["code"] for one in codes] == [40] * 12 + [0, 0]
    assert "wait" in codes[-1]["message"]


def test_secrets_stand_in_no_log(scene: Scene, secret: str) -> None:
    reply(_ping(scene.house, u=scene.member.person.username, p=secret))
    said = scene.house.server.said()
    assert "/rest/ping" in said
    assert secret not in said
    assert scene.member.key not in said
