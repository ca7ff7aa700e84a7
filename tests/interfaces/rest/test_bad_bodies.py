"""Bodies that are no JSON, not ours, or too much: refused by name, with a problem."""

import json
from typing import Any

import httpx
import pytest
from tests.support.houses import House, fresh_name, problem
from tests.support.server import PASSWORD

NOT_JSON = {
    "broken off": b'{"display_name":"x"',
    "more than one": b"{} {}",
    "not a number": b'{"display_name":NaN}',
    "UTF-16": '{"display_name":"x"}'.encode("utf-16"),
    "UTF-16 without a mark": '{"display_name":"x"}'.encode("utf-16-le"),
    "Latin 1": '{"display_name":"é"}'.encode("latin-1"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "a NUL": b'{"display_name":"a\x00b"}',
    "a written NUL": b'{"display_name":"a\\u0000b"}',
    "half a pair": b'{"display_name":"\\ud800"}',
    "half a pair in UTF-8": b'{"display_name":"\xed\xa0\x80"}',
    "single quotes": b"{'display_name':'x'}",
    "a comment": b"{/* x */}",
    "a trailing comma": b'{"display_name":"x",}',
    "a control character": b'{"display_name":"a\nb"}',
    "a name that is no text": b'{1:"x"}',
    "a form": b"display_name=x",
}
NO_OBJECT = {"nothing": b"", "null": b"null", "a list": b"[]", "a text": b'"x"', "a number": b"1", "true": b"true"}
TOO_DEEP = {"lists": b"[" * 200_000, "objects": b'{"display_name":' * 50_000, "closed": b"[" * 900 + b"]" * 900}

USER = {"username": "somebody", "password": PASSWORD}
BAD_FIELDS: list[tuple[str, str, dict[str, Any], str]] = [
    ("PATCH", "/me", {"display_name": "x" * 81}, "display_name"),
    ("PATCH", "/me", {"display_name": True}, "display_name"),
    ("PATCH", "/me", {"display_name": None}, "display_name"),
    ("PATCH", "/me", {"display_name": 10**400}, "display_name"),
    ("PATCH", "/me", {"email": "nobody"}, "email"),
    ("PATCH", "/me", {"email": "a@b.c\n"}, "email"),
    ("PATCH", "/me", {"email": "a" * 251 + "@b.c"}, "email"),
    ("PATCH", "/me", {"role": "owner"}, "role"),
    ("PATCH", "/me", {"id": "0"}, "id"),
    ("POST", "/me/password", {"current": "x", "new": "short"}, "new"),
    ("POST", "/me/password", {"new": PASSWORD}, "current"),
    ("POST", "/me/api-keys", {"name": "x" * 81}, "name"),
    ("POST", "/auth/sign-in", {"login": "olga"}, "password"),
    ("POST", "/auth/sign-in", {"login": "x" * 10_000, "password": "x"}, "login"),
    ("POST", "/auth/sign-in", {"login": "olga", "password": "x" * 10_000}, "password"),
    ("POST", "/auth/sign-in", {"login": ["olga"], "password": "x"}, "login"),
    ("POST", "/auth/refresh", {"refresh_token": "x" * 201}, "refresh_token"),
    ("POST", "/auth/register", {"code": "", **USER}, "code"),
    ("POST", "/auth/register", {"code": "x", **USER, "role": "owner"}, "role"),
    ("POST", "/auth/reset", {"token": "x", "password": "x"}, "password"),
    ("POST", "/users", {**USER, "username": "x"}, "username"),
    ("POST", "/users", {**USER, "username": "a b"}, "username"),
    ("POST", "/users", {**USER, "username": "a@b.c"}, "username"),
    ("POST", "/users", {**USER, "username": "x" * 41}, "username"),
    ("POST", "/users", {**USER, "username": "bob\n"}, "username"),
    ("POST", "/users", {**USER, "username": "bob\u200b\u202e"}, "username"),
    ("POST", "/users", {**USER, "username": "\u0301\u0301"}, "username"),
    ("POST", "/users", {**USER, "password": "x" * 1001}, "password"),
    ("POST", "/users", {**USER, "role": "king"}, "role"),
    ("PATCH", "/users/0", {"role": None}, "role"),
    ("PATCH", "/users/0", {"disabled": "yes"}, "disabled"),
    ("PATCH", "/users/0", {"quota_bytes": -1}, "quota_bytes"),
    ("PATCH", "/users/0", {"quota_bytes": 2**61}, "quota_bytes"),
    ("PATCH", "/users/0", {"quota_bytes": 1.5}, "quota_bytes"),
    ("POST", "/invites", {"role": "king"}, "role"),
    ("POST", "/invites", {"uses": 0}, "uses"),
    ("POST", "/invites", {"uses": 1001}, "uses"),
    ("POST", "/invites", {"uses": True}, "uses"),
    ("POST", "/invites", {"days": 366}, "days"),
    ("POST", "/invites", {"days": 1e300}, "days"),
    ("POST", "/invites", {"email": "x"}, "email"),
    ("POST", "/invites", {"note": "x" * 201}, "note"),
    ("POST", "/plays", {"track_id": "x" * 17}, "track_id"),
    ("POST", "/plays", {}, "track_id"),
    ("PATCH", "/plays/0", {"listened_ms": -1}, "listened_ms"),
    ("PATCH", "/plays/0", {"listened_ms": 2**63}, "listened_ms"),
    ("PATCH", "/plays/0", {"listened_ms": 0, "position_ms": -1}, "position_ms"),
    ("PATCH", "/plays/0", {"listened_ms": 0, "ended": "x"}, "ended"),
    ("POST", "/admin/libraries", {"name": "", "path": "/x"}, "name"),
    ("POST", "/admin/libraries", {"name": "x"}, "path"),
    ("POST", "/admin/libraries", {"name": "x", "path": "/" + "x" * 4000}, "path"),
    ("POST", "/admin/libraries", {"name": "x", "path": "/x", "member_ids": ["x"] * 1001}, "member_ids"),
    ("POST", "/admin/libraries", {"name": "x", "path": "/x", "member_ids": [1]}, "member_ids[0]"),
    ("PATCH", "/admin/libraries/0", {"everyone": 1}, "everyone"),
    ("POST", "/admin/libraries/0/scan", {"folders": ["x" * 4001]}, "folders[0]"),
    ("POST", "/admin/libraries/0/scan", {"folders": ["x"] * 201}, "folders"),
    ("PATCH", "/tracks/0", {"title": ""}, "title"),
    ("PATCH", "/tracks/0", {"title": "x" * 501}, "title"),
    ("PATCH", "/tracks/0", {"artists": "x"}, "artists"),
    ("PATCH", "/tracks/0", {"artists": ["a", ""]}, "artists[1]"),
    ("PATCH", "/tracks/0", {"genres": ["x"] * 51}, "genres"),
    ("PATCH", "/tracks/0", {"year": 0}, "year"),
    ("PATCH", "/tracks/0", {"year": "1999"}, "year"),
    ("PATCH", "/tracks/0", {"track_number": 100_000}, "track_number"),
    ("PATCH", "/tracks/0", {"duration_ms": 1}, "duration_ms"),
]


def _sent(house: House, body: bytes, media_type: str | None = "application/json") -> httpx.Response:
    headers = {"content-type": media_type} if media_type is not None else {}
    return house.owner.client.patch("/me", content=body, headers=headers)


@pytest.mark.parametrize("what", NOT_JSON)
def test_what_is_not_json_is_refused(house: House, what: str) -> None:
    assert problem(_sent(house, NOT_JSON[what]), 422, "invalid")["field"] == "body"


@pytest.mark.parametrize("what", NO_OBJECT)
def test_what_is_no_object_is_refused(house: House, what: str) -> None:
    assert problem(_sent(house, NO_OBJECT[what]), 422, "invalid")["field"] == "body"


@pytest.mark.parametrize("what", TOO_DEEP)
def test_depth_does_no_harm(house: House, what: str) -> None:
    problem(_sent(house, TOO_DEEP[what]), 422, "invalid")


def test_a_body_has_an_end(house: House) -> None:
    members = problem(_sent(house, b'{"display_name":"' + b"x" * (1 << 20) + b'"}'), 413, "body_too_large")
    assert members["max_bytes"] == 1 << 20

    def endless() -> Any:
        for _ in range(100):
            yield b"[" * 65536

    client = house.client(headers=house.owner.client.headers)
    problem(
        client.patch("/me", content=endless(), headers={"content-type": "application/json"}), 413, "body_too_large"
    )


def test_what_is_said_twice_holds_as_it_was_said_last(house: House) -> None:
    person = house.newcomer()
    twice = b'{"display_name":"First","display_name":"Last"}'
    answer = person.client.patch("/me", content=twice, headers={"content-type": "application/json"})
    assert answer.json()["display_name"] == "Last"


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/json",
        "x" * 300,
        "/",
    ],
)
def test_what_a_form_of_another_site_can_send_is_not_taken(house: House, media_type: str) -> None:
    members = problem(_sent(house, b"{}", media_type), 415, "unsupported_media_type")
    assert members["field"] == "content-type"
    signing_in = json.dumps({"login": "olga", "password": PASSWORD}).encode()
    client = house.client()
    answer = client.post(
        "/auth/sign-in?session=cookie", content=signing_in, headers={"content-type": media_type, "origin": "null"}
    )
    problem(answer, 415, "unsupported_media_type")
    assert not client.cookies


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8", None])
def test_json_is_taken(house: House, media_type: str | None) -> None:
    assert _sent(house, b"{}", media_type).status_code == 200


def test_every_field_outside_of_its_domain_is_named(house: House) -> None:
    for method, path, body, field in BAD_FIELDS:
        answer = house.owner.client.request(method, path, json=body)
        assert problem(answer, 422, "invalid")["field"] == field, (method, path, body)


def test_names_of_fields_are_not_given_back_at_length(house: House) -> None:
    answer = house.owner.client.patch("/me", json={"x" * 500_000: 1})
    problem(answer, 422, "invalid")
    assert len(answer.content) < 1000


def test_a_folder_that_cannot_be_a_library_is_refused(house: House, tmp_path: Any) -> None:
    (tmp_path / "round").symlink_to(tmp_path / "round")
    (tmp_path / "file").write_text("no folder")
    data = house.server.data
    for path in (
        "Music",
        "./",
        "~",
        str(tmp_path / "nowhere"),
        str(tmp_path / "file"),
        str(tmp_path / "round"),
        "/" + "x" * 3999,
        "/proc/self/mem",
        "/",
        str(data),
        str(data.parent),
        str(data / "uploads" / ".." / "uploads"),
        f"{tmp_path}/../{data.parent.name}/{data.name}/pictures",
    ):
        answer = house.owner.client.post("/admin/libraries", json={"name": fresh_name("bad"), "path": path})
        assert problem(answer, 422, "bad_folder")["field"] == "path", path


def test_a_scan_does_not_leave_its_library(house: House, tmp_path: Any) -> None:
    library = house.library(tmp_path)
    for folder in ("/etc", "..", "a/../..", "a/.."):
        answer = house.owner.client.post(f"/admin/libraries/{library}/scan", json={"folders": [folder]})
        assert problem(answer, 422, "invalid")["field"] == "folders"


@pytest.mark.parametrize(
    ("media_type", "body", "field"),
    [
        ("application/octet-stream", b"x", "filename"),
        ("application/json", b"{}", "filename"),
        ("multipart/form-data", b"x", "content-type"),
        ("multipart/form-data; boundary=" + "x" * 201, b"x", "content-type"),
        ("multipart/form-data; boundary=y", b"x", "body"),
        ("multipart/form-data; boundary=y", b"", "file"),
        ("multipart/form-data; boundary=y", b"--y--\r\n", "file"),
        (
            "multipart/form-data; boundary=y",
            b'--y\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--y--\r\n',
            "file",
        ),
    ],
)
def test_an_upload_without_a_file_says_what_is_missing(
    house: House, media_type: str, body: bytes, field: str
) -> None:
    answer = house.owner.client.post("/uploads", content=body, headers={"content-type": media_type})
    assert problem(answer, 422, "invalid")["field"] == field
