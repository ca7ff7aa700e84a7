"""sarau.v1.AudioService: sound in small pieces, with what is sung, from a real server."""

import asyncio
import hashlib
import io
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import av
import grpc
import pytest
from tests.adapters.ffmpeg.listening import heard
from tests.streaming.scenery import Stage, all_ended, long_silence, measured, stage
from tests.support.grpc import async_channel, bearing, channel, refused
from tests.support.houses import House
from tests.support.noises import FORMS, begins_at, write_noise
from tests.support.server import until

from sarau.interfaces.grpc.stubs.sarau.v1 import audio_pb2, audio_pb2_grpc

Code = grpc.StatusCode
Request = audio_pb2.StreamRequest
SECONDS = 12
LRC = "\n".join(f"[00:{second:02}.00]Line {second}" for second in range(0, SECONDS, 2))


@pytest.fixture(scope="module")
def songs(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Noise in every format, one with lyrics beside it, and hours of silence."""
    folder = tmp_path_factory.mktemp("songs")
    for name, form in FORMS.items():
        write_noise(folder / f"{name}{form.suffix}", form, SECONDS, tagged=name != "rf64")
    (folder / "mp3.lrc").write_text(LRC)
    long_silence(folder / "hours.wav", 20 * 3600)
    return stage(house, folder)


def file_of(songs: Stage, title: str) -> Path:
    """Return the file of a track."""
    return songs.folder / f"{title}{FORMS[title].suffix}"


class Received(NamedTuple):
    """A whole stream."""

    header: Any
    frames: list[Any]

    @property
    def chunks(self) -> list[Any]:
        return [frame.chunk for frame in self.frames if frame.WhichOneof("kind") == "chunk"]

    @property
    def cues(self) -> list[Any]:
        return [frame.cue for frame in self.frames if frame.WhichOneof("kind") == "cue"]

    @property
    def sound(self) -> bytes:
        return bytes(self.header.preamble) + b"".join(chunk.data for chunk in self.chunks)


def received(songs: Stage, title: str = "", **asked: Any) -> Received:
    """Return what a stream gives, of a track by its title or by what is asked."""
    if title:
        asked["track_id"] = songs.tracks[title]["id"]
    with channel(songs.house) as line:
        call = audio_pb2_grpc.AudioServiceStub(line).Stream(Request(**asked), metadata=bearing(songs.person))
        header, *frames = list(call)
    assert header.WhichOneof("kind") == "header"
    return Received(header.header, frames)


def hash_of(songs: Stage, title: str) -> str:
    """Return the hash of a track, once its file has been read whole."""

    def known() -> str:
        return str(received(songs, title, byte_offset=file_of(songs, title).stat().st_size).header.track.hash)

    return str(until(known, f"the hash of {title}"))


@pytest.mark.parametrize("title", FORMS)
def test_an_original_comes_as_it_is_with_times_that_cover_it(songs: Stage, title: str) -> None:
    got = received(songs, title, chunk_bytes=16 << 10)
    file = file_of(songs, title).read_bytes()
    assert got.sound == file
    assert (got.header.size_bytes, got.header.start_ms, got.header.preamble) == (len(file), 0, b"")
    assert got.header.duration_ms == songs.tracks[title]["duration_ms"]
    assert got.header.track.title == title
    assert got.header.track.media_type == got.header.media_type
    assert [chunk.byte_offset for chunk in got.chunks] == list(range(0, len(file), 16 << 10))
    assert all(one.end_ms == other.start_ms for one, other in zip(got.chunks, got.chunks[1:], strict=False))
    assert got.chunks[0].start_ms == 0
    assert abs(got.chunks[-1].end_ms - got.header.duration_ms) < 150


@pytest.mark.parametrize("title", FORMS)
def test_from_the_middle_it_is_a_file_that_begins_where_the_header_says(songs: Stage, title: str) -> None:
    got = received(songs, title, start_ms=7000)
    assert 5300 <= got.header.start_ms <= 7000
    assert got.header.start_ms == got.chunks[0].start_ms
    assert got.header.size_bytes == sum(len(chunk.data) for chunk in got.chunks)
    rest = heard(got.sound)
    whole = heard(file_of(songs, title))
    piece = rest.samples[0][rest.rate_hz // 2 :][:2048]
    near = got.header.start_ms * rest.rate_hz // 1000 + rest.rate_hz // 2
    found, likeness = begins_at(piece, whole.samples[0], near, rest.rate_hz // 20)
    assert likeness > 0.99
    assert abs(found - near) / rest.rate_hz < 0.03


@pytest.mark.parametrize(("title", "start_ms"), [("mp3", 0), ("flac", 6000), ("aac", 6000), ("opus", 6000)])
def test_after_a_break_it_goes_on_behind_the_last_byte(songs: Stage, title: str, start_ms: int) -> None:
    whole = received(songs, title, start_ms=start_ms)
    broken = whole.sound[len(whole.header.preamble) :]
    for offset in (1, 70_000, len(broken) - 1, len(broken)):
        rest = received(songs, title, start_ms=start_ms, byte_offset=offset)
        assert rest.header.etag == whole.header.etag
        assert b"".join(chunk.data for chunk in rest.chunks) == broken[offset:]
        assert rest.header.size_bytes == len(broken) - offset
        assert [chunk.byte_offset for chunk in rest.chunks[:1]] == [offset][: len(rest.chunks)]
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        received(songs, title, start_ms=start_ms, byte_offset=len(broken) + 1)


@pytest.mark.parametrize(
    ("kind", "media_type", "container"),
    [
        (audio_pb2.AUDIO_FORMAT_OPUS, "audio/ogg; codecs=opus", "opus"),
        (audio_pb2.AUDIO_FORMAT_MP3, "audio/mpeg", "mp3"),
        (audio_pb2.AUDIO_FORMAT_AAC, "audio/aac", "aac"),
        (audio_pb2.AUDIO_FORMAT_FLAC, "audio/flac", "flac"),
    ],
)
@pytest.mark.parametrize("start_ms", [0, 5500])
def test_a_transcode_tells_what_time_its_chunks_cover(
    songs: Stage, kind: int, media_type: str, container: str, start_ms: int
) -> None:
    for _ in ("while it grows", "when it is finished"):
        got = received(songs, "wav", format=kind, start_ms=start_ms, chunk_bytes=8 << 10)
        assert (got.header.media_type, got.header.start_ms) == (media_type, start_ms)
        sound = heard(got.sound, container)
        assert abs(sound.seconds - (SECONDS - start_ms / 1000)) < 0.12
        assert got.chunks[0].start_ms == start_ms
        assert abs(got.chunks[-1].end_ms - SECONDS * 1000) < 120
        _assert_times_are_those_of_the_bytes(got, container, start_ms)


def _assert_times_are_those_of_the_bytes(got: Received, container: str, start_ms: int) -> None:
    """Decode what came up to a chunk, and see that it is as long as the chunk's end says."""
    half = got.chunks[: max(2, len(got.chunks) // 2)]
    seconds = 0.0
    demuxer = "ogg" if container == "opus" else container
    with av.open(io.BytesIO(b"".join(chunk.data for chunk in half)), format=demuxer) as file:
        for packet in file.demux(audio=0):
            with suppress(av.error.InvalidDataError):  # the last one is cut off
                seconds += sum(frame.samples / frame.sample_rate for frame in packet.decode())
    assert abs(half[-1].end_ms - start_ms - seconds * 1000) < 260  # pages of Opus are 200 ms long


def test_a_transcode_goes_on_after_a_break(songs: Stage) -> None:
    asked: dict[str, Any] = {"format": audio_pb2.AUDIO_FORMAT_MP3, "max_bitrate_kbps": 96}
    whole = received(songs, "flac", **asked)
    rest = received(songs, "flac", byte_offset=60_001, **asked)
    assert rest.header.etag == whole.header.etag
    assert b"".join(chunk.data for chunk in rest.chunks) == whole.sound[60_001:]
    assert rest.header.bitrate_kbps == 96
    assert abs(rest.header.start_ms - 60_001 * 8 / 96) < 60


def test_who_has_little_room_gets_opus_and_who_has_enough_the_original(songs: Stage) -> None:
    assert received(songs, "flac", max_bitrate_kbps=64).header.media_type == "audio/ogg; codecs=opus"
    assert received(songs, "flac", max_bitrate_kbps=64).header.bitrate_kbps == 64
    assert received(songs, "flac", max_bitrate_kbps=9000).header.media_type == "audio/flac"
    original = audio_pb2.AUDIO_FORMAT_ORIGINAL
    assert received(songs, "flac", max_bitrate_kbps=64, format=original).header.media_type == "audio/flac"


def test_cues_come_just_ahead_of_the_sound_they_belong_to(songs: Stage) -> None:
    got = received(songs, "mp3", cues=True, chunk_bytes=8 << 10)
    assert [cue.line.text for cue in got.cues if cue.line.text] == [f"Line {n}" for n in range(0, SECONDS, 2)]
    upcoming: list[Any] = []
    for frame in got.frames:
        if frame.WhichOneof("kind") == "cue":
            upcoming.append(frame.cue)
            continue
        assert all(frame.chunk.start_ms <= cue.start_ms < frame.chunk.end_ms for cue in upcoming)
        upcoming = []
    assert not upcoming
    assert not received(songs, "mp3").cues


def test_from_the_middle_the_line_that_is_being_sung_comes_first(songs: Stage) -> None:
    got = received(songs, "mp3", cues=True, start_ms=7500)
    assert [cue.line.text for cue in got.cues if cue.line.text] == ["Line 6", "Line 8", "Line 10"]


def test_files_are_found_by_their_hash_once_they_were_read(songs: Stage) -> None:
    found = hash_of(songs, "vorbis")
    file = file_of(songs, "vorbis").read_bytes()
    assert found == hashlib.sha256(file).hexdigest()
    assert received(songs, hash=found).sound == file
    with refused(Code.NOT_FOUND, "track_not_found"):
        received(songs, hash="0" * 64)


def test_what_somebody_may_not_hear_does_not_exist(songs: Stage) -> None:
    stranger = songs.house.newcomer()
    request = Request(track_id=songs.tracks["mp3"]["id"])
    with channel(songs.house) as line, refused(Code.NOT_FOUND, "track_not_found"):
        list(audio_pb2_grpc.AudioServiceStub(line).Stream(request, metadata=bearing(stranger)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"start_ms": -1}, {"start_ms": SECONDS * 1000 + 500}, {"byte_offset": -1}, {"chunk_bytes": 100},
        {"chunk_bytes": 3 << 20}, {"max_bitrate_kbps": -5}, {"format": 99}, {"byte_offset": 1 << 60},
    ],
)  # fmt: skip
def test_fields_out_of_their_domain_are_refused(songs: Stage, wrong: dict[str, int]) -> None:
    with refused(Code.INVALID_ARGUMENT):
        received(songs, "flac", **wrong)


def test_a_source_is_needed(songs: Stage) -> None:
    with refused(Code.INVALID_ARGUMENT, "invalid"):
        received(songs)


async def test_a_slow_listener_is_waited_for_and_one_who_leaves_leaves_nothing_open(songs: Stage) -> None:
    process = songs.house.server.process.pid
    request = Request(track_id=songs.tracks["hours"]["id"], chunk_bytes=64 << 10)
    before_kb = memory_kb(process)
    async with async_channel(songs.house) as line:
        stub = audio_pb2_grpc.AudioServiceStub(line)
        calls = [stub.Stream(request, metadata=bearing(songs.person)) for _ in range(20)]
        for call in calls:
            await call.read()
            await call.read()
        # What the clients' library takes in ahead by itself is no more than some megabytes each, of 550.
        sent = await asyncio.to_thread(until, lambda: standing_still(songs), "the sending to stand still")
        assert sent < 20 * (32 << 20)
        assert memory_kb(process) - before_kb < 20 * 1024  # less than a megabyte each
        assert open_files(process, "hours.wav") == 20
        for call in calls:
            call.cancel()
    until(lambda: open_files(process, "hours.wav") == 0, "the files to be closed")
    all_ended(songs.house)


def test_nobody_is_said_to_have_played_what_they_streamed(songs: Stage) -> None:
    received(songs, "opus")
    plays = songs.person.client.get("/me/plays")
    assert plays.status_code == 200
    assert plays.json()["items"] == []


def memory_kb(pid: int) -> int:
    """Return the resident memory of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def open_files(pid: int, name: str) -> int:
    """Return how many descriptors of a process are of a file."""
    return sum(1 for target in _targets(pid) if target.endswith(name))


def _targets(pid: int) -> Iterator[str]:
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            yield os.readlink(link)  # noqa: PTH115 - pipes have no path
        except FileNotFoundError:
            continue


def bytes_sent(songs: Stage) -> float:
    """Return how many bytes of originals the server has sent."""
    return measured(songs.house, "sarau_stream_bytes", "original")


def standing_still(songs: Stage) -> float:
    """Return how many bytes were sent if no more are at the moment, else 0."""
    before = bytes_sent(songs)
    time.sleep(0.3)
    return before if bytes_sent(songs) == before else 0.0
