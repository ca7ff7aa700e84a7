"""Favourites."""

from playwright.sync_api import expect
from tests.browser.conftest import Visit
from tests.browser.visiting import ALBUM, House, go, play_track, row_of


def test_hearts_are_given_and_taken_back(visit: Visit, house: House) -> None:
    page = visit("mara", at=f"/albums/{house.album_id()}")
    main = page.get_by_role("main")
    main.get_by_role("button", name=f"Favourite: {ALBUM}").click()
    row_of(page, "Opus").click(button="right")
    page.get_by_role("menuitem", name="Add to favourites").click()
    expect(row_of(page, "Opus").get_by_label("Favourites")).to_be_visible()
    play_track(page, "FLAC")
    heart = page.get_by_role("region", name="Player").get_by_role("button", name="Favourite: FLAC")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")

    go(page, "/starred")
    expect(main.get_by_role("heading", level=1)).to_have_text("Favourites")
    expect(main.get_by_role("link", name=ALBUM).first).to_be_visible()
    expect(row_of(page, "Opus")).to_be_visible()
    expect(row_of(page, "FLAC")).to_be_visible()
    heart.click()
    expect(row_of(page, "FLAC")).to_have_count(0)
    page.reload()
    expect(row_of(page, "Opus")).to_be_visible()
    # Stars are one's own.
    other = visit("gil", at="/starred")
    expect(other.get_by_text("No favourites yet")).to_be_visible()
