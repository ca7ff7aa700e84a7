"""A listening party: everybody hears the same place of the song, whatever their clocks say and their networks do."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.streaming.scenery import Stage, stage
from tests.support.clocks import ClockEstimate, RoundTrip
from tests.support.devices import Device, joining
from tests.support.houses import House, Person
from tests.support.music import tune

from sarau.playback.remote.clock import lead_us

TOGETHER_MS = 100


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Two tunes, and somebody who may hear them."""
    folder: Path = tmp_path_factory.mktemp("party")
    for title in ("one", "two"):
        tune(folder / f"{title}.flac")
    return stage(house, folder, house.newcomer())


def position_ms(state: dict[str, Any], server_us: float) -> float:
    """Return where a device is that reckons with a time of the server."""
    if not state["playing"]:
        return float(state["position_ms"])
    return float(state["position_ms"] + max(0, server_us - state["at_us"]) / 1000 * state["rate"])


def spread_ms(devices: list[Device], states: list[dict[str, Any]], after_s: float) -> float:
    """Return how far apart devices are, at one and the same real moment so much after now."""
    moment_us = time.monotonic_ns() // 1000 + round(after_s * 1_000_000)
    places = [
        position_ms(state, device.estimate.server_us(moment_us + device.skew_us))
        for device, state in zip(devices, states, strict=True)
    ]
    return max(places) - min(places)


async def test_all_hear_the_same_within_a_tenth_of_a_second(music: Stage) -> None:
    host: Person = music.person
    guest = music.house.newcomer()
    host.client.put("/playback/party", json={"usernames": [guest.username]}).raise_for_status()
    session_id = host.client.get("/playback/session").json()["state"]["session_id"]
    minute_us = 60_000_000
    async with (
        joining(music.house, host, "Host", skew_us=5 * minute_us, delays_s=(0.002, 0.004)) as a,
        joining(music.house, host, "Kitchen", skew_us=-90 * minute_us, delays_s=(0.08, 0.02)) as b,
        joining(music.house, guest, "Guest", session_id=session_id, skew_us=123_456, delays_s=(0.03, 0.09)) as c,
    ):
        devices = [a, b, c]
        await asyncio.gather(*(device.settle_clock() for device in devices))
        worst_us = max(device.estimate.best.duration_us for device in devices)
        assert worst_us > 100_000
        everywhere = [device.joined["device_id"] for device in devices]
        await a.command("load", track_ids=[music.tracks[t]["id"] for t in ("one", "two")])
        await a.command("transfer", device_ids=everywhere)
        entries = [entry["id"] for entry in host.client.get("/playback/queue").json()["entries"]]
        for kind, fields in (
            ("play", {}),
            ("seek", {"position_ms": 30_000}),
            ("set_rate", {"rate": 1.25}),
            ("jump", {"entry_id": entries[1]}),
        ):
            before_us, since = a.server_us(), len(a.told)
            await a.command(kind, **fields)
            number = (await a.hear(lambda m: m["kind"] == "state", since))["event_id"]
            told = [await device.hear(lambda m, n=number: m["event_id"] == n) for device in devices]
            assert len({(state["position_ms"], state["at_us"], state["rate"]) for state in told}) == 1
            for after_s in (0, 1, 60, 600):
                assert spread_ms(devices, told, after_s) < TOGETHER_MS
            if kind != "set_rate":  # begins once the farthest has heard of it
                assert told[0]["at_us"] >= before_us + min(worst_us, 500_000) - 10_000


def test_devices_are_given_time_to_be_ready() -> None:
    assert lead_us([1_000, 2_000]) == 40_000
    assert lead_us([1_000, 250_000]) == 250_000
    assert lead_us([9_000_000]) == 500_000
    assert lead_us([0, 0]) == 100_000  # unknown


@given(
    offset_us=st.integers(-(10**12), 10**12),
    ways_us=st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=8),
    work_us=st.integers(0, 10**5),
)
def test_the_estimate_errs_by_half_of_the_shortest_round_trip_at_most(
    offset_us: int, ways_us: list[tuple[int, int]], work_us: int
) -> None:
    estimate, now_us = ClockEstimate(), 10**15
    for up_us, down_us in ways_us:
        came_us = now_us + up_us + offset_us
        left_us = came_us + work_us
        received_us = left_us + down_us - offset_us
        estimate.add(RoundTrip(now_us, came_us, left_us, received_us))
        now_us = received_us + 1000
    shortest_us = min(up_us + down_us for up_us, down_us in ways_us)
    assert estimate.best.duration_us == shortest_us
    assert abs(estimate.server_us(0) - offset_us) <= shortest_us / 2 + 1
