"""A real server and a real browser that visits it, watched for everything that goes wrong in it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Response, Route, expect, sync_playwright
from tests.browser.visiting import CHROMIUM, SPIES, STRICT_POLICY, House, make_sounds, owned_house
from tests.support.server import PASSWORD, running_server

Visit = Callable[..., Page]
# A machine may be busy with much else; what is as expected is not waited for any longer.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dozen tracks in every format, and two short ones."""
    return make_sounds(tmp_path_factory.mktemp("sounds") / "Music")


@pytest.fixture(scope="session")
def house(sounds: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with an owner, a member, a guest, and music in every format."""
    root = tmp_path_factory.mktemp("house")
    with running_server(root / "data", SARAU_SCANNING_WATCH="false") as server, owned_house(server) as made:
        made.person("mara", "member")
        made.person("gil", "guest")
        server.library(made.owner, sounds)
        yield made


# Not for the whole session: Playwright keeps an event loop running in this thread, which tests with loops of
# their own cannot bear.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, which may make sound without being asked by a hand."""
    with sync_playwright() as playwright:
        # Pages handed out by a route come from nowhere, whence a socket to this machine would not be allowed.
        nowhere = "--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets"
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required", nowhere]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield opened
        opened.close()


class Watch:
    """Notes what goes wrong in the pages of a test."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.expected: set[int] = set()
        self.own_lines: tuple[str, ...] = ("Failed to load resource",)

    def expect(self, *statuses: int) -> None:
        """Say which statuses of failure belong to this test."""
        self.expected |= set(statuses)

    def expect_lost_sockets(self) -> None:
        """Say that sockets are refused in this test: by a server that is off, or with tokens that end in between."""
        self.own_lines += ("WebSocket connection to",)

    def page(self, page: Page) -> None:
        """Watch a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        page.on("response", self._response)
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        # Our page asks in dialogs of its own: one of the browser's was opened by something else.
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        # The browser's own line about a failed reply tells nothing that the reply does not.
        if message.type in ("error", "warning") and not message.text.startswith(self.own_lines):
            self.wrong.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.wrong.append(f"{response.status} {response.request.method} {response.url}")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What went wrong; a test fails for what it did not expect."""
    watched = Watch()
    yield watched
    assert watched.wrong == []


def _strictly(route: Route) -> None:
    """Serve the page under a policy stricter than any the server may send."""
    reply = route.fetch()
    headers = reply.headers | {"content-security-policy": STRICT_POLICY}
    route.fulfill(response=reply, headers=headers)


# A pattern, which the browser's driver knows by itself: all other requests go their way without asking here.
_PAGES = re.compile(r"^http://[^/]+/(?!api/)[^.?]*(\?.*)?$")


@contextmanager
def windows(browser: Browser, house_url: str, watch: Watch) -> Iterator[Visit]:
    """Hand out what opens a browser window for somebody, or for nobody; more arguments are Playwright's."""
    contexts = []

    def open_window(who: str | None = "olga", at: str = "/", url: str = house_url, **options: Any) -> Page:
        options = {
            "viewport": {"width": 1280, "height": 800},
            "locale": "en-GB",
            "base_url": url,
            "reduced_motion": "reduce",
        } | options
        context = browser.new_context(**options)
        contexts.append(context)
        context.add_init_script(SPIES)
        context.route(_PAGES, _strictly)
        if who is not None:
            credentials = {"login": who, "password": PASSWORD}
            reply = context.request.post("/api/v1/auth/sign-in?session=cookie", data=credentials)
            assert reply.ok, reply.text()
        page = context.new_page()
        watch.page(page)
        page.goto(at)
        return page

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def visit(browser: Browser, house: House, watch: Watch) -> Iterator[Visit]:
    """Opens windows on the house."""
    with windows(browser, house.server.url, watch) as opens:
        yield opens


@pytest.fixture
def empty_house(tmp_path: Path) -> Iterator[tuple[str, str, httpx.Client]]:
    """The address of a house that nobody lives in, the link that was printed, and a client."""
    with running_server(tmp_path / "data") as server, server.client() as client:
        yield server.url, f"/setup?token={server.setup_token()}", client
