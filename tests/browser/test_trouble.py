"""When the house is away for a while, tokens end early, and names are traps."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Visit, Watch, windows
from tests.browser.visiting import (
    House,
    go,
    owned_house,
    play_track,
    playing,
    row_of,
    sounding,
    wait_for_sound,
)
from tests.support.audio import make_sound
from tests.support.server import Server, free_port, running_server


class Power:
    """Switches a server off and on, always at the same address."""

    def __init__(self, data: Path, **settings: str) -> None:
        self._data = data
        self._settings = settings
        self._port = free_port()
        self._stack = ExitStack()

    def on(self) -> Server:
        """Start it."""
        return self._stack.enter_context(running_server(self._data, port=self._port, **self._settings))

    def off(self) -> None:
        """Stop it, with whatever it is doing."""
        self._stack.close()


@pytest.fixture(scope="module")
def power(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Power]:
    """A house whose access tokens live for two seconds."""
    data = tmp_path_factory.mktemp("rocky") / "data"
    power = Power(data, SARAU_SCANNING_WATCH="false", SARAU_SECURITY_ACCESS_TTL_S="2")
    yield power
    power.off()


@pytest.fixture(scope="module")
def house(power: Power, sounds: Path) -> Iterator[House]:
    """The house, with music."""
    with owned_house(power.on()) as made:
        made.server.library(made.owner, sounds)
        made.person("mara", "member")
        yield made


@pytest.fixture
def visit(browser: Browser, house: House, watch: Watch) -> Iterator[Visit]:
    """Opens windows on this house."""
    watch.expect(401)
    watch.expect_lost_sockets()
    with windows(browser, house.server.url, watch) as opens:
        yield opens


def test_tokens_that_end_early_are_renewed_unheard(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    play_track(page, "MP3")
    wait_for_sound(page, 3)  # by now the token it came with has ended
    for _ in range(2):
        page.get_by_role("button", name="Next track").click()
        wait_for_sound(page)
        assert "format=" not in sounding(page)["src"]
    expect(playing(page)).to_have_text("WAV")
    page.get_by_role("link", name="Artists", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Artists")
    expect(page.get_by_role("main").get_by_role("link", name="Orquestra")).to_be_visible()
    page.get_by_role("button", name="Account of olga").click()
    page.get_by_role("menuitem", name="My account").click()
    page.get_by_label("Name to show").fill("Olga")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved")).to_be_visible()


def test_pages_wait_for_a_server_that_restarts(visit: Visit, power: Power, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    play_track(page, "MP3")
    wait_for_sound(page)
    page.get_by_role("link", name="Artists", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Artists")  # the album too has a link to its artist
    page.get_by_role("main").get_by_role("link", name="Orquestra").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Orquestra")
    page.go_back()
    expect(page.get_by_role("main").get_by_role("link", name="Duo")).to_be_visible()
    other = visit("mara")
    expect(other.get_by_role("link", name="Every Kind").first).to_be_visible()
    power.off()
    # The code of this page is here already, but not what it shows; of the other's, not even that.
    page.get_by_role("main").get_by_role("link", name="Duo").click()
    other.get_by_role("link", name="Folders", exact=True).click()
    away = "The server cannot be reached"
    expect(page.get_by_role("alert")).to_contain_text(away)
    expect(other.get_by_role("status", name="Messages")).to_contain_text(away)
    power.on()
    expect(page.get_by_role("heading", level=1)).to_have_text("Duo")
    expect(other.get_by_role("heading", level=1)).to_have_text("Folders")
    expect(other.get_by_role("link", name="Music")).to_be_visible()
    page.get_by_role("button", name="Next track").click()
    expect(playing(page)).to_have_text("FLAC")
    wait_for_sound(page)


IMAGE = "<img src=x onerror=window.harmed=1>"
SCRIPT = "javascript:window.harmed=1"


@pytest.fixture(scope="module")
def traps(house: House, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A library in which every name is a trap; returns the id of its album."""
    folder = tmp_path_factory.mktemp("traps") / f"{IMAGE} folder"
    tags: dict[str, Any] = {
        "title": f"{IMAGE} title",
        "version": f"{IMAGE} version",
        "artists": (f"{IMAGE} artist",),
        "album_artists": (f"{IMAGE} artist",),
        "album": f"{IMAGE} {SCRIPT}",
        "genres": (f"{IMAGE} genre",),
        "composers": (SCRIPT,),
        "comment": f"{IMAGE} {SCRIPT}",
        "track_number": 1,
    }
    folder.mkdir()
    make_sound(folder / f"{IMAGE}.flac", seconds=30, **tags)
    (folder / f"{IMAGE}.txt").write_text(f"{IMAGE} words\n{SCRIPT}")
    (folder / f"{IMAGE} broken.mp3").write_bytes(b"no sound")
    house.server.library(house.owner, folder)
    assert house.owner.patch("/me", json={"display_name": f"{IMAGE} Olga"}).status_code == 200
    assert house.owner.post("/invites", json={"role": "guest", "note": f"{IMAGE} note"}).status_code == 201
    return house.album_id(tags["album"])


def _unharmed(page: Page) -> None:
    assert page.evaluate("() => window.harmed") is None
    assert page.locator("img[src=x], [onerror], a[href^='javascript:'], main script").count() == 0


def test_names_are_shown_as_the_text_they_are(visit: Visit, house: House, traps: str) -> None:
    page = visit(at=f"/albums/{traps}")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"{IMAGE} {SCRIPT}")
    expect(page.get_by_role("row").last).to_contain_text(f"{IMAGE} title")
    play_track(page, f"{IMAGE} title")
    wait_for_sound(page)
    page.get_by_role("button", name="Lyrics", exact=True).click()
    expect(page.get_by_role("region", name="Lyrics").last).to_contain_text(f"{IMAGE} words")
    page.get_by_role("button", name="Queue", exact=True).click()
    expect(page.get_by_role("list", name="Queue")).to_contain_text(f"{IMAGE} artist")
    row_of(page, f"{IMAGE} title").click(button="right")
    page.get_by_role("menuitem", name="About this track").click()
    expect(page.get_by_role("dialog")).to_contain_text(SCRIPT)
    _unharmed(page)
    page.keyboard.press("Escape")
    page.get_by_role("main").get_by_role("link", name=IMAGE).first.click()
    expect(heading).to_have_text(f"{IMAGE} artist")
    _unharmed(page)


# Each page with one of the names that it shows.
TRAPPED = {
    "/": f"{IMAGE} Olga",
    "/albums": SCRIPT,
    "/genres": f"{IMAGE} genre",
    "/folders": f"{IMAGE} folder",
    "/search?q=img": f"{IMAGE} artist",
    f"/search?q={IMAGE} qqxzqq": f"Nothing found for “{IMAGE} qqxzqq”",
    "/admin/users": f"{IMAGE} Olga",
    "/admin/invites": f"{IMAGE} note",
    "/admin/libraries": f"{IMAGE} folder",
    "/admin/activity": f"{IMAGE} folder",
}


def test_on_every_page(visit: Visit, traps: str) -> None:
    page = visit()
    for at, shown in TRAPPED.items():
        go(page, at)
        expect(page.get_by_text(shown).first).to_be_visible()
        _unharmed(page)
    assert traps
