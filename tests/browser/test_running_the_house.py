"""What those see to who run the house: people, libraries, the bin, and what happened."""

import json
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import House, go, row_of, wait_for_line
from tests.support.audio import make_sound
from tests.support.server import PASSWORD


def _person(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="People").get_by_role("listitem").filter(has_text=name)


def _choose(page: Page, name: str, entry: str) -> None:
    page.get_by_role("button", name=f"Actions for {name}", exact=True).click()
    page.get_by_role("menuitem", name=entry).click()


def test_a_link_is_copied_as_it_is(visit: Visit, house: House) -> None:
    page = visit(at="/admin/invites", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make invitation").click()
    dialog = page.get_by_role("dialog", name="Invitations")
    link = dialog.get_by_label("Link").inner_text()
    dialog.get_by_role("button", name="Copy").first.click()
    expect(dialog.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == link
    assert link.startswith(f"{house.server.url}/invite/")


def test_people_get_other_roles_and_more_room(visit: Visit, house: House) -> None:
    house.person("rosa")
    page = visit(at="/admin/users")
    page.get_by_label("Role of rosa").select_option("admin")
    theirs = visit("rosa", at="/admin/users")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("People")
    # An administrator hands out no role above their own, and leaves an owner alone.
    expect(theirs.get_by_label("Role of mara").locator("option")).to_have_text(["guest", "member", "administrator"])
    expect(theirs.get_by_label("Role of olga")).to_have_count(0)
    _choose(page, "rosa", "Set room for uploads")
    page.get_by_label("Gigabytes").fill("lots")
    expect(page.get_by_role("alert")).to_have_text("A number of gigabytes from 0 on")
    page.get_by_label("Gigabytes").fill("1,5")
    page.get_by_role("button", name="Save").click()
    expect(_person(page, "rosa")).to_contain_text("1.5 GB")
    theirs.goto("/upload")
    expect(theirs.get_by_text("0 bytes of 1.5 GB used")).to_be_visible()


def test_who_is_barred_is_out_at_once_until_allowed_again(visit: Visit, watch: Watch, house: House) -> None:
    watch.expect(401, 403)
    house.person("tito")
    theirs = visit("tito", at="/albums")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Albums")
    wait_for_line(theirs)
    page = visit(at="/admin/users")
    _choose(page, "tito", "Bar from the house")
    page.get_by_role("dialog", name="Bar tito?").get_by_role("button", name="Bar from the house").click()
    expect(_person(page, "tito")).to_contain_text("barred")
    theirs.get_by_role("link", name="Artists").click()
    expect(theirs.get_by_role("button", name="Sign in")).to_be_visible()
    theirs.get_by_label("Username or e-mail").fill("tito")
    theirs.get_by_label("Password", exact=True).fill(PASSWORD)
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("alert")).to_be_visible()
    _choose(page, "tito", "Allow again")
    expect(_person(page, "tito")).not_to_contain_text("barred")
    theirs.keyboard.press("Enter")
    expect(theirs.get_by_role("heading", level=1)).to_be_visible()
    expect(theirs.get_by_role("link", name="Genres")).to_be_visible()


def test_an_account_is_made_at_the_desk(visit: Visit, watch: Watch, house: House) -> None:
    watch.expect(409, 422)
    page = visit(at="/admin/users")
    page.get_by_role("button", name="Make an account").click()
    dialog = page.get_by_role("dialog", name="Make an account")
    dialog.get_by_label("Username", exact=True).fill("mara")
    dialog.get_by_label("Password", exact=True).fill(PASSWORD)
    dialog.get_by_role("button", name="Make an account").click()
    expect(dialog.get_by_role("alert")).to_have_text("This name or e-mail is taken.")
    dialog.get_by_label("Username", exact=True).fill("ulla")
    dialog.get_by_role("button", name="Make an account").click()
    expect(_person(page, "ulla")).to_be_visible()
    house.server.signed_in("ulla").close()


def test_the_last_owner_stays(visit: Visit, watch: Watch) -> None:
    watch.expect(409, 403, 422)
    page = visit(at="/admin/users")
    page.get_by_label("Role of olga").select_option("guest")
    expect(page.get_by_text("The last owner cannot be removed.")).to_be_visible()
    expect(page.get_by_label("Role of olga")).to_have_value("owner")


def _card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


@pytest.fixture
def attic(tmp_path: Path, house: House) -> Iterator[Path]:
    """A folder with two sounds and one that is none; its library, if one was made, goes with the test."""
    folder = tmp_path / "Attic"
    folder.mkdir()
    for number in (1, 2):
        make_sound(folder / f"{number}.flac", frequency=800.0 + number, title=f"Found {number}", artists=("Attic",))
    (folder / "3.mp3").write_bytes(b"no sound " * 500)
    yield folder
    for library in house.owner.get("/admin/libraries").json()["items"]:
        if library["path"] == str(folder):
            house.owner.delete(f"/admin/libraries/{library['id']}")


def test_a_folder_is_added_scanned_looked_after_and_taken_out(visit: Visit, watch: Watch, attic: Path) -> None:
    watch.expect(422, 409)
    page = visit(at="/admin/libraries")
    page.get_by_role("button", name="Add a folder").click()
    dialog = page.get_by_role("dialog", name="Add a folder")
    dialog.get_by_label("Name", exact=True).fill("Attic")
    dialog.get_by_label("Folder on the server").fill(str(attic / "nowhere"))
    dialog.get_by_role("button", name="Add and scan").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Folder on the server").fill(str(attic))
    dialog.get_by_role("button", name="Add and scan").click()
    card = _card(page, "Attic")
    expect(card).to_contain_text("2 new · 1 problems", timeout=20_000)
    expect(card).to_contain_text("2 tracks")
    card.get_by_role("button", name="Problems").click()
    problems = page.get_by_role("dialog", name="Problems: Attic").get_by_role("listitem")
    expect(problems).to_have_count(1)
    expect(problems).to_contain_text("3.mp3")
    page.keyboard.press("Escape")

    (attic / "1.flac").unlink()
    card.get_by_role("button", name="Scan now").click()
    expect(card.get_by_role("button", name="Missing files (1)")).to_be_visible(timeout=20_000)
    card.get_by_role("button", name="Missing files (1)").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_contain_text("Found 1 – Attic")
    page.keyboard.press("Escape")

    _choose(page, "Attic", "Name and listeners")
    page.get_by_label("Name", exact=True).fill("Loft")
    page.get_by_label("Only these people").check()
    page.get_by_role("button", name="Save").click()
    expect(_card(page, "Loft")).to_contain_text("Only these people")
    theirs = visit("mara", at="/search?q=found")
    expect(theirs.get_by_role("heading", name="Nothing found for")).to_be_visible()

    _choose(page, "Loft", "Take out of the house")
    page.get_by_role("dialog").get_by_role("button", name="Take out of the house").click()
    expect(_card(page, "Loft")).to_have_count(0)
    assert (attic / "2.flac").exists()


def test_the_page_follows_a_scan_as_it_goes(visit: Visit, house: House, attic: Path) -> None:
    library = house.server.library(house.owner, attic)
    page = visit(at="/admin/libraries")
    card = _card(page, "Attic")
    expect(card).to_contain_text("done")
    # What a scan of many files writes down on its way, for one that is over before anybody looks shows nothing.
    scan = max(scan["id"] for scan in house.owner.get("/admin/scans").json()["items"])

    def written(state: str, seen: int) -> None:
        now = int(time.time() * 1000)
        counts = json.dumps({"seen": seen, "total": 400, "added": seen})
        with sqlite3.connect(house.server.data / "sarau.db", timeout=30) as database:
            database.execute(
                "UPDATE scans SET state = ?, counts = ?, heartbeat_at = ?, finished_at = ? WHERE id = ?",
                (state, counts, now, None if state == "running" else now, int(scan, 16)),
            )
        database.close()

    assert library
    written("running", 100)
    page.reload()
    bar = card.get_by_role("progressbar", name="Scanning")
    expect(bar).to_have_attribute("aria-valuenow", "25")
    expect(card.get_by_role("button", name="Scan now")).to_be_disabled()
    written("running", 300)
    expect(bar).to_have_attribute("aria-valuenow", "75")
    expect(card).to_contain_text("300 of 400 files · 300 new")
    written("done", 400)
    expect(card).to_contain_text("400 of 400 files")
    expect(bar).to_have_count(0)
    expect(card.get_by_role("button", name="Scan now")).to_be_enabled()


def test_into_the_bin_and_back(visit: Visit, house: House, attic: Path) -> None:
    house.server.library(house.owner, attic)
    page = visit(at="/tracks")
    row_of(page, "Found 1").click(button="right")
    page.get_by_role("menuitem", name="Put into the bin").click()
    page.get_by_role("dialog").get_by_role("button", name="Put into the bin").click()
    expect(row_of(page, "Found 1")).to_have_count(0)
    expect(row_of(page, "Found 2")).to_be_visible()
    page.get_by_role("link", name="Bin", exact=True).click()
    expect(page.get_by_role("list", name="Bin").get_by_role("listitem")).to_contain_text("Found 1")
    page.get_by_role("button", name="Bring back Found 1").click()
    expect(page.get_by_role("heading", name="The bin is empty")).to_be_visible()
    page.get_by_role("link", name="Tracks", exact=True).click()
    expect(row_of(page, "Found 1")).to_be_visible()


def test_a_correction_shows_everywhere_and_the_reader_keeps_their_place(
    visit: Visit, house: House, attic: Path
) -> None:
    house.server.library(house.owner, attic)
    page = visit(at="/tracks")
    row_of(page, "Found 2").click(button="right")
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Edit track")
    dialog.get_by_label("Title", exact=True).fill("Found at Last")
    dialog.get_by_role("button", name="Save").click()
    expect(row_of(page, "Found at Last")).to_be_visible()
    expect(row_of(page, "Found 2")).to_have_count(0)


def test_what_happened_can_be_looked_up(visit: Visit) -> None:
    page = visit(at="/admin/activity")
    entries = page.get_by_role("list", name="Activity").get_by_role("listitem")
    expect(entries.first).to_contain_text("Signed in")
    page.get_by_label("What happened").select_option("Accepted an invitation")
    expect(entries.filter(has_text="username: mara")).to_be_visible()
    expect(entries.filter(has_text="Signed in")).to_have_count(0)
    page.get_by_label("Who").select_option("gil")
    expect(entries).to_have_count(1)
    page.reload()
    expect(entries).to_have_count(1)
    expect(entries).to_contain_text("username: gil")


def test_guests_are_told_politely_that_this_is_not_theirs(visit: Visit, watch: Watch) -> None:
    watch.expect(403)
    page = visit("gil")
    for place in ("users", "libraries", "bin", "activity", "invites"):
        go(page, f"/admin/{place}")
        expect(page.get_by_text("You may not do this.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main").get_by_role("heading", name="House")).to_have_count(0)
