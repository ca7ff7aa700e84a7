"""What the browser's tests share: the music they hear, and how they look into the page."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import httpx
from playwright.sync_api import Locator, Page, expect
from tests.support.audio import make_sound
from tests.support.server import PASSWORD, Server
from tests.support.sound_tags import write_tags

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

STRICT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# Keeps what the page makes and sets, so that tests can look at it: its audio elements, sockets and media keys.
SPIES = """
window.sounds = []
window.Audio = class extends Audio {
  constructor(...given) { super(...given); window.sounds.push(this) }
}
window.sockets = []
window.WebSocket = class extends WebSocket {
  constructor(...given) { super(...given); window.sockets.push(this) }
}
window.keys = {}
const setHandler = navigator.mediaSession.setActionHandler.bind(navigator.mediaSession)
navigator.mediaSession.setActionHandler = (action, handler) => {
  window.keys[action] = handler
  setHandler(action, handler)
}
"""

# Each with the tag that tells its track: what Chromium decodes itself ...
DECODED = {
    "MP3": (".mp3", None),
    "FLAC": (".flac", None),
    "WAV": (".wav", None),
    "Vorbis": (".ogg", None),
    "Ogg FLAC": (".oga", None),
    "Opus": (".opus", None),
    "M4A AAC": (".m4a", None),
    "ADTS AAC": (".aac", None),
}
# ... and what the server has to convert for it.
CONVERTED = {
    "ALAC": (".m4a", "alac"),
    "AIFF": (".aiff", None),
    "WMA": (".wma", None),
    "Monkey": (".ape", None),
    "WavPack": (".wv", None),
}
SECONDS = 40.0
ALBUM = "Every Kind"
# Another album, of two tracks short enough to be heard to their ends.
SHORT, SHORT_SECONDS = "Miniatures", 5.0


class House(NamedTuple):
    """A running house with music, and a client of its owner's."""

    server: Server
    owner: httpx.Client

    def person(self, username: str, role: str = "member") -> None:
        """Invite somebody, and let them accept."""
        code = self.owner.post("/invites", json={"role": role}).json()["code"]
        account = {"code": code, "username": username, "password": PASSWORD}
        with self.server.client() as newcomer:
            assert newcomer.post("/auth/register", json=account).status_code == 201

    def album_id(self, title: str = ALBUM) -> str:
        """Return the id of an album by its title."""
        albums = self.owner.get("/albums", params={"limit": 500}).json()["items"]
        return next(album["id"] for album in albums if album["title"] == title)

    def plays(self) -> list[dict[str, Any]]:
        """Return what the owner heard, newest first."""
        items: list[dict[str, Any]] = self.owner.get("/me/plays").json()["items"]
        return items


@contextmanager
def owned_house(server: Server) -> Iterator[House]:
    """Make the owner of a house, and a client of theirs with a key, which does not run out during long tests."""
    account = {"token": server.setup_token(), "username": "olga", "password": PASSWORD}
    with server.client() as owner:
        made = owner.post("/auth/setup", json=account)
        assert made.status_code == 201, made.text
        owner.headers["authorization"] = f"Bearer {made.json()['access_token']}"
        key = owner.post("/me/api-keys", json={"name": "tests"}).json()["secret"]
        owner.headers["authorization"] = f"Bearer {key}"
        yield House(server, owner)


def make_sounds(folder: Path) -> Path:
    """Make an album with one track of every format, and a short one, and return the folder."""
    album = folder / "Orquestra" / ALBUM
    album.mkdir(parents=True)
    kinds = {**DECODED, **CONVERTED}
    for number, (name, (suffix, codec)) in enumerate(kinds.items(), 1):
        sound = make_sound(
            album / f"{number:02} {name}{suffix}",
            seconds=SECONDS,
            frequency=200.0 + 20 * number,
            codec=codec,
        )
        write_tags(
            sound,
            title=name,
            artists=("Orquestra",),
            album=ALBUM,
            album_artists=("Orquestra",),
            genres=("Test",),
            track_number=number,
            date="2024",
        )
    (album / "01 MP3.txt").write_text("Words to sing\nfor everybody")
    for number, (title, suffix) in enumerate((("Prelude", ".mp3"), ("Postlude", ".opus")), 1):
        sound = folder / "Duo" / SHORT / f"{number} {title}{suffix}"
        sound.parent.mkdir(parents=True, exist_ok=True)
        tags = {"artists": ("Duo",), "album": SHORT, "album_artists": ("Duo",), "track_number": number}
        make_sound(sound, seconds=SHORT_SECONDS, frequency=500.0 + number, title=title, **tags)
    return folder


# The heading that is left is marked, so that one can wait for another.
_GO = """(at) => {
  const heading = document.querySelector("main h1")
  if (new URL(at, location).pathname !== location.pathname) heading?.setAttribute("data-left", "")
  history.pushState(null, "", at)
  dispatchEvent(new PopStateEvent("popstate"))
}"""


def go(page: Page, at: str) -> None:
    """Go to another place without a new start of the page, as the back button does."""
    page.evaluate(_GO, at)
    expect(page.locator("[data-left]")).to_have_count(0)


def wait_for_line(page: Page) -> None:
    """Wait until the page has its line to the server: it opens no other until that one is lost."""
    page.wait_for_function("() => sockets.some((socket) => socket.readyState === WebSocket.OPEN)")


def playing(page: Page) -> Locator:
    """Return where the bar says what plays."""
    return page.get_by_test_id("playing-title")


def wait_for_sound(page: Page, after_s: float = 0.3) -> None:
    """Wait until an audio element really goes on, past a moment."""
    page.wait_for_function("(after) => sounds.some((s) => !s.paused && s.currentTime > after)", arg=after_s)


def sounding(page: Page) -> dict[str, Any]:
    """Return the address and time of the element that sounds."""
    found: dict[str, Any] = page.evaluate(
        """() => { const s = sounds.find((s) => !s.paused);
        return s ? { src: s.src, time: s.currentTime, volume: s.volume, muted: s.muted } : {} }"""
    )
    return found


def position_s(page: Page) -> int:
    """Return the moment the bar shows, in seconds."""
    minutes, seconds = page.get_by_test_id("position").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def wait_for_position(page: Page, at_least_s: int) -> None:
    """Wait until the bar shows a moment or a later one."""
    page.wait_for_function(
        """(wanted) => {
        const [m, s] = document.querySelector("[data-testid=position]").textContent.split(":")
        return Number(m) * 60 + Number(s) >= wanted }""",
        arg=at_least_s,
    )


def row_of(page: Page, name: str) -> Locator:
    """Return the row of a track: of just this one, though other names begin the same."""
    return page.get_by_role("row").filter(has=page.get_by_role("button", name=f"Actions for {name}", exact=True))


def play_track(page: Page, name: str) -> None:
    """Press the play button in the row of a track."""
    row = row_of(page, name)
    row.hover()
    row.get_by_role("button", name=f"Play {name}", exact=True).click()
    expect(playing(page)).to_have_text(name)
