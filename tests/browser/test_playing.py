"""Music that really sounds."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.browser.conftest import Visit, Watch, windows
from tests.browser.visiting import (
    CONVERTED,
    DECODED,
    SHORT,
    SHORT_SECONDS,
    House,
    play_track,
    playing,
    position_s,
    row_of,
    sounding,
    wait_for_position,
    wait_for_sound,
)
from tests.support.server import until


@pytest.fixture
def album(visit: Visit, house: House) -> Page:
    """The album with every format, open."""
    return visit(at=f"/albums/{house.album_id()}")


@pytest.fixture(scope="module")
def jukebox(browser: Browser, house: House) -> Iterator[Page]:
    """The same for one format after the other: one window, where each track takes the place of the one before."""
    watch = Watch()
    with windows(browser, house.server.url, watch) as opens:
        # Not the owner: what they play in one window, their other windows would show and command.
        yield opens("mara", at=f"/albums/{house.album_id()}")
    assert watch.wrong == []


def _queue(page: Page) -> list[str]:
    page.get_by_role("button", name="Queue", exact=True).click()
    rows = page.get_by_role("list", name="Queue").get_by_role("button", name=re.compile("^Play .* Orquestra$"))
    expect(rows.first).to_be_visible()
    found = [words.splitlines()[1] for words in rows.all_inner_texts()]
    page.get_by_role("button", name="Queue", exact=True).click()
    return found


@pytest.mark.parametrize("name", DECODED)
def test_what_the_browser_decodes_plays_as_it_is(jukebox: Page, name: str) -> None:
    play_track(jukebox, name)
    wait_for_sound(jukebox)
    assert "format=" not in sounding(jukebox)["src"]
    jukebox.get_by_role("slider", name="Position").focus()
    for _ in range(4):
        jukebox.keyboard.press("ArrowRight")
    wait_for_sound(jukebox, 20)
    wait_for_position(jukebox, 20)


@pytest.mark.parametrize("name", CONVERTED)
def test_what_it_cannot_decode_is_converted_and_seeks(jukebox: Page, name: str) -> None:
    play_track(jukebox, name)
    wait_for_sound(jukebox)
    assert "format=opus" in sounding(jukebox)["src"]
    expect(jukebox.get_by_role("region", name="Player").get_by_text("opus")).to_be_visible()
    jukebox.get_by_role("slider", name="Position").focus()
    jukebox.keyboard.press("PageUp")
    wait_for_position(jukebox, 31)
    wait_for_sound(jukebox)
    assert position_s(jukebox) < 40


def test_it_keeps_playing_while_one_looks_around(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    before = sounding(album)
    for name in ("Artists", "Tracks", "Genres", "Upload", "Home"):
        album.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()
        expect(album.get_by_role("heading", level=1)).to_be_visible()
    now = sounding(album)
    assert now["src"] == before["src"]
    assert now["time"] > before["time"]
    expect(album).to_have_title(re.compile("MP3 · Orquestra"))


def test_the_next_track_follows_when_one_ends(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    album.get_by_role("slider", name="Position").focus()
    album.keyboard.press("End")
    expect(playing(album)).to_have_text("FLAC")
    wait_for_sound(album)
    # It was made ready in the other element while the first one played.
    assert album.evaluate("sounds.filter((s) => s.src).length") >= 1
    assert album.evaluate("sounds.length") == 2


def test_pausing_going_on_and_starting_over(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    album.evaluate("keys.seekto({ seekTime: 4 })")
    wait_for_sound(album, 4)
    album.keyboard.press("Space")  # the focus is on the row's own button, which pauses
    album.wait_for_function("() => sounds.every((s) => s.paused)")
    album.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True).click()
    wait_for_sound(album, 4)
    album.get_by_role("button", name="Previous track").click()
    album.wait_for_function("() => sounds.find((s) => !s.paused)?.currentTime < 3")
    expect(playing(album)).to_have_text("MP3")
    album.get_by_role("button", name="Next track").click()
    expect(playing(album)).to_have_text("FLAC")
    wait_for_sound(album)
    album.get_by_role("button", name="Previous track").click()
    expect(playing(album)).to_have_text("MP3")


def test_the_seek_bar_goes_where_it_is_pressed(album: Page) -> None:
    play_track(album, "FLAC")
    wait_for_sound(album)
    bar = album.get_by_role("slider", name="Position")
    box = bar.bounding_box()
    assert box
    album.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    expect(bar).to_contain_text("0:30")
    album.mouse.down()
    album.mouse.up()
    wait_for_position(album, 30)
    assert position_s(album) < 36


def test_volume_and_mute(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    volume = album.get_by_role("slider", name="Volume")
    volume.focus()
    album.keyboard.press("End")
    album.wait_for_function("() => sounds.find((s) => !s.paused).volume === 1")
    album.keyboard.press("PageDown")
    album.wait_for_function("() => sounds.find((s) => !s.paused).volume < 0.7")
    album.get_by_role("button", name="Mute").click()
    album.wait_for_function("() => sounds.find((s) => !s.paused).muted")
    album.reload()
    expect(album.get_by_role("button", name="Unmute")).to_be_visible()


def test_shuffle_is_a_permutation_and_is_taken_back(album: Page) -> None:
    play_track(album, "WAV")
    order = _queue(album)
    assert order[0] == "MP3"
    album.get_by_role("button", name="Shuffle on").click()
    shuffled = _queue(album)
    assert shuffled[0] == "WAV"
    assert sorted(shuffled) == sorted(order)
    album.get_by_role("button", name="Shuffle off").click()
    assert _queue(album) == order
    expect(playing(album)).to_have_text("WAV")


def test_repeating_one_and_all(album: Page) -> None:
    play_track(album, "WavPack")
    wait_for_sound(album)
    album.get_by_role("button", name="Repeat off").click()
    album.get_by_role("button", name="Repeat all").click()
    expect(album.get_by_role("button", name="Repeat this track")).to_have_attribute("aria-pressed", "true")
    album.get_by_role("slider", name="Position").focus()
    album.keyboard.press("PageUp")
    wait_for_position(album, 30)
    wait_for_sound(album)
    album.keyboard.press("End")
    album.wait_for_function("() => document.querySelector('[data-testid=position]').textContent === '0:01'")
    expect(playing(album)).to_have_text("WavPack")
    album.get_by_role("button", name="Next track").click()
    expect(playing(album)).to_have_text("MP3")


def test_the_queue_is_ordered_by_hand_and_by_keys(album: Page) -> None:
    play_track(album, "MP3")
    row_of(album, "Opus").click(button="right")
    album.get_by_role("menuitem", name="Play next").click()
    assert _queue(album)[:3] == ["MP3", "Opus", "FLAC"]
    album.get_by_role("button", name="Queue", exact=True).click()
    handle = album.get_by_role("list", name="Queue").get_by_role("button", name=re.compile("^Move Opus")).first
    handle.focus()
    album.keyboard.press("ArrowDown")
    expect(album.get_by_text("Opus is now number 3")).to_be_attached()
    album.keyboard.press("ArrowDown")
    expect(album.get_by_text("Opus is now number 4")).to_be_attached()
    album.get_by_role("button", name="Queue", exact=True).click()
    assert _queue(album)[:4] == ["MP3", "FLAC", "WAV", "Opus"]

    album.get_by_role("button", name="Queue", exact=True).click()
    box = handle.bounding_box()
    assert box
    album.mouse.move(box["x"] + 8, box["y"] + 8)
    album.mouse.down()
    album.mouse.move(box["x"] + 8, box["y"] - 58, steps=4)
    album.mouse.move(box["x"] + 8, box["y"] - 58 * 2 + 10, steps=4)
    album.mouse.up()
    album.get_by_role("button", name="Queue", exact=True).click()
    assert _queue(album)[:4] == ["MP3", "Opus", "FLAC", "WAV"]

    album.get_by_role("button", name="Queue", exact=True).click()
    album.get_by_role("button", name="Remove FLAC from the queue").click()
    album.get_by_role("button", name="Queue", exact=True).click()
    assert _queue(album)[:3] == ["MP3", "Opus", "WAV"]


def test_the_queue_comes_back_silent_after_a_reload(album: Page) -> None:
    play_track(album, "FLAC")
    wait_for_sound(album)
    album.evaluate("keys.seekto({ seekTime: 3 })")
    wait_for_position(album, 3)
    album.reload()
    expect(playing(album)).to_have_text("FLAC")
    assert position_s(album) >= 2
    assert album.evaluate("sounds.every((s) => s.paused)")
    album.keyboard.press("Space")
    wait_for_sound(album, 2)


def test_media_keys_and_what_the_system_shows(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    shown = album.evaluate(
        "(({ title, artist, album }) => ({ title, artist, album }))(navigator.mediaSession.metadata)"
    )
    assert shown == {"title": "MP3", "artist": "Orquestra", "album": "Every Kind"}
    album.evaluate("keys.seekto({ seekTime: 25 })")
    wait_for_position(album, 25)
    album.evaluate("keys.pause()")
    album.wait_for_function(
        "() => sounds.every((s) => s.paused) && navigator.mediaSession.playbackState === 'paused'"
    )
    album.evaluate("keys.play()")
    wait_for_sound(album, 25)
    album.evaluate("keys.nexttrack()")
    expect(playing(album)).to_have_text("FLAC")
    album.evaluate("keys.previoustrack()")
    expect(playing(album)).to_have_text("MP3")


def test_a_track_that_is_gone_is_skipped(album: Page, watch: Watch) -> None:
    watch.expect(404)
    heard: list[str] = []

    def gone_but_for_the_first(route: Route) -> None:
        address = route.request.url.partition("?")[0]
        heard.append(address)
        if address == heard[0]:
            route.continue_()
        else:
            route.fulfill(status=404, json={"code": "sound_missing"})

    album.route(re.compile("/stream"), gone_but_for_the_first)
    play_track(album, "MP3")
    wait_for_sound(album)
    album.get_by_role("button", name="Next track").click()
    expect(album.get_by_text("cannot be played and was skipped").first).to_be_visible()


def test_a_lost_connection_is_waited_out(album: Page) -> None:
    play_track(album, "MP3")
    wait_for_sound(album)
    album.context.set_offline(True)
    album.get_by_role("button", name="Next track").click()
    expect(album.get_by_text("The connection was lost")).to_be_visible()
    album.context.set_offline(False)
    expect(playing(album)).to_have_text("FLAC")
    wait_for_sound(album)


def test_saving_data_converts_what_is_large(visit: Visit, house: House) -> None:
    page = visit(at="/profile")
    page.get_by_label("Quality").select_option("saver")
    page.goto(f"/albums/{house.album_id()}")
    play_track(page, "WAV")
    wait_for_sound(page)
    assert "format=opus&bitrate=96" in sounding(page)["src"]


def test_a_track_heard_to_its_end_counts_and_the_next_follows(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id(SHORT)}")
    play_track(page, "Prelude")
    wait_for_sound(page)
    expect(playing(page)).to_have_text("Postlude")
    wait_for_sound(page)
    page.get_by_role("button", name="Mute").click()
    page.keyboard.press("p")
    expect(playing(page)).to_have_text("Prelude")

    def told() -> list[dict[str, Any]]:
        plays = [entry["play"] for entry in house.plays() if entry["track"]["album"] == SHORT]
        return [play for play in reversed(plays) if play["listened_ms"] > 0]

    heard, left = until(lambda: told() if len(told()) > 1 else None, "both plays to be told")
    assert heard["listened"]
    assert abs(heard["listened_ms"] - SHORT_SECONDS * 1000) < 1000
    assert heard["client"] == "Sarau web"
    assert not left["listened"]
    assert left["listened_ms"] < SHORT_SECONDS * 500


def test_words_are_shown_while_it_plays(album: Page) -> None:
    play_track(album, "MP3")
    album.get_by_role("button", name="Lyrics", exact=True).click()
    expect(album.get_by_role("region", name="Lyrics").last).to_contain_text("Words to sing")
    play_track(album, "WAV")
    expect(album.get_by_text("No lyrics for this one")).to_be_visible()
