"""All of it without a mouse."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, playing, row_of, wait_for_position, wait_for_sound

# What has the focus: how it is called, and whether one sees that it has it.
FOCUSED = """() => {
  const element = document.activeElement
  const styles = [element, ...element.children].map((one) => getComputedStyle(one))
  const seen = styles.some(({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none")
  const box = element.getBoundingClientRect()
  const label = element.labels?.[0]?.textContent ?? element.textContent.trim()
  const name = element.getAttribute("aria-label") ?? label
  return { tag: element.tagName, name, seen, inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 }
}"""
MOST_STOPS = 120

SEARCH = "Search for artists, albums, tracks, playlists and lyrics"


def _stops(page: Page) -> list[str]:
    """Go through a page by Tab, once round, and return the names of all stops."""
    names: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["tag"] == "BODY":
            return names
        assert focused["name"], focused
        assert focused["seen"], focused
        assert focused["inside"], focused
        names.append(focused["name"])
    raise AssertionError(f"the way round has no end: {names}")


def _in_order(names: list[str], *wanted: str) -> None:
    places = [names.index(name) for name in wanted]
    assert places == sorted(places), names


def test_tab_goes_through_a_page_in_its_order_and_shows_where_it_is(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    expect(row_of(page, "Opus")).to_be_visible()
    names = _stops(page)
    assert names[0] == "Skip to content"
    _in_order(names, "Home", "Albums", SEARCH, "Account of olga", "Play", "Shuffle")
    _in_order(
        names, "Shuffle", "Play MP3", "Actions for MP3", "Play WavPack", "Shuffle on", "Lyrics", "Queue", "Mute"
    )


def test_pages_of_forms_and_lists_too(visit: Visit) -> None:
    page = visit(at="/profile")
    expect(page.get_by_text("This browser")).to_be_visible()
    _in_order(_stops(page), "Account of olga", "Name to show", "Theme", "Present password", "Shuffle on")
    page.goto("/admin/libraries")
    expect(page.get_by_role("region", name="Music")).to_be_visible()
    _in_order(_stops(page), "Add a folder", "Scan now", "Actions for Music", "Problems", "Missing files")


def test_the_first_stop_skips_to_the_content(visit: Visit) -> None:
    page = visit(at="/albums")
    expect(page.get_by_role("link", name="Every Kind")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    # From there, past the search, it is the content's own first stop.
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Shuffle all")).to_be_focused()


def test_somebody_signs_in_goes_to_an_album_and_hears_it(visit: Visit) -> None:
    page = visit(None)
    expect(page.get_by_label("Username or e-mail")).to_be_focused()
    page.keyboard.type("mara")
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery staple")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Recently added")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("every")
    expect(page.get_by_role("region", name="Albums").get_by_role("link", name="Every Kind")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Kind")
    # The page that was gone to has the focus, so that the next stops are its own.
    expect(page.locator("main")).to_be_focused()
    page.get_by_role("button", name="Play", exact=True).first.focus()
    page.keyboard.press("Enter")
    expect(playing(page)).to_have_text("MP3")
    wait_for_sound(page)


def test_the_shortcuts_steer_the_player(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    row_of(page, "MP3").dblclick()
    wait_for_sound(page)
    page.locator("main").focus()
    page.keyboard.press("ArrowRight")
    wait_for_position(page, 5)
    page.keyboard.press("Space")
    page.wait_for_function("() => sounds.every((s) => s.paused)")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    wait_for_sound(page)
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Unmute")).to_be_visible()
    page.keyboard.press("m")
    volume = page.get_by_role("slider", name="Volume")
    before = int(volume.get_attribute("aria-valuenow") or 0)
    page.keyboard.press("ArrowDown")
    expect(volume).to_have_attribute("aria-valuenow", str(before - 5))
    page.keyboard.press("ArrowUp")
    expect(volume).to_have_attribute("aria-valuenow", str(before))
    page.keyboard.press("n")
    expect(playing(page)).to_have_text("FLAC")
    page.keyboard.press("p")
    expect(playing(page)).to_have_text("MP3")
    page.keyboard.press("s")
    expect(page.get_by_role("button", name="Shuffle off")).to_be_visible()
    page.keyboard.press("r")
    expect(page.get_by_role("button", name="Repeat all")).to_be_visible()
    page.keyboard.press("q")
    expect(page.get_by_role("region", name="Queue")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_role("region", name="Lyrics").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_contain_text("Next track")


def test_letters_typed_into_a_field_are_letters(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    row_of(page, "MP3").dblclick()
    wait_for_sound(page)
    page.keyboard.press("/")
    page.keyboard.type("nm? s")
    expect(page.get_by_role("searchbox")).to_have_value("nm? s")
    expect(playing(page)).to_have_text("MP3")
    expect(page.get_by_role("button", name="Mute")).to_be_visible()
    page.wait_for_function("() => sounds.some((s) => !s.paused)")


def test_a_dialog_keeps_the_focus_and_gives_it_back(visit: Visit) -> None:
    page = visit(at="/admin/invites")
    button = page.get_by_role("button", name="Invite somebody")
    button.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 14:
        page.keyboard.press(key)
        # Between its last stop and its first the browser itself may be.
        assert page.evaluate(
            "() => document.activeElement.closest('dialog') !== null || !document.hasFocus()"
            " || document.activeElement === document.body"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_a_menu_is_walked_by_arrows_and_gives_the_focus_back(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    button = row_of(page, "FLAC").get_by_role("button", name="Actions for FLAC")
    button.focus()
    page.keyboard.press("Enter")
    first = page.get_by_role("menuitem").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("menuitem").last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_have_count(0)
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Plays next")).to_be_visible()
    # A dialog that was opened from a menu gives the focus back to the menu's button.
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="About this track").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="About this track")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_rows_are_walked_and_the_page_scrolls_by_keys(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}", viewport={"width": 1280, "height": 500})
    expect(row_of(page, "MP3")).to_be_visible()
    page.keyboard.press("End")
    expect(row_of(page, "WavPack")).to_be_in_viewport()
    page.keyboard.press("Home")
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    page.get_by_role("button", name="Play MP3", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Play FLAC", exact=True)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(playing(page)).to_have_text("MP3")
