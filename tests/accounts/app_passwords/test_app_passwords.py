"""App passwords: shown once, sealed in the database, good for their owner until they are revoked."""

import base64
import hashlib
import re
from datetime import timedelta

import pytest
from tests.support.houses import House, items, problem
from tests.support.shelf import newcomer

from sarau.accounts.app_passwords import commands, queries
from sarau.accounts.app_passwords.proofs import AppPasswords
from sarau.accounts.app_passwords.schemas import NewAppPassword
from sarau.accounts.users.commands import change_user
from sarau.accounts.users.schemas import UserChange
from sarau.adapters.cryptography.vault import AesVault
from sarau.foundation.database.database import Database
from sarau.foundation.security.actor import Actor
from sarau.kit.times import now

VAULT = AesVault(b"k" * 32)
PROOFS = AppPasswords(VAULT)


async def made(database: Database, actor: Actor, name: str = "phone") -> str:
    """Return the secret of a new app password."""
    async with database.working() as work:
        return (await commands.create_app_password(work, actor, VAULT, NewAppPassword(name))).secret


def token(secret: str, salt: str) -> str:
    """Return what the Subsonic protocol sends instead of a password."""
    return hashlib.md5((secret + salt).encode()).hexdigest()


async def test_it_proves_who_somebody_is(database: Database) -> None:
    ana, bia = await newcomer(database, "Ana"), await newcomer(database, "bia")
    secrets = [await made(database, ana, name) for name in ("phone", "tablet")]
    other = await made(database, bia)
    async with database.reading() as reader:
        for secret in secrets:
            for login in ("Ana", "ana", "ÁNA"):
                holder = await PROOFS.verify_password(reader, login, secret)
                assert holder is not None
                assert holder.actor(None, None) == ana
            for salt in ("c19b2d", "", "ção"):
                holder = await PROOFS.verify_token(reader, "ana", token(secret, salt).upper(), salt)
                assert holder is not None
                assert holder.user_id == ana.id
        for wrong in (other, "", "x" * 12, secrets[0][:-1], secrets[0] + " ", secrets[0].upper() + "\0"):
            assert await PROOFS.verify_password(reader, "ana", wrong) is None
            assert await PROOFS.verify_token(reader, "ana", token(wrong, "salt"), "salt") is None
        assert await PROOFS.verify_token(reader, "ana", token(secrets[0], "salt"), "pepper") is None
        assert await PROOFS.verify_token(reader, "ana", "é", "salt") is None
        for nobody in ("", "carla", "ana@example.org"):
            assert await PROOFS.verify_password(reader, nobody, secrets[0]) is None


async def test_its_use_is_noted(database: Database) -> None:
    ana = await newcomer(database, "ana")
    secret = await made(database, ana)
    async with database.reading() as reader:
        holder = await PROOFS.verify_password(reader, "ana", secret)
    assert holder is not None
    assert holder.last_used_at is None
    async with database.working() as work:
        await commands.note_app_password_use(work, holder.key_id, "Symphony \x07" + "x" * 200)
        (kept,) = await queries.app_passwords_of(work, ana)
        assert kept.last_used_at is not None
        assert now() - kept.last_used_at < timedelta(minutes=1)
        assert kept.last_client is not None
        assert re.fullmatch(r"Symphony x+", kept.last_client)


async def test_who_is_barred_proves_nothing(database: Database) -> None:
    owner = Actor.SYSTEM
    ana = await newcomer(database, "ana")
    secret = await made(database, ana)
    async with database.working() as work:
        await change_user(work, owner, ana.id, UserChange(disabled=True))
    async with database.reading() as reader:
        assert await PROOFS.verify_password(reader, "ana", secret) is None


async def test_with_the_key_of_another_house_it_is_worth_nothing(database: Database) -> None:
    ana = await newcomer(database, "ana")
    secret = await made(database, ana)
    async with database.reading() as reader:
        assert await AppPasswords(AesVault(b"K" * 32)).verify_password(reader, "ana", secret) is None


def test_it_is_shown_once_and_can_be_revoked(house: House) -> None:
    person, other = house.newcomer("guest"), house.newcomer("guest")
    answer = person.client.post("/me/app-passwords", json={"name": " my\u0007 phone "})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    once = answer.json()
    assert re.fullmatch(r"[0-9a-hjkmnp-tv-z]{20}", once["secret"])
    (kept,) = items(person.client.get("/me/app-passwords"))
    assert kept == once["app_password"]
    assert (kept["name"], kept["last_used_at"], kept["last_client"]) == ("my phone", None, None)
    assert items(other.client.get("/me/app-passwords")) == []
    problem(other.client.delete(f"/me/app-passwords/{kept['id']}"), 404, "app_password_not_found")
    assert person.client.delete(f"/me/app-passwords/{kept['id']}").status_code == 204
    assert items(person.client.get("/me/app-passwords")) == []
    problem(person.client.delete(f"/me/app-passwords/{kept['id']}"), 404, "app_password_not_found")


def test_nothing_of_it_is_in_the_database_or_the_log(house: House) -> None:
    secret = house.some("member").client.post("/me/app-passwords", json={"name": "tv"}).json()["secret"]
    rows = house.sql("SELECT sealed FROM app_passwords")
    assert rows
    for (sealed,) in rows:
        assert secret.encode() not in bytes(sealed)
        assert base64.b64encode(secret.encode()) not in bytes(sealed)
    assert secret not in house.server.said()


def test_the_administrators_see_that_one_was_made(house: House) -> None:
    person = house.newcomer()
    made_id = person.client.post("/me/app-passwords", json={"name": "tv"}).json()["app_password"]["id"]
    person.client.delete(f"/me/app-passwords/{made_id}")
    kinds = [one["kind"] for one in items(house.owner.client.get("/activity", params={"limit": 20}))]
    assert {"app_password.created", "app_password.revoked"} <= set(kinds)


def test_there_cannot_be_many(house: House) -> None:
    person = house.newcomer("guest")
    for _ in range(commands.MAX_APP_PASSWORDS):
        assert person.client.post("/me/app-passwords", json={"name": "x"}).status_code == 201
    problem(person.client.post("/me/app-passwords", json={"name": "x"}), 409, "too_many_app_passwords")


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x" * 81}, {"name": "x", "secret": "mine"}])
def test_what_is_no_name_is_refused(house: House, body: dict[str, str]) -> None:
    problem(house.some("guest").client.post("/me/app-passwords", json=body), 422, "invalid")
