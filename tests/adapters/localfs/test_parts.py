"""Files in the making: what was added stays, one at a time adds, and nothing else is touched."""

import asyncio
import os
from pathlib import Path

import pytest

from sarau.adapters.localfs.parts import LocalPartStore
from sarau.foundation.storage.parts import PartsBusy


async def test_parts_stay_and_come_back_in_order(tmp_path: Path) -> None:
    for piece in (b"one", b"", b"two" * 1_000_000):
        async with LocalPartStore(tmp_path).opened("a1") as file:
            before = file.size_bytes
            await file.append(piece)
            assert file.size_bytes == before + len(piece)
    store = LocalPartStore(tmp_path)
    assert await store.size_bytes("a1") == 3_000_003
    async with store.opened("a1") as file:
        assert b"".join([piece async for piece in file.read()]) == b"one" + b"two" * 1_000_000
    await store.delete("a1")
    await store.delete("a1")
    assert await store.size_bytes("a1") == 0


async def test_one_at_a_time_holds_a_file(tmp_path: Path) -> None:
    store, other = LocalPartStore(tmp_path), LocalPartStore(tmp_path)
    async with store.opened("a"):
        with pytest.raises(PartsBusy):
            async with other.opened("a"):
                pass
        async with other.opened("b"):
            pass
    async with other.opened("a"):
        pass


async def test_who_is_cancelled_leaves_whole_parts(tmp_path: Path) -> None:
    store = LocalPartStore(tmp_path)
    begun = asyncio.Event()

    async def add() -> None:
        async with store.opened("a") as file:
            while True:
                await file.append(b"x" * 1000)
                begun.set()

    adding = asyncio.create_task(add())
    await begun.wait()
    adding.cancel()
    await asyncio.gather(adding, return_exceptions=True)
    assert await store.size_bytes("a") % 1000 == 0
    async with store.opened("a"):
        pass


async def test_leftovers_are_swept_and_what_is_wanted_stays(tmp_path: Path) -> None:
    store = LocalPartStore(tmp_path)
    for name in ("old", "wanted", "held", "young"):
        async with store.opened(name) as file:
            await file.append(b"x")
        if name != "young":
            os.utime(tmp_path / name, (1, 1))
    async with store.opened("held"):
        os.utime(tmp_path / "held", (1, 1))
        assert await store.sweep({"wanted"}) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["held", "wanted", "young"]


@pytest.mark.parametrize("name", ["", "../a", "a/b", ".", "A", "x" * 65, "a\0"])
async def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        await LocalPartStore(tmp_path).size_bytes(name)
