"""Lyrics and chords over gRPC: got, put, and told in time with what plays."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from tests.support.grpc import async_channel, bearing, channel, refused
from tests.support.houses import House, items
from tests.support.music import tune

from sarau.interfaces.grpc.stubs.sarau.v1 import lyrics_pb2, lyrics_pb2_grpc, playback_pb2, playback_pb2_grpc

HALVES = [(n, f"00:{n // 2:02}.{n % 2 * 50:02}", f"00:{n // 2:02}.{n % 2 * 50 + 20:02}") for n in range(1, 8)]
LRC = "".join(f"[{first}]<{first}>line <{second}>{n}\n" for n, first, second in HALVES)
CHORDS = "{key: C}\n{soc: Refrain}\n" + "".join(f"[C]line [G]{n}\n" for n in range(1, 8)) + "{eoc}\n"


class Scene:
    """A member, and two songs with lyrics and chords of four seconds each."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self.person = house.newcomer()
        for title in ("One", "Two", "Silent"):
            song = tune(folder / f"{title}.flac", title=title, seconds=4)
            if title != "Silent":
                song.with_suffix(".lrc").write_text(LRC.replace("line", title))
                song.with_suffix(".cho").write_text(CHORDS.replace("line", title))
        library_id = house.library(folder, self.person)
        tracks = items(self.person.client.get("/tracks", params={"library_id": library_id}))
        self.ids: dict[str, str] = {track["title"]: track["id"] for track in tracks}

    @property
    def proof(self) -> tuple[tuple[str, str], ...]:
        return bearing(self.person)

    def get(self, title: str, **chords: Any) -> lyrics_pb2.Lyrics:
        with channel(self.house) as line:
            asked = lyrics_pb2.GetLyricsRequest(track_id=self.ids[title], chords=lyrics_pb2.ChordOptions(**chords))
            return lyrics_pb2_grpc.LyricsServiceStub(line).GetLyrics(asked, metadata=self.proof)

    def put(self, title: str, content: str, kind: int = lyrics_pb2.SHEET_FORMAT_UNSPECIFIED) -> lyrics_pb2.Lyrics:
        with channel(self.house) as line:
            asked = lyrics_pb2.PutLyricsRequest(track_id=self.ids[title], format=kind, content=content)
            return lyrics_pb2_grpc.LyricsServiceStub(line).PutLyrics(asked, metadata=self.proof)


_scenes: dict[str, Scene] = {}


@pytest.fixture
def scene(house: House, tmp_path_factory: pytest.TempPathFactory) -> Scene:
    if house.dialect not in _scenes:
        _scenes[house.dialect] = Scene(house, tmp_path_factory.mktemp("music"))
    return _scenes[house.dialect]


def kinds(cues: Any) -> list[str]:
    return [cue.WhichOneof("kind") for cue in cues]


def test_lyrics_are_got_in_time(scene: Scene) -> None:
    found = scene.get("One")
    assert found.track_id == scene.ids["One"]
    assert (found.words_timing, found.chords_timing) == (lyrics_pb2.TIMING_SHEET, lyrics_pb2.TIMING_ALIGNED)
    assert (found.confidence, found.key) == (1.0, "C")
    assert kinds(found.cues)[:4] == ["section", "line", "chord", "chord"]
    starts = [cue.start_ms for cue in found.cues]
    assert starts == sorted(starts)
    assert found.cues[0].section.name == "Refrain"
    line = found.cues[1]
    assert (line.start_ms, line.end_ms, line.line.index, line.line.text) == (500, 1000, 0, "One 1")
    assert [(word.start_ms, word.end_ms, word.text) for word in line.line.words] == [
        (500, 700, "One "), (700, 1000, "1")
    ]  # fmt: skip
    assert [(chord.name, chord.column, chord.start_ms) for chord in line.line.chords] == [
        ("C", 0, 500),
        ("G", 4, 700),
    ]
    assert [(cue.start_ms, cue.end_ms, cue.chord.name) for cue in found.cues[2:4]] == [
        (500, 700, "C"), (700, 1000, "G")
    ]  # fmt: skip
    assert [(sheet.source, sheet.format, sheet.content) for sheet in found.sheets] == [
        (".cho", lyrics_pb2.SHEET_FORMAT_CHORDPRO, CHORDS.replace("line", "One")),
        (".lrc", lyrics_pb2.SHEET_FORMAT_LRC, LRC.replace("line", "One")),
    ]


def test_chords_are_shown_as_they_are_wanted(scene: Scene) -> None:
    found = scene.get("One", transpose_semitones=2, capo=2)
    assert (found.key, found.cues[2].chord.name) == ("D", "C")
    for options in ({"transpose_semitones": 12}, {"transpose_semitones": -12}, {"capo": -1}, {"capo": 12}):
        with refused(grpc.StatusCode.INVALID_ARGUMENT, "invalid"):
            scene.get("One", **options)


def test_a_track_without_lyrics_has_an_empty_reply(scene: Scene) -> None:
    found = scene.get("Silent")
    assert (list(found.cues), list(found.sheets), found.words_timing) == ([], [], lyrics_pb2.TIMING_UNSPECIFIED)


def test_a_sheet_is_put_and_removed(scene: Scene) -> None:
    found = scene.put("Silent", "C     G\nla la la\n")
    assert found.sheets[0].source == "house-chords"
    assert found.sheets[0].format == lyrics_pb2.SHEET_FORMAT_CHORDS_OVER_WORDS
    assert found.words_timing == lyrics_pb2.TIMING_ESTIMATED
    assert scene.put("Silent", "la la la", lyrics_pb2.SHEET_FORMAT_PLAIN).sheets[0].source == "house"
    assert len(scene.get("Silent").sheets) == 2
    assert list(scene.put("Silent", "").sheets) == []


def test_who_may_do_what(scene: Scene) -> None:
    stranger, guest = scene.house.newcomer(), scene.house.newcomer("guest")
    track_id = scene.ids["One"]
    with channel(scene.house) as line:
        stub = lyrics_pb2_grpc.LyricsServiceStub(line)
        get, put = lyrics_pb2.GetLyricsRequest(track_id=track_id), lyrics_pb2.PutLyricsRequest(track_id=track_id)
        with refused(grpc.StatusCode.UNAUTHENTICATED, "unauthenticated"):
            stub.GetLyrics(get)
        with refused(grpc.StatusCode.NOT_FOUND, "track_not_found"):
            stub.GetLyrics(get, metadata=bearing(stranger))
        with refused(grpc.StatusCode.NOT_FOUND, "track_not_found"):
            stub.PutLyrics(put, metadata=bearing(stranger))
        with refused(grpc.StatusCode.PERMISSION_DENIED, "permission_missing"):
            stub.PutLyrics(put, metadata=bearing(guest))
        with refused(grpc.StatusCode.NOT_FOUND, "track_not_found"):
            list(stub.Follow(lyrics_pb2.FollowRequest(track_id=track_id), metadata=bearing(stranger)))
        with refused(grpc.StatusCode.NOT_FOUND, "playback_session_not_found"):
            session = lyrics_pb2.FollowRequest(session_id="0000000000000000")
            list(stub.Follow(session, metadata=bearing(stranger)))


def test_what_makes_no_sense_is_refused(scene: Scene) -> None:
    track_id = scene.ids["One"]
    with channel(scene.house) as line:
        stub = lyrics_pb2_grpc.LyricsServiceStub(line)
        for asked in (
            lyrics_pb2.FollowRequest(),
            lyrics_pb2.FollowRequest(track_id=track_id, ahead_ms=-1),
            lyrics_pb2.FollowRequest(track_id=track_id, start_ms=-1),
        ):
            with refused(grpc.StatusCode.INVALID_ARGUMENT, "invalid"):
                list(stub.Follow(asked, metadata=scene.proof))
        for put in (
            lyrics_pb2.PutLyricsRequest(track_id=track_id, content="la", format=99),
            lyrics_pb2.PutLyricsRequest(track_id=track_id, content="é" * 140_000),
        ):
            with refused(grpc.StatusCode.INVALID_ARGUMENT, "invalid"):
                stub.PutLyrics(put, metadata=scene.proof)


def test_a_track_is_followed_to_its_end(scene: Scene) -> None:
    with channel(scene.house) as line:
        asked = lyrics_pb2.FollowRequest(track_id=scene.ids["One"], start_ms=2_200, ahead_ms=300)
        began = time.monotonic()
        came = [
            (time.monotonic() - began, cue)
            for cue in lyrics_pb2_grpc.LyricsServiceStub(line).Follow(asked, metadata=scene.proof)
        ]
        took_s = time.monotonic() - began
    lines = [(at, cue) for at, cue in came if cue.WhichOneof("kind") == "line"]
    assert [cue.line.text for _, cue in lines] == ["One 4", "One 5", "One 6", "One 7"]  # the one that is sung first
    assert came[0][1].section.name == "Refrain"
    assert "reset" not in kinds(cue for _, cue in came)
    for at, cue in lines:  # never before it is due
        assert at * 1000 >= cue.start_ms - 2_200 - 300 - 20
    assert took_s >= 1.7


class Device:
    """A player that joins the person's session and does what it is told to command."""

    def __init__(self, scene: Scene, line: grpc.aio.Channel) -> None:
        self._out: asyncio.Queue[playback_pb2.ClientMessage] = asyncio.Queue()
        stub = playback_pb2_grpc.PlaybackServiceStub(line)
        self._call = stub.Connect(self._messages(), metadata=scene.proof)
        self._said = 0

    async def _messages(self) -> AsyncIterator[playback_pb2.ClientMessage]:
        while True:
            yield await self._out.get()

    async def join(self) -> str:
        await self._out.put(playback_pb2.ClientMessage(join=playback_pb2.Join(name="Test", type="test", plays=True)))
        async for message in self._call:
            if message.WhichOneof("kind") == "joined":
                return str(message.joined.session_id)
        raise AssertionError("the device was not let in")

    async def command(self, **command: Any) -> None:
        self._said += 1
        said = playback_pb2.ClientMessage(request_id=self._said, command=playback_pb2.Command(**command))
        await self._out.put(said)
        async for message in self._call:
            kind = message.WhichOneof("kind")
            assert kind != "refused", message
            if kind == "done" and message.done.request_id == self._said:
                return

    def leave(self) -> None:
        self._call.cancel()


class Ear:
    """What a call of Follow tells."""

    def __init__(self, scene: Scene, line: grpc.aio.Channel, session_id: str) -> None:
        asked = lyrics_pb2.FollowRequest(session_id=session_id, ahead_ms=300)
        self._call = lyrics_pb2_grpc.LyricsServiceStub(line).Follow(asked, metadata=scene.proof)

    async def until(self, kind: str, text: str = "") -> list[lyrics_pb2.Cue]:
        """Return what is told until a line of this text, or a jump to this track."""
        heard = []
        async with asyncio.timeout(30):
            async for cue in self._call:
                heard.append(cue)
                if cue.WhichOneof("kind") == kind and text in (cue.line.text, cue.reset.track_id):
                    return heard
        raise AssertionError(f"no {kind} {text!r} came: {heard}")

    async def all_within(self, seconds: float) -> list[lyrics_pb2.Cue]:
        """Return what is told in some time, and listen no more."""
        heard: list[lyrics_pb2.Cue] = []

        async def listen() -> None:
            async for cue in self._call:
                heard.append(cue)  # noqa: PERF401 - kept when the time is over

        with pytest.raises(TimeoutError):
            await asyncio.wait_for(listen(), seconds)
        self._call.cancel()
        return heard


async def test_a_session_is_followed_through_pauses_and_seeks(scene: Scene) -> None:
    one, two = scene.ids["One"], scene.ids["Two"]
    async with async_channel(scene.house) as line:
        device = Device(scene, line)
        session_id = await device.join()
        ear = Ear(scene, line, session_id)
        [at_first] = await ear.until("reset")
        assert at_first.reset.track_id == ""
        await device.command(load=playback_pb2.Load(track_ids=[one, two], playing=True))
        heard = await ear.until("line", "One 2")
        assert heard[0].reset.track_id == one
        assert [cue.line.text for cue in heard if cue.WhichOneof("kind") == "line"] == ["One 1", "One 2"]
        await device.command(seek=playback_pb2.Seek(position_ms=3_100))
        heard = await ear.until("line", "One 6")
        jump = next(cue for cue in heard if cue.WhichOneof("kind") == "reset")
        assert (jump.reset.track_id, jump.reset.position_ms // 100) == (one, 31)
        await device.command(next=playback_pb2.Next())
        heard = await ear.until("line", "Two 1")
        assert [cue.reset.track_id for cue in heard if cue.WhichOneof("kind") == "reset"][-1] == two
        await device.command(set_rate=playback_pb2.SetRate(rate=2))
        heard = await ear.until("line", "Two 3")
        assert "reset" not in kinds(heard)
        await device.command(pause=playback_pb2.Pause())
        await device.command(seek=playback_pb2.Seek(position_ms=500))
        await ear.until("line", "Two 1")
        # What begins within 0.3 s at twice the pace; it would be all of the song in a second if it played.
        assert max(cue.start_ms for cue in await ear.all_within(1.5)) <= 500 + 600
        device.leave()


async def test_many_follow_and_leave(scene: Scene) -> None:
    async with async_channel(scene.house) as line:
        stub = lyrics_pb2_grpc.LyricsServiceStub(line)
        asked = lyrics_pb2.FollowRequest(track_id=scene.ids["One"])
        calls = [stub.Follow(asked, metadata=scene.proof) for _ in range(50)]
        first = await asyncio.gather(*(call.read() for call in calls))
        assert {cue.WhichOneof("kind") for cue in first} == {"section"}
        for call in calls:
            call.cancel()
        await stub.GetLyrics(lyrics_pb2.GetLyricsRequest(track_id=scene.ids["One"]), metadata=scene.proof)
