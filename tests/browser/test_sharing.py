"""Public links: somebody makes one, and strangers listen by it."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import ALBUM, SHORT, House, go, row_of, wait_for_sound


def _made(page: Page) -> str:
    """Return the path of the link that was just made."""
    link = page.get_by_role("dialog").get_by_label("Link", exact=True)
    expect(link).to_contain_text("/s/")
    return "/s/" + link.inner_text().rpartition("/s/")[2]


def test_strangers_listen_by_a_link(visit: Visit, house: House, watch: Watch) -> None:
    page = visit("mara", at=f"/albums/{house.album_id(SHORT)}")
    main = page.get_by_role("main")
    main.get_by_role("button", name=f"Actions for {SHORT}").click()
    page.get_by_role("menuitem", name="Share a link").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password (optional)").fill("sesame")
    dialog.get_by_label("A few words with it").fill("Listen to this!")
    dialog.get_by_label("The files may be downloaded").check()
    dialog.get_by_role("button", name="Make link").click()
    path = _made(page)

    watch.expect(401, 404)
    stranger = visit(None, at=path)
    stranger.get_by_label("Password", exact=True).fill("mellon")
    stranger.get_by_role("button", name="Open", exact=True).click()
    expect(stranger.get_by_role("alert")).to_have_text("This is not the password of this link.")
    stranger.get_by_label("Password", exact=True).fill("sesame")
    stranger.get_by_role("button", name="Open", exact=True).click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(SHORT)
    expect(stranger.get_by_text("Listen to this!")).to_be_visible()
    stranger.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
    wait_for_sound(stranger)
    player = stranger.get_by_role("region", name="Player")
    expect(player.get_by_test_id("shared-title")).to_have_text("Prelude")
    player.get_by_role("slider").focus()
    stranger.keyboard.press("End")
    # One track follows the other by itself.
    expect(player.get_by_test_id("shared-title")).to_have_text("Postlude")
    wait_for_sound(stranger)
    player.get_by_role("button", name="Pause").click()
    stranger.wait_for_function("() => sounds.every((s) => s.paused)")
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name="Download Prelude").click()
    assert download.value.suggested_filename.endswith(".mp3")

    page.keyboard.press("Escape")
    go(page, "/links")
    item = page.get_by_role("list", name="Shared links").get_by_role("listitem").filter(has_text=SHORT)
    expect(item).to_contain_text("1 visit")
    item.get_by_role("button", name=f"Actions for {SHORT}").click()
    page.get_by_role("menuitem", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("No shared links yet")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_text("This link leads nowhere")).to_be_visible()


def test_what_a_browser_cannot_play_is_converted_for_strangers(visit: Visit, house: House, watch: Watch) -> None:
    # A server whose places for conversions are taken asks to come again, and the page does.
    watch.expect(429)
    page = visit(at=f"/albums/{house.album_id(ALBUM)}")
    row_of(page, "AIFF").click(button="right")
    page.get_by_role("menuitem", name="Share a link").click()
    page.get_by_role("button", name="Make link").click()
    stranger = visit(None, at=_made(page), viewport={"width": 390, "height": 844})
    stranger.get_by_role("button", name="Play AIFF").click()
    wait_for_sound(stranger)
    stranger.get_by_role("slider").focus()
    stranger.keyboard.press("PageUp")
    stranger.wait_for_function(
        "() => document.querySelector('[data-testid=shared-position]').textContent.startsWith('0:3')"
    )
    expect(stranger.get_by_role("link", name="Download AIFF")).to_have_count(0)
    # Who may not share is not offered to.
    guest = visit("gil", at=f"/albums/{house.album_id()}")
    row_of(guest, "AIFF").click(button="right")
    expect(guest.get_by_role("menuitem", name="Add to playlist")).to_be_visible()
    expect(guest.get_by_role("menuitem", name="Share a link")).to_have_count(0)
