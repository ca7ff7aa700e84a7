"""Every route for every kind of visitor: a route without an entry here fails the test."""

from typing import Any

import httpx
import pytest
from tests.support.houses import House, Person
from tests.support.openapi import operations
from tests.support.server import PASSWORD

# From whom on a route is open; "anybody" needs no proof at all. What does not exist is asked for, so that nothing
# happens: whoever may gets past the door (not 401 nor 403), and finds nothing there.
FROM = {
    "GET /house": "anybody",
    "POST /auth/setup": "anybody",
    "POST /auth/sign-in": "anybody",
    "POST /auth/refresh": "anybody",
    "GET /auth/invites/{code}": "anybody",
    "POST /auth/register": "anybody",
    "GET /auth/reset/{token}": "anybody",
    "POST /auth/reset": "anybody",
    "POST /auth/sign-out": "guest",
    "GET /me": "guest",
    "PATCH /me": "guest",
    "POST /me/password": "guest",
    "GET /me/sessions": "guest",
    "DELETE /me/sessions/{session_id}": "guest",
    "GET /me/api-keys": "guest",
    "POST /me/api-keys": "guest",
    "DELETE /me/api-keys/{key_id}": "guest",
    "GET /me/app-passwords": "guest",
    "POST /me/app-passwords": "guest",
    "DELETE /me/app-passwords/{app_password_id}": "guest",
    "GET /me/preferences": "guest",
    "PATCH /me/preferences": "guest",
    "GET /me/queue": "guest",
    "PUT /me/queue": "guest",
    "DELETE /me/queue": "guest",
    "GET /me/plays": "guest",
    "GET /me/albums": "guest",
    "GET /listeners/{username}/plays": "guest",  # who shows theirs
    "GET /now-playing": "guest",
    "GET /libraries": "guest",
    "GET /albums": "guest",
    "GET /albums/outline": "guest",
    "GET /albums/{album_id}": "guest",
    "GET /artists": "guest",
    "GET /artists/outline": "guest",
    "GET /artists/{artist_id}": "guest",
    "GET /tracks": "guest",
    "GET /tracks/outline": "guest",
    "GET /tracks/{track_id}": "guest",
    "PATCH /tracks/{track_id}": "guest",  # the track decides: see below
    "DELETE /tracks/{track_id}": "guest",
    "GET /tracks/{track_id}/lyrics": "guest",
    "PUT /tracks/{track_id}/lyrics": "member",
    "GET /tracks/{track_id}/lyrics/{source}": "guest",
    "GET /chords/{name}/diagrams": "guest",
    "GET /genres": "guest",
    "GET /folders": "guest",
    "GET /folders/{folder_id}": "guest",
    "GET /search": "guest",
    "GET /covers/{picture_id}": "guest",
    "GET /albums/{id}/cover": "guest",
    "GET /artists/{id}/cover": "guest",
    "GET /tracks/{id}/cover": "guest",
    "GET /folders/{id}/cover": "guest",
    "GET /tracks/{track_id}/stream": "guest",
    "GET /tracks/{track_id}/download": "member",
    "POST /tracks/{track_id}/stream-url": "guest",
    "GET /playback/session": "guest",
    "GET /playback/queue": "guest",
    "GET /playback/devices": "guest",
    "DELETE /playback/devices/{device_id}": "guest",  # one's own
    "POST /playback/commands": "guest",  # to one's own session, or where one is invited
    "PUT /playback/party": "guest",
    "GET /playback/parties": "guest",
    "POST /playback/tickets": "guest",
    "POST /plays": "guest",
    "PATCH /plays/{play_id}": "guest",
    "POST /uploads": "member",
    "GET /me/stars": "guest",
    "GET /me/stars/ids": "guest",
    "PUT /tracks/{track_id}/star": "guest",
    "DELETE /tracks/{track_id}/star": "guest",
    "PUT /albums/{album_id}/star": "guest",
    "DELETE /albums/{album_id}/star": "guest",
    "PUT /artists/{artist_id}/star": "guest",
    "DELETE /artists/{artist_id}/star": "guest",
    "PUT /tracks/{track_id}/rating": "guest",
    "PUT /albums/{album_id}/rating": "guest",
    "PUT /artists/{artist_id}/rating": "guest",
    "GET /me/marks": "guest",
    "GET /me/bookmarks": "guest",
    "PUT /tracks/{track_id}/bookmark": "guest",
    "DELETE /tracks/{track_id}/bookmark": "guest",
    "GET /stations": "guest",
    "POST /stations": "admin",
    "PATCH /stations/{station_id}": "admin",
    "DELETE /stations/{station_id}": "admin",
    "GET /shares": "guest",  # one's own, which a guest never has
    "POST /shares": "member",
    "PATCH /shares/{share_id}": "guest",
    "DELETE /shares/{share_id}": "guest",
    "GET /shared/{slug}": "anybody",
    "POST /shared/{slug}/open": "anybody",
    "GET /shared/{slug}/tracks/{track_id}/stream": "anybody",  # with a ticket of the link
    "GET /shared/{slug}/tracks/{track_id}/download": "anybody",
    "GET /shared/{slug}/tracks/{track_id}/cover": "anybody",
    "GET /playlists": "guest",
    "POST /playlists": "guest",
    "GET /playlists/{playlist_id}": "guest",
    "PATCH /playlists/{playlist_id}": "guest",
    "DELETE /playlists/{playlist_id}": "guest",
    "GET /playlists/{playlist_id}/entries": "guest",
    "POST /playlists/{playlist_id}/entries": "guest",
    "PATCH /playlists/{playlist_id}/entries/{entry_id}": "guest",
    "DELETE /playlists/{playlist_id}/entries/{entry_id}": "guest",
    "PUT /playlists/{playlist_id}/entries": "guest",
    "POST /playlists/{playlist_id}/edits": "guest",
    "GET /playlists/{playlist_id}/versions": "guest",
    "PUT /playlists/{playlist_id}/follow": "guest",
    "DELETE /playlists/{playlist_id}/follow": "guest",
    "PUT /playlists/{playlist_id}/folder": "guest",
    "GET /playlists/{id}/cover": "guest",
    "PUT /playlists/{playlist_id}/cover": "guest",
    "DELETE /playlists/{playlist_id}/cover": "guest",
    "GET /playlists/{playlist_id}/file": "guest",
    "POST /playlists/import": "guest",
    "GET /playlists/rules/fields": "guest",
    "POST /playlists/rules/preview": "guest",
    "GET /playlist-folders": "guest",
    "POST /playlist-folders": "guest",
    "PATCH /playlist-folders/{folder_id}": "guest",
    "DELETE /playlist-folders/{folder_id}": "guest",
    "GET /sync/changes": "guest",
    "POST /sync/missing": "guest",
    "GET /sync/devices": "guest",
    "POST /sync/devices": "guest",
    "GET /sync/devices/{device_id}": "guest",
    "PUT /sync/devices/{device_id}": "guest",
    "DELETE /sync/devices/{device_id}": "guest",
    "POST /sync/devices/{device_id}/held": "guest",
    "GET /sync/devices/{device_id}/rules": "guest",
    "PUT /sync/devices/{device_id}/rules": "guest",
    "GET /sync/devices/{device_id}/plan": "guest",
    "POST /sync/uploads": "member",
    "GET /sync/uploads/{upload_id}": "guest",  # one's own, which a guest never has
    "PATCH /sync/uploads/{upload_id}": "guest",
    "DELETE /sync/uploads/{upload_id}": "guest",
    "GET /files/{hash}": "member",
    "GET /users": "admin",
    "POST /users": "admin",
    "PATCH /users/{user_id}": "admin",
    "POST /users/{user_id}/reset-link": "admin",
    "GET /invites": "member",
    "POST /invites": "member",
    "DELETE /invites/{invite_id}": "guest",  # one's own, which a guest never has
    "GET /admin/libraries": "admin",
    "POST /admin/libraries": "admin",
    "PATCH /admin/libraries/{library_id}": "admin",
    "DELETE /admin/libraries/{library_id}": "admin",
    "POST /admin/libraries/{library_id}/scan": "admin",
    "GET /admin/scans": "admin",
    "GET /admin/scans/{scan_id}": "admin",
    "GET /admin/libraries/{library_id}/problems": "admin",
    "GET /admin/libraries/{library_id}/missing": "admin",
    "GET /bin": "admin",
    "POST /bin/{track_id}/restore": "admin",
    "GET /activity": "admin",
}
# Bodies that are good in form, and change nothing that matters.
BODIES: dict[str, dict[str, Any]] = {
    "POST /auth/setup": {"token": "x", "username": "xx", "password": PASSWORD},
    "POST /auth/sign-in": {"login": "nobody at all", "password": "x"},
    "POST /auth/refresh": {"refresh_token": "x"},
    "POST /auth/register": {"code": "x", "username": "xx", "password": PASSWORD},
    "POST /auth/reset": {"token": "x", "password": PASSWORD},
    "PATCH /me": {},
    "POST /me/password": {"current": "wrong", "new": PASSWORD},
    "POST /me/api-keys": {"name": ""},
    "POST /me/app-passwords": {"name": ""},
    "PATCH /me/preferences": {},
    "PUT /me/queue": {"track_ids": ["x"]},
    "PUT /tracks/{track_id}/rating": {"rating": 1},
    "PUT /albums/{album_id}/rating": {"rating": 1},
    "PUT /artists/{artist_id}/rating": {"rating": 1},
    "PUT /tracks/{track_id}/bookmark": {"position_ms": 0},
    "POST /stations": {"name": "x", "stream_url": "x"},
    "PATCH /stations/{station_id}": {},
    "POST /shares": {"targets": [{"kind": "track", "id": "0"}]},
    "PATCH /shares/{share_id}": {},
    "POST /shared/{slug}/open": {},
    "PATCH /tracks/{track_id}": {},
    "PUT /tracks/{track_id}/lyrics": {"content": ""},
    "POST /playback/commands": {"kind": "pause"},
    "PUT /playback/party": {"usernames": []},
    "POST /plays": {"track_id": "0"},
    "PATCH /plays/{play_id}": {"listened_ms": 0},
    "POST /playlists": {"name": ""},
    "PATCH /playlists/{playlist_id}": {"name": "x"},
    "POST /playlists/{playlist_id}/entries": {"track_ids": ["0"]},
    "PATCH /playlists/{playlist_id}/entries/{entry_id}": {},
    "PUT /playlists/{playlist_id}/entries": {"track_ids": []},
    "POST /playlists/{playlist_id}/edits": {"edits": [{"kind": "remove", "entry_ids": ["0"]}]},
    "PUT /playlists/{playlist_id}/folder": {"folder_id": None},
    "POST /playlists/import": {"track": "none"},
    "POST /playlists/rules/preview": {"match": {"kind": "group", "match": "all", "rules": []}},
    "POST /playlist-folders": {"name": ""},
    "PATCH /playlist-folders/{folder_id}": {},
    "POST /sync/missing": {"hashes": []},
    "POST /sync/devices": {"name": ""},
    "PUT /sync/devices/{device_id}": {"name": "x"},
    "POST /sync/devices/{device_id}/held": {},
    "PUT /sync/devices/{device_id}/rules": {"rules": []},
    "POST /sync/uploads": {"hash": "0" * 64, "size_bytes": 1, "filename": "no.sound"},
    "POST /users": {"username": "olga", "password": PASSWORD},
    "PATCH /users/{user_id}": {},
    "POST /invites": {"role": "guest"},
    "POST /admin/libraries": {"name": "x", "path": "/does/not/exist"},
    "PATCH /admin/libraries/{library_id}": {},
    "POST /admin/libraries/{library_id}/scan": {},
}
RANKS = ["anybody", "guest", "member", "admin", "owner"]
# What somebody gets who is past the door, and asked for nothing that exists or gave a wrong password.
REFUSALS = {
    "POST /me/password": "wrong_password",
    "POST /auth/sign-in": "wrong_credentials",
    "POST /auth/refresh": "session_ended",
}


def _ask(client: httpx.Client, operation: str) -> httpx.Response:
    method, _, path = operation.partition(" ")
    path = path.replace("{", "").replace("}", "")
    query = {"/search": {"q": "x"}, "/me/marks": {"ids": "0"}}.get(path, {})
    return client.request(method, path, params=query, json=BODIES.get(operation))


def _is_in(answer: httpx.Response, operation: str) -> bool:
    if answer.status_code not in (401, 403):
        return True
    return answer.json()["code"] == REFUSALS.get(operation)


def test_every_route_has_an_entry(house: House) -> None:
    assert set(operations(house)) == set(FROM)


@pytest.mark.parametrize("role", ["guest", "member", "admin", "owner"])
def test_who_gets_past_the_door(house: House, role: str) -> None:
    person = house.some(role)
    for operation, first in FROM.items():
        if operation == "POST /auth/sign-out":
            continue  # it works, and would end the session of all tests
        answer = _ask(person.client, operation)
        assert answer.status_code < 500, operation
        assert _is_in(answer, operation) == (RANKS.index(role) >= RANKS.index(first)), f"{operation}: {answer.text}"
        if answer.status_code == 403:
            assert answer.json()["code"] in ("permission_missing", "wrong_password"), operation


def test_nobody_gets_past_the_door_without_proof(house: House) -> None:
    for operation, first in FROM.items():
        answer = _ask(house.client(), operation)
        if first == "anybody":
            assert answer.status_code != 401 or _is_in(answer, operation), operation
        else:
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated"), operation


def test_nor_who_was_barred(house: House) -> None:
    person = house.newcomer("admin")
    key = person.client.post("/me/api-keys", json={"name": "app"}).json()["secret"]
    house.owner.client.patch(f"/users/{person.id}", json={"disabled": True})
    for client in (person.client, house.bearing(key)):
        for operation, first in FROM.items():
            answer = _ask(client, operation)
            if first != "anybody":
                assert (answer.status_code, answer.json()["code"]) == (401, "session_ended"), operation


def test_the_document_tells_which_routes_need_proof(house: House) -> None:
    for operation, about in operations(house).items():
        assert bool(about["security"]) == (FROM[operation] != "anybody"), operation


def _routes_of_a_track() -> list[tuple[str, str, Any]]:
    return [("PATCH", "", {"title": "Mine"}), ("DELETE", "", None)]


def test_whose_track_it_is_decides_who_changes_it(house: House, tmp_path: Any) -> None:
    from tests.support.audio import make_sound

    sound = make_sound(tmp_path / "mine.mp3", frequency=777.0, title="Theirs")
    uploader: Person = house.newcomer()
    with sound.open("rb") as file:
        sent = uploader.client.post("/uploads", files={"file": ("mine.mp3", file)})
    track = sent.json()["items"][0]["track"]["id"]
    for role in ("guest", "member"):
        for method, _, body in _routes_of_a_track():
            answer = house.some(role).client.request(method, f"/tracks/{track}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing"), (role, method)
    for person in (uploader, house.some("admin"), house.owner):
        assert person.client.patch(f"/tracks/{track}", json={"title": person.role}).status_code == 200
    assert uploader.client.delete(f"/tracks/{track}").status_code == 204
