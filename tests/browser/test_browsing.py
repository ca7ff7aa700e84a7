"""Looking around in the catalogue."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, playing


def test_home_leads_to_an_album(visit: Visit) -> None:
    page = visit()
    page.get_by_role("region", name="Recently added").get_by_role("link", name="Every Kind").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Kind")
    table = page.get_by_role("table", name="Every Kind")
    expect(table.get_by_role("row")).to_have_count(1 + 13)
    expect(table.get_by_role("row").nth(1)).to_contain_text("MP3")
    expect(page).to_have_title(re.compile("Every Kind"))
    cover = page.get_by_role("img", name="Cover of Every Kind")
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 0", arg=cover.element_handle())


def test_an_album_leads_to_its_artist_and_back(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    page.get_by_role("main").get_by_role("link", name="Orquestra").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Orquestra")
    expect(page.get_by_role("region", name="Albums").get_by_role("link", name="Every Kind")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Kind")


def test_folders_are_a_tree_with_a_way_back(visit: Visit) -> None:
    page = visit(at="/folders")
    page.get_by_role("link", name="Music").click()
    page.get_by_role("link", name="Orquestra").click()
    page.get_by_role("link", name="Every Kind").click()
    expect(page.get_by_role("table").get_by_role("row")).to_have_count(1 + 13)
    path = page.get_by_role("navigation", name="Path")
    expect(path.get_by_role("link")).to_have_text(["Folders", "Music", "Orquestra"])
    path.get_by_role("link", name="Music").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Music")


def test_a_genre_has_albums_and_tracks(visit: Visit) -> None:
    page = visit(at="/genres")
    page.get_by_role("main").get_by_role("link", name="Test").click()
    expect(page.get_by_role("region", name="Albums").get_by_role("link", name="Every Kind")).to_be_visible()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()


def test_search_answers_while_one_types_and_by_keys_alone(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_role("heading", name="Recently added")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("vor")
    expect(page).to_have_url(re.compile(r"/search\?q=vor"))
    expect(page.get_by_role("row", name="Vorbis")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(playing(page)).to_have_text("Vorbis")
    page.get_by_role("searchbox").fill("nothing like it")
    expect(page.get_by_role("heading", name="Nothing found for")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_what_is_not_there_says_so(visit: Visit) -> None:
    page = visit(at="/no/such/page")
    expect(page.get_by_role("heading", name="Nothing plays here")).to_be_visible()


def test_every_track_tells_all_about_itself(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    page.get_by_role("row", name="FLAC").first.click(button="right")
    page.get_by_role("menuitem", name="About this track").click()
    dialog = page.get_by_role("dialog", name="About this track")
    expect(dialog).to_contain_text("44.1 kHz")
    expect(dialog).to_contain_text("02 FLAC.flac")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_credits_name_who_made_an_album(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    page.get_by_role("button", name="Actions for Every Kind").click()
    page.get_by_role("menuitem", name="Credits").click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Orquestra")).to_be_visible()


def test_a_download_is_the_original(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    page.get_by_role("row", name="Opus").click(button="right")
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Download").click()
    assert download.value.suggested_filename.endswith(".opus")
    assert download.value.path().read_bytes()[:4] == b"OggS"
