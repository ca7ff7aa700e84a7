"""What one finds, rates, heard, left in the middle and hears from elsewhere."""

import re
import wave
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, go, play_track, playing, row_of, wait_for_position, wait_for_sound
from tests.support.server import PASSWORD, until

LONG = "The Whole Evening"
_RATE = 8_000


@pytest.fixture(scope="module")
def evening(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A track of twenty silent minutes."""
    folder: Path = tmp_path_factory.mktemp("evening") / "Evening"
    folder.mkdir()
    with wave.open(str(folder / f"{LONG}.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(_RATE)
        file.writeframes(b"\x80" * _RATE * 20 * 60)
    library = house.server.library(house.owner, folder)
    yield
    house.owner.delete(f"/admin/libraries/{library}")


def _pause(page: Page) -> None:
    page.get_by_role("region", name="Player").get_by_role("button", name="Pause", exact=True).click()


def _search(page: Page, text: str) -> None:
    page.get_by_role("searchbox").fill(text)


def test_search_marks_what_was_meant_and_forgives_a_slip(visit: Visit) -> None:
    page = visit(at="/search")
    main = page.get_by_role("main")
    main.get_by_role("button", name="genre:samba").click()
    expect(page.get_by_role("searchbox")).to_have_value("genre:samba")
    expect(page.get_by_role("searchbox")).to_be_focused()
    _search(page, "orq")
    expect(main.get_by_role("region", name="Artists").locator("mark")).to_have_text("Orq")
    expect(main.get_by_role("region", name="Tracks").locator("mark").first).to_have_text("Orq")
    _search(page, "genre:test flac")
    expect(row_of(page, "FLAC").locator("mark")).to_have_text(["FLAC", "Test"])
    main.get_by_role("button", name="Artists", exact=True).click()
    expect(main.get_by_role("heading", name="Nothing found for")).to_be_visible()
    main.get_by_role("button", name="All", exact=True).click()
    _search(page, "orqeustra")
    main.get_by_role("link", name="orquestra", exact=True).click()
    expect(page.get_by_role("searchbox")).to_have_value("orquestra")


def test_arrows_walk_through_all_that_was_found_and_enter_takes_nothing_else(visit: Visit) -> None:
    page = visit(at="/search?q=orq")
    box, main = page.get_by_role("searchbox"), page.get_by_role("main")
    artist = main.get_by_role("region", name="Artists").get_by_role("link")
    row = main.get_by_role("region", name="Tracks").get_by_role("button", name="Play MP3", exact=True)
    expect(row).to_have_count(1)
    box.press("ArrowDown")
    expect(artist).to_be_focused()
    for _ in range(main.locator("article").count()):
        page.keyboard.press("ArrowDown")
    first = main.get_by_role("region", name="Tracks").locator("[role=row]:has([role=cell]) button").first
    expect(first).to_be_focused()
    for _ in range(main.locator("article").count() + 1):
        page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    _search(page, "zzzz")
    expect(main.get_by_role("heading", name="Nothing found for")).to_be_visible()
    box.press("Enter")
    expect(box).to_have_value("zzzz")
    expect(page.get_by_role("region", name="Player").get_by_text("Choose something to hear")).to_be_visible()


def test_albums_come_as_one_rated_them(visit: Visit, house: House) -> None:
    album = house.album_id()
    house.owner.put(f"/albums/{album}/rating", json={"rating": 5}).raise_for_status()
    page = visit(at="/albums")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Miniatures")).to_be_visible()
    main.get_by_label("Sort").select_option(label="Rated highest by me")
    expect(main.get_by_role("link", name="Miniatures")).to_have_count(0)
    expect(main.get_by_role("link", name="Every Kind")).to_be_visible()
    house.owner.put(f"/albums/{album}/rating", json={"rating": 0}).raise_for_status()
    page.reload()
    expect(main.get_by_text("Albums you give stars to come here.")).to_be_visible()


def test_a_line_that_stays_in_ones_ear_leads_to_its_song(visit: Visit) -> None:
    page = visit("mara", at="/search?q=words+to+sing")
    lines = page.get_by_role("list", name="In the lyrics")
    expect(lines.locator("mark")).to_have_text(["Words", "to", "sing"])
    page.get_by_role("searchbox").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(playing(page)).to_have_text("MP3")


def test_stars_are_given_by_keys_in_a_menu(visit: Visit, house: House) -> None:
    page = visit("mara", at=f"/albums/{house.album_id()}")
    row_of(page, "Opus").click(button="right")
    menu = page.get_by_role("menu")
    first = menu.get_by_role("menuitemradio", name="1 of 5 stars")
    while not first.evaluate("(star) => star === document.activeElement"):
        page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(menu).to_have_count(0)
    expect(row_of(page, "Opus").get_by_role("img", name="4 of 5 stars")).to_be_visible()
    album = page.get_by_role("radiogroup", name="Rating of Every Kind")
    album.get_by_role("radio", name="5 of 5 stars").click()
    page.reload()
    expect(row_of(page, "Opus").get_by_role("img", name="4 of 5 stars")).to_be_visible()
    five = album.get_by_role("radio", name="5 of 5 stars")
    expect(five).to_be_checked()
    five.click()
    expect(five).not_to_be_checked()


def test_what_was_heard_is_told_with_device_app_and_place(visit: Visit, house: House) -> None:
    page = visit("gil", at=f"/albums/{house.album_id()}")
    play_track(page, "Vorbis")
    wait_for_position(page, 1)
    play_track(page, "WAV")
    wait_for_sound(page)
    go(page, "/history")
    heard = page.get_by_role("listitem").filter(has_text="Vorbis")
    expect(heard).to_contain_text("Sarau web")
    expect(heard).to_contain_text("from: Album")
    expect(heard).to_contain_text("of 0:40")
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.get_by_label("Played from").select_option("Playlist")
    expect(page.get_by_text("Nothing fits this filter")).to_be_visible()
    expect(page).to_have_url(re.compile("from=playlist"))
    page.get_by_label("Played from").select_option("Album")
    expect(heard).to_be_visible()


def test_the_house_sees_what_sounds_until_it_is_hidden(visit: Visit, house: House) -> None:
    mara = visit("mara", at=f"/albums/{house.album_id()}")
    play_track(mara, "MP3")
    wait_for_sound(mara)
    gil = visit("gil")
    hears = gil.get_by_role("list", name="Playing in the house").get_by_role("listitem").filter(has_text="mara")
    expect(hears).to_contain_text("MP3")
    go(mara, "/profile")
    with mara.expect_response(re.compile("/me/preferences")):
        mara.get_by_label("Show the house what I am hearing").uncheck()
    gil.reload()
    expect(gil.get_by_role("heading", name="Recently added")).to_be_visible()
    expect(hears).to_have_count(0)
    with mara.expect_response(re.compile("/me/preferences")):
        mara.get_by_label("Show the house what I am hearing").check()


def test_another_device_offers_to_go_on(visit: Visit, house: House) -> None:
    house.person("noemi")
    tracks = house.owner.get(f"/albums/{house.album_id()}").json()["tracks"][:3]
    queue = {"track_ids": [track["id"] for track in tracks], "current_index": 1, "position_ms": 9_000}
    car = house.server.signed_in("noemi")
    assert car.put("/me/queue", json={**queue, "client": "Car"}).status_code == 204
    car.close()
    page = visit("noemi")
    offer = page.get_by_role("region", name="Go on where you left off")
    expect(offer).to_contain_text("on Car")
    offer.get_by_role("button", name="Go on").click()
    expect(playing(page)).to_have_text(tracks[1]["title"])
    wait_for_position(page, 9)
    expect(offer).to_have_count(0)
    _pause(page)
    page.reload()
    expect(playing(page)).to_have_text(tracks[1]["title"])
    expect(offer).to_have_count(0)


def test_what_is_long_goes_on_where_it_was_left(visit: Visit, house: House, evening: None) -> None:
    page = visit("gil", at="/tracks")
    play_track(page, LONG)
    wait_for_sound(page)
    place = page.get_by_role("slider", name="Position")
    for _ in range(5):
        place.press("PageUp")
    wait_for_position(page, 150)
    _pause(page)
    kept = house.server.signed_in("gil")
    until(
        lambda: any(one["position_ms"] > 145_000 for one in kept.get("/me/bookmarks").json()["items"]),
        "the place to be kept",
    )
    kept.close()
    other = visit("gil")
    left = other.get_by_role("list", name="Go on listening").get_by_role("listitem").filter(has_text=LONG)
    expect(left).to_contain_text("left")
    go(other, "/tracks")
    play_track(other, LONG)
    wait_for_position(other, 145)
    _pause(other)
    go(other, "/")
    left.get_by_role("button", name=f"Forget the place in {LONG}").click()
    expect(left).to_have_count(0)


def test_an_app_gets_a_password_of_its_own(visit: Visit, house: House) -> None:
    page = visit("mara", at="/profile")
    page.get_by_label("Which app, on which device?").fill("Phone")
    page.get_by_role("button", name="Make a password").click()
    shown = page.get_by_role("dialog", name="Password for Phone")
    expect(shown.get_by_label("Server address", exact=True)).to_have_text(house.server.url)
    secret = shown.get_by_label("Password of the app", exact=True).inner_text()
    asked = {"u": "mara", "p": secret, "c": "tests", "v": "1.16.1", "f": "json"}

    def status() -> str:
        reply = httpx.get(f"{house.server.url}/rest/ping", params=asked).json()
        return str(reply["subsonic-response"]["status"])

    assert secret != PASSWORD
    assert status() == "ok"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Lock Phone out").click()
    page.get_by_role("dialog").get_by_role("button", name="Lock out", exact=True).click()
    expect(page.get_by_text("No app has a password yet.")).to_be_visible()
    # What was true a second ago is remembered for so long.
    page.wait_for_timeout(1_500)
    assert status() == "failed"


def test_the_radio_plays_what_the_house_keeps(visit: Visit, house: House) -> None:
    track = house.owner.get(f"/albums/{house.album_id()}").json()["tracks"][0]["id"]
    page = visit(at="/radio")
    page.get_by_role("button", name="Add a station").click()
    form = page.get_by_role("dialog", name="Add a station")
    form.get_by_label("Name").fill("House FM")
    form.get_by_label("Address of the stream").fill(f"{house.server.url}/api/v1/tracks/{track}/stream")
    form.get_by_role("button", name="Save").click()

    listener = visit("mara", at="/radio")
    expect(listener.get_by_role("button", name="Add a station")).to_have_count(0)
    listener.get_by_role("button", name="Play House FM").click()
    expect(listener.get_by_test_id("station")).to_have_text("House FM")
    wait_for_sound(listener)
    go(listener, f"/albums/{house.album_id()}")
    play_track(listener, "FLAC")
    expect(listener.get_by_test_id("station")).to_have_count(0)

    page.get_by_role("button", name="Actions for House FM").click()
    page.get_by_role("menuitem", name="Delete").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="No stations yet")).to_be_visible()
