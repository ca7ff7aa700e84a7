"""Playlists of one's own and of several, in folders, chosen by rules, and out of files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import ALBUM, House, go, playing, row_of, wait_for_sound


def _titles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        # Not the marks beside them: somebody may have rated what another test hears.
        """() => [...document.querySelectorAll('main [role=cell] [class*=_title]')]
        .map((t) => t.firstChild.textContent.trim())"""
    )
    return found


def _add(page: Page, name: str) -> None:
    row_of(page, name).click(button="right")
    page.get_by_role("menuitem", name="Add to playlist").click()


def _order(page: Page, *names: str) -> None:
    """Wait until the rows stand in this order."""
    rows = page.get_by_role("row")
    for place, name in enumerate(names, 1):
        expect(rows.nth(place)).to_contain_text(name)


def _handle(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"Move {name}: drag")


def _choose(page: Page, name: str, item: str) -> None:
    """Choose from the menu of a playlist, a folder or a link."""
    page.get_by_role("main").get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=item).click()


@pytest.fixture
def tracks(house: House) -> dict[str, str]:
    """The ids of the tracks of an album, by their titles."""
    found = house.owner.get(f"/albums/{house.album_id()}").json()["tracks"]
    return {track["title"]: track["id"] for track in found}


@pytest.fixture
def shared(house: House, tracks: dict[str, str]) -> Iterator[dict[str, Any]]:
    """A playlist of the owner's which somebody else may change; asked for before windows, which are closed first."""
    ids = [tracks[name] for name in ("MP3", "FLAC", "WAV", "Opus")]
    new = {"name": "Ours", "track_ids": ids, "collaborative": "named", "editors": ["mara"], "visibility": "house"}
    made = house.owner.post("/playlists", json=new).json()
    yield made
    house.owner.delete(f"/playlists/{made['id']}")


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
    page.get_by_role("main").get_by_role("button", name="New playlist").click()
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    page.get_by_role("main").get_by_role("link", name="Sunday").click()
    expect(row_of(page, "WAV")).to_be_visible()
    assert _titles(page) == ["Opus", "FLAC", "WAV"]
    row_of(page, "WAV").click(button="right")
    page.get_by_role("menuitem", name="Move to the top").click()
    _order(page, "WAV", "Opus", "FLAC")
    row_of(page, "Opus").click(button="right")
    page.get_by_role("menuitem", name="Remove from this playlist").click()
    expect(row_of(page, "Opus")).to_have_count(0)
    page.reload()
    expect(row_of(page, "FLAC")).to_be_visible()
    assert _titles(page) == ["WAV", "FLAC"]
    page.get_by_role("main").get_by_role("button", name="Play", exact=True).click()
    expect(playing(page)).to_have_text("WAV")
    wait_for_sound(page)

    _choose(page, "Sunday", "Edit details")
    page.get_by_label("Name", exact=True).fill("Monday")
    page.get_by_label("Description").fill("After the weekend.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Monday")
    expect(page.get_by_role("paragraph").filter(has_text="After the weekend.")).to_be_visible()
    _choose(page, "Monday", "Delete playlist")
    page.get_by_role("dialog").get_by_role("button", name="Delete playlist").click()
    expect(page.get_by_text("No playlists yet")).to_be_visible()


def test_rows_are_dragged_and_moved_by_keys(shared: dict[str, Any], visit: Visit) -> None:
    page = visit("mara", at=f"/playlists/{shared['id']}")
    _order(page, "MP3", "FLAC", "WAV", "Opus")
    row_of(page, "Opus").hover()
    _handle(page, "Opus").hover()
    page.mouse.down()
    place = row_of(page, "MP3").bounding_box()
    assert place
    page.mouse.move(place["x"] + 200, place["y"] + 20, steps=5)
    _order(page, "Opus", "MP3", "FLAC", "WAV")
    page.mouse.up()
    handle = _handle(page, "MP3")
    handle.focus()
    page.keyboard.press("ArrowDown")
    _order(page, "Opus", "FLAC", "MP3", "WAV")
    expect(handle).to_be_focused()
    expect(page.get_by_text("MP3 is number 3 now")).to_be_attached()
    page.keyboard.press("ArrowDown")
    _order(page, "Opus", "FLAC", "WAV", "MP3")
    # Begun and given up: nothing moves.
    _handle(page, "Opus").hover()
    page.mouse.down()
    page.mouse.move(place["x"] + 200, place["y"] + 160, steps=3)
    page.keyboard.press("Escape")
    page.mouse.up()
    _order(page, "Opus", "FLAC", "WAV", "MP3")
    page.wait_for_load_state("networkidle")
    page.reload()
    _order(page, "Opus", "FLAC", "WAV", "MP3")


def test_several_change_one_playlist(
    shared: dict[str, Any], visit: Visit, house: House, tracks: dict[str, str], watch: Watch
) -> None:
    at = f"/playlists/{shared['id']}"
    page = visit(at=at)
    mara = visit("mara", at=f"/albums/{house.album_id()}")
    _add(mara, "Vorbis")
    mara.get_by_role("list", name="Playlists").get_by_role("button", name="Ours").click()
    expect(mara.get_by_text("Added to “Ours”")).to_be_visible()
    go(mara, at)
    expect(row_of(mara, "Vorbis")).to_contain_text("mara")
    expect(row_of(mara, "FLAC")).to_contain_text("olga")
    expect(mara.get_by_role("menuitem", name="Edit details")).to_have_count(0)

    # What does not clash is merged: the owner's window does not know of the new track yet.
    expect(row_of(page, "Vorbis")).to_have_count(0)
    row_of(page, "WAV").click(button="right")
    page.get_by_role("menuitem", name="Move to the top").click()
    _order(page, "WAV", "MP3", "FLAC", "Opus", "Vorbis")
    # What clashes is told, and shown as it is now.
    watch.expect(409)
    row_of(mara, "WAV").click(button="right")
    mara.get_by_role("menuitem", name="Move to the end").click()
    expect(mara.get_by_text("Somebody changed the same")).to_be_visible()
    _order(mara, "WAV", "MP3", "FLAC", "Opus", "Vorbis")

    _choose(page, "Ours", "Edit details")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Mine")
    house.owner.patch(at, json={"name": "Theirs"}).raise_for_status()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Changed by olga")).to_be_visible()
    dialog.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mine")


def test_folders_hold_playlists(shared: dict[str, Any], visit: Visit, house: House) -> None:
    page = visit(at="/playlists")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Ours")).to_be_visible()
    main.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("menuitem", name="New folder").click()
    page.get_by_label("Name of the folder").fill("Parties")
    page.get_by_role("button", name="Create").click()
    expect(main.get_by_role("link", name="Parties")).to_be_visible()
    _choose(page, "Ours", "Move to folder")
    page.get_by_role("dialog").get_by_role("button", name="Parties").click()
    expect(main.get_by_role("link", name="Ours")).to_have_count(0)
    main.get_by_role("link", name="Parties").click()
    expect(main.get_by_role("heading", level=1)).to_have_text("Parties")
    expect(main.get_by_role("link", name="Ours")).to_be_visible()
    main.get_by_role("button", name="Actions for Parties").click()
    page.get_by_role("menuitem", name="Delete folder").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete folder").click()
    expect(main.get_by_role("heading", level=1)).to_have_text("Playlists")
    expect(main.get_by_role("link", name="Ours")).to_be_visible()
    # Others see it among those of the house, or their own where they may change it.
    guest = visit("gil", at="/playlists")
    expect(guest.get_by_role("list", name="From the house").get_by_role("link", name="Ours")).to_be_visible()


def test_who_adds_what_is_there_already_is_asked(
    shared: dict[str, Any], visit: Visit, house: House, watch: Watch
) -> None:
    watch.expect(409)  # how the page learns that it must ask
    page = visit(at=f"/albums/{house.album_id()}")
    at = f"/playlists/{shared['id']}"
    dialog = page.get_by_role("dialog")

    def choose_ours() -> None:
        page.get_by_role("list", name="Playlists").get_by_role("button", name="Ours").click()

    def entries() -> list[str]:
        return [entry["track"]["title"] for entry in house.owner.get(f"{at}/entries").json()["items"]]

    before = entries()
    _add(page, "FLAC")
    choose_ours()
    expect(dialog.get_by_text("This track is in “Ours” already.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Only the new ones")).to_have_count(0)
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    assert entries() == before
    _add(page, "FLAC")
    choose_ours()
    dialog.get_by_role("button", name="Add anyway").click()
    expect(page.get_by_text("Added to “Ours”")).to_be_visible()
    assert entries() == [*before, "FLAC"]

    tracks = house.owner.get(f"/albums/{house.album_id()}").json()["tracks"]
    page.get_by_role("main").get_by_role("button", name=f"Actions for {ALBUM}").click()
    page.get_by_role("menuitem", name="Add to playlist").click()
    choose_ours()
    expect(dialog.get_by_text(f"4 of {len(tracks)} tracks are in “Ours” already.")).to_be_visible()
    dialog.get_by_role("button", name="Only the new ones").click()
    expect(dialog).to_have_count(0)
    new = [track["title"] for track in tracks if track["title"] not in before]
    assert entries() == [*before, "FLAC", *new]


def test_rules_choose_the_tracks_of_a_smart_playlist(visit: Visit, house: House) -> None:
    page = visit(at="/playlists/smart")
    count = page.get_by_test_id("rules-count")
    page.get_by_label("Name", exact=True).fill("Lossless")
    rules = page.get_by_role("group", name="Group of rules").first
    rules.get_by_label("What").select_option("album")
    expect(count).to_contain_text("Some rule has no value yet")
    expect(count).to_be_in_viewport()
    expect(page.get_by_role("button", name="Create")).to_be_disabled()
    rules.get_by_label("Value").fill(ALBUM)
    expect(count).to_have_text("13 tracks fit")
    rules.get_by_role("button", name="Add group").click()
    inner = rules.get_by_role("group", name="Group of rules")
    inner.get_by_label("What").select_option("title")
    inner.get_by_label("Value").fill("flac")
    expect(count).to_have_text("1 track fits")
    inner.get_by_role("button", name="Add rule").click()
    second = inner.get_by_role("group", name="Genre")
    second.get_by_label("What").select_option("title")
    title = inner.get_by_role("group", name="Title").nth(1)
    title.get_by_label("How").select_option("contains")
    title.get_by_label("Value").fill("wav")
    expect(count).to_have_text("3 tracks fit")
    page.get_by_role("button", name="Sort by one more").click()
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lossless")
    _order(page, "FLAC", "WAV", "WavPack")
    expect(_handle(page, "WAV")).to_have_count(0)
    _choose(page, "Lossless", "Edit rules")
    expect(count).to_have_text("3 tracks fit")
    page.get_by_role("group", name="Title").first.get_by_role("button", name="Remove the rule").click()
    expect(count).to_have_text("2 tracks fit")
    page.get_by_role("button", name="Save").click()
    _order(page, "WAV", "WavPack")
    house.owner.delete(f"/playlists/{page.url.rpartition('/')[2]}")


def test_files_become_playlists_and_playlists_files(visit: Visit, house: House, tmp_path: Path) -> None:
    file = tmp_path / "Old times.m3u8"
    known, unknown = (
        ("#EXTINF:40,Orquestra - FLAC", "elsewhere/FLAC.flac"),
        ("#EXTINF:200,Nobody - Nothing", "no.mp3"),
    )
    lines = ["#EXTM3U", *known, *unknown]
    file.write_text("\n".join(lines))
    folder = house.owner.post("/playlist-folders", json={"name": "From before"}).json()["id"]
    page = visit(at=f"/playlists?folder={folder}")
    expect(page.get_by_role("heading", level=1)).to_have_text("From before")
    page.get_by_role("main").get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("menuitem", name="Import a file").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Choose a file").first.set_input_files(file)
    expect(dialog.get_by_text("1 track found of 2 in the file")).to_be_visible()
    expect(dialog.get_by_role("list", name="1 was not found")).to_contain_text("Nobody – Nothing")
    dialog.get_by_role("button", name="Open the playlist").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Old times")
    expect(row_of(page, "FLAC")).to_be_visible()
    # It stands where one was when it was made.
    go(page, f"/playlists?folder={folder}")
    page.get_by_role("main").get_by_role("link", name="Old times").click()
    _choose(page, "Old times", "Save as a file")
    with page.expect_download() as download:
        page.get_by_role("dialog").get_by_role("link", name="XSPF").click()
    assert download.value.suggested_filename == "Old times.xspf"
    assert "<title>FLAC</title>" in download.value.path().read_text()
    house.owner.delete(f"/playlists/{page.url.rpartition('/')[2]}")
    house.owner.delete(f"/playlist-folders/{folder}")
