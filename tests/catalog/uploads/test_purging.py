"""Emptying the bin while somebody uploads the same bytes again: which of the two is first must not matter."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.music import tune

from sarau.accounts.roles.policies import Role, permissions_of
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.schemas import NewUser
from sarau.catalog.ingest.commands import file_upload
from sarau.catalog.ingest.schemas import Room
from sarau.catalog.library.commands.tracks import bin_track, purge_bin
from sarau.catalog.library.queries.files import bytes_needed
from sarau.catalog.library.queries.libraries import view_of
from sarau.foundation.security.actor import Actor
from sarau.foundation.settings.load import Settings
from sarau.interfaces.common.house import House as Home
from sarau.kit.times import now
from sarau.wiring import house as building


class Scene:
    """A house in this process, one person, and one file they upload again and again."""

    def __init__(self, home: Home, person: Actor, path: Path) -> None:
        self.home = home
        self._person = person
        self._path = path

    async def upload(self) -> str:
        """Upload the file and return its track."""

        async def pieces() -> AsyncIterator[bytes]:
            yield self._path.read_bytes()

        async def room() -> Room:
            return Room(10**9, None, 0)

        async with self.home.uploads.arriving("a.mp3", pieces(), self._person, room) as arrived:
            await asyncio.sleep(0)  # whoever else wants these bytes has the time to try
            async with self.home.database.working() as work:
                return (await file_upload(work, self._person, arrived)).track.id

    async def forget(self, track_id: str) -> str:
        """Purge a track from the tables alone, and return the digest of its bytes."""
        async with self.home.database.working() as work:
            await bin_track(work, self._person, await view_of(work, self._person), track_id)
        async with self.home.database.working() as work:
            (sha256,) = await purge_bin(work, now() + timedelta(days=1))
        return sha256

    async def discard(self, sha256: str) -> None:
        """Delete the bytes, as the purge does once their rows are gone."""

        async def needed() -> bool:
            async with self.home.database.reading() as reader:
                return await bytes_needed(reader, sha256)

        await self.home.uploads.discard(sha256, needed)


@pytest.fixture
async def scene(dialect: str, database_url: str, tmp_path: Path) -> AsyncIterator[Scene]:
    own = {} if dialect == "sqlite" else {"database": {"url": database_url}}
    settings = Settings.model_validate({"data": {"path": tmp_path / "data"}, **own})
    async with building.open_house(settings) as home:
        async with home.database.working() as work:
            user = await create_user(work, None, NewUser("ana", "a long enough password"), "no hash", Role.OWNER)
        person = Actor(user.id, user.username, user.role, permissions_of(user.role))
        yield Scene(home, person, tune(tmp_path / "a.mp3"))


async def test_bytes_that_came_again_meanwhile_stay(scene: Scene) -> None:
    sha256 = await scene.forget(await scene.upload())
    await scene.upload()  # after the rows went, and before the bytes do
    await scene.discard(sha256)
    assert await scene.home.blobs.exists(sha256)


async def test_so_do_those_that_come_at_the_same_moment(scene: Scene) -> None:
    sha256 = await scene.forget(await scene.upload())
    track, _ = await asyncio.gather(scene.upload(), scene.discard(sha256))
    assert await scene.home.blobs.exists(sha256)
    await scene.discard(await scene.forget(track))
    assert not await scene.home.blobs.exists(sha256)
