"""No secret is ever written down: not in the log, not in the activity log, not in the database as it is."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.support.houses import House, fresh_name, items
from tests.support.music import tune
from tests.support.server import until

_PASSWORDS = ("first-Secret-passphrase", "second-Secret-passphrase", "third-Secret-passphrase", "wrong-Secret-guess")


def _use_all(house: House, folder: Path) -> dict[str, str]:
    """Make every kind of secret, and use each in every way that there is; return them by what they are."""
    first, second, third, wrong = (f"{password}-{house.dialect}" for password in _PASSWORDS)
    owner, client, name = house.owner.client, house.client(), fresh_name("sec")
    code = owner.post("/invites", json={"role": "member"}).json()["code"]
    for page in (f"/invite/{code}", f"/api/v1/auth/invites/{code}", f"/invite/{code}/", f"/invite?code={code}"):
        house.at_root().get(page)
    came = client.post("/auth/register", json={"code": code, "username": name, "password": first})
    assert came.status_code == 201, came.text
    person = house.bearing(came.json()["access_token"])
    key = person.post("/me/api-keys", json={"name": "app"}).json()["secret"]
    assert house.bearing(key).get("/me").status_code == 200
    for guess in (wrong, first[:-1]):
        client.post("/auth/sign-in", json={"login": name, "password": guess})
    fresh = client.post("/auth/refresh", json={"refresh_token": came.json()["refresh_token"]})
    person = house.bearing(fresh.json()["access_token"])
    assert person.post("/me/password", json={"current": wrong, "new": second}).status_code == 403
    assert person.post("/me/password", json={"current": first, "new": second}).status_code == 204
    link = owner.post(f"/users/{came.json()['me']['user']['id']}/reset-link").json()["url"]
    token = link.rpartition("/")[2]
    for page in (f"/reset/{token}", f"/api/v1/auth/reset/{token}", f"/reset/{token}?x=1"):
        house.at_root().get(page)
    browser = house.client()
    reset = browser.post("/auth/reset", params={"session": "cookie"}, json={"token": token, "password": third})
    assert reset.status_code == 200, reset.text
    browser.get("/albums", headers={"cookie": f"sarau_access={browser.cookies['sarau_access']}"})
    browser.patch("/me", json={"display_name": 5}, headers={"x-csrf-token": browser.cookies["sarau_csrf"]})
    signed = _listen(house, key, came.json()["me"]["user"]["id"], folder)
    return {
        "password": first,
        "changed password": second,
        "reset password": third,
        "guessed password": wrong,
        "invitation code": code,
        "bare invitation code": code.replace("-", ""),
        "access token": came.json()["access_token"],
        "refresh token": came.json()["refresh_token"],
        "second refresh token": fresh.json()["refresh_token"],
        "API key": key,
        "reset token": token,
        "access cookie": browser.cookies["sarau_access"],
        "refresh cookie": browser.cookies["sarau_refresh"],
        "CSRF proof": browser.cookies["sarau_csrf"],
        "signature": signed,
    }


def _listen(house: House, key: str, user_id: str, folder: Path) -> str:
    tune(folder / "sound.flac")
    library = house.library(folder, member_ids=[user_id])
    (track,) = items(house.bearing(key).get("/tracks", params={"library_id": library}))
    url = house.bearing(key).post(f"/tracks/{track['id']}/stream-url").json()["url"]
    assert house.at_root().get(url).status_code == 200
    assert house.at_root().get(url.replace("/api/", "/apis/")).status_code == 200  # the page, for no such address
    return parse_qs(urlsplit(url).query)["sig"][0]


@pytest.fixture(scope="module")
def secrets(house: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    made = _use_all(house, tmp_path_factory.mktemp("secrets"))
    last = house.at_root().get("/health").headers["x-request-id"]
    until(lambda: last in house.server.said(), "the log to be written")
    return made


def test_the_log_has_none(house: House, secrets: dict[str, str]) -> None:
    said = house.server.said()
    assert {what for what, secret in secrets.items() if secret in said} == set()
    assert "/api/v1/auth/invites/" in said
    assert "/api/v1/auth/reset/" in said
    assert said.count("Traceback") == 0


def test_the_activity_log_has_none(house: House, secrets: dict[str, str]) -> None:
    told = house.owner.client.get("/activity", params={"limit": 500}).text
    assert {what for what, secret in secrets.items() if secret in told} == set()


def test_the_database_has_none_that_opens_anything(house: House, secrets: dict[str, str]) -> None:
    tables = ("users", "sessions", "api_keys", "invites", "one_time_links", "refresh_tokens", "jobs", "activity")
    kept = "".join(str(house.sql(f"SELECT * FROM {table}")) for table in tables)
    assert {what for what, secret in secrets.items() if secret in kept} == set()


def test_lists_show_none_again(house: House, secrets: dict[str, str]) -> None:
    seen = "".join(
        house.owner.client.get(path).text for path in ("/users", "/me/api-keys", "/me/sessions", "/me", "/house")
    )
    assert {what for what, secret in secrets.items() if secret in seen} == set()
    hashes = [row[0] for row in house.sql("SELECT password_hash FROM users")]
    assert all(one.startswith("$argon2id$") for one in hashes)
    assert not [one for one in hashes if one in seen]
