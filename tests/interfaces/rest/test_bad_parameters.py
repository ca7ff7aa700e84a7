"""Every parameter outside of its domain is refused by name, with a problem, never with an error of ours."""

import base64
from typing import Any

import httpx
import pytest
from tests.support.houses import House, problem

NO_IDS = (
    "0",
    "-1",
    "+1",
    "1_0",
    "0x10",
    "9" * 40,
    "7fffffffffffffff",
    "8000000000000000",
    "ffffffffffffffff",
    "ABCDEF0123456789",
    "zzzzzzzzzzzzzzzz",
    "%20" * 16,
    "%00",
    "a%00b",
    "%0a",
    "%ff",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%D9%A1",
    "'",
    "'%20or%20''='",
    "%2e%2e",
    "..%2f..%2fetc%2fpasswd",
    "NaN",
    "null",
    "true",
    "a" * 200,
)
READ = (
    "/playlists/{}",
    "/playlists/{}/entries",
    "/playlists/{}/versions",
    "/playlists/{}/file",
    "/playlists/{}/cover",
    "/sync/devices/{}",
    "/sync/devices/{}/rules",
    "/sync/devices/{}/plan",
    "/sync/uploads/{}",
    "/albums/{}",
    "/albums/{}/cover",
    "/artists/{}",
    "/artists/{}/cover",
    "/tracks/{}",
    "/tracks/{}/cover",
    "/tracks/{}/lyrics",
    "/tracks/{}/lyrics/house",
    "/tracks/{}/stream",
    "/tracks/{}/stream?format=opus",
    "/tracks/{}/download",
    "/folders/{}",
    "/folders/{}/cover",
    "/covers/{}",
    "/admin/scans/{}",
    "/admin/libraries/{}/problems",
    "/admin/libraries/{}/missing",
    "/auth/invites/{}",
    "/auth/reset/{}",
)
CHANGE: tuple[tuple[str, str, Any], ...] = (
    ("PUT", "/tracks/{}/star", None),
    ("PUT", "/albums/{}/star", None),
    ("PUT", "/artists/{}/star", None),
    ("PATCH", "/playlists/{}", {"name": "x"}),
    ("DELETE", "/playlists/{}", None),
    ("POST", "/playlists/{}/entries", {"track_ids": ["0000000000000001"]}),
    ("PUT", "/playlists/{}/entries", {"track_ids": []}),
    ("POST", "/playlists/{}/edits", {"edits": [{"kind": "remove", "entry_ids": ["0000000000000001"]}]}),
    ("PUT", "/playlists/{}/follow", None),
    ("PUT", "/playlists/{}/folder", {"folder_id": None}),
    ("PUT", "/playlists/{}/cover", None),
    ("PATCH", "/playlist-folders/{}", {"name": "x"}),
    ("DELETE", "/playlist-folders/{}", None),
    ("PUT", "/sync/devices/{}", {"name": "x"}),
    ("DELETE", "/sync/devices/{}", None),
    ("PUT", "/sync/devices/{}/rules", {"rules": []}),
    ("DELETE", "/sync/uploads/{}", None),
    ("PATCH", "/tracks/{}", {"title": "x"}),
    ("PUT", "/tracks/{}/lyrics", {"content": "x"}),
    ("DELETE", "/tracks/{}", None),
    ("POST", "/tracks/{}/stream-url", None),
    ("PATCH", "/plays/{}", {"listened_ms": 1}),
    ("PATCH", "/users/{}", {"disabled": True}),
    ("POST", "/users/{}/reset-link", None),
    ("DELETE", "/invites/{}", None),
    ("PATCH", "/admin/libraries/{}", {"name": "x"}),
    ("DELETE", "/admin/libraries/{}", None),
    ("POST", "/admin/libraries/{}/scan", {}),
    ("POST", "/bin/{}/restore", None),
    ("DELETE", "/me/sessions/{}", None),
    ("DELETE", "/me/api-keys/{}", None),
)

NO_LIMITS = ("0", "-1", "501", "9" * 30, "1.5", "NaN", "inf", "", "abc", "%00", "%ff", "null", "[1]", "5%3B")
NO_WORDS = ("", "x", "TITLE", "title,artist", "%00", "%ff")
NO_YEARS = ("0", "-5", "10000", "1999.5", "NaN", "x", "")
NO_IDS_ASKED_FOR = ("a" * 17, "%00", "0" * 2000)
LISTS: dict[str, dict[str, tuple[str, ...]]] = {
    "/albums": {
        "limit": NO_LIMITS,
        "sort": NO_WORDS,
        "order": ("x", "ASC", "", "%00"),
        "year": NO_YEARS,
        "library_id": NO_IDS_ASKED_FOR,
        "artist_id": NO_IDS_ASKED_FOR,
        "genre_id": NO_IDS_ASKED_FOR,
    },
    "/tracks": {
        "limit": NO_LIMITS,
        "sort": NO_WORDS,
        "order": ("x", "ASC", "", "%00"),
        "year": NO_YEARS,
        "album_id": NO_IDS_ASKED_FOR,
        "folder_id": NO_IDS_ASKED_FOR,
    },
    "/artists": {"limit": NO_LIMITS, "albums_only": ("x", "", "2", "%00")},
    "/me/plays": {"limit": NO_LIMITS},
    "/activity": {"limit": NO_LIMITS, "kind": ("a" * 101,), "actor_id": ("a" * 17, "0" * 2000)},
    "/search?q=a": {"limit": ("0", "101", "-1", "NaN", "")},
    "/search": {"q": ("a" * 201,)},
    "/covers/0": {"size": ("0", "-1", "10001", "x", "", "1.5", "NaN")},
    "/albums/0/cover": {"size": ("0", "10001", "x")},
    "/tracks/0/stream": {
        "bitrate": ("0", "-1", "10001", "x", "NaN"),
        "start": ("-1", "604800001", "x", "NaN", "%00"),
        "u": ("a" * 17, "%00"),
        "exp": ("1" * 13,),
        "sig": ("a" * 65, "%00"),
    },
}


def _cursor(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode("utf-8", "surrogatepass")).rstrip(b"=").decode()


FOREIGN_CURSORS = (
    "x",
    "%00",
    "%ff",
    "====",
    "a" * 2001,
    *map(
        _cursor,
        (
            "{}",
            "[]",
            "1",
            "[null]",
            "[null,null]",
            '["x","y","z"]',
            "[1.5]",
            '[1e400,"a"]',
            "[true]",
            "[" * 700,
            "[99999999999999999999]",
            '["\\ud800","a"]',
            '["\ud800"]',
            '["\\u0000","a"]',
            '["a","\\u0000"]',
            '["\\u0000"]',
        ),
    ),
)
SORTS = {
    "/albums": ("title", "artist", "year", "added"),
    "/tracks": ("title", "artist", "year", "added", "album"),
    "/artists": (None,),
    "/me/plays": (None,),
    "/activity": (None,),
}


def _asked(client: httpx.Client, path: str, name: str, value: str) -> httpx.Response:
    return client.get(f"{path}{'&' if '?' in path else '?'}{name}={value}")


def _found_nothing(answer: httpx.Response) -> None:
    code = answer.json()["code"]
    assert code.endswith(("not_found", "not_good", "link_expired")), answer.text
    problem(answer, 404, code)


def test_what_is_no_id_is_not_found(house: House) -> None:
    client = house.owner.client
    for path in READ:
        for no_id in NO_IDS:
            _found_nothing(client.get(path.format(no_id)))
    for method, path, body in CHANGE:
        for no_id in NO_IDS:
            _found_nothing(client.request(method, path.format(no_id), json=body))


@pytest.mark.parametrize("path", LISTS)
def test_a_value_outside_of_its_domain_is_refused_by_name(house: House, path: str) -> None:
    for name, values in LISTS[path].items():
        for value in values:
            members = problem(_asked(house.owner.client, path, name, value), 422, "invalid")
            assert members["field"] == name, (name, value)
            assert members["reason"], (name, value)


def test_a_parameter_that_is_needed_is_missed_by_name(house: House) -> None:
    assert problem(house.owner.client.get("/search"), 422, "invalid")["field"] == "q"


@pytest.mark.parametrize("path", SORTS)
def test_a_cursor_that_we_did_not_make_is_refused(house: House, path: str) -> None:
    for sort in SORTS[path]:
        sorted_so = f"{path}?sort={sort}" if sort else path
        for cursor in FOREIGN_CURSORS:
            members = problem(_asked(house.owner.client, sorted_so, "cursor", cursor), 422, "invalid")
            assert members["field"] == "cursor", (sort, cursor)


@pytest.mark.parametrize("path", ["/albums", "/tracks"])
def test_a_cursor_of_a_moment_that_cannot_be_is_refused(house: House, path: str) -> None:
    for moment in (2**63 - 1, -(2**63), 10**15 * 2):
        cursor = _cursor(f'[{moment},"0000000000000001"]')
        members = problem(house.owner.client.get(path, params={"sort": "added", "cursor": cursor}), 422, "invalid")
        assert members["field"] == "cursor"


def test_a_random_list_has_no_further_page(house: House) -> None:
    for path in ("/albums", "/tracks"):
        cursor = _cursor('["a","0000000000000001"]')
        answer = house.owner.client.get(path, params={"sort": "random", "cursor": cursor})
        assert problem(answer, 422, "invalid")["field"] == "cursor"


def test_a_cursor_of_another_list_gives_an_empty_page_at_worst(house: House) -> None:
    for path in SORTS:
        for key in ('["a"]', '["~~","zz"]', '[5,"zz"]', '["' + "f" * 1000 + '"]'):
            answer = house.owner.client.get(path, params={"cursor": _cursor(key)})
            assert answer.status_code in (200, 422), (path, key, answer.text)


@pytest.mark.parametrize(("path", "name"), [("/search", "q"), ("/activity", "kind"), ("/activity", "actor_id")])
def test_texts_of_any_kind_do_no_harm(house: House, path: str, name: str) -> None:
    for value in ("", "%ff", "%ED%A0%80", "%E2%80%AE", "%25_%22%27;--", "*" * 16, "%28%28%28", "%0d%0a"):
        answer = _asked(house.owner.client, path, name, value)
        assert answer.status_code == 200, (value, answer.text)
    for value in ("%00", "a%00b"):
        assert problem(_asked(house.owner.client, path, name, value), 422, "invalid")["field"] == name


def test_what_is_unknown_or_given_twice_does_no_harm(house: House) -> None:
    for query in (
        "=",
        "%00=1",
        "&&&",
        "x=1",
        "limit[]=3",
        "limit=5&limit=7",
        "?limit=5",
        "Limit=0",
        "limit=5&%ff=%ff",
    ):
        for path in ("/albums", "/artists"):
            assert house.owner.client.get(f"{path}?{query}").status_code == 200, query
    for path in ("/albums", "/artists"):
        problem(house.owner.client.get(f"{path}?limit=5&limit=x"), 422, "invalid")
