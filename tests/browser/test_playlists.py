"""Playlists of one's own."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, go, playing, row_of, wait_for_sound


def _titles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('main [role=cell] [class*=_title]')].map((t) => t.textContent.trim())"
    )
    return found


def _add(page: Page, name: str) -> None:
    row_of(page, name).click(button="right")
    page.get_by_role("menuitem", name="Add to playlist").click()


def test_a_playlist_is_made_filled_ordered_heard_and_deleted(visit: Visit, house: House) -> None:
    page = visit("mara", at=f"/albums/{house.album_id()}")
    _add(page, "Opus")
    page.get_by_role("button", name="New playlist").click()
    page.get_by_label("Name", exact=True).fill("Sunday")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_text("Added to “Sunday”")).to_be_visible()
    for name in ("FLAC", "WAV"):
        _add(page, name)
        page.get_by_role("list", name="Playlists").get_by_role("button", name="Sunday").click()
        expect(page.get_by_role("dialog")).to_have_count(0)

    go(page, "/playlists")
    page.get_by_role("main").get_by_role("link", name="Sunday").click()
    expect(row_of(page, "WAV")).to_be_visible()
    assert _titles(page) == ["Opus", "FLAC", "WAV"]
    row_of(page, "WAV").click(button="right")
    page.get_by_role("menuitem", name="Move to the top").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("WAV")
    row_of(page, "Opus").click(button="right")
    page.get_by_role("menuitem", name="Remove from this playlist").click()
    expect(row_of(page, "Opus")).to_have_count(0)
    page.reload()
    expect(row_of(page, "FLAC")).to_be_visible()
    assert _titles(page) == ["WAV", "FLAC"]
    page.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
    expect(playing(page)).to_have_text("WAV")
    wait_for_sound(page)

    page.get_by_role("button", name="Actions for Sunday").click()
    page.get_by_role("menuitem", name="Rename").click()
    page.get_by_label("Name", exact=True).fill("Monday")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Monday")
    page.get_by_role("button", name="Actions for Monday").click()
    page.get_by_role("menuitem", name="Delete playlist").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete playlist").click()
    expect(page.get_by_text("No playlists yet")).to_be_visible()
