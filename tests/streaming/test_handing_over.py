"""A proxy before us that sends the files itself (X-Accel-Redirect, as nginx understands it)."""

from pathlib import Path
from urllib.parse import unquote

from tests.streaming.scenery import stage
from tests.support.audio import encoded
from tests.support.houses import MakeHouse, problem


def test_files_are_left_to_the_proxy_once_somebody_may_have_them(new_house: MakeHouse, tmp_path: Path) -> None:
    folder = tmp_path / "ação ü"
    folder.mkdir()
    file = folder / "100% é.mp3"
    file.write_bytes(encoded(".mp3", 0.3, 700.0))
    house = new_house(SARAU_SERVER_X_ACCEL_PREFIX="/internal", SARAU_SCANNING_WATCH="false")
    music = stage(house, folder)
    (track,) = music.tracks.values()

    given = music.person.client.get(f"/tracks/{track['id']}/stream")
    assert given.status_code == 200
    assert given.content == b""
    where = given.headers["x-accel-redirect"]
    assert where.isascii()
    assert unquote(where) == f"/internal{file}"
    assert given.headers["content-type"] == "audio/mpeg"

    middle = music.person.client.get(f"/tracks/{track['id']}/stream", headers={"range": "bytes=10-19"})
    assert (middle.status_code, middle.content) == (206, file.read_bytes()[10:20])

    stranger = house.newcomer("member")
    refused = stranger.client.get(f"/tracks/{track['id']}/stream")
    problem(refused, 404, "track_not_found")
    assert "x-accel-redirect" not in refused.headers
