"""What every BlobStore does, whatever it is made of."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sarau.adapters.localfs.store import LocalBlobStore
from sarau.foundation.storage import BlobMissing, BlobStore, StoredBlob

STORES: dict[str, Callable[[Path], BlobStore]] = {
    "local": LocalBlobStore,
}
NO_DIGESTS = [
    "",
    "x",
    "../../../../etc/passwd",
    "0" * 63,
    "0" * 65,
    "A" * 64,
    "g" * 64,
    "0" * 63 + "\n",
    "0" * 64 + "\n",
    "٠" * 64,
    "incoming",
    "\0" * 64,
]
LARGE = bytes(range(256)) * 4_000  # several pieces of any adapter


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    return STORES[request.param](tmp_path / "blobs")


async def put(store: BlobStore, *chunks: bytes) -> StoredBlob:
    async with store.draft() as draft:
        for chunk in chunks:
            await draft.write(chunk)
        return await draft.keep()


async def got(store: BlobStore, sha256: str, start: int = 0, stop: int | None = None) -> bytes:
    return b"".join([piece async for piece in store.read(sha256, start, stop)])


@pytest.mark.parametrize("content", [b"", b"x", b"some music", LARGE])
async def test_what_was_kept_is_read(store: BlobStore, content: bytes) -> None:
    stored = await put(store, content)

    assert stored == StoredBlob(hashlib.sha256(content).hexdigest(), len(content), True)
    assert await store.exists(stored.sha256)
    assert await store.size_bytes(stored.sha256) == len(content)
    assert await got(store, stored.sha256) == content


async def test_chunks_of_any_size_make_one_blob(store: BlobStore) -> None:
    chunks = [LARGE[:1], b"", LARGE[1:70_000], LARGE[70_000:900_000], LARGE[900_000:]]

    stored = await put(store, *chunks)

    assert stored.sha256 == hashlib.sha256(LARGE).hexdigest()
    assert await got(store, stored.sha256) == LARGE


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        *[(0, 0), (0, 1), (5, 5), (7, 3), (0, len(LARGE) + 9), (100, 300_000), (262_143, 262_145)],
        *[(1, None), (len(LARGE) - 1, None), (len(LARGE), None), (len(LARGE) + 9, None), (262_144, 524_288)],
    ],
)
async def test_a_part_is_read(store: BlobStore, start: int, stop: int | None) -> None:
    stored = await put(store, LARGE)

    assert await got(store, stored.sha256, start, stop) == LARGE[start:stop]


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_any_chunks_give_any_part(store: BlobStore, data: st.DataObject) -> None:
    chunks = data.draw(st.lists(st.binary(max_size=500), max_size=8))
    content = b"".join(chunks)
    start = data.draw(st.integers(0, len(content)))
    stop = data.draw(st.none() | st.integers(start, len(content) + 5))

    async def scene() -> bytes:
        return await got(store, (await put(store, *chunks)).sha256, start, stop)

    assert asyncio.run(scene()) == content[start:stop]


async def test_the_same_bytes_are_stored_once(store: BlobStore) -> None:
    first = await put(store, b"some", b" music")
    second = await put(store, b"some music")

    assert (first.new, second.new) == (True, False)
    assert first.sha256 == second.sha256
    assert await got(store, second.sha256) == b"some music"


async def test_of_many_who_bring_the_same_one_is_the_first(store: BlobStore) -> None:
    stored = await asyncio.gather(*(put(store, LARGE) for _ in range(12)))

    assert sorted(each.new for each in stored) == [False] * 11 + [True]
    assert await got(store, stored[0].sha256) == LARGE


async def test_what_is_arriving_cannot_be_seen(store: BlobStore) -> None:
    digest = hashlib.sha256(LARGE).hexdigest()

    async with store.draft() as draft:
        await draft.write(LARGE)
        assert draft.size_bytes == len(LARGE)
        assert not await store.exists(digest)
    assert not await store.exists(digest)


async def test_an_interrupted_upload_leaves_nothing(store: BlobStore) -> None:
    async def interrupted() -> None:
        async with store.draft() as draft:
            await draft.write(LARGE)
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await interrupted()

    assert not await store.exists(hashlib.sha256(LARGE).hexdigest())


async def test_a_local_draft_shows_all_its_bytes_before_it_is_kept(store: BlobStore) -> None:
    async with store.draft() as draft:
        await draft.write(LARGE)
        await draft.write(b"and a little more")
        path = draft.path
        if path is not None:
            assert path.read_bytes() == LARGE + b"and a little more"
        stored = await draft.keep()

    assert await got(store, stored.sha256) == LARGE + b"and a little more"


async def test_a_local_store_shows_its_files(store: BlobStore) -> None:
    stored = await put(store, LARGE)

    path = store.local_path(stored.sha256)

    assert path is None or path.read_bytes() == LARGE
    assert store.local_path("0" * 64) is None


async def test_deleted_is_gone_and_can_come_back(store: BlobStore) -> None:
    stored = await put(store, b"some music")

    assert await store.delete(stored.sha256)
    assert not await store.delete(stored.sha256)
    assert not await store.exists(stored.sha256)
    assert (await put(store, b"some music")).new


@pytest.mark.parametrize("name", ["0" * 64, *NO_DIGESTS])
async def test_what_is_not_there_is_missing(store: BlobStore, name: str) -> None:
    await put(store, b"something else")

    assert not await store.exists(name)
    assert not await store.delete(name)
    assert store.local_path(name) is None
    with pytest.raises(BlobMissing):
        await store.size_bytes(name)
    with pytest.raises(BlobMissing):
        await anext(aiter(store.read(name)))


async def test_who_stops_reading_early_disturbs_nobody(store: BlobStore) -> None:
    stored = await put(store, LARGE)

    pieces = store.read(stored.sha256)
    first = await anext(aiter(pieces))
    await pieces.aclose()  # type: ignore[attr-defined]

    assert LARGE.startswith(first)
    assert await got(store, stored.sha256) == LARGE


async def test_many_read_at_once(store: BlobStore) -> None:
    stored = await put(store, LARGE)

    everything = await asyncio.gather(*(got(store, stored.sha256, start) for start in range(20)))

    assert everything == [LARGE[start:] for start in range(20)]


async def test_free_space_is_a_number_or_unknown(store: BlobStore) -> None:
    free_bytes = await store.free_bytes()

    assert free_bytes is None or free_bytes > 0
