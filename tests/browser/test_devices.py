"""Playing here and commanding from there: two windows of one person."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, go, play_track, playing, position_s, sounding, wait_for_sound
from tests.support.server import until


@pytest.fixture
def here(visit: Visit, house: House) -> Page:
    """A window in which music plays."""
    page = visit(at=f"/albums/{house.album_id()}")
    play_track(page, "MP3")
    wait_for_sound(page)
    return page


@pytest.fixture
def there(visit: Visit, here: Page) -> Page:
    """Another window of the same person, which shows what plays in the first."""
    page = visit()
    expect(page.get_by_test_id("elsewhere")).to_contain_text("Playing on")
    return page


def _silent(page: Page) -> None:
    page.wait_for_function("() => sounds.every((s) => s.paused)")


def _player(page: Page, name: str) -> None:
    page.get_by_role("region", name="Player").get_by_role("button", name=name, exact=True).click()


def _choose(page: Page, name: str) -> None:
    """Choose a device in the list of them."""
    page.get_by_role("button", name="Play on another device").click()
    page.get_by_role("list", name="Devices").get_by_role("button", name=re.compile(f"^Play on {name}")).first.click()
    page.keyboard.press("Escape")


def test_another_window_shows_what_plays_and_commands_it(here: Page, there: Page) -> None:
    expect(playing(there)).to_have_text("MP3")
    _player(there, "Pause")
    _silent(here)
    expect(there.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True)).to_be_visible()
    _player(there, "Play")
    wait_for_sound(here)
    there.get_by_role("slider", name="Position").focus()
    for _ in range(4):
        there.keyboard.press("ArrowRight")
    wait_for_sound(here, 18)
    _player(there, "Next track")
    expect(playing(here)).to_have_text("FLAC")
    wait_for_sound(here)
    expect(playing(there)).to_have_text("FLAC")
    # All the while only one of them makes sound.
    assert there.evaluate("() => sounds.every((s) => s.paused)")


def test_what_is_done_where_it_plays_is_seen_elsewhere(here: Page, there: Page) -> None:
    _player(here, "Next track")
    expect(playing(there)).to_have_text("FLAC")
    here.evaluate("keys.seekto({ seekTime: 25 })")
    until(lambda: position_s(there) >= 25, "the other window to follow")
    _player(here, "Pause")
    expect(there.get_by_role("region", name="Player").get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_the_volume_is_that_of_where_it_plays(here: Page, there: Page) -> None:
    there.get_by_role("slider", name="Volume").focus()
    there.keyboard.press("Home")
    for _ in range(4):
        there.keyboard.press("ArrowUp")
    here.wait_for_function("() => sounds.find((s) => !s.paused)?.volume < 0.1")
    expect(here.get_by_role("slider", name="Volume")).to_have_attribute("aria-valuenow", "20")


def test_music_moves_from_window_to_window_and_goes_on(here: Page, there: Page) -> None:
    here.evaluate("keys.seekto({ seekTime: 12 })")
    wait_for_sound(here, 12)
    _choose(there, "This page")
    wait_for_sound(there, 11)
    _silent(here)
    assert sounding(there)["time"] < 25
    expect(here.get_by_test_id("elsewhere")).to_be_visible()
    expect(there.get_by_test_id("elsewhere")).to_have_count(0)
    # The queue came along.
    _player(there, "Next track")
    expect(playing(there)).to_have_text("FLAC")
    wait_for_sound(there)
    expect(playing(here)).to_have_text("FLAC")


def test_what_is_chosen_elsewhere_plays_where_it_sounds(here: Page, there: Page, house: House) -> None:
    go(there, f"/albums/{house.album_id()}")
    there.get_by_role("row").filter(has_text="WAV").first.hover()
    there.get_by_role("button", name="Play WAV", exact=True).click()
    expect(playing(here)).to_have_text("WAV")
    wait_for_sound(here)
    there.get_by_role("button", name="Actions for Opus").click()
    there.get_by_role("menuitem", name="Play next").click()
    expect(there.get_by_text("Plays next")).to_be_visible()
    _player(here, "Next track")
    expect(playing(here)).to_have_text("Opus")


def test_both_at_once_keep_time(here: Page, there: Page) -> None:
    there.get_by_role("button", name="Play on another device").click()
    there.get_by_role("checkbox", name="Play on This page too").click()
    there.keyboard.press("Escape")
    wait_for_sound(there)
    moment = """() => {
      const s = sounds.find((s) => !s.paused)
      return s ? s.currentTime * 1000 - performance.timeOrigin - performance.now() : NaN
    }"""
    assert until(lambda: abs(here.evaluate(moment) - there.evaluate(moment)) < 100, "both to keep time")
    _player(there, "Pause")
    _silent(here)
    _silent(there)


def test_when_the_other_goes_this_page_plays_by_itself(here: Page, there: Page) -> None:
    here.context.close()
    expect(there.get_by_test_id("elsewhere")).to_have_count(0)
    _player(there, "Play")
    wait_for_sound(there)
    expect(playing(there)).to_have_text("MP3")


def test_it_plays_where_no_socket_can_be_opened(visit: Visit, house: House) -> None:
    page = visit(at="/no")
    page.route("**/api/v1/playback/session*", lambda route: route.abort())
    page.goto(f"/albums/{house.album_id()}")
    play_track(page, "MP3")
    wait_for_sound(page)
    _player(page, "Next track")
    expect(playing(page)).to_have_text("FLAC")
    page.get_by_role("button", name="Play on another device").click()
    expect(page.get_by_text("only this page plays")).to_be_visible()


def test_devices_that_keep_music_are_told_what_to_keep(visit: Visit, house: House) -> None:
    space = {"space_free_bytes": 3_000_000_000, "space_total_bytes": 64_000_000_000}
    made = house.owner.post("/sync/devices", json={"name": "Old phone", "type": "phone", **space})
    assert made.status_code == 201, made.text
    page = visit(at="/devices")
    card = page.get_by_role("region", name="Old phone")
    expect(card.get_by_text("3 GB of 64 GB free")).to_be_visible()
    card.get_by_label("What").select_option("recently_added")
    card.get_by_label("How many tracks").fill("3")
    card.get_by_role("button", name="Add", exact=True).click()
    rules = card.get_by_role("list", name="Keep on this device")
    expect(rules.get_by_text("3 tracks, the latest")).to_be_visible()
    card.get_by_label("What").select_option("album")
    card.get_by_label("Begin to type its name").fill("Every")
    card.get_by_role("button", name="Add", exact=True).click()
    expect(rules.get_by_text("Album: Every Kind")).to_be_visible()
    card.get_by_role("button", name="Move Album: Every Kind up").click()
    expect(rules.get_by_role("listitem").first).to_contain_text("Every Kind")

    def kept() -> bool:
        rules = house.owner.get(f"/sync/devices/{made.json()['id']}/rules").json()["rules"]
        return [rule["kind"] for rule in rules] == ["album", "recently_added"]

    until(kept, "the rules in their new order")
    card.get_by_role("button", name="Forget device").click()
    page.get_by_role("dialog").get_by_role("button", name="Forget device").click()
    expect(page.get_by_text("No device keeps music yet")).to_be_visible()
