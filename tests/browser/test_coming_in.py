"""The ways into the house, and out of it."""

import re

import httpx
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Visit, Watch
from tests.browser.visiting import House, wait_for_line
from tests.support.server import PASSWORD


def _fill_account(page: Page, username: str) -> None:
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)


def test_the_printed_link_makes_the_owner(visit: Visit, empty_house: tuple[str, str, httpx.Client]) -> None:
    url, link, client = empty_house
    page = visit(None, url=url)
    expect(page).to_have_url(re.compile(r"/setup$"))
    expect(page.get_by_text("one-time link")).to_be_visible()
    page.goto(link)
    _fill_account(page, "olga")
    page.get_by_label("Name to show").fill("Dona Olga")
    page.get_by_role("button", name="Open the house").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dona Olga")
    expect(page.get_by_role("link", name="Add a folder")).to_be_visible()
    assert client.get("/house").json()["needs_setup"] is False
    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_text("already has an owner")).to_be_visible()


def test_a_weak_password_is_refused_at_its_field(
    visit: Visit, watch: Watch, empty_house: tuple[str, str, httpx.Client]
) -> None:
    url, link, _ = empty_house
    watch.expect(422)
    page = visit(None, at=link, url=url)
    page.get_by_label("Username", exact=True).fill("olga")
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_role("button", name="Open the house").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).not_to_be_empty()


def test_signing_in_leads_to_where_one_wanted_to_go(visit: Visit, watch: Watch, house: House) -> None:
    watch.expect(401)
    wanted = f"/albums/{house.album_id()}"
    page = visit(None, at=wanted)
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    page.get_by_label("Username or e-mail").fill("olga")
    page.get_by_label("Password", exact=True).fill("not the password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("This name and password do not match.")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{wanted}$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Kind")


def test_signing_out_closes_the_door(visit: Visit, watch: Watch) -> None:
    watch.expect(401)  # to what was on its way
    page = visit("mara")
    wait_for_line(page)
    page.get_by_role("button", name="Account of mara").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in"))
    page.goto("/albums")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_an_invitation_is_made_shared_and_accepted(visit: Visit, house: House) -> None:
    page = visit(at="/admin/invites")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Comes in as").select_option("guest")
    page.get_by_label("Note for yourself").fill("For aunt Rita")
    page.get_by_role("button", name="Make invitation").click()
    dialog = page.get_by_role("dialog", name="Invitations")
    link = dialog.get_by_label("Link").inner_text()
    code = dialog.get_by_label("Code").inner_text()
    assert link == f"{house.server.url}/invite/{code}"
    page.keyboard.press("Escape")
    expect(page.get_by_role("listitem").filter(has_text="For aunt Rita")).to_contain_text("0 of 1 used")

    guest = visit(None, at="/invite")
    guest.get_by_label("Invitation code").fill(code)
    guest.get_by_role("button", name="Go on").click()
    expect(guest.get_by_text("olga invites you")).to_be_visible()
    _fill_account(guest, "rita")
    guest.get_by_role("button", name="Accept and come in").click()
    expect(guest.get_by_role("heading", level=1)).to_contain_text("rita")
    expect(guest.get_by_role("link", name="Upload")).to_have_count(0)
    expect(guest.get_by_role("link", name="Invitations")).to_have_count(0)

    page.reload()
    page.get_by_label("Also those that are over").check()
    expect(page.get_by_role("listitem").filter(has_text="For aunt Rita")).to_contain_text("used up")


def test_an_invitation_taken_back_opens_nothing(visit: Visit, watch: Watch) -> None:
    watch.expect(404, 403, 409, 410)
    page = visit("mara", at="/admin/invites")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_role("button", name="Make invitation").click()
    link = page.get_by_role("dialog").get_by_label("Link").inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Take back").click()
    page.get_by_role("dialog").get_by_role("button", name="Take back").click()
    expect(page.get_by_text("No invitations yet")).to_be_visible()
    stranger = visit(None, at=link)
    expect(stranger.get_by_role("alert")).to_be_visible()
    expect(stranger.get_by_role("button", name="Accept and come in")).to_have_count(0)


def test_a_forgotten_password_is_set_anew_by_a_link(visit: Visit, house: House) -> None:
    house.person("nina")
    page = visit(at="/admin/users")
    page.get_by_role("button", name="Actions for nina").click()
    page.get_by_role("menuitem", name="Make a password link").click()
    link = page.get_by_role("dialog").get_by_label("Make a password link").inner_text()
    nina = visit(None, at=link)
    expect(nina.get_by_text("Hello nina")).to_be_visible()
    nina.get_by_label("Password", exact=True).fill("a wholly other sentence")
    nina.get_by_role("button", name="Set password and sign in").click()
    expect(nina.get_by_role("heading", level=1)).to_contain_text("nina")
    house.server.signed_in("nina", "a wholly other sentence").close()


def test_a_session_ended_elsewhere_leads_to_the_door(visit: Visit, watch: Watch, house: House) -> None:
    watch.expect(401)
    house.person("otto")
    page, other = visit("otto"), visit("otto", at="/profile")
    sessions = other.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
    expect(other.get_by_text("This browser")).to_be_visible()
    wait_for_line(page)
    ended = sessions.get_by_role("button", name="End the session")
    while ended.count():
        before = sessions.count()
        ended.first.click()
        expect(sessions).to_have_count(before - 1)
    page.get_by_role("link", name="Genres").click()
    expect(page).to_have_url(re.compile("/sign-in"))


def test_an_access_token_that_is_over_is_renewed_unseen(visit: Visit, watch: Watch, browser: Browser) -> None:
    watch.expect(401)
    page = visit()
    expect(page.get_by_role("heading", name="Recently added")).to_be_visible()
    wait_for_line(page)
    cookies = [cookie for cookie in page.context.cookies() if cookie["name"] == "sarau_access"]
    page.context.add_cookies([{**cookie, "value": "no.longer.good"} for cookie in cookies])  # type: ignore[list-item]
    page.get_by_role("link", name="Genres").click()
    expect(page.get_by_role("link", name="Test")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Test")).to_be_visible()


def test_two_windows_share_one_session(visit: Visit, watch: Watch) -> None:
    watch.expect(401)
    first = visit()
    second = first.context.new_page()
    watch.page(second)
    second.goto("/genres")
    expect(second.get_by_role("link", name="Test")).to_be_visible()
    # They were signed in by no page, so that the first one gets new cookies of its own accord.
    first.wait_for_function("localStorage.getItem('sarau.fresh_at') !== null")
    for page in (first, second):
        wait_for_line(page)
    cookies = [cookie for cookie in first.context.cookies() if cookie["name"] == "sarau_access"]
    first.context.add_cookies([{**cookie, "value": "no.longer.good"} for cookie in cookies])  # type: ignore[list-item]
    refreshes: list[str] = []
    first.context.on("request", lambda asked: refreshes.append(asked.url) if "/auth/refresh" in asked.url else None)
    first.evaluate("fetch('/api/v1/house')")
    for page in (first, second):
        page.get_by_role("link", name="Artists").click()
    for page in (first, second):
        artists = page.get_by_role("list", name="Artists")
        expect(artists.get_by_role("link", name="Orquestra")).to_be_visible()
    assert len(refreshes) == 1


def test_who_leaves_or_comes_in_one_window_does_so_in_all(visit: Visit, watch: Watch) -> None:
    watch.expect(401)
    first = visit("mara", at="/albums")
    second = first.context.new_page()
    watch.page(second)
    second.goto("/genres")
    expect(second.get_by_role("heading", level=1)).to_have_text("Genres")
    for page in (first, second):
        wait_for_line(page)
    first.get_by_role("button", name="Account of mara").click()
    first.get_by_role("menuitem", name="Sign out").click()
    expect(second.get_by_role("button", name="Sign in")).to_be_visible()
    first.get_by_label("Username or e-mail").fill("gil")
    first.get_by_label("Password", exact=True).fill(PASSWORD)
    first.keyboard.press("Enter")
    expect(first.get_by_role("button", name="Account of gil")).to_be_visible()
    expect(second.get_by_role("button", name="Account of gil")).to_be_visible()
    expect(second.get_by_role("heading", level=1)).to_have_text("Genres")
