"""Lists of a hundred thousand: only what is in sight exists and is fetched, and every place is reached at once."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser import large
from tests.browser.conftest import Visit, Watch, windows
from tests.browser.visiting import House, owned_house, playing
from tests.support.server import running_server

MOST_ROWS = 80
MOST_CARDS = 120

# Whether every row that is drawn shows what belongs there, and none is still on its way.
ALL_HERE = """() => {
  const rows = [...document.querySelectorAll("main [role=row][aria-rowindex]")].slice(1)
  const place = (row) => Number(row.getAttribute("aria-rowindex")) - 2
  const wanted = (row) => `Track ${String(place(row)).padStart(6, "0")}`
  return rows.length > 5 && rows.every((row) => row.textContent.includes(wanted(row)))
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with far more than anybody scrolls through."""
    data = tmp_path_factory.mktemp("large") / "data"
    with running_server(data, SARAU_SCANNING_WATCH="false") as server:
        large.fill(data / "sarau.db")
        with owned_house(server) as made:
            yield made


@pytest.fixture
def visit(browser: Browser, house: House, watch: Watch) -> Iterator[Visit]:
    """Opens windows on the large house."""
    with windows(browser, house.server.url, watch) as opens:
        yield opens


def _whole(table: Locator, length: int) -> None:
    expect(table).to_have_attribute("aria-rowcount", str(length + 1))


def _scroll_to(page: Page, share: float) -> None:
    page.locator("main").evaluate("(main, share) => main.scrollTo(0, main.scrollHeight * share)", share)


def test_every_place_among_all_tracks_is_reached_at_once(visit: Visit) -> None:
    page = visit(at="/tracks")
    table = page.get_by_role("table", name="Tracks")
    _whole(table, large.TRACKS)
    page.keyboard.press("End")
    last = table.get_by_role("row").filter(has_text=f"Track {large.TRACKS - 1:06}")
    expect(last).to_be_in_viewport()
    expect(last).to_contain_text("Artist 0999")
    for share in (0.5, 0.123, 0.9):
        _scroll_to(page, share)
        page.wait_for_function(ALL_HERE)
        assert page.get_by_role("row").count() < MOST_ROWS
    page.keyboard.press("Home")
    expect(table.get_by_role("row").filter(has_text="Track 000000")).to_be_in_viewport()
    page.wait_for_function(ALL_HERE)


def test_dragging_past_fetches_little(visit: Visit) -> None:
    page = visit(at="/tracks")
    _whole(page.get_by_role("table", name="Tracks"), large.TRACKS)
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if "/tracks?" in asked.url else None)
    rests = page.evaluate(
        """async () => {
          const main = document.querySelector("main")
          let rests = 0
          for (let step = 1; step <= 200; step++) {
            const began = performance.now()
            main.scrollTo(0, (main.scrollHeight * step) / 200)
            await new Promise(requestAnimationFrame)
            if (performance.now() - began > 40) rests++
          }
          return rests
        }"""
    )
    page.wait_for_function(ALL_HERE)
    # Two hundred pages of tracks were passed. A view stands in two at the most; a busy machine rests at some of them.
    assert 0 < len(fetched) <= 2 * (rests + 1)
    assert page.get_by_role("row").count() < MOST_ROWS


def test_a_list_is_sorted_and_filtered_in_the_address(visit: Visit) -> None:
    page = visit(at="/tracks")
    table = page.get_by_role("table", name="Tracks")
    first = table.get_by_role("row").nth(1)
    table.get_by_role("columnheader", name="Title").get_by_role("button").click()
    expect(page).to_have_url(re.compile("order=desc"))
    expect(first).to_contain_text(f"Track {large.TRACKS - 1:06}")
    page.get_by_label("Sort").select_option("added")
    page.get_by_role("button", name="Descending").click()
    expect(first).to_contain_text("Track 000000")
    _whole(table, large.TRACKS)
    _scroll_to(page, 1)
    expect(table.get_by_role("row").filter(has_text=f"Track {large.TRACKS - 1:06}")).to_be_in_viewport()
    page.get_by_label("Library", exact=True).select_option(label="Uploads")
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Nothing here")).to_be_visible()
    page.get_by_role("button", name="Clear filter").click()
    expect(first).to_contain_text("Track 000000")


def test_playing_from_the_middle_goes_on_from_there(visit: Visit, watch: Watch) -> None:
    watch.expect(404)  # there are no files
    page = visit(at="/tracks")
    _whole(page.get_by_role("table", name="Tracks"), large.TRACKS)
    _scroll_to(page, 0.5)
    page.wait_for_function(ALL_HERE)
    # What is asked for is the same; that there is no sound is another matter.
    page.context.route("**/stream", lambda route: route.abort())
    page.get_by_text("Track 050003", exact=True).dblclick()
    expect(playing(page)).to_have_text("Track 050003")
    page.get_by_role("button", name="Next track").click()
    expect(playing(page)).to_have_text("Track 050004")


def test_the_arrow_keys_walk_on_through_what_comes(visit: Visit) -> None:
    page = visit(at="/tracks")
    page.get_by_role("row").nth(1).get_by_role("button").first.focus()
    for _ in range(60):
        page.keyboard.press("ArrowDown")
    focused = page.locator("[role=row]:focus-within")
    expect(focused).to_contain_text("Track 000060")
    expect(focused).to_be_in_viewport()


@pytest.mark.parametrize(
    ("at", "name", "length", "last"),
    [
        ("/albums?sort=title", "Albums", large.ALBUMS, f"Album {large.ALBUMS - 1:05}"),
        ("/artists", "Artists", large.ARTISTS, f"Artist {large.ARTISTS - 1:04}"),
        (f"/folders/{large.text_of(large.ROOT)}", "Folders", large.ARTISTS, f"Artist {large.ARTISTS - 1:04}"),
    ],
)
def test_grids_too_and_one_comes_back_to_ones_place(visit: Visit, at: str, name: str, length: int, last: str) -> None:
    page = visit(at=at)
    grid = page.get_by_role("list", name=name, exact=True)
    expect(grid.get_by_role("listitem").first).to_have_attribute("aria-setsize", str(length))
    _scroll_to(page, 1)
    end = grid.get_by_role("link", name=last)
    expect(end).to_be_in_viewport()
    _scroll_to(page, 0.5)
    expect(grid.locator("[aria-busy]")).to_have_count(0)
    assert 0 < grid.get_by_role("listitem").count() < MOST_CARDS
    _scroll_to(page, 1)
    end.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(last)
    page.go_back()
    expect(end).to_be_in_viewport()


def test_long_lists_of_a_genre_an_artist_and_an_album(visit: Visit) -> None:
    page = visit(at=f"/genres/{large.text_of(large.GENRE)}")
    _whole(page.get_by_role("table", name="Tracks"), large.TRACKS)
    page.keyboard.press("End")
    expect(page.get_by_role("row").filter(has_text=f"Track {large.TRACKS - 1:06}")).to_be_in_viewport()
    page.goto(f"/artists/{large.text_of(large.ARTIST + 7)}")
    _whole(page.get_by_role("table", name="Tracks"), 100)
    page.keyboard.press("End")
    expect(page.get_by_role("row").filter(has_text="Track 000799")).to_be_in_viewport()
    page.goto(f"/albums/{large.text_of(large.ALBUM + 7)}")
    _whole(page.get_by_role("table", name="Album 00007"), 10)
