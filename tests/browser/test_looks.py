"""How every page looks: readable by day and by night, whole on a phone, and told rightly to those who cannot see."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import ALBUM, House, go, play_track, row_of, wait_for_sound
from tests.support.audio import make_sound
from tools.build_web import WEB, install

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SMALLEST = {"width": 320, "height": 640}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3

# Rules of every look: a text, numbers, days, yes or no, a thing, and a group in the group.
RULES = [
    {"kind": "condition", "field": "title", "operator": "contains", "value": LONG[:200]},
    {"kind": "condition", "field": "year", "operator": "between", "value": [1900, 2100]},
    {"kind": "condition", "field": "added_at", "operator": "within_days", "value": 30},
    {
        "kind": "group",
        "match": "none",
        "rules": [{"kind": "condition", "field": "starred", "operator": "is", "value": True}],
    },
]

# By day all rules; by night only what may be otherwise then.
AXE_RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["color-contrast"],
}
RUN_AXE = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(" ")} ${any[0]?.message ?? ""}`))
}"""
# What is wider than the window, unless it lies in something that scrolls or cuts it off and is not too wide itself.
TOO_WIDE = """() => {
  const main = document.querySelector("main")
  const fits = (element) => {
    const { left, right } = element.getBoundingClientRect()
    return left >= -1 && right <= innerWidth + 1
  }
  const cut = (element) => {
    for (let around = element.parentElement; around && around !== main; around = around.parentElement) {
      if (getComputedStyle(around).overflowX !== "visible" && fits(around)) return true
    }
    return false
  }
  const found = [...document.querySelectorAll("body *")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().width > 0)
    .filter((element) => !fits(element) && !cut(element))
    .map((element) => `${element.tagName} ${element.className} ${element.textContent.slice(0, 40)}`)
  if (document.scrollingElement.scrollWidth > innerWidth) found.push("the document scrolls sideways")
  if (main && main.scrollWidth > main.clientWidth) found.push("the page scrolls sideways")
  return found
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The program that knows the rules of accessibility."""
    install()
    return (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture(scope="module")
def places(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The addresses of all pages behind the door; some show names longer than any window."""
    folder: Path = tmp_path_factory.mktemp("long") / "Long"
    folder.mkdir()
    tags = {"artists": (LONG,), "album_artists": (LONG,), "album": LONG, "genres": (LONG,), "comment": LONG}
    make_sound(folder / f"{LONG[:200]}.flac", frequency=900, title=LONG, **tags)
    (folder / f"{LONG[:200]}.mp3").write_bytes(b"broken")
    library = house.server.library(house.owner, folder)
    invite = house.owner.post("/invites", json={"role": "guest", "note": LONG[:200]}).json()["id"]
    ids = [track["id"] for track in house.owner.get("/tracks").json()["items"]]
    named = {"name": LONG[:200], "description": LONG, "collaborative": "named", "editors": ["mara"]}
    playlist = house.owner.post("/playlists", json={**named, "track_ids": ids}).json()["id"]
    rules = {"match": {"kind": "group", "match": "any", "rules": RULES}, "sort": [{"by": "year"}], "limit": 5}
    smart = house.owner.post("/playlists", json={"name": LONG[:200], "rules": rules}).json()["id"]
    folder_id = house.owner.post("/playlist-folders", json={"name": LONG[:200]}).json()["id"]
    targets = [{"kind": "playlist", "id": playlist}]
    link = {"targets": targets, "description": LONG, "password": "sesame", "may_download": True}
    share = house.owner.post("/shares", json=link).json()["id"]
    long_id, some_id = house.album_id(LONG), house.album_id()
    album = house.owner.get(f"/albums/{long_id}").json()["album"]
    folders = house.owner.get("/folders").json()["items"]
    genres = house.owner.get("/genres").json()["items"]
    long_track = house.owner.get(f"/albums/{long_id}").json()["tracks"][0]["id"]
    for track in (long_track, *ids):  # of long names and of short ones
        assert house.owner.post("/plays", json={"track_id": track}).status_code == 201
    for one in (f"tracks/{long_track}", f"albums/{long_id}", f"artists/{album['artists'][0]['id']}"):
        house.owner.put(f"/{one}/star")
    device = house.owner.post("/sync/devices", json={"name": LONG[:100], "type": "phone"}).json()["id"]
    yield [
        *("/", "/albums", "/artists", "/tracks", "/genres", "/folders", "/search", "/search?q=do", "/upload"),
        *("/search?q=do&kind=albums", "/search?q=dqnau", "/history", "/radio", "/listeners/olga"),
        *("/lyrics", "/starred", "/devices"),
        *(f"/albums/{long_id}", f"/albums/{some_id}", f"/artists/{album['artists'][0]['id']}"),
        *(f"/genres/{genre['id']}" for genre in genres if genre["name"] == LONG),
        *(f"/folders/{one['id']}" for one in folders if one["name"] == "Long"),
        *("/playlists", f"/playlists?folder={folder_id}", "/playlists/smart", "/links"),
        *(f"/playlists/{playlist}", f"/playlists/{smart}", f"/playlists/{smart}/rules"),
        *("/profile", "/admin/invites", "/admin/users", "/admin/libraries", "/admin/bin", "/admin/activity", "/no"),
    ]
    for made in (f"playlists/{playlist}", f"playlists/{smart}", f"playlist-folders/{folder_id}", f"shares/{share}"):
        house.owner.delete(f"/{made}")
    house.owner.delete(f"/sync/devices/{device}")
    house.owner.delete(f"/invites/{invite}")
    house.owner.delete(f"/admin/libraries/{library}")


DOORS = ["/sign-in", "/setup", "/invite", "/invite/not-a-code", "/reset/not-a-token"]
Look = Callable[[Page], list[str]]


def _settle(page: Page) -> None:
    expect(page.locator("main h1, main h2, main [role=alert]").first).to_be_visible()
    expect(page.get_by_text("Loading…")).to_have_count(0)
    expect(page.locator("main [aria-busy]")).to_have_count(0)


def _through(page: Page, places: list[str], look: Look) -> list[str]:
    """Go to places without a new start of the page, and return what is wrong there."""
    wrong = []
    for place in places:
        go(page, place)
        _settle(page)
        wrong += [f"{place}: {found}" for found in look(page)]
    return wrong


def _report(wrong: list[str]) -> str:
    """Return what is wrong, a line each, for assertions to show whole."""
    return "\n".join(wrong)


def _wear(page: Page, theme: Literal["light", "dark"]) -> None:
    """Change between day and night, and wait until all of it has changed."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(
        """(theme) => {
          const [red] = getComputedStyle(document.documentElement).backgroundColor.match(/[0-9]+/)
          return (Number(red) < 128) === (theme === "dark")
        }""",
        arg=theme,
    )
    page.evaluate("() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished))")


def _axe(*themes: Literal["light", "dark"]) -> Look:
    def look(page: Page) -> list[str]:
        found = []
        for theme in themes:
            _wear(page, theme)
            found += [f"{theme}: {one}" for one in page.evaluate(RUN_AXE, AXE_RULES[theme])]
        return found

    return look


def _too_wide(page: Page) -> list[str]:
    wide: list[str] = page.evaluate(TOO_WIDE)
    return wide


@pytest.fixture
def inspected(visit: Visit, axe: str) -> Callable[..., Page]:
    """Opens a window in which the rules of accessibility are known."""

    def opened(*given: object, **options: object) -> Page:
        page = visit(*given, reduced_motion="reduce", **options)
        _settle(page)
        page.evaluate(axe)
        return page

    return opened


def test_pages_keep_the_rules_by_day_and_by_night(inspected: Callable[..., Page], places: list[str]) -> None:
    page = inspected(viewport=DESKTOP)
    assert _report(_through(page, places, _axe("light", "dark"))) == ""


def test_doors_keep_the_rules(inspected: Callable[..., Page], watch: Watch, house: House) -> None:
    watch.expect(404, 410)
    page = inspected(None, at="/sign-in", viewport=DESKTOP)
    assert _report(_through(page, DOORS, _axe("light", "dark"))) == ""
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    assert _report(_through(page, DOORS, _too_wide)) == ""


def test_what_strangers_see_keeps_the_rules(inspected: Callable[..., Page], house: House, watch: Watch) -> None:
    watch.expect(404)
    targets = [{"kind": "album", "id": house.album_id()}]
    link = {"targets": targets, "description": LONG, "may_download": True}
    shares = [house.owner.post("/shares", json=link | more).json() for more in ({}, {"password": "sesame"})]
    places = [*(f"/s/{share['slug']}" for share in shares), "/s/nothing"]
    page = inspected(None, at="/sign-in", viewport=DESKTOP)
    assert _report(_through(page, places, _axe("light", "dark"))) == ""
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    go(page, places[0])
    page.get_by_role("button", name="Play FLAC").click()
    expect(page.get_by_role("region", name="Player")).to_be_visible()
    assert _report(_through(page, places, _too_wide) + _axe("light", "dark")(page)) == ""
    for share in shares:
        house.owner.delete(f"/shares/{share['id']}")


def test_a_phone_shows_pages_whole(inspected: Callable[..., Page], places: list[str]) -> None:
    page = inspected(viewport=PHONE, has_touch=True, is_mobile=True)
    assert _report(_through(page, places, lambda page: _too_wide(page) + _axe("light")(page))) == ""


def test_the_smallest_too(visit: Visit, places: list[str]) -> None:
    page = visit(viewport=SMALLEST)
    assert _report(_through(page, places, _too_wide)) == ""


def test_panels_menus_and_dialogs_keep_the_rules(inspected: Callable[..., Page], house: House) -> None:
    page = inspected(at=f"/albums/{house.album_id()}", viewport=DESKTOP)
    look = _axe("light", "dark")
    play_track(page, "FLAC")
    wait_for_sound(page)
    page.get_by_role("button", name="Queue", exact=True).click()
    assert look(page) == []
    page.get_by_role("button", name="Lyrics", exact=True).click()
    expect(page.get_by_text("No lyrics for this one")).to_be_visible()
    assert look(page) == []
    row_of(page, "FLAC").click(button="right")
    assert look(page) == []
    for item in ("About this track", "Edit", "Put into the bin"):
        page.get_by_role("menuitem", name=item, exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert look(page) == [], item
        page.keyboard.press("Escape")
        row_of(page, "FLAC").click(button="right")


def test_the_player_that_fills_a_phone(inspected: Callable[..., Page], house: House) -> None:
    page = inspected(at=f"/albums/{house.album_id()}", viewport=PHONE, has_touch=True, is_mobile=True)
    look = _axe("light", "dark")
    page.get_by_text("FLAC", exact=True).tap()
    wait_for_sound(page)
    strip = page.get_by_role("button", name="Open the player")
    strip.tap()
    player = page.get_by_role("dialog", name="Now playing")
    expect(player.get_by_role("heading", name="FLAC")).to_be_visible()
    assert look(page) + _too_wide(page) == []
    for panel in ("Queue", "Lyrics"):
        player.get_by_role("button", name=panel, exact=True).tap()
        assert look(page) + _too_wide(page) == [], panel
    player.get_by_role("button", name="Pause").tap()
    page.wait_for_function("() => sounds.every((s) => s.paused)")
    player.get_by_role("button", name="Next track").tap()
    expect(player.get_by_role("heading", name="WAV")).to_be_visible()
    player.get_by_role("link", name=ALBUM).tap()
    expect(player).to_have_count(0)
    # The rest of the ways is behind one button.
    page.get_by_role("button", name="More", exact=True).tap()
    assert look(page) + _too_wide(page) == []
    page.get_by_role("menuitem", name="Genres").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Genres")


def test_the_theme_chosen_is_kept_and_never_flashes(visit: Visit) -> None:
    page = visit("mara", at="/profile", color_scheme="light")
    page.get_by_label("Theme").select_option("dark")
    background = "() => getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(background)
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          window.first = getComputedStyle(document.documentElement).backgroundColor
        })"""
    )
    page.reload()
    expect(page.get_by_label("Theme")).to_have_value("dark")
    assert page.evaluate("() => first") == page.evaluate(background) == dark
    page.get_by_label("Theme").select_option("auto")
    assert page.evaluate(background) != dark
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(background) == dark


def test_the_language_chosen_is_spoken(visit: Visit) -> None:
    page = visit("mara", at="/profile")
    page.get_by_label("Language", exact=True).select_option("pt-BR")
    expect(page.get_by_role("navigation").get_by_role("link", name="Álbuns")).to_be_visible()
    assert page.evaluate("() => document.documentElement.lang") == "pt-BR"
    page.reload()
    expect(page.get_by_role("navigation").get_by_role("link", name="Álbuns")).to_be_visible()
    brazilian = visit(None, at="/sign-in", locale="pt-BR")
    expect(brazilian.get_by_role("button", name="Entrar")).to_be_visible()


@pytest.mark.parametrize("at", ["/", "/docs", "/redoc"])
def test_the_servers_own_policy_allows_what_its_pages_need(
    browser: Browser, house: House, watch: Watch, at: str
) -> None:
    context = browser.new_context(base_url=house.server.url)
    page = context.new_page()
    watch.page(page)
    reply = page.goto(at)
    assert reply
    policy = reply.headers["content-security-policy"]
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    expect(page.get_by_role("heading").first).to_be_visible(timeout=20_000)
    context.close()
