"""Who sees and changes whose playlists: private, by a link, of the house; alone, with named people, with everyone."""

import pytest
from tests.playlists.scenery import changed, entries, ids, listed, made, sees, titles
from tests.streaming.scenery import Stage
from tests.support.houses import Person, problem


@pytest.fixture(scope="module")
def ana(songs: Stage) -> Person:
    return songs.house.newcomer()


@pytest.fixture(scope="module")
def rui(songs: Stage) -> Person:
    return songs.house.newcomer()


@pytest.fixture(scope="module")
def zoe(songs: Stage) -> Person:
    return songs.house.newcomer("guest")


def test_a_playlist_of_the_house_is_seen_by_all_and_changed_by_its_owner(
    songs: Stage, ana: Person, rui: Person
) -> None:
    mine = made(ana, name="Festa", description="For all", track_ids=ids(songs, "Loose"))
    assert not sees(rui, mine["id"])
    assert mine["id"] not in listed(rui, "all")
    shown = changed(ana, mine["id"], visibility="house")
    assert (shown["owner"]["username"], shown["may_edit"], shown["description"]) == (ana.username, True, "For all")
    assert mine["id"] in listed(rui, "house")
    assert mine["id"] not in listed(rui, "mine")
    assert mine["id"] not in listed(ana, "house")
    told = rui.client.get(f"/playlists/{mine['id']}").json()
    assert (told["may_edit"], told["entry_count"], told["duration_ms"]) == (False, 1, shown["duration_ms"])
    assert titles(rui, mine["id"]) == ["Loose"]
    path = f"/playlists/{mine['id']}"
    (entry,) = entries(rui, mine["id"])
    for answer in (
        rui.client.patch(path, json={"name": "x"}),
        rui.client.delete(path),
        rui.client.post(f"{path}/entries", json={"track_ids": ids(songs, "Loose")}),
        rui.client.put(f"{path}/entries", json={"track_ids": []}),
        rui.client.delete(f"{path}/entries/{entry['id']}"),
        rui.client.patch(f"{path}/entries/{entry['id']}", json={}),
        rui.client.put(f"{path}/cover", content=b"x"),
        rui.client.delete(f"{path}/cover"),
    ):
        problem(answer, 403, "not_your_playlist")
    changed(ana, mine["id"], visibility="private")
    assert not sees(rui, mine["id"])


def test_a_link_opens_what_its_id_does_not(songs: Stage, ana: Person, rui: Person, zoe: Person) -> None:
    mine = made(ana, visibility="link", track_ids=ids(songs, "Loose"))
    link = mine["link"]
    assert len(link) >= 22
    assert not sees(rui, mine["id"])
    assert sees(rui, link)
    assert titles(rui, link) == ["Loose"]
    assert mine["id"] not in listed(rui, "all")
    assert rui.client.put(f"/playlists/{link}/follow").status_code == 204
    assert rui.client.get(f"/playlists/{mine['id']}").json()["followed"] is True
    assert mine["id"] in listed(rui, "mine")
    assert not sees(zoe, mine["id"])
    problem(zoe.client.put(f"/playlists/{mine['id']}/follow"), 404, "playlist_not_found")
    # A link that was taken back opens nothing, and is never given again.
    changed(ana, mine["id"], visibility="private")
    assert not sees(rui, link)
    assert not sees(rui, mine["id"])
    assert changed(ana, mine["id"], visibility="link")["link"] != link
    assert not sees(rui, mine["id"])
    assert rui.client.delete(f"/playlists/{mine['link']}/follow").status_code == 404


def test_who_follows_can_leave(songs: Stage, ana: Person, rui: Person) -> None:
    mine = made(ana, visibility="house")
    for _ in range(2):
        assert rui.client.put(f"/playlists/{mine['id']}/follow").status_code == 204
    assert mine["id"] in listed(rui, "mine")
    for _ in range(2):
        assert rui.client.delete(f"/playlists/{mine['id']}/follow").status_code == 204
    assert mine["id"] not in listed(rui, "mine")


def test_named_people_edit_and_each_entry_remembers_who_added_it(
    songs: Stage, ana: Person, rui: Person, zoe: Person
) -> None:
    mine = made(ana, track_ids=ids(songs, "Loose"), collaborative="named", editors=[rui.username.upper()])
    assert [one["username"] for one in mine["editors"]] == [rui.username]
    assert mine["id"] in listed(rui, "mine")
    assert not sees(zoe, mine["id"])
    path = f"/playlists/{mine['id']}/entries"
    added = rui.client.post(path, json={"track_ids": ids(songs, "Águas a")})
    assert added.status_code == 201
    found = entries(ana, mine["id"])
    assert [one["added_by"]["username"] for one in found] == [ana.username, rui.username]
    assert all(one["added_at"] for one in found)
    problem(rui.client.patch(f"/playlists/{mine['id']}", json={"name": "x"}), 403, "not_your_playlist")
    assert rui.client.delete(f"{path}/{found[0]['id']}").status_code == 204
    changed(ana, mine["id"], editors=[])
    assert not sees(rui, mine["id"])
    changed(ana, mine["id"], editors=[rui.username])
    assert sees(rui, mine["id"])
    changed(ana, mine["id"], collaborative="none")
    assert not sees(rui, mine["id"])


def test_everyone_who_sees_it_may_edit_where_that_is_wanted(songs: Stage, ana: Person, zoe: Person) -> None:
    mine = made(ana, visibility="link", collaborative="everyone")
    path = f"/playlists/{mine['link']}/entries"
    assert zoe.client.post(path, json={"track_ids": ids(songs, "Loose")}).status_code == 201
    assert entries(ana, mine["id"])[0]["added_by"]["username"] == zoe.username
    problem(
        zoe.client.post(f"/playlists/{mine['id']}/entries", json={"track_ids": ids(songs, "Loose")}),
        404,
        "playlist_not_found",
    )


def test_editors_must_be_somebody(songs: Stage, ana: Person) -> None:
    answer = ana.client.post("/playlists", json={"name": "x", "editors": ["nobody at all"]})
    assert problem(answer, 422, "invalid")["field"] == "editors"
    mine = made(ana)
    answer = ana.client.patch(f"/playlists/{mine['id']}", json={"editors": ["nobody at all"]})
    assert problem(answer, 422, "invalid")["field"] == "editors"


def test_a_stranger_track_of_a_shared_playlist_has_no_name(songs: Stage, ana: Person, rui: Person) -> None:
    """Sharing a playlist shares no library."""
    mine = made(ana, visibility="house", track_ids=ids(songs, "Loose", "Águas a"))
    library = f"/admin/libraries/{songs.library}"
    songs.house.owner.client.patch(library, json={"everyone": False, "member_ids": [ana.id]})
    try:
        assert [entry["track"] for entry in entries(rui, mine["id"])] == [None, None]
        assert rui.client.get(f"/playlists/{mine['id']}/file").text.count("#EXTINF") == 0
        assert titles(ana, mine["id"]) == ["Loose", "Águas a"]
    finally:
        songs.house.owner.client.patch(library, json={"everyone": True})


def test_playlists_and_entries_are_found_by_words(songs: Stage, ana: Person, rui: Person) -> None:
    mine = made(ana, name="Domingo de Manhã", track_ids=ids(songs, "Águas a", "Loose", "The Night b", "Loose"))
    assert listed(ana, "mine", q="MANHA dom") == [mine["id"]]
    assert listed(ana, "mine", q="manhã tarde") == []
    assert listed(ana, "mine", q="!?") == []
    assert listed(rui, "all", q="manha") == []
    assert titles(ana, mine["id"], q="loose") == ["Loose", "Loose"]
    assert titles(ana, mine["id"], q="elis agu", limit=1) == ["Águas a"]
    assert titles(ana, mine["id"], q="bjork night") == ["The Night b"]
    assert titles(ana, mine["id"], q="100%") == []


def test_folders_are_ones_own_and_hold_what_others_share(songs: Stage, ana: Person, rui: Person) -> None:
    def folder(person: Person, name: str, parent: str | None = None) -> str:
        answer = person.client.post("/playlist-folders", json={"name": name, "parent_id": parent})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    top, other = folder(ana, "Top"), folder(ana, "Árvore")
    inner = folder(ana, "Inner", top)
    told = ana.client.get("/playlist-folders").json()["items"]
    assert [(one["name"], one["parent_id"]) for one in told] == [("Árvore", None), ("Inner", top), ("Top", None)]
    assert rui.client.get("/playlist-folders").json() == {"items": []}
    theirs = made(rui, visibility="house")
    mine = made(ana, folder_id=inner)
    assert mine["folder_id"] == inner
    assert ana.client.put(f"/playlists/{theirs['id']}/folder", json={"folder_id": inner}).status_code == 204
    assert ana.client.get(f"/playlists/{theirs['id']}").json()["folder_id"] == inner
    assert rui.client.get(f"/playlists/{theirs['id']}").json()["folder_id"] is None
    problem(
        rui.client.put(f"/playlists/{theirs['id']}/folder", json={"folder_id": inner}),
        404,
        "playlist_folder_not_found",
    )
    problem(ana.client.patch(f"/playlist-folders/{top}", json={"parent_id": inner}), 409, "playlist_folder_loop")
    problem(ana.client.patch(f"/playlist-folders/{top}", json={"parent_id": top}), 409, "playlist_folder_loop")
    problem(rui.client.patch(f"/playlist-folders/{top}", json={"name": "x"}), 404, "playlist_folder_not_found")
    problem(rui.client.delete(f"/playlist-folders/{top}"), 404, "playlist_folder_not_found")
    moved = ana.client.patch(f"/playlist-folders/{inner}", json={"parent_id": other, "name": "In"}).json()
    assert (moved["name"], moved["parent_id"]) == ("In", other)
    assert ana.client.delete(f"/playlist-folders/{inner}").status_code == 204
    assert ana.client.get(f"/playlists/{mine['id']}").json()["folder_id"] == other
    assert ana.client.delete(f"/playlist-folders/{other}").status_code == 204
    assert ana.client.get(f"/playlists/{mine['id']}").json()["folder_id"] is None
    parent = top
    for depth in range(2, 9):
        parent = folder(ana, str(depth), parent)
    problem(
        ana.client.post("/playlist-folders", json={"name": "9", "parent_id": parent}), 409, "playlist_folder_loop"
    )
