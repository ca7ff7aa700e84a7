"""What strangers get by a link: its tracks and nothing else, as long as who shares them may hear them."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.shares.visitors import Stranger, share, target
from tests.streaming.scenery import Stage, stage
from tests.support.houses import House, MakeHouse, fresh_name, problem
from tests.support.music import album

WORD = "abre-te sésamo"


def music_of(house: House, folder: Any) -> Stage:
    """Serve an album of two tracks and one of one to somebody."""
    album(folder / "one", "First", fresh_name("Ney"), ["a", "b"])
    album(folder / "two", "Second", fresh_name("Ney"), ["c"])
    return stage(house, folder)


@pytest.fixture(scope="module")
def music(house: House, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return music_of(house, tmp_path_factory.mktemp("public"))


def track_id(music: Stage, title: str) -> str:
    """Return the id of a track."""
    found: str = music.tracks[title]["id"]
    return found


def test_a_stranger_hears_what_was_shared(music: Stage) -> None:
    stranger = Stranger(music.house, share(music.person, target(music, "a", "album"), description="hear this"))
    looked = stranger.looks()
    assert (looked.status_code, looked.json()) == (200, {"needs_password": False})
    assert (looked.headers["cache-control"], looked.headers["x-robots-tag"]) == ("no-store", "noindex")
    page = stranger.opens().json()["share"]
    assert (page["title"], page["description"], page["owner"]) == ("First", "hear this", music.person.username)
    assert [track["title"] for track in page["tracks"]] == ["a", "b"]
    known = {"id", "title", "artist", "album", "duration_ms", "track_number", "disc_number", "year", "media_type"}
    assert page["tracks"][0].keys() == known
    sound = stranger.asks(track_id(music, "a"))
    assert sound.status_code == 200
    assert sound.content == next(music.folder.rglob("01 a.flac")).read_bytes()
    assert stranger.asks(track_id(music, "b"), "cover", size=100).headers["content-type"].startswith("image/")
    assert stranger.client.cookies == {}
    part = stranger.client.get(
        f"{stranger.path}/tracks/{track_id(music, 'b')}/stream",
        params={"ticket": stranger.ticket},
        headers={"range": "bytes=10-19"},
    )
    assert (part.status_code, len(part.content)) == (206, 10)
    encoded = stranger.asks(track_id(music, "a"), format="mp3", bitrate=64)
    assert (encoded.status_code, encoded.headers["content-type"]) == (200, "audio/mpeg")


def test_a_stranger_hears_nothing_else(music: Stage) -> None:
    stranger = Stranger(music.house, share(music.person, target(music, "a")))
    stranger.opens()
    for what in ("stream", "cover", "download"):
        problem(stranger.asks(track_id(music, "b"), what), 404, "track_not_found")
        problem(stranger.asks("x", what), 404, "track_not_found")
    for path in ("/albums", f"/tracks/{track_id(music, 'a')}", f"/tracks/{track_id(music, 'a')}/stream", "/me"):
        assert stranger.client.get(path, params={"ticket": stranger.ticket}).status_code == 401
        bearing = music.house.bearing(stranger.ticket)
        assert bearing.get(path).status_code == 401


def test_a_ticket_is_for_one_link_and_is_not_forged(music: Stage) -> None:
    one = Stranger(music.house, share(music.person, target(music, "a")))
    two = Stranger(music.house, share(music.person, target(music, "a")))
    one.opens()
    two.opens()
    good = one.ticket
    end, _, signature = good.partition(".")
    forged = [
        "",
        ".",
        "x",
        two.ticket,
        signature,
        f"{int(end) + 1}.{signature}",
        f"{end}.",
        f"{end}.{signature[:-1]}x",
    ]
    for ticket in [*forged, f"{end}.{signature}.", f"٣{end}.{signature}", "x" * 100]:
        one.ticket = ticket
        for what in ("stream", "cover", "download"):
            problem(one.asks(track_id(music, "a"), what), 401, "share_ticket_over")
    one.ticket = good
    assert one.asks(track_id(music, "a")).status_code == 200


def test_a_ticket_is_over_in_a_while(tight_house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    music = music_of(tight_house, tmp_path_factory.mktemp("brief"))
    stranger = Stranger(tight_house, share(music.person, target(music, "a")))
    until = datetime.fromisoformat(stranger.opens().json()["ticket_expires_at"])
    assert until - datetime.now(UTC) <= timedelta(seconds=1)
    while datetime.now(UTC) <= until + timedelta(seconds=1):
        time.sleep(0.1)
    problem(stranger.asks(track_id(music, "a")), 401, "share_ticket_over")
    stranger.opens()
    assert stranger.asks(track_id(music, "a"), "cover").status_code == 200


def test_a_password_is_asked_for(music: Stage) -> None:
    made = share(music.person, target(music, "a"), password=WORD)
    stranger = Stranger(music.house, made)
    assert stranger.looks().json() == {"needs_password": True}
    for password in (None, ""):
        problem(stranger.opens(password), 401, "share_password_needed")
    problem(stranger.opens(WORD.upper()), 401, "share_password_wrong")
    problem(stranger.asks(track_id(music, "a")), 401, "share_ticket_over")
    assert stranger.opens(WORD).status_code == 200
    assert stranger.asks(track_id(music, "a")).status_code == 200
    music.person.client.patch(f"/shares/{made['id']}", json={"password": "another one"})
    problem(stranger.asks(track_id(music, "a")), 401, "share_ticket_over")
    problem(stranger.opens(WORD), 401, "share_password_wrong")
    music.person.client.patch(f"/shares/{made['id']}", json={"password": None})
    assert stranger.opens().status_code == 200


def test_passwords_are_not_guessed(proxied_house: House, tmp_path_factory: pytest.TempPathFactory) -> None:
    music = music_of(proxied_house, tmp_path_factory.mktemp("guessed"))
    made = share(music.person, target(music, "a"), password=WORD)

    def come(address: str) -> Stranger:
        return Stranger(proxied_house, made, headers={"x-forwarded-for": address})

    attacker = come("203.0.113.9")
    for guess in range(10):
        problem(attacker.opens(f"guess {guess}"), 401, "share_password_wrong")
    assert problem(attacker.opens(WORD), 429, "too_many_visits")["retry_after_s"] > 0
    assert come("203.0.113.77").opens(WORD).status_code == 200  # others are not kept out


def test_a_link_ends(music: Stage) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    made = share(music.person, target(music, "a"), expires_at=until.isoformat())
    stranger = Stranger(music.house, made)
    ticket_until = datetime.fromisoformat(stranger.opens().json()["ticket_expires_at"])
    assert ticket_until <= until
    music.house.sql(f"UPDATE shares SET expires_at = 1000 WHERE id = {int(made['id'], 16)}")
    music.person.client.patch("/me", json={})  # whatever is committed makes the house look again
    for answer in (stranger.looks(), stranger.opens(), stranger.asks(track_id(music, "a"))):
        problem(answer, 404, "share_not_found")


def test_a_link_leads_nowhere_once_its_owner_may_not_hear_it(music: Stage) -> None:
    stranger = Stranger(music.house, share(music.person, target(music, "a")))
    stranger.opens()
    library = f"/admin/libraries/{music.library}"
    music.house.owner.client.patch(library, json={"member_ids": []})
    try:
        for answer in (stranger.looks(), stranger.opens(), stranger.asks(track_id(music, "a"))):
            problem(answer, 404, "share_not_found")
    finally:
        music.house.owner.client.patch(library, json={"member_ids": [music.person.id]})
    assert stranger.asks(track_id(music, "a")).status_code == 200


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": "guest"}])
def test_nor_once_its_owner_is_barred_or_a_guest(music: Stage, change: dict[str, Any]) -> None:
    person = music.house.newcomer()
    library = f"/admin/libraries/{music.library}"
    music.house.owner.client.patch(library, json={"member_ids": [music.person.id, person.id]})
    stranger = Stranger(music.house, share(person, target(music, "a")))
    stranger.opens()
    music.house.owner.client.patch(f"/users/{person.id}", json=change)
    for answer in (stranger.looks(), stranger.opens(), stranger.asks(track_id(music, "a"))):
        problem(answer, 404, "share_not_found")
    music.house.owner.client.patch(library, json={"member_ids": [music.person.id]})


def test_files_are_taken_along_only_where_that_is_allowed(music: Stage) -> None:
    made = share(music.person, target(music, "a"))
    stranger = Stranger(music.house, made)
    assert stranger.opens().json()["share"]["may_download"] is False
    problem(stranger.asks(track_id(music, "a"), "download"), 403, "share_no_downloads")
    music.person.client.patch(f"/shares/{made['id']}", json={"may_download": True})
    assert stranger.opens().json()["share"]["may_download"] is True
    taken = stranger.asks(track_id(music, "a"), "download")
    assert taken.headers["content-disposition"].startswith("attachment")
    assert taken.content == next(music.folder.rglob("01 a.flac")).read_bytes()


def test_a_shared_playlist_is_shown_as_it_is_now(music: Stage) -> None:
    client = music.person.client
    ids = [track_id(music, title) for title in "ca"]
    playlist = client.post("/playlists", json={"name": "For friends", "track_ids": ids}).json()
    made = share(music.person, {"kind": "playlist", "id": playlist["id"]})
    stranger = Stranger(music.house, made)
    assert (made["title"], stranger.sees()) == ("For friends", ["c", "a"])
    client.post(f"/playlists/{playlist['id']}/entries", json={"track_ids": [track_id(music, "b")]})
    assert stranger.sees() == ["c", "a", "b"]
    assert stranger.asks(track_id(music, "b")).status_code == 200
    client.delete(f"/playlists/{playlist['id']}")
    problem(stranger.looks(), 404, "share_not_found")
    problem(stranger.asks(track_id(music, "b")), 404, "share_not_found")


@pytest.mark.parametrize("slug", ["x", "0" * 26, "x" * 5000, "%00", "..%2f..", "a b", "é"])
def test_an_address_that_nobody_made_leads_nowhere(house: House, slug: str) -> None:
    client = house.client()
    for answer in (client.get(f"/shared/{slug}"), client.post(f"/shared/{slug}/open", json={})):
        assert answer.status_code in (404, 422), answer.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"password":5}', json.dumps({"password": "x" * 201}).encode()])
def test_what_opens_nothing_is_refused(music: Stage, body: bytes) -> None:
    stranger = Stranger(music.house, share(music.person, target(music, "a")))
    answer = stranger.client.post(f"{stranger.path}/open", content=body, headers={"content-type": "application/json"})
    problem(answer, 422, "invalid")


def test_who_asks_too_much_has_to_wait(new_house: MakeHouse) -> None:
    house = new_house(SARAU_SHARING_REQUESTS_PER_MINUTE="5", SARAU_SCANNING_WATCH="false")
    for _ in range(5):
        problem(house.client().get("/shared/nothing"), 404, "share_not_found")
    assert problem(house.client().get("/shared/nothing"), 429, "too_many_visits")["retry_after_s"] > 0


def test_a_house_may_have_no_links_at_all(new_house: MakeHouse, tmp_path: Any) -> None:
    house = new_house(SARAU_SHARING_REQUESTS_PER_MINUTE="0", SARAU_SCANNING_WATCH="false")
    music = music_of(house, tmp_path / "music")
    problem(Stranger(house, share(music.person, target(music, "a"))).looks(), 404, "share_not_found")
