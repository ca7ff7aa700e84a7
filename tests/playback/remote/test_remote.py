"""The hub itself: what is kept, who is silent, who is too slow, what happens when nobody plays any more."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any

import pytest
from bench.material.catalogue import filings
from tests.support.tables import run_sql

from sarau.accounts.roles.policies import Role, permissions_of
from sarau.accounts.sessions.errors import SessionEnded
from sarau.accounts.users.commands import create_user
from sarau.accounts.users.schemas import NewUser
from sarau.catalog.library.commands.filing import file_tracks
from sarau.catalog.library.commands.libraries import ensure_uploads_library
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.lists import Filters, Order, Sort, track_page
from sarau.foundation.database.database import Database
from sarau.foundation.errors import DomainError
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.tokens import Signer
from sarau.playback.remote import remote as hub
from sarau.playback.remote.connection import OUTBOX, Connection
from sarau.playback.remote.errors import (
    DeviceSilent,
    DeviceTooSlow,
    HouseCloses,
    PlaybackSessionNotFound,
    TooManyDevices,
)
from sarau.playback.remote.keeping import MAX_PLAYERS
from sarau.playback.remote.messages import Commanded, Join, Ping, message_of
from sarau.playback.remote.remote import Remote
from sarau.playback.remote.schemas import Devices, Joined, ServerMessage, SessionState

PATIENCE_S = 30
SILENT_S = 0.6


class Home:
    """A database with two people and some tracks, and hubs that are opened on it one after the other."""

    def __init__(self, database: Database, owner: Actor, guest: Actor, tracks: list[str]) -> None:
        self.database = database
        self.owner = owner
        self.guest = guest
        self.tracks = tracks

    @asynccontextmanager
    async def open(self, *, silent_after_s: float = 60, killed: bool = False) -> AsyncIterator[Remote]:
        """Run a hub; one that is killed has no time to write anything down at its end."""
        remote = Remote(self.database, Signer(b"s" * 32), silent_after_s=silent_after_s)
        running = asyncio.create_task(remote.run())
        try:
            yield remote
        finally:
            if killed:
                remote._rooms._by_owner.clear()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@pytest.fixture
async def home(database: Database) -> Home:
    """People and music."""
    async with database.working() as work:
        await file_tracks(work, await ensure_uploads_library(work), list(filings(20)))
        people = [
            await create_user(work, None, NewUser(username=name, password="x" * 12), "no hash", Role.MEMBER)
            for name in ("olga", "pedro")
        ]
        libraries = (await ensure_uploads_library(work),)
        page = await track_page(
            work, View(libraries, ""), sort=Sort.TITLE, order=Order.ASC, filters=Filters(), limit=20, cursor=None
        )
    owner, guest = (Actor(one.id, one.username, "member", permissions_of("member")) for one in people)
    return Home(database, owner, guest, [track.id for track in page.items])


async def good() -> Actor | None:
    raise AssertionError("nobody asks so soon")


class Ear:
    """What a device hears, taken as it comes."""

    def __init__(self, remote: Remote, connection: Connection) -> None:
        self.remote = remote
        self.connection = connection
        self.told: list[tuple[int, ServerMessage]] = []

    async def hear(self, kind: type[Any], wanted: Callable[[Any], Any] = lambda _: True) -> Any:
        """Return the first message of a kind that is as wanted, when it is there."""

        def fits(message: ServerMessage) -> bool:
            return isinstance(message, kind) and bool(wanted(message))

        for _, message in self.told:
            if fits(message):
                return message
        async with asyncio.timeout(PATIENCE_S):
            while True:
                sent = await self.connection.next()
                self.told.append((sent.event_id, sent.message))
                if fits(sent.message):
                    return sent.message

    async def command(self, kind: str, **fields: Any) -> None:
        message = message_of({"kind": "command", "command": {"kind": kind, **fields}})
        assert isinstance(message, Commanded)
        await self.remote.hear(self.connection, message)


async def come_true(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - nobody tells of what is waited for
            await asyncio.sleep(0.02)


async def join(remote: Remote, actor: Actor, **about: Any) -> Ear:
    """Let a device join."""
    connection = await remote.join(actor, Join(**{"name": "Phone", "plays": True, **about}), good)
    return Ear(remote, connection)


async def over(connection: Connection) -> DomainError:
    """Return why a connection is ended, when it is."""
    async with asyncio.timeout(PATIENCE_S):
        await connection.parted.wait()
    assert connection.over is not None
    return connection.over


async def test_a_device_that_says_nothing_is_offline_and_playing_pauses_where_it_was(home: Home) -> None:
    async with home.open(silent_after_s=SILENT_S) as remote:
        kitchen, page = await join(remote, home.owner, name="Kitchen"), await join(remote, home.owner, plays=False)
        await kitchen.command("load", track_ids=home.tracks, playing=True)
        began = await page.hear(SessionState, lambda s: s.playing)

        async def keep_talking() -> None:
            while True:
                await remote.hear(page.connection, Ping())
                await asyncio.sleep(SILENT_S / 6)

        talking = asyncio.create_task(keep_talking())
        assert isinstance(await over(kitchen.connection), DeviceSilent)
        told = await page.hear(Devices, lambda d: not all(one.online for one in d.devices))
        assert [(one.name, one.online) for one in told.devices] == [("Phone", True), ("Kitchen", False)]
        paused = await page.hear(SessionState, lambda s: not s.playing and s.entry_id)
        talking.cancel()
        # Where it was when it was last heard of, which was just as it began.
        assert 0 <= paused.position_ms <= (paused.at_us - began.at_us) / 1000 + 1
        assert paused.position_ms < SILENT_S * 1000
        assert paused.entry_id == began.entry_id


async def test_a_paused_device_is_online_as_long_as_it_says_something(home: Home) -> None:
    async with home.open(silent_after_s=SILENT_S) as remote:
        phone = await join(remote, home.owner)
        await phone.command("load", track_ids=home.tracks)
        for _ in range(15):
            await asyncio.sleep(SILENT_S / 6)
            await remote.hear(phone.connection, Ping())
        assert phone.connection.over is None
        assert [one.online for one in await remote.devices(home.owner)] == [True]


async def test_what_plays_is_known_after_the_house_was_closed(home: Home) -> None:
    async with home.open() as remote:
        phone = await join(remote, home.owner, has_volume=True)
        joined = await phone.hear(Joined)
        await phone.command("load", track_ids=home.tracks, index=3, position_ms=5000, playing=True)
        await phone.command("set_shuffle", shuffle=True)
        await phone.command("set_volume", volume=0.25)
        await remote.set_party(home.owner, ["pedro"])
        before = await remote.overview(home.owner)
    assert isinstance(phone.connection.over, HouseCloses)
    with pytest.raises(HouseCloses):
        await join(remote, home.owner)
    async with home.open() as remote:
        after = await remote.overview(home.owner)
        assert after.state == before.state
        assert after.queue == before.queue
        assert [(one.id, one.name, one.volume, one.online) for one in after.devices] == [
            (joined.device_id, "Phone", 0.25, False)
        ]
        assert [party.session_id for party in await remote.parties(home.guest)] == [joined.session_id]
        again = await join(remote, home.owner, device_id=joined.device_id, resume_token=joined.resume_token)
        told = await again.hear(Joined)
        assert (told.device_id, told.resumed, told.state.playing) == (joined.device_id, False, True)


async def test_what_plays_is_written_down_before_the_house_closes(home: Home) -> None:
    async with home.open(killed=True) as remote:
        phone = await join(remote, home.owner)
        await phone.command("load", track_ids=home.tracks, index=7)
        commits = home.database.commits
        await come_true(lambda: home.database.commits > commits)
    async with home.open() as remote:
        assert (await remote.overview(home.owner)).state.index == 7


async def test_reports_and_pings_write_nothing_down(home: Home) -> None:
    async with home.open() as remote:
        phone = await join(remote, home.owner)
        await phone.command("load", track_ids=home.tracks, playing=True)
        state = await phone.hear(SessionState, lambda s: s.playing)
        await asyncio.sleep(3 * hub._KEEP_AFTER_S)
        commits = home.database.commits
        for number in range(20):
            at_us = state.at_us + number * 10_000_000
            report = {"kind": "report", "entry_id": state.entry_id, "playing": True, "position_ms": number * 9000}
            await remote.hear(phone.connection, message_of({**report, "at_us": at_us}))
            await remote.hear(phone.connection, Ping())
        await asyncio.sleep(3 * hub._KEEP_AFTER_S)
        assert home.database.commits == commits


async def test_a_session_left_playing_days_ago_is_paused(home: Home) -> None:
    async with home.open() as remote:
        phone = await join(remote, home.owner)
        await phone.command("load", track_ids=home.tracks, playing=True)
        began = await phone.hear(SessionState, lambda s: s.playing)
    await run_sql(home.database, "UPDATE playback_sessions SET updated_at = updated_at - 172800000")
    async with home.open() as remote:
        state = (await remote.overview(home.owner)).state
        assert (state.playing, state.position_ms, state.entry_id) == (False, 0, began.entry_id)


async def test_a_device_that_does_not_read_is_cut_off_and_may_come_back(home: Home) -> None:
    async with home.open() as remote:
        slow, phone = await join(remote, home.owner, name="Slow"), await join(remote, home.owner)
        joined = await slow.hear(Joined)
        await phone.command("load", track_ids=home.tracks)
        seen = max(number for number, _ in slow.told)
        for position_ms in range(OUTBOX):
            await remote.command(home.owner, seek(position_ms))
            phone.connection._outbox.clear()
        assert isinstance(await over(slow.connection), DeviceTooSlow)
        with pytest.raises(DeviceTooSlow):
            await slow.connection.next()
        assert phone.connection.over is None
        remote.leave(slow.connection)
        back = await join(
            remote,
            home.owner,
            device_id=joined.device_id,
            resume_token=joined.resume_token,
            last_event_id=seen,
        )
        assert (await back.hear(Joined)).resumed is False  # that was too much
        assert (await remote.overview(home.owner)).state.position_ms == OUTBOX - 1


def seek(position_ms: int) -> Any:
    message = message_of({"kind": "command", "command": {"kind": "seek", "position_ms": position_ms}})
    assert isinstance(message, Commanded)
    return message.command


async def test_who_is_no_longer_signed_in_is_sent_away(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "_CHECK_EVERY_S", 0.1)
    known: list[Actor | None] = [home.owner]

    async def again() -> Actor | None:
        return known[0]

    async with home.open(silent_after_s=2) as remote:
        connection = await remote.join(home.owner, Join(plays=True), again)
        for _ in range(10):
            await asyncio.sleep(0.1)
            await remote.hear(connection, Ping())
        assert connection.over is None
        known[0] = None
        assert isinstance(await over(connection), SessionEnded)


async def test_who_follows_hears_every_change(home: Home) -> None:
    async with home.open() as remote:
        phone = await join(remote, home.owner)
        async with aclosing(remote.follow("", home.owner)) as following:
            assert (await anext(following)).track_id == ""
            await phone.command("load", track_ids=home.tracks[:2], playing=True, position_ms=40)
            heard = await anext(following)
            assert (heard.track_id, heard.position_ms, heard.playing) == (home.tracks[0], 40, True)
            await phone.command("next")
            await phone.command("set_rate", rate=2.0)
            heard = await anext(following)
            assert (heard.track_id, heard.rate) == (home.tracks[1], 2.0)


async def test_guests_follow_until_they_are_shown_out(home: Home) -> None:
    async with home.open() as remote:
        session_id = (await remote.overview(home.owner)).state.session_id
        with pytest.raises(PlaybackSessionNotFound):
            await anext(remote.follow(session_id, home.guest))
        await remote.set_party(home.owner, ["pedro", "Olga"])
        async with aclosing(remote.follow(session_id, home.guest)) as following:
            await anext(following)
            await remote.set_party(home.owner, [])
            with pytest.raises(PlaybackSessionNotFound):
                await anext(following)


async def test_a_guest_that_goes_away_is_forgotten(home: Home) -> None:
    async with home.open(silent_after_s=SILENT_S) as remote:
        session_id = (await remote.set_party(home.owner, ["pedro"])).session_id
        theirs = await join(remote, home.guest, name="Guest", session_id=session_id)
        assert [one.name for one in await remote.devices(home.owner)] == ["Guest"]
        remote.leave(theirs.connection)
        (room,) = [one for one in remote._rooms.all() if one.id == session_id]
        await come_true(lambda: not room.players)
        state = (await remote.overview(home.owner)).state
        assert (state.sounding_device_ids, state.party) == ((), ["pedro"])
        assert [one.name for one in await remote.devices(home.guest)] == ["Guest"]  # still known at home


async def test_a_person_connects_so_many_devices(home: Home) -> None:
    async with home.open() as remote:
        for _ in range(MAX_PLAYERS):
            await join(remote, home.owner, plays=False)
        with pytest.raises(TooManyDevices):
            await join(remote, home.owner)


async def test_two_who_ask_first_at_once_get_the_same_session(home: Home) -> None:
    async with home.open() as remote:
        told = await asyncio.gather(*(remote.overview(home.owner) for _ in range(20)))
        assert len({one.state.session_id for one in told}) == 1
