"""Smart playlists: rules that choose tracks for whoever looks."""

from typing import Any

import pytest
from tests.playlists.scenery import changed, entries, ids, made, titles
from tests.streaming.scenery import Stage
from tests.support.houses import Person, items, problem


@pytest.fixture(scope="module")
def ana(songs: Stage) -> Person:
    return songs.house.newcomer()


def rule(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    """Return a condition."""
    return {"kind": "condition", "field": field, "operator": operator, "value": value}


def group(match: str, *found: dict[str, Any]) -> dict[str, Any]:
    """Return a group of rules."""
    return {"kind": "group", "match": match, "rules": list(found)}


def here(songs: Stage, *found: dict[str, Any], sort: Any = (("title", "asc"),), **more: Any) -> dict[str, Any]:
    """Return rules about the tracks of these tests alone."""
    ours = group("all", rule("library", "in", songs.library), *found)
    return {"match": ours, "sort": [{"by": by, "order": order} for by, order in sort], **more}


def chosen(person: Person, rules: dict[str, Any]) -> list[str]:
    """Return the titles that rules choose, as a preview shows them."""
    answer = person.client.post("/playlists/rules/preview", json=rules)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["count"] == min(told["matching"], rules.get("limit", 10_000))
    assert len(told["tracks"]) == min(told["count"], 20)
    return [track["title"] for track in told["tracks"]]


def letters(album: str, which: str = "abc") -> list[str]:
    return [f"{album} {letter}" for letter in which]


A, C, L, N = letters("Águas"), letters("Construção"), letters("Live at Home"), letters("The Night")
ALL = sorted([*A, *C, *L, *N, "Loose"], key=lambda title: title.removeprefix("The ").replace("Á", "A"))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("title", "is", "loose"), ["Loose"]),
        (("title", "begins", "the night"), N),
        (("title", "ends", "B"), [A[1], C[1], L[1], N[1]]),
        (("title", "contains", "ucao"), C),
        (("title", "contains_not", "a"), ["Loose", *N[1:]]),
        (("artist", "is", "elis regina"), A),
        (("artist", "is_not", "elis regina"), [t for t in ALL if t not in A]),
        (("mood", "is", "NOITE"), A),
        (("mood", "is_not", "noite"), [t for t in ALL if t not in A]),
        (("mood", "present"), A),
        (("comment", "contains", "opiniao"), [*C, *L]),
        (("comment", "begins", "gravado"), [*C, *L]),
        (("comment", "empty"), [t for t in ALL if t not in (*C, *L)]),
        (("album", "is", "night"), N),
        (("album", "empty"), ["Loose"]),
        (("album_artist", "contains", "bjork"), N),
        (("genre", "is", "SAMBA"), C + L),
        (("genre", "is_not", "samba"), [*A, "Loose", *N]),
        (("genre", "empty"), ["Loose"]),
        (("composer", "present"), []),
        (("codec", "is", "FLAC"), ALL),
        (("isrc", "is", "br-bmg-03-00729"), ["Loose"]),
        (("year", "is", 1971), C),
        (("year", "is_not", 1971), [t for t in ALL if t not in C]),
        (("year", "above", 1974), L + N),
        (("year", "below", 1974.5), A + C),
        (("year", "between", [1974, 1995]), A + N),
        (("year", "empty"), ["Loose"]),
        (("track_number", "is", 2), [A[1], C[1], L[1], N[1]]),
        (("duration_ms", "above", 1500), ["Loose"]),
        (("added_at", "within_days", 2), ALL),
        (("added_at", "not_within_days", 2), []),
        (("added_at", "after", "2020-01-31"), ALL),
        (("added_at", "before", "2020-01-31T10:00:00Z"), []),
        (("added_at", "between", ["2020-01-31", "2099-01-01T00:00:00+02:00"]), ALL),
        (("has_cover", "is", False), ["Loose"]),
        (("has_lyrics", "is", True), []),
        (("compilation", "is", False), ALL),
        (("plays", "is", 0), ALL),
        (("plays", "below", 3), ALL),
        (("plays", "above", 0), []),
        (("plays", "empty"), ALL),
        (("last_played_at", "not_within_days", 30), ALL),
        (("starred", "is", False), ALL),
        (("rating", "above", 0), []),
        (("rating", "empty"), ALL),
        (("playlist", "in", "0000000000000001"), []),
        (("folder", "not_in", "0000000000000001"), ALL),
        (("title", "contains", "%"), []),
    ],
)
def test_a_field_is_compared(songs: Stage, ana: Person, condition: tuple[Any, ...], expected: list[str]) -> None:
    assert chosen(ana, here(songs, rule(*condition))) == expected


def test_rules_nest(songs: Stage, ana: Person) -> None:
    old, samba = rule("year", "below", 1980), rule("genre", "is", "samba")
    assert chosen(ana, here(songs, old, samba)) == C
    assert chosen(ana, here(songs, group("any", old, samba))) == A + C + L
    assert chosen(ana, here(songs, group("none", old, samba))) == ["Loose", *N]
    assert chosen(ana, here(songs, group("none", group("any", old), group("all", samba)))) == ["Loose", *N]
    assert chosen(ana, here(songs, group("any"), group("none"), group("all"))) == ALL


def test_stars_ratings_and_plays_are_those_of_who_looks(songs: Stage, ana: Person) -> None:
    rui = songs.house.newcomer()
    (a, b), album_id = ids(songs, *A[:2]), songs.tracks[C[0]]["album_id"]
    ana.client.put(f"/tracks/{a}/star")
    ana.client.put(f"/albums/{album_id}/star")
    rated = ana.client.put(f"/tracks/{b}/rating", json={"rating": 4})
    assert rated.status_code in (200, 204), rated.text
    play = ana.client.post("/plays", json={"track_id": a}).json()
    assert ana.client.patch(f"/plays/{play['id']}", json={"listened_ms": 300}).json()["listened"] is True
    loved = here(songs, group("any", rule("starred", "is", True), rule("rating", "above", 3)))
    assert chosen(ana, loved) == A[:2]
    assert chosen(rui, loved) == []
    assert chosen(ana, here(songs, rule("album_starred", "is", True))) == C
    assert chosen(ana, here(songs, rule("starred_at", "within_days", 1))) == A[:1]
    assert chosen(ana, here(songs, rule("plays", "is", 1))) == A[:1]
    assert chosen(ana, here(songs, rule("plays", "is", 0))) == [t for t in ALL if t != A[0]]
    assert chosen(ana, here(songs, rule("last_played_at", "within_days", 1))) == A[:1]
    assert chosen(ana, here(songs, rule("last_played_at", "not_within_days", 1))) == [t for t in ALL if t != A[0]]
    by_plays = here(songs, sort=(("plays", "desc"), ("rating", "desc"), ("title", "desc")), limit=3)
    assert chosen(ana, by_plays) == [A[0], A[1], N[2]]
    # A smart playlist of the house is everybody's own.
    shared = made(ana, rules=loved, visibility="house")
    assert titles(ana, shared["id"]) == A[:2]
    assert titles(rui, shared["id"]) == []
    assert rui.client.get(f"/playlists/{shared['id']}").json()["entry_count"] == 0


def test_what_tracks_are_sorted_by_may_be_missing_from_some(songs: Stage) -> None:
    eva = songs.house.newcomer()
    heard, loved = A[1], C[0]
    for title, times in ((heard, 1), (loved, 2)):
        for _ in range(times):
            play = eva.client.post("/plays", json={"track_id": ids(songs, title)[0]}).json()
            assert eva.client.patch(f"/plays/{play['id']}", json={"listened_ms": 300}).json()["listened"] is True
    for title, rating in ((heard, 5), (loved, 2), (L[2], 5)):
        eva.client.put(f"/tracks/{ids(songs, title)[0]}/rating", json={"rating": rating}).raise_for_status()
    unheard = [title for title in ALL if title not in (heard, loved)]
    unrated = [title for title in unheard if title != L[2]]
    for sort, expected in (
        ((("plays", "asc"), ("title", "asc")), [*unheard, heard, loved]),
        ((("plays", "desc"), ("title", "asc")), [loved, heard, *unheard]),
        ((("last_played_at", "asc"), ("title", "desc")), [heard, loved, *unheard[::-1]]),
        ((("last_played_at", "desc"), ("title", "desc")), [loved, heard, *unheard[::-1]]),
        ((("rating", "asc"), ("plays", "asc"), ("title", "asc")), [loved, L[2], heard, *unrated]),
        ((("rating", "desc"), ("plays", "desc"), ("title", "desc")), [heard, L[2], loved, *unrated[::-1]]),
        ((("year", "asc"), ("title", "asc")), [*C, *A, *N, *L, "Loose"]),
        ((("year", "desc"), ("rating", "desc"), ("title", "asc")), [L[2], *L[:2], *N, A[1], A[0], A[2], *C, "Loose"]),
        ((("album", "asc"), ("title", "desc")), [*A[::-1], *C[::-1], *L[::-1], *N[::-1], "Loose"]),
        ((("album", "desc"), ("plays", "asc"), ("title", "asc")), [*N, *L, *C[1:], C[0], A[0], A[2], A[1], "Loose"]),
    ):
        found = made(eva, rules=here(songs, sort=sort))
        assert titles(eva, found["id"]) == expected, sort
        assert titles(eva, found["id"], limit=3) == expected, sort
        assert chosen(eva, here(songs, sort=sort, limit=4)) == expected[:4], sort


def test_a_smart_playlist_is_kept_paged_and_searched(songs: Stage, ana: Person) -> None:
    rules = here(songs, sort=(("year", "desc"), ("track_number", "asc")), limit=11)
    mine = made(ana, rules=rules)
    assert (mine["smart"], mine["entry_count"], mine["may_edit"]) == (True, 11, True)
    assert mine["rules"]["limit"] == 11
    for limit in (1, 4, 11, 500):
        assert titles(ana, mine["id"], limit=limit) == [*L, *N, *A, *C[:2]]
    first = entries(ana, mine["id"])[0]
    assert (first["id"], first["added_by"]) == (first["track_id"], None)
    assert titles(ana, mine["id"], q="elis") == A
    assert titles(ana, mine["id"], q="elis", limit=1) == A
    (told,) = [one for one in items(ana.client.get("/playlists")) if one["id"] == mine["id"]]
    assert (told["smart"], told["entry_count"], told["duration_ms"]) == (True, None, None)
    assert changed(ana, mine["id"], rules=here(songs, rule("title", "is", "loose")))["entry_count"] == 1
    assert titles(ana, mine["id"]) == ["Loose"]
    assert ana.client.get(f"/playlists/{mine['id']}/file").text.count("#EXTINF") == 1
    path = f"/playlists/{mine['id']}"
    for answer in (
        ana.client.post(f"{path}/entries", json={"track_ids": ids(songs, "Loose")}),
        ana.client.put(f"{path}/entries", json={"track_ids": []}),
        ana.client.delete(f"{path}/entries/{first['id']}"),
    ):
        problem(answer, 409, "playlist_is_smart")


def test_chance_is_the_same_all_day(songs: Stage, ana: Person) -> None:
    mine = made(ana, rules=here(songs, sort=(("random", "asc"),)))
    whole = titles(ana, mine["id"])
    assert sorted(whole) == sorted(ALL)
    assert titles(ana, mine["id"], limit=2) == whole
    others = [titles(ana, made(ana, rules=here(songs, sort=(("random", "asc"),)))["id"]) for _ in range(3)]
    assert any(other != whole for other in others)


def test_rules_can_ask_about_playlists_one_sees(songs: Stage, ana: Person) -> None:
    rui = songs.house.newcomer()
    plain = made(ana, track_ids=ids(songs, C[0], "Loose", C[0]))
    inside = here(songs, rule("playlist", "in", plain["id"]))
    mine = made(ana, rules=inside, visibility="house")
    assert titles(ana, mine["id"]) == [C[0], "Loose"]
    assert titles(rui, mine["id"]) == []  # that playlist is none of theirs
    assert (
        chosen(ana, here(songs, rule("playlist", "not_in", plain["id"]), rule("genre", "is", "samba"))) == C[1:] + L
    )
    for person, target in ((rui, plain), (ana, mine)):
        body = {"name": "x", "rules": here(songs, rule("playlist", "in", target["id"]))}
        problem(person.client.post("/playlists", json=body), 422, "bad_rules")


def test_a_device_keeps_what_rules_choose(songs: Stage, ana: Person) -> None:
    mine = made(ana, rules=here(songs, rule("genre", "is", "samba"), sort=(("year", "desc"), ("title", "desc"))))
    device = ana.client.post("/sync/devices", json={"name": "phone"}).json()
    path = f"/sync/devices/{device['id']}"
    given = {"rules": [{"kind": "playlist", "id": mine["id"]}]}
    assert ana.client.put(f"{path}/rules", json=given).status_code == 200
    names = {track["id"]: title for title, track in songs.tracks.items()}
    known = {hashed["track_id"]: True for hashed in whole_changes(ana) if hashed["hash"]}
    planned = [names[item["track_id"]] for item in ana.client.get(f"{path}/plan").json()["items"]]
    assert planned == [t for t in [*reversed(L), *reversed(C)] if songs.tracks[t]["id"] in known]


def whole_changes(person: Person) -> list[dict[str, Any]]:
    """Return all tracks that may be synchronised."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        told = person.client.get(
            "/sync/changes", params={"limit": 500, **({"cursor": cursor} if cursor else {})}
        ).json()
        found += told["items"]
        cursor = told["cursor"]
        if not told["more"]:
            return found


def test_every_field_is_told_with_what_can_be_asked(songs: Stage, ana: Person) -> None:
    fields = items(ana.client.get("/playlists/rules/fields"))
    assert len({field["name"] for field in fields}) == len(fields) >= 35
    values = {
        "text": "x", "number": 1, "moment": "2026-01-31", "flag": True, "thing": "0000000000000001",
    }  # fmt: skip
    for field in fields:
        for operator in field["operators"]:
            value: Any = values[field["kind"]]
            if operator == "between":
                value = [value, value]
            elif operator.endswith("within_days"):
                value = 7
            sort = [{"by": field["name"], "order": "desc"}] if field["sortable"] else []
            asked = {"match": group("none", rule(field["name"], operator, value)), "sort": sort}
            answer = ana.client.post("/playlists/rules/preview", json=asked)
            assert answer.status_code == 200, (field["name"], operator, answer.text)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"match": group("all", rule("smell", "is", "x"))}, "match.rules[0]"),
        ({"match": group("all", group("any", rule("year", "contains", "x")))}, "match.rules[0].rules[0]"),
        ({"match": group("all", rule("year", "is", "1970"))}, "match.rules[0]"),
        ({"match": group("all", rule("year", "is", True))}, "match.rules[0]"),
        ({"match": group("all", rule("year", "between", [1]))}, "match.rules[0]"),
        ({"match": group("all", rule("year", "is", 10**30))}, "match.rules[0]"),
        ({"match": group("all", rule("title", "is", 5))}, "match.rules[0]"),
        ({"match": group("all", rule("starred", "is", "yes"))}, "match.rules[0]"),
        ({"match": group("all", rule("added_at", "after", "soon"))}, "match.rules[0]"),
        ({"match": group("all", rule("added_at", "within_days", -1))}, "match.rules[0]"),
        ({"match": group("all", rule("library", "in", 5))}, "match.rules[0]"),
        ({"match": group("all"), "sort": [{"by": "genre"}]}, "sort[0]"),
        (
            {"match": group("all", *[rule("plays", "is", 0)] * 33, group("any", *[rule("plays", "is", 0)] * 33))},
            "match",
        ),
        (
            {
                "match": group(
                    "all", group("all", group("all", group("all", group("all", group("all", group("all"))))))
                )
            },
            "match",
        ),
    ],
)
def test_what_cannot_be_asked_is_named(songs: Stage, ana: Person, asked: dict[str, Any], field: str) -> None:
    for answer in (
        ana.client.post("/playlists/rules/preview", json=asked),
        ana.client.post("/playlists", json={"name": "x", "rules": asked}),
    ):
        assert problem(answer, 422, "bad_rules")["field"] == field


def test_rules_name_a_playlist_by_its_id(songs: Stage, ana: Person) -> None:
    named = made(ana, visibility="link", track_ids=ids(songs, "Loose"))
    answer = ana.client.post(
        "/playlists", json={"name": "x", "rules": {"match": rule("playlist", "in", named["link"])}}
    )
    assert problem(answer, 422, "bad_rules")["playlist_id"] == named["id"]
    assert len(chosen(ana, {"match": rule("playlist", "in", named["id"])})) == 1


def test_a_single_condition_needs_no_group(songs: Stage, ana: Person) -> None:
    rules = {"match": rule("library", "in", songs.library), "limit": 2}
    assert len(chosen(ana, rules)) == 2
    entry = made(ana, rules=rules)
    assert ana.client.get(f"/playlists/{entry['id']}").json()["rules"]["match"]["field"] == "library"


def test_rules_nested_without_end_are_refused(songs: Stage, ana: Person) -> None:
    begin, end = '{"kind":"group","match":"all","rules":[', "]}"
    body = '{"match":' + begin * 20_000 + end * 20_000 + "}"
    headers = {"content-type": "application/json"}
    problem(ana.client.post("/playlists/rules/preview", content=body, headers=headers), 422, "invalid")


def test_entries_and_rules_do_not_go_together(songs: Stage, ana: Person) -> None:
    body = {"name": "x", "rules": here(songs), "track_ids": ids(songs, "Loose")}
    assert problem(ana.client.post("/playlists", json=body), 422, "invalid")["field"] == "track_ids"
    answer = ana.client.patch(f"/playlists/{made(ana)['id']}", json={"rules": here(songs)})
    assert problem(answer, 422, "invalid")["field"] == "rules"
