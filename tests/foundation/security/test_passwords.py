"""Passwords are kept as argon2id, and a stranger learns nothing from how they are refused."""

import asyncio
import resource
import subprocess
import sys
import threading

import pytest

from sarau.foundation.security.passwords import hash_password, needs_rehash, verify_password


@pytest.fixture(scope="module")
def hashed() -> str:
    return asyncio.run(hash_password("correct horse"))


def test_a_hash_is_argon2id_in_phc_format_with_the_parameters_of_rfc_9106(hashed: str) -> None:
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert "correct" not in hashed


async def test_the_right_password_is_right_and_others_are_not(hashed: str) -> None:
    assert await verify_password("correct horse", hashed)
    for wrong in ("", "correct hors", "Correct horse", "correct horse\0", "correct horse "):
        assert not await verify_password(wrong, hashed)


async def test_the_same_password_never_hashes_the_same(hashed: str) -> None:
    assert await hash_password("correct horse") != hashed


@pytest.mark.parametrize("password", ["", "é" * 1000, "\0", "🎵"])
async def test_any_text_can_be_a_password(password: str) -> None:
    assert await verify_password(password, await hash_password(password))


async def test_an_account_that_does_not_exist_costs_a_hash_like_any_other() -> None:
    def used_s() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_utime

    real = await hash_password("x")
    await verify_password("x", None)
    costs = []
    for stored in (real, None):
        before = used_s()
        assert not await verify_password("correct horse", stored)
        costs.append(used_s() - before)

    assert costs[1] > costs[0] / 4


@pytest.mark.parametrize("stored", [None, ""])
async def test_nobody_has_a_password(stored: str | None) -> None:
    for guess in ("", "no account has this password", "x"):
        assert not await verify_password(guess, stored)


@pytest.mark.parametrize("stored", ["x", "$argon2id$", "$2b$12$" + "a" * 53, "correct horse", "\0"])
async def test_a_damaged_hash_is_never_right(stored: str) -> None:
    assert not await verify_password("correct horse", stored)


def test_a_weaker_hash_is_to_be_made_anew(hashed: str) -> None:
    weaker = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$UElFVaS6bAPmuhGkA5zSZw"

    assert needs_rehash(weaker)
    assert not needs_rehash(hashed)


async def test_no_more_than_two_are_hashed_at_once_also_when_people_hang_up() -> None:
    tasks = [asyncio.create_task(hash_password("x")) for _ in range(30)]
    await asyncio.sleep(0)
    for task in tasks[:28]:
        task.cancel()
    later = asyncio.create_task(hash_password("y"))
    await asyncio.gather(*tasks, later, return_exceptions=True)

    assert sum(thread.name.startswith("passwords") for thread in threading.enumerate()) <= 2
    assert await verify_password("y", later.result())


def test_hashing_works_in_one_loop_after_another() -> None:
    program = (
        "import asyncio\n"
        "from sarau.foundation.security.passwords import verify_password\n"
        "async def many(): return await asyncio.gather(*(verify_password('x', None) for _ in range(4)))\n"
        "print(asyncio.run(many()), asyncio.run(many()))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == f"{[False] * 4} {[False] * 4}"
