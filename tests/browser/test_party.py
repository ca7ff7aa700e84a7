"""Two people, each in a window of their own, who hear the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, play_track, playing, wait_for_sound
from tests.support.server import until


@pytest.fixture
def host(visit: Visit, house: House) -> Iterator[Page]:
    """The owner plays, and has invited Mara."""
    page = visit(at=f"/albums/{house.album_id()}")
    play_track(page, "MP3")
    wait_for_sound(page)
    page.get_by_role("button", name="Play on another device").click()
    page.get_by_label("Usernames of your guests").fill("mara")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("Your guests can join now.")).to_be_visible()
    page.keyboard.press("Escape")
    yield page
    house.owner.put("/playback/party", json={"usernames": []})


def test_a_guest_hears_the_same_at_the_same_moment_and_may_choose(host: Page, visit: Visit, house: House) -> None:
    guest = visit("mara")
    guest.get_by_role("button", name="Play on another device").click()
    guest.get_by_role("button", name="Join the party of olga").click()
    expect(guest.get_by_text("You are at the party of olga.")).to_be_visible()
    guest.keyboard.press("Escape")
    expect(playing(guest)).to_have_text("MP3")
    wait_for_sound(guest)
    moment = """() => {
      const s = sounds.find((s) => !s.paused)
      return s ? s.currentTime * 1000 - performance.timeOrigin - performance.now() : NaN
    }"""
    assert until(lambda: abs(host.evaluate(moment) - guest.evaluate(moment)) < 100, "both to keep time")
    guest.get_by_role("region", name="Player").get_by_role("button", name="Next track").click()
    expect(playing(host)).to_have_text("FLAC")
    wait_for_sound(host)
    wait_for_sound(guest)
    # Whoever is invited no longer is put out.
    house.owner.put("/playback/party", json={"usernames": []})
    expect(guest.get_by_text("You are no longer at the party.").first).to_be_visible()
    guest.wait_for_function("() => sounds.every((s) => s.paused)")
    wait_for_sound(host)
