"""Other encodings of the same sound, heard the way a player hears them, and the limits on making them."""

import threading
from typing import Any

import httpx
import numpy as np
import pytest
from tests.adapters.ffmpeg.listening import Heard, heard, sweep, write_samples
from tests.catalog.uploads.sending import noise
from tests.streaming.conftest import FORMATS, SWEEP_S
from tests.streaming.scenery import (
    Stage,
    all_ended,
    long_silence,
    measured,
    opened,
    patiently,
    stage,
    transcodes,
)
from tests.support.houses import House, problem
from tests.support.server import until

TYPES = {"opus": "audio/ogg", "mp3": "audio/mpeg", "aac": "audio/aac", "flac": "audio/flac"}


def encoded(music: Stage, title: str, **parameters: Any) -> httpx.Response:
    """Return a whole stream in another encoding."""
    answer = patiently(lambda: music.get(title, params=parameters))
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == TYPES[parameters["format"]]
    return answer


def first_hz(sound: Heard) -> float:
    """Return what frequency a sound begins with, heard for a tenth of a second after what codecs need to start."""
    skipped = sound.rate_hz // 10
    wave = sound.samples[0][skipped : 2 * skipped]
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 1 << 17))
    return float(np.argmax(spectrum) * sound.rate_hz / (1 << 17))


@pytest.mark.parametrize("target", TYPES)
def test_the_whole_sound_in_another_encoding(music: Stage, target: str) -> None:
    answer = encoded(music, "sweep", format=target)
    sound = heard(answer.content, target)
    assert (sound.channels, sound.streams) == (2, 1)
    assert sound.seconds == pytest.approx(SWEEP_S, abs=0.15)
    assert first_hz(sound) == pytest.approx(200 + 120 * 0.15, abs=25)  # the tone rises by 120 Hz a second
    assert answer.headers["x-content-duration"] == f"{SWEEP_S:.3f}"


@pytest.mark.parametrize("target", TYPES)
@pytest.mark.parametrize("start_ms", [1, 4321, 11_500])
def test_it_begins_where_it_should(music: Stage, target: str, start_ms: int) -> None:
    answer = encoded(music, "sweep", format=target, start=start_ms)
    sound = heard(answer.content, target)
    assert sound.seconds == pytest.approx(SWEEP_S - start_ms / 1000, abs=0.15)
    assert first_hz(sound) == pytest.approx(200 + 120 * (start_ms / 1000 + 0.15), abs=25)
    assert answer.headers["accept-ranges"] == "none"
    assert answer.headers["x-content-duration"] == f"{SWEEP_S - start_ms / 1000:.3f}"


@pytest.mark.parametrize(("target", "low", "high"), [("opus", 24, 160), ("mp3", 64, 256), ("aac", 64, 256)])
def test_a_bitrate_is_kept_to(music: Stage, target: str, low: int, high: int) -> None:
    sizes = [len(encoded(music, "sweep", format=target, bitrate=kbps).content) for kbps in (low, high)]
    kbps = [size * 8 / SWEEP_S / 1000 for size in sizes]
    assert low / 2 < kbps[0] < low * 2  # a pure tone is not what these numbers are made for
    assert kbps[0] * 1.5 < kbps[1] < high * 1.3


def test_every_format_can_be_heard_in_another(music: Stage) -> None:
    for number, title in enumerate(FORMATS):
        sound = heard(encoded(music, title, format="flac").content, "flac")
        if title != "ape":  # there the tone is silence
            assert sound.loudest_hz() == pytest.approx(300 + 40 * number, abs=15), title
        assert sound.seconds == pytest.approx(1.5, abs=0.2), title


def test_a_finished_transcode_is_a_file_like_any_other(music: Stage) -> None:
    path = music.path("sweep") + "?format=opus&bitrate=64"
    client = music.person.client
    first = patiently(lambda: client.get(path))
    until(lambda: client.head(path).headers["accept-ranges"] == "bytes", "the transcode to be kept")
    all_ended(music.house)
    done = transcodes(music.house, "done")
    again = client.get(path)
    assert again.content == first.content
    assert again.headers["content-length"] == str(len(first.content))
    assert again.headers["content-type"] == "audio/ogg"
    part = client.get(path, headers={"range": "bytes=1000-1999", "if-range": again.headers["etag"]})
    assert (part.status_code, part.content) == (206, first.content[1000:2000])
    assert client.get(path, headers={"if-none-match": again.headers["etag"]}).status_code == 304
    assert client.head(path).headers["content-length"] == str(len(first.content))
    assert 'filename="sweep.opus"' in again.headers["content-disposition"]
    assert transcodes(music.house, "done") == done  # made once
    # Another bitrate, format or start is another stream.
    assert (
        client.get(path, headers={"if-none-match": client.get(music.path("sweep")).headers["etag"]}).status_code
        == 200
    )


def test_head_begins_nothing_and_promises_no_length(music: Stage) -> None:
    all_ended(music.house)
    before = [transcodes(music.house, outcome) for outcome in ("done", "stopped", "failed")]
    answer = music.person.client.head(music.path("hours"), params={"format": "mp3", "bitrate": 320})
    assert (answer.status_code, answer.content) == (200, b"")
    assert (answer.headers["content-type"], answer.headers["accept-ranges"]) == ("audio/mpeg", "none")
    assert "content-length" not in answer.headers
    assert measured(music.house, "sarau_transcodes_running") == 0
    assert [transcodes(music.house, outcome) for outcome in ("done", "stopped", "failed")] == before


WRONG = [
    ("format=ogg", "format"),
    ("format=", "format"),
    ("format=OPUS", "format"),
    ("format=../../x", "format"),
    ("format=opus%00", "format"),
    ("bitrate=128", "format"),
    ("start=1000", "format"),
    ("format=opus&bitrate=5", "bitrate"),
    ("format=opus&bitrate=511", "bitrate"),
    ("format=mp3&bitrate=31", "bitrate"),
    ("format=mp3&bitrate=321", "bitrate"),
    ("format=aac&bitrate=0", "bitrate"),
    ("format=aac&bitrate=-128", "bitrate"),
    ("format=aac&bitrate=128k", "bitrate"),
    ("format=aac&bitrate=" + "9" * 30, "bitrate"),
    ("format=aac&bitrate=", "bitrate"),
    ("format=opus&start=-1", "start"),
    ("format=opus&start=12000", "start"),
    ("format=opus&start=0.5", "start"),
    ("format=opus&start=x", "start"),
    ("format=opus&start=" + "9" * 30, "start"),
    ("exp=" + "1" * 13, "exp"),
    ("sig=" + "1" * 65, "sig"),
    ("u=" + "1" * 17, "u"),
]


def test_a_wish_that_cannot_be_met_is_named(music: Stage) -> None:
    for query, field in WRONG:
        answer = music.person.client.get(f"{music.path('sweep')}?{query}")
        assert answer.status_code == 422, (query, answer.status_code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["field"] == field, query
        assert answer.json()["reason"], query


def test_many_who_want_the_same_share_one_transcode(music: Stage) -> None:
    all_ended(music.house)
    before = transcodes(music.house, "done")
    answers: list[bytes] = []
    barrier = threading.Barrier(5)

    def listen() -> None:
        client = music.house.bearing(music.person.access_token)
        barrier.wait()
        answer = patiently(lambda: client.get(music.path("sweep"), params={"format": "aac", "bitrate": 111}))
        answers.append(answer.content)

    threads = [threading.Thread(target=listen) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(answers)) == 1
    assert heard(answers[0], "aac").seconds == pytest.approx(SWEEP_S, abs=0.15)
    all_ended(music.house)
    assert transcodes(music.house, "done") == before + 1


def test_who_leaves_and_comes_back_at_once_hears_it_to_the_end(music: Stage) -> None:
    """A player seeks, drops the connection and asks again: the dying transcode is not for it."""
    client = music.person.client
    for _ in range(4):
        first = opened(client, music.path("sweep"), format="flac", start=500)
        assert first.status_code == 200
        first.close()
        again = encoded(music, "sweep", format="flac", start=500)
        assert heard(again.content, "flac").seconds == pytest.approx(SWEEP_S - 0.5, abs=0.15)


@pytest.fixture(scope="module")
def tight(tight_house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Some music in a house with a place for one transcode, and hardly any room to keep them."""
    folder = tmp_path_factory.mktemp("tight")
    for number in range(5):
        write_samples(folder / f"song {number}.flac", sweep(4.0 + number / 10), "flac", "flac")
    long_silence(folder / "hours.wav", 20 * 3600)
    (folder / "noise.wav").write_bytes(noise(400_000))
    return stage(tight_house, folder)


def test_there_is_a_limit_to_what_is_encoded_at_once(tight: Stage) -> None:
    client = tight.person.client
    all_ended(tight.house)
    finished = encoded(tight, "song 0", format="mp3", bitrate=64).content
    until(lambda: not measured(tight.house, "sarau_transcodes_running"), "the transcode to end")
    holder = opened(client, tight.path("hours"), format="opus", bitrate=32, start=1000)
    try:
        assert holder.status_code == 200
        for title, parameters in (("song 1", {"format": "mp3"}), ("hours", {"format": "opus", "bitrate": 33})):
            answer = tight.get(title, params=parameters)
            members = problem(answer, 429, "too_many_transcodes")
            assert int(answer.headers["retry-after"]) >= members["retry_after_s"] > 0
        # What needs no encoding is not concerned: originals, finished ones, and who joins the one under way.
        assert tight.get("song 1").content == tight.file("song 1").read_bytes()
        assert tight.get("song 0", params={"format": "mp3", "bitrate": 64}).content == finished
        path = tight.path("hours")
        joined = client.build_request("GET", path, params={"format": "opus", "bitrate": 32, "start": 1000})
        answer = client.send(joined, stream=True)
        assert answer.status_code == 200
        answer.close()
        problem(tight.get("song 1", params={"format": "mp3"}), 429, "too_many_transcodes")
    finally:
        holder.close()
    assert patiently(lambda: tight.get("song 1", params={"format": "mp3"})).status_code == 200


def test_a_place_is_free_again_once_nobody_listens(tight: Stage) -> None:
    all_ended(tight.house)
    before = transcodes(tight.house, "stopped")
    # A piece from the middle, which nobody else could use, ends with its listener.
    listener = opened(tight.person.client, tight.path("hours"), format="aac", start=60_000)
    pieces = listener.iter_raw(1000)
    assert next(pieces)
    assert measured(tight.house, "sarau_transcodes_running") == 1
    listener.close()
    all_ended(tight.house)
    assert transcodes(tight.house, "stopped") == before + 1
    # One from the beginning goes on for whoever comes next, until somebody else needs its place.
    listener = opened(tight.person.client, tight.path("hours"), format="mp3", bitrate=32)
    assert listener.status_code == 200
    listener.close()
    answer = patiently(lambda: tight.get("song 2", params={"format": "mp3"}))
    assert heard(answer.content, "mp3").seconds == pytest.approx(4.2, abs=0.15)
    all_ended(tight.house)
    assert transcodes(tight.house, "stopped") == before + 2
    assert tight.person.client.head(tight.path("hours") + "?format=mp3&bitrate=32").headers["accept-ranges"] == "none"


def test_one_who_leaves_early_leaves_a_whole_transcode_to_the_next(tight: Stage) -> None:
    listener = opened(tight.person.client, tight.path("song 3"), format="opus", bitrate=48)
    assert listener.status_code == 200
    listener.close()
    path = tight.path("song 3") + "?format=opus&bitrate=48"
    until(lambda: tight.person.client.head(path).headers["accept-ranges"] == "bytes", "the transcode to be kept")
    assert heard(tight.person.client.get(path).content, "opus").seconds == pytest.approx(4.3, abs=0.15)


def _is_kept(tight: Stage, title: str) -> bool:
    answer = tight.person.client.head(tight.path(title), params={"format": "aac", "bitrate": 96})
    return answer.headers["accept-ranges"] == "bytes"


def test_the_longest_unheard_make_room_for_new_ones(tight: Stage) -> None:
    cache = tight.house.server.data / "cache" / "transcodes"
    for number in range(5):
        answer = patiently(lambda n=number: tight.get(f"song {n}", params={"format": "aac", "bitrate": 96}))
        assert len(answer.content) > 40_000  # five of them are more than the bound
        until(lambda n=number: _is_kept(tight, f"song {n}"), "the transcode to be kept")
        assert (
            tight.get("song 0", params={"format": "aac", "bitrate": 96}).status_code == 200
        )  # heard again and again
        assert sum(p.stat().st_size for p in cache.rglob("*") if p.is_file()) <= 200_000
    assert [_is_kept(tight, f"song {number}") for number in (0, 1, 4)] == [True, False, True]


def test_what_is_larger_than_the_cache_is_heard_all_the_same(tight: Stage) -> None:
    answer = encoded(tight, "noise", format="flac")
    assert len(answer.content) > 200_000
    assert heard(answer.content, "flac").seconds == pytest.approx(50, abs=0.1)
    all_ended(tight.house)
    assert list((tight.house.server.data / "cache" / "transcodes" / "drafts").iterdir()) == []


def test_a_file_that_is_no_music_any_more(music: Stage) -> None:
    house = music.house
    failed = transcodes(house, "failed")
    music.file("broken").write_bytes(b"no music at all" * 100)
    answer = patiently(lambda: music.get("broken", params={"format": "opus"}))
    members = problem(answer, 422, "transcode_failed")
    assert (members["field"], bool(members["reason"])) == ("track", True)
    all_ended(house)
    assert transcodes(house, "failed") == failed + 1
