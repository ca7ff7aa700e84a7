"""The places for transcodes from within, with the real encoder and cache: what no client can time over HTTP."""

import asyncio
import resource
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.adapters.ffmpeg.listening import heard, sweep, write_samples
from tests.catalog.uploads.sending import noise

from sarau.adapters.ffmpeg.transcoder import AvTranscoder
from sarau.adapters.localfs.file_cache import LocalFileCache
from sarau.foundation.media.transcoding import Encoding, Target, TranscodeFailed
from sarau.foundation.storage import StorageFull
from sarau.streaming.errors import TooManyTranscodes
from sarau.streaming.transcodes import Listening, Transcodes

WHOLE, LATER = Encoding(Target.FLAC, None), Encoding(Target.FLAC, None, 1000)
SECONDS = 10.0


@pytest.fixture(scope="module")
def song(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_samples(tmp_path_factory.mktemp("song") / "a.flac", sweep(SECONDS), "flac", "flac")


@pytest.fixture
async def one_place(tmp_path: Path) -> AsyncIterator[Transcodes]:
    made = Transcodes(AvTranscoder(), LocalFileCache(tmp_path / "cache", 10**8), at_once=1, wait_s=30)
    yield made
    await made.close()


async def _all(listening: Listening) -> bytes:
    try:
        return b"".join([piece async for piece in listening.pieces(65_536)])
    finally:
        listening.close()


async def test_a_transcode_that_is_breaking_off_is_not_joined(one_place: Transcodes, song: Path) -> None:
    first = await one_place.join("key", song, LATER)
    first.close()  # nobody else: it is going to stop
    second = await one_place.join("key", song, LATER)
    assert heard(await _all(second), "flac").seconds == pytest.approx(SECONDS - 1, abs=0.05)


async def test_nor_is_one_that_made_way(one_place: Transcodes, song: Path) -> None:
    first = await one_place.join("a", song, WHOLE)
    first.close()
    other = asyncio.create_task(one_place.join("b", song, WHOLE))  # takes the place of what nobody hears
    await asyncio.sleep(0)
    third = asyncio.create_task(one_place.join("a", song, WHOLE))
    for listening in (await other, await third):
        assert heard(await _all(listening), "flac").seconds == pytest.approx(SECONDS, abs=0.05)


async def test_one_that_somebody_came_back_to_does_not_make_way(one_place: Transcodes, song: Path) -> None:
    first = await one_place.join("a", song, WHOLE)
    first.close()
    again = await one_place.join("a", song, WHOLE)
    other = asyncio.create_task(one_place.join("b", song, WHOLE))
    assert heard(await _all(again), "flac").seconds == pytest.approx(SECONDS, abs=0.05)
    assert heard(await _all(await other), "flac").seconds == pytest.approx(SECONDS, abs=0.05)
    assert one_place.finished("a") is not None


async def test_one_that_just_begins_does_not_make_way(one_place: Transcodes, song: Path) -> None:
    both = await asyncio.gather(one_place.join("a", song, LATER), _after_a_step(one_place, "b", song))
    for listening in both:
        assert heard(await _all(listening), "flac").seconds == pytest.approx(SECONDS - 1, abs=0.05)


async def _after_a_step(transcodes: Transcodes, key: str, song: Path) -> Listening:
    await asyncio.sleep(0)
    return await transcodes.join(key, song, LATER)


async def test_two_who_begin_the_same_at_once_hear_the_same(one_place: Transcodes, song: Path) -> None:
    both = await asyncio.gather(*(one_place.join("a", song, WHOLE) for _ in range(2)))
    one, other = await asyncio.gather(*map(_all, both))
    assert one == other
    assert heard(one, "flac").seconds == pytest.approx(SECONDS, abs=0.05)


async def test_a_failure_frees_its_place(one_place: Transcodes, tmp_path: Path) -> None:
    (tmp_path / "x.flac").write_bytes(b"nothing")
    for _ in range(3):
        with pytest.raises(TranscodeFailed):
            await one_place.join("x", tmp_path / "x.flac", WHOLE)
    with pytest.raises(TranscodeFailed):
        await one_place.join("gone", tmp_path / "gone.flac", WHOLE)


async def test_a_place_that_stays_taken_is_told(tmp_path: Path, song: Path) -> None:
    transcodes = Transcodes(AvTranscoder(), LocalFileCache(tmp_path / "cache", 10**8), at_once=1, wait_s=0)
    first = await transcodes.join("a", song, LATER)
    with pytest.raises(TooManyTranscodes) as refusal:
        await transcodes.join("b", song, LATER)
    assert refusal.value.data["retry_after_s"] > 0
    first.close()
    await transcodes.close()


async def test_a_cache_that_cannot_be_written_is_told_before_the_first_byte(tmp_path: Path, song: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")
    transcodes = Transcodes(AvTranscoder(), LocalFileCache(tmp_path / "cache", 10**8), at_once=1, wait_s=0)
    for _ in range(2):
        with pytest.raises(StorageFull):
            await transcodes.join("a", song, WHOLE)


async def test_a_disk_that_gets_full_ends_the_stream_with_an_error(one_place: Transcodes, tmp_path: Path) -> None:
    """A stream that ended as if it were whole would be kept as the song by players."""
    (tmp_path / "a.wav").write_bytes(noise(2_000_000))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_001, before[1]))  # as good as a full disk to who writes
    try:
        listening = await one_place.join("a", tmp_path / "a.wav", WHOLE)
        with pytest.raises(StorageFull):
            await _all(listening)
        assert one_place.finished("a") is None
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    whole = await _all(await one_place.join("a", tmp_path / "a.wav", WHOLE))
    assert heard(whole, "flac").seconds == pytest.approx(250, abs=0.1)


async def test_who_comes_while_it_is_put_away_hears_it_too(tmp_path: Path, song: Path) -> None:
    transcodes = Transcodes(AvTranscoder(), LocalFileCache(tmp_path / "cache", 10**8), at_once=2, wait_s=30)
    first = await _all(await transcodes.join("a", song, WHOLE))
    while transcodes.finished("a") is None:  # its file moves at any of these moments
        assert await _all(await transcodes.join("a", song, WHOLE)) == first
        await asyncio.sleep(0)
    assert await _all(await transcodes.join("a", song, WHOLE)) == first
    await transcodes.close()
