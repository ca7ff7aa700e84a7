"""Covers of playlists: chosen, made of four others, or drawn."""

import io

import httpx
from PIL import Image
from tests.playlists.scenery import changed, ids, made
from tests.streaming.scenery import Stage
from tests.support.houses import problem
from tests.support.pictures import picture


def colours(answer: httpx.Response) -> list[tuple[int, ...]]:
    """Return the colours in the middles of the quarters of a picture."""
    assert answer.status_code == 200, answer.text
    shown = Image.open(io.BytesIO(answer.content)).convert("RGB")
    far, near = shown.width * 3 // 4, shown.width // 4
    return [shown.getpixel(place) for place in ((near, near), (far, near), (near, far), (far, far))]


def alike(colour: tuple[int, ...], name: str) -> bool:
    wanted = Image.new("RGB", (1, 1), name).getpixel((0, 0))
    return all(abs(a - b) < 40 for a, b in zip(colour, wanted, strict=True))


def test_four_covers_make_one(songs: Stage) -> None:
    ana = songs.house.newcomer()
    titles = ["Loose", "Águas a", "Águas b", "Construção a", "The Night a", "Live at Home a"]
    mine = made(ana, track_ids=ids(songs, *titles))
    assert mine["cover"] is None
    path = f"/playlists/{mine['id']}/cover"
    answer = ana.client.get(path, params={"size": 192})
    assert all(alike(*pair) for pair in zip(colours(answer), ("red", "green", "blue", "gold"), strict=True))
    assert Image.open(io.BytesIO(answer.content)).size == (192, 192)
    again = ana.client.get(path, params={"size": 192}, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    # Fewer than four are no mosaic: the first stands alone.
    ana.client.put(f"/playlists/{mine['id']}/entries", json={"track_ids": ids(songs, "Construção a", "Águas a")})
    assert all(alike(one, "green") for one in colours(ana.client.get(path)))
    ana.client.put(f"/playlists/{mine['id']}/entries", json={"track_ids": ids(songs, "Loose")})
    drawn = ana.client.get(path, params={"size": 96})
    assert Image.open(io.BytesIO(drawn.content)).size == (96, 96)


def test_a_picture_can_be_chosen_and_taken_away(songs: Stage) -> None:
    ana, rui = songs.house.newcomer(), songs.house.newcomer()
    mine = made(ana, track_ids=ids(songs, "Águas a"), visibility="house")
    path = f"/playlists/{mine['id']}/cover"
    headers = {"content-type": "image/png"}
    assert ana.client.put(path, content=picture("purple", kind="PNG"), headers=headers).status_code == 204
    assert all(alike(one, "purple") for one in colours(rui.client.get(path)))
    told = rui.client.get(f"/playlists/{mine['id']}").json()
    assert (bool(told["cover"]), told["version"]) == (True, mine["version"] + 1)
    changed(ana, mine["id"], visibility="private")
    problem(rui.client.get(path), 404, "playlist_not_found")
    assert ana.client.delete(path).status_code == 204
    assert all(alike(one, "red") for one in colours(ana.client.get(path)))
    answer = ana.client.put(path, content=b"not a picture", headers=headers)
    assert problem(answer, 422, "invalid")["field"] == "image"
    problem(ana.client.put(path, content=b"x" * (10 << 20 | 1), headers=headers), 413, "body_too_large")


def test_a_picture_is_kept_no_larger_than_it_is_shown_and_not_without_end(songs: Stage) -> None:
    ana = songs.house.newcomer()
    mine = made(ana)
    path, headers = f"/playlists/{mine['id']}/cover", {"content-type": "image/png"}
    assert ana.client.put(path, content=picture("red", 2_000, "PNG"), headers=headers).status_code == 204
    cover = ana.client.get(f"/playlists/{mine['id']}").json()["cover"]
    assert songs.house.sql(f"SELECT width, height FROM pictures WHERE id = '{cover}'") == [(1200, 1200)]
    for _ in range(59):
        ana.client.put(path, content=b"no picture", headers=headers)
    answer = ana.client.put(path, content=picture(), headers=headers)
    assert problem(answer, 429, "too_many_covers")["retry_after_s"] > 0


def test_the_cover_of_a_smart_playlist_is_of_what_it_chooses(songs: Stage) -> None:
    ana = songs.house.newcomer()
    condition = {"kind": "condition", "field": "year", "operator": "is", "value": 2020}
    library = {"kind": "condition", "field": "library", "operator": "in", "value": songs.library}
    mine = made(ana, rules={"match": {"kind": "group", "match": "all", "rules": [condition, library]}})
    assert all(alike(one, "gold") for one in colours(ana.client.get(f"/playlists/{mine['id']}/cover")))
