"""Words and chords in time with the song."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Visit
from tests.browser.visiting import House, play_track, sounding, wait_for_sound

NAME = "Vorbis"
# Forty seconds: a line every four, the first of them with times for its words.
TIMED = "\n".join(
    [
        "[00:02.00]<00:02.00>Sing <00:03.00>a <00:04.00>song <00:05.00>of <00:05.50>sixpence",
        *(f"[00:{6 + 3 * n:02}.00]line {n} of the long refrain" for n in range(1, 11)),
    ]
)
CHORDS = "\n".join(
    [
        "{key: C}",
        "{start_of_verse: Verse 1}",
        "[C]Sing a song of [Am]sixpence",
        *(f"[F]line {n} of the [G7/B]long refrain" for n in range(1, 11)),
        "{end_of_verse}",
    ]
)


@pytest.fixture(scope="module")
def song(house: House) -> Iterator[str]:
    """A track with words in time and chords, for as long as these tests run."""
    tracks = house.owner.get("/tracks", params={"album_id": house.album_id(), "limit": 50}).json()["items"]
    track_id: str = next(track["id"] for track in tracks if track["title"] == NAME)
    for kind, content in (("lrc", TIMED), ("chordpro", CHORDS)):
        kept = house.owner.put(f"/tracks/{track_id}/lyrics", json={"format": kind, "content": content})
        assert kept.status_code == 200, kept.text
    yield track_id
    for kind in ("lrc", "chordpro"):
        house.owner.put(f"/tracks/{track_id}/lyrics", json={"format": kind, "content": ""})


@pytest.fixture
def page(visit: Visit, house: House, song: str) -> Page:
    """The song plays, and its words are open beside the page."""
    opened = visit(at=f"/albums/{house.album_id()}")
    play_track(opened, NAME)
    wait_for_sound(opened)
    opened.get_by_role("button", name="Lyrics", exact=True).click()
    expect(_line(opened, "line 1 of the long refrain")).to_be_visible()
    return opened


def _words(page: Page) -> Locator:
    return page.get_by_role("region", name="Lyrics").last


def _line(page: Page, text: str) -> Locator:
    return _words(page).get_by_role("button", name=text, exact=True)


def _chords(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('[data-line] [data-chord]')].map((c) => c.dataset.chord)"
    )
    return found


def test_the_line_that_is_sung_is_told_and_a_press_goes_to_another(page: Page) -> None:
    expect(_words(page).get_by_role("heading", name="Verse 1")).to_be_visible()
    _line(page, "line 8 of the long refrain").click()
    expect(_line(page, "line 8 of the long refrain")).to_have_attribute("aria-current", "true")
    wait_for_sound(page, 30)
    assert sounding(page)["time"] < 34
    # By the keys alone: one line is reached by Tab, the others from there by arrows.
    _line(page, "line 8 of the long refrain").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(_line(page, "line 6 of the long refrain")).to_have_attribute("aria-current", "true")


def test_words_light_up_one_after_the_other(page: Page) -> None:
    _line(page, "Sing a song of sixpence").click()
    lit = _words(page).locator("[class*=singing]")
    expect(lit).to_have_text("CSing ")
    expect(lit).to_have_text("a ")
    expect(lit).to_have_text("song ")


def test_chords_stand_over_the_words_and_are_transposed(page: Page) -> None:
    assert _chords(page)[:4] == ["C", "Am", "F", "G7/B"]
    word = _words(page).get_by_text("sixpence")
    chord = _words(page).locator("[data-chord=Am]").first
    above, below = chord.bounding_box(), word.bounding_box()
    assert above
    assert below
    assert above["y"] + above["height"] <= below["y"] + 2
    assert abs(above["x"] - below["x"]) < 3
    page.get_by_role("button", name="One semitone up").click()
    page.get_by_role("button", name="One semitone up").click()
    page.wait_for_function("() => document.querySelector('[data-line] [data-chord]').dataset.chord === 'D'")
    assert _chords(page)[:4] == ["D", "Bm", "G", "A7/C#"]
    page.get_by_role("button", name="How it is shown").click()
    page.get_by_label("Simple chords").check()
    page.wait_for_function("() => !document.querySelector(\"[data-chord='A7/C#']\")")
    page.get_by_label("Capo").select_option("2")
    page.wait_for_function("() => document.querySelector('[data-line] [data-chord]').dataset.chord === 'C'")


def test_how_a_song_is_shown_is_kept(page: Page) -> None:
    page.get_by_role("button", name="One semitone down").click()
    page.get_by_role("button", name="How it is shown").click()
    page.get_by_role("button", name="Larger letters").click()
    size = page.evaluate("() => getComputedStyle(document.querySelector('[data-line]')).fontSize")
    page.get_by_label("Words").uncheck()
    expect(_words(page).get_by_text("sixpence")).to_have_count(0)
    page.reload()
    page.get_by_role("button", name="Lyrics", exact=True).click()
    page.wait_for_function("() => document.querySelector('[data-line] [data-chord]')?.dataset.chord === 'B'")
    assert page.evaluate("() => getComputedStyle(document.querySelector('[data-line]')).fontSize") == size
    expect(page.get_by_label("Words")).not_to_be_checked()
    page.get_by_label("Words").check()
    page.get_by_label("Chords", exact=True).uncheck()
    assert _chords(page) == []
    expect(_words(page).get_by_text("Sing a song of sixpence")).to_be_visible()


def test_diagrams_for_three_instruments(page: Page) -> None:
    strip = page.get_by_role("list", name="Chords of this song")
    expect(strip.get_by_role("button", name="C: x32010")).to_be_visible()
    assert strip.locator("svg").first.locator("circle").count() >= 3
    page.get_by_role("button", name="How it is shown").click()
    page.get_by_label("Chord diagrams for").select_option("ukulele")
    expect(strip.get_by_role("button", name="C: 0003")).to_be_visible()
    page.get_by_label("Chord diagrams for").select_option("cavaquinho")
    expect(strip.get_by_role("button", name="C: 2012")).to_be_visible()
    page.get_by_label("Chord diagrams for").select_option("none")
    expect(strip).to_have_count(0)


def test_it_scrolls_with_the_song_until_somebody_scrolls(page: Page) -> None:
    page.get_by_role("button", name="How it is shown").click()
    for _ in range(4):
        page.get_by_role("button", name="Larger letters").click()
    _line(page, "line 9 of the long refrain").click()
    expect(_line(page, "line 9 of the long refrain")).to_be_in_viewport()
    top = "() => [...document.querySelectorAll('[role=region]')].at(-1).scrollTop"
    assert page.evaluate(top) > 0
    _words(page).hover()
    page.mouse.wheel(0, -3000)
    resume = page.get_by_role("button", name="Follow the song")
    expect(resume).to_be_visible()
    page.wait_for_function(f"() => ({top})() === 0")
    page.evaluate("keys.seekto({ seekTime: 34 })")
    expect(_line(page, "line 9 of the long refrain")).to_have_attribute("aria-current", "true")
    assert page.evaluate(top) == 0
    resume.click()
    expect(_line(page, "line 9 of the long refrain")).to_be_in_viewport()
    expect(resume).to_have_count(0)


def test_a_sheet_is_written_taken_home_and_taken_away(visit: Visit, house: House) -> None:
    page = visit(at=f"/albums/{house.album_id()}")
    play_track(page, "M4A AAC")
    page.get_by_role("button", name="Lyrics", exact=True).click()
    page.get_by_role("button", name="Add lyrics or chords").click()
    sheet = "Refrão\nC        G\nQuem te ensinou a nadar\n"
    page.get_by_role("dialog").get_by_label("Lyrics or chords").fill(sheet)
    page.get_by_role("button", name="Save").click()
    expect(_line(page, "Quem te ensinou a nadar")).to_be_visible()
    expect(page.get_by_text("Times are a guess")).to_be_visible()
    assert _chords(page) == ["C", "G"]
    page.get_by_role("button", name="Edit lyrics and chords").click()
    with page.expect_download() as taking:
        page.get_by_role("link", name="Download as it came").click()
    assert taking.value.path().read_text(encoding="utf-8") == sheet
    page.get_by_role("button", name="Remove what was written here").click()
    expect(page.get_by_text("No lyrics for this one")).to_be_visible()


def test_guests_read_but_do_not_write(visit: Visit, house: House, song: str) -> None:
    page = visit("gil", at=f"/albums/{house.album_id()}")
    play_track(page, NAME)
    page.get_by_role("button", name="Lyrics", exact=True).click()
    expect(_line(page, "line 1 of the long refrain")).to_be_visible()
    expect(page.get_by_role("button", name="Edit lyrics and chords")).to_have_count(0)


def test_large_and_on_paper(page: Page) -> None:
    page.get_by_role("link", name="Large").click()
    expect(page.get_by_role("heading", level=1, name=NAME)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("region", name="Player")).to_be_hidden()
    expect(_line(page, "line 10 of the long refrain")).to_be_visible()
    # All of it is on the paper, not only what the window shows.
    assert page.evaluate(
        """() => {
        const region = document.querySelector("main [role=region]")
        return region.scrollHeight <= region.clientHeight + 1
        }"""
    )


def test_on_a_phone(visit: Visit, house: House, song: str) -> None:
    phone = visit(
        at=f"/albums/{house.album_id()}", viewport={"width": 375, "height": 740}, has_touch=True, is_mobile=True
    )
    phone.get_by_text(NAME, exact=True).tap()
    wait_for_sound(phone)
    phone.get_by_role("button", name="Open the player").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Lyrics", exact=True).tap()
    _line(phone, "line 3 of the long refrain").tap()
    expect(_line(phone, "line 3 of the long refrain")).to_have_attribute("aria-current", "true")
    assert phone.evaluate("() => document.scrollingElement.scrollWidth <= innerWidth")
