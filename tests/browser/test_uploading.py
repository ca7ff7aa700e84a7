"""Files that people bring along."""

import base64
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import House, play_track, wait_for_sound
from tests.support.audio import make_sound
from tests.support.server import until

HOME_BYTES_PER_S = 600_000


def _song(folder: Path, name: str, title: str, *, hz: float, seconds: float = 1.0) -> Path:
    tags = {"artists": ("Ana",), "album_artists": ("Ana",), "album": "Brought Along"}
    return make_sound(folder / name, seconds=seconds, frequency=hz, title=title, **tags)


def _choose(page: Page, *files: Path) -> None:
    page.get_by_test_id("files").set_input_files(list(files))


def _row(page: Page, name: str) -> Locator:
    return page.get_by_role("list", name="Uploads").get_by_role("listitem").filter(has_text=name)


class _Line:
    """The line between a window and the house."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)

    def sends(self, bytes_per_s: int) -> None:
        """Limit what can be sent; -1 for no limit."""
        limits = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_s}
        self._session.send("Network.emulateNetworkConditions", limits)


# What was drawn of progress bars, noted by the page itself: a test that only looks from time to time misses some.
NOTE_PROGRESS = """() => {
  window.progress = {}
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll("main [role=progressbar][aria-valuenow]")) {
      const values = (progress[bar.getAttribute("aria-label")] ??= [])
      const now = Number(bar.getAttribute("aria-valuenow"))
      if (values.at(-1) !== now) values.push(now)
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true })
}"""


def test_several_files_show_their_progress_and_can_be_heard(visit: Visit, house: House, tmp_path: Path) -> None:
    page = visit("mara", at="/upload")
    songs = [_song(tmp_path, f"song {n}.wav", f"Song {n}", hz=600 + n, seconds=2 + n / 2) for n in range(4)]
    page.evaluate(NOTE_PROGRESS)
    _Line(page).sends(HOME_BYTES_PER_S)
    _choose(page, *songs)
    expect(page.get_by_text("0 of 4 uploaded").first).to_be_visible()
    page.get_by_role("link", name="Albums", exact=True).click()
    # Wherever one goes meanwhile, it goes on and shows how far it is.
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="uploaded")).to_be_visible()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Upload", exact=True).click()
    expect(page.get_by_text("4 added")).to_be_visible(timeout=30_000)
    for song in songs:
        expect(_row(page, song.name)).to_contain_text("Added: Song")
    noted: dict[str, list[int]] = page.evaluate("() => progress")
    assert any(len(values) > 2 and values == sorted(values) for values in noted.values()), noted
    _row(page, "song 0.wav").get_by_role("link", name="Song 0").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Brought Along")
    play_track(page, "Song 1")
    wait_for_sound(page)
    page.goto("/upload")
    expect(page.get_by_text("MB used, no limit")).to_be_visible()


def test_what_was_there_already_is_said_and_not_kept_twice(visit: Visit, house: House, tmp_path: Path) -> None:
    song = _song(tmp_path, "twice.flac", "Twice", hz=701)
    page = visit("mara", at="/upload")
    _choose(page, song)
    expect(_row(page, "twice.flac")).to_contain_text("Added: Twice")
    page.get_by_role("button", name="Clear the list").click()
    _choose(page, song)
    expect(_row(page, "twice.flac")).to_contain_text("Was here already: Twice")
    expect(page.get_by_text("0 added · 1 here already")).to_be_visible()
    found = until(lambda: house.owner.get("/search", params={"q": "twice"}).json()["tracks"], "it to be found")
    assert len(found) == 1


def test_what_is_no_sound_is_refused_with_the_reason(visit: Visit, watch: Watch, tmp_path: Path) -> None:
    watch.expect(422)
    fake, empty, good = tmp_path / "fake.mp3", tmp_path / "empty.flac", _song(tmp_path, "good.mp3", "Good", hz=702)
    fake.write_bytes(b"not a sound at all " * 100)
    empty.write_bytes(b"")
    page = visit("mara", at="/upload")
    _choose(page, fake, empty, good)
    expect(_row(page, "fake.mp3")).to_contain_text("This file is broken or not what its name says.")
    expect(_row(page, "empty.flac")).to_contain_text("This file is empty.")
    expect(_row(page, "good.mp3")).to_contain_text("Added: Good")
    expect(page.get_by_text("1 added · 2 failed")).to_be_visible()
    # What was mended meanwhile is tried again.
    fake.write_bytes(_song(tmp_path, "mended.mp3", "Mended", hz=703).read_bytes())
    page.get_by_role("button", name="Clear the list").click()
    _choose(page, fake)
    expect(_row(page, "fake.mp3")).to_contain_text("Added: Mended")


def test_no_more_than_the_room_one_has(visit: Visit, watch: Watch, house: House, tmp_path: Path) -> None:
    watch.expect(413, 422, 403, 429, 507)
    house.person("paula")
    user = next(u for u in house.owner.get("/users").json()["items"] if u["username"] == "paula")
    assert house.owner.patch(f"/users/{user['id']}", json={"quota_bytes": 100_000}).status_code == 200
    page = visit("paula", at="/upload")
    expect(page.get_by_text("0 bytes of 100 kB used")).to_be_visible()
    _choose(page, _song(tmp_path, "large.wav", "Large", hz=704, seconds=3))
    expect(_row(page, "large.wav")).to_contain_text("Your room for uploads is used up.")
    # With more room, the same file is taken.
    assert house.owner.patch(f"/users/{user['id']}", json={"quota_bytes": 10_000_000}).status_code == 200
    page.get_by_role("button", name="Try large.wav again").click()
    expect(_row(page, "large.wav")).to_contain_text("Added: Large")


DROP = """async ([files, type]) => {
  const data = new DataTransfer()
  for (const [name, bytes] of files) {
    data.items.add(new File([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))], name))
  }
  const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data })
  document.querySelector("main").dispatchEvent(event)
  return event.defaultPrevented
}"""


def test_files_are_dropped_on_any_page(visit: Visit, tmp_path: Path) -> None:
    song = _song(tmp_path, "dropped.mp3", "Dropped", hz=705)
    files = [
        [name, base64.b64encode(content).decode()]
        for name, content in (("dropped.mp3", song.read_bytes()), ("notes.txt", b"x"), (".DS_Store", b"x"))
    ]
    page = visit("mara", at="/albums")
    expect(page.get_by_role("heading", level=1)).to_have_text("Albums")
    assert page.evaluate(DROP, [files, "dragover"])
    expect(page.get_by_text("Let go to upload")).to_be_visible()
    assert page.evaluate(DROP, [files, "drop"])
    expect(page).to_have_url(re.compile("/upload$"))
    expect(_row(page, "dropped.mp3")).to_contain_text("Added: Dropped")
    expect(page.get_by_text("1 added · 1 file is no music")).to_be_visible()
    expect(page.get_by_text("Let go to upload")).to_have_count(0)


def test_a_file_on_its_way_can_be_cancelled_and_sent_after_all(visit: Visit, house: House, tmp_path: Path) -> None:
    song = _song(tmp_path, "long.wav", "Long", hz=706, seconds=20)
    page = visit("mara", at="/upload")
    line = _Line(page)
    line.sends(HOME_BYTES_PER_S)
    _choose(page, song)
    incoming = house.server.data / "uploads" / "incoming"
    until(lambda: any(incoming.iterdir()), "the file to arrive in part")
    page.get_by_role("button", name="Cancel long.wav").click()
    expect(_row(page, "long.wav")).to_contain_text("Cancelled")
    until(lambda: not any(incoming.iterdir()), "nothing of it to be left")
    assert house.owner.get("/search", params={"q": "title:long"}).json()["tracks"] == []
    line.sends(-1)
    page.get_by_role("button", name="Try long.wav again").click()
    expect(_row(page, "long.wav")).to_contain_text("Added: Long")


def test_guests_do_not_upload(visit: Visit) -> None:
    page = visit("gil", at="/upload")
    expect(page.get_by_role("heading", name="You may not do this.")).to_be_visible()
    assert not page.evaluate(DROP, [[], "dragover"])
