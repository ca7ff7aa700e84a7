"""The whole story of a house, on each kind of database: from the printed link to an evening of music, and back."""

import io
import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import av
import httpx
import pytest
from tests.support.houses import items, problem, run_sql
from tests.support.music import album, tune
from tests.support.pictures import picture
from tests.support.server import PASSWORD, Server, running_server, until


class Visitor:
    """Somebody at a browser: cookies, and the proof of our own page with every change."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def __call__(self, method: str, path: str, **more: Any) -> httpx.Response:
        proof = self._client.cookies.get("sarau_csrf")
        headers = {**({"x-csrf-token": proof} if proof else {}), **more.pop("headers", {})}
        return self._client.request(method, path, headers=headers, **more)

    def did(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        """Do something that must succeed, and return what came of it."""
        answer = self(method, path, **more)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    own = {} if database_url.startswith("sqlite:") else {"database_url": database_url}
    with running_server(tmp_path / "data", SARAU_SCANNING_WATCH="false", **own) as running:
        yield running


@pytest.fixture
def visitor(server: Server) -> Iterator[Any]:
    with ExitStack() as stack:
        yield lambda: Visitor(stack.enter_context(server.client()))


def test_from_the_first_link_to_the_last_line_of_the_log(
    server: Server, visitor: Any, database_url: str, tmp_path: Path
) -> None:
    owner = _owner_comes(server, visitor())
    library = _music_is_served(owner, tmp_path / "Music")
    guest = _somebody_is_invited(owner, visitor(), visitor(), library)
    track = _they_listen(guest, library)
    _the_play_counts(guest, track)
    mine = _they_upload(guest, tmp_path)
    _it_is_corrected(guest, mine)
    _it_goes_to_the_bin_and_comes_back(owner, guest, mine)
    _an_error_is_kept(owner, server, database_url)
    _all_of_it_is_told(owner)


def _owner_comes(server: Server, owner: Visitor) -> Visitor:
    assert owner.did("GET", "/house")["needs_setup"] is True
    account = {"token": server.setup_token(), "username": "olga", "password": PASSWORD, "display_name": "Olga"}
    came = owner.did("POST", "/auth/setup", 201, params={"session": "cookie"}, json=account)
    assert came["access_token"] is None, "tokens are in cookies alone"
    house = owner.did("GET", "/house")
    assert (house["needs_setup"], house["me"]["user"]["role"]) == (False, "owner")
    return owner


def _music_is_served(owner: Visitor, music: Path) -> str:
    album(music / "One", "Evenings", "Trio", ["Dusk", "Night", "Dawn"], cover=picture("navy"), genres="Choro")
    (music / "One" / "01 Dusk.lrc").write_text("[00:00.00]Softly\n[00:01.00]it falls\n")
    (music / "broken.ogg").write_bytes(b"OggS but no more")
    made = owner.did("POST", "/admin/libraries", 201, json={"name": "Evenings", "path": str(music)})

    def scanned() -> dict[str, Any] | None:
        scans = [one for one in owner.did("GET", "/admin/scans")["items"] if one["library_id"] == made["id"]]
        return next((one for one in scans if one["state"] == "done"), None)

    done: dict[str, Any] = until(scanned, "the scan")
    assert (done["counts"]["added"], done["counts"]["problems"]) == (3, 1)
    (wrong,) = owner.did("GET", f"/admin/libraries/{made['id']}/problems")["items"]
    assert wrong["path"] == "broken.ogg"
    assert wrong["reason"]
    library_id: str = made["id"]
    return library_id


def _somebody_is_invited(owner: Visitor, guest: Visitor, late: Visitor, library: str) -> Visitor:
    code = owner.did("POST", "/invites", 201, json={"role": "member", "email": "ana@example.org"})["code"]
    promised = guest.did("GET", f"/auth/invites/{code}")
    assert promised["role"] == "member"
    account = {"code": code, "username": "ana", "password": PASSWORD, "email": "ana@example.org"}
    guest.did("POST", "/auth/register", 201, params={"session": "cookie"}, json=account)
    again = late("POST", "/auth/register", json={**account, "username": "late", "email": "late@example.org"})
    problem(again, 404, "invite_not_good")
    assert [one["id"] for one in guest.did("GET", "/libraries")["items"] if one["kind"] == "folder"] == [library]
    return guest


def _they_listen(guest: Visitor, library: str) -> dict[str, Any]:
    (found,) = guest.did("GET", "/albums", params={"library_id": library})["items"]
    assert (found["title"], found["track_count"]) == ("Evenings", 3)
    whole = guest.did("GET", f"/albums/{found['id']}")
    assert [one["title"] for one in whole["tracks"]] == ["Dusk", "Night", "Dawn"]
    cover = guest("GET", f"/albums/{found['id']}/cover", params={"size": 96})
    assert cover.headers["content-type"].startswith("image/")
    track: dict[str, Any] = whole["tracks"][0]
    assert guest.did("GET", f"/tracks/{track['id']}/lyrics")["sheets"]
    path = f"/tracks/{track['id']}/stream"
    original = guest("GET", path)
    assert len(original.content) == track["size_bytes"]
    part = guest("GET", path, headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, original.content[100:200])
    transcoded = guest("GET", path, params={"format": "opus", "bitrate": 64})
    assert transcoded.headers["content-type"].startswith("audio/ogg")
    assert transcoded.content[:4] == b"OggS"
    found = until(lambda: guest.did("GET", "/search", params={"q": "dus"})["tracks"], "it to be found")
    assert found[0]["item"]["id"] == track["id"]
    return track


def _the_play_counts(guest: Visitor, track: dict[str, Any]) -> None:
    play = guest.did("POST", "/plays", 201, json={"track_id": track["id"], "client": "journey"})
    report = {"listened_ms": track["duration_ms"], "position_ms": track["duration_ms"], "ended": True}
    guest.did("PATCH", f"/plays/{play['id']}", json=report)
    (played,) = guest.did("GET", "/me/plays")["items"]
    assert played["track"]["id"] == track["id"]


def _they_upload(guest: Visitor, folder: Path) -> dict[str, Any]:
    sound = tune(folder / "Mine.mp3", title="Mine", artists="Ana", seconds=1).read_bytes()
    sent = guest.did("POST", "/uploads", 201, files={"file": ("Mine.mp3", sound)})
    twice = guest.did("POST", "/uploads", 200, files={"file": ("Same again.mp3", sound)})
    assert twice["items"][0]["duplicate"] is True
    assert twice["items"][0]["track"]["id"] == sent["items"][0]["track"]["id"]
    mine: dict[str, Any] = sent["items"][0]["track"]
    with av.open(io.BytesIO(guest("GET", f"/tracks/{mine['id']}/download").content)) as opened:
        assert opened.streams.audio[0].codec_context.name.startswith("mp3")
    return mine


def _it_is_corrected(guest: Visitor, mine: dict[str, Any]) -> None:
    guest.did("PATCH", f"/tracks/{mine['id']}", json={"title": "Ours", "album": "Together", "year": 2024})
    (found,) = [one for one in guest.did("GET", "/albums")["items"] if one["title"] == "Together"]
    assert found["year"] == 2024
    assert guest.did("GET", f"/tracks/{mine['id']}")["track"]["title"] == "Ours"


def _it_goes_to_the_bin_and_comes_back(owner: Visitor, guest: Visitor, mine: dict[str, Any]) -> None:
    guest.did("DELETE", f"/tracks/{mine['id']}", 204)
    problem(guest("GET", f"/tracks/{mine['id']}/stream"), 404, "track_not_found")
    problem(guest("GET", "/bin"), 403, "permission_missing")
    (binned,) = owner.did("GET", "/bin")["items"]
    assert binned["track"]["title"] == "Ours"
    owner.did("POST", f"/bin/{mine['id']}/restore", 204)
    assert guest.did("GET", f"/tracks/{mine['id']}")["track"]["title"] == "Ours"
    assert guest("GET", f"/tracks/{mine['id']}/stream").status_code == 200


def _an_error_is_kept(owner: Visitor, server: Server, database_url: str) -> None:
    """Break a line of the log, as a failing disk would: what nobody expected is answered, logged and kept."""
    ((broken, was),) = run_sql(database_url, "SELECT id, details FROM activity ORDER BY id LIMIT 1")
    run_sql(database_url, f"UPDATE activity SET details = 'no json' WHERE id = {broken}")
    answer = owner("GET", "/activity", params={"limit": 500})
    members = problem(answer, 500, "internal")
    assert members["request_id"] == answer.headers["x-request-id"]
    assert "no json" not in answer.text
    assert "Traceback" not in answer.text

    def logged() -> dict[str, Any] | None:
        lines = [line for line in server.said().splitlines() if members["request_id"] in line and "exception" in line]
        return json.loads(lines[0]) if lines else None

    assert until(logged, "the error in the log")["event"] == "request failed"
    was = was.replace("'", "''")
    run_sql(database_url, f"UPDATE activity SET details = '{was}' WHERE id = {broken}")
    (kept,) = owner.did("GET", "/activity", params={"kind": "error"})["items"]
    assert kept["request_id"] == members["request_id"]
    assert kept["details"]["where"] == "/api/v1/activity"


def _all_of_it_is_told(owner: Visitor) -> None:
    told = [one["kind"] for one in items(owner("GET", "/activity", params={"limit": 500}))][::-1]
    story = (
        "user.created",
        "session.signed_in",
        "library.added",
        "scan.finished",
        "invite.created",
        "invite.accepted",
        "play.started",
        "track.uploaded",
        "track.edited",
        "track.deleted",
        "track.restored",
        "error",
    )
    places = [told.index(kind) for kind in story]
    assert places == sorted(places), told
