"""A folder under watch: what is put in, renamed or taken out shows by itself."""

from pathlib import Path
from typing import Any

from tests.support.houses import House, items
from tests.support.music import everything_in, tune
from tests.support.pictures import picture
from tests.support.server import until


def test_nobody_has_to_ask_for_a_scan(proxied_house: House, tmp_path: Path) -> None:
    house, owner = proxied_house, proxied_house.owner.client
    root = tmp_path / "music"
    song = tune(root / "Album" / "song.flac", title="Song", artists="Artist", album="Album")
    library_id = house.library(root, house.owner)

    def tracks() -> dict[str, dict[str, Any]]:
        return {t["title"]: t for t in items(owner.get("/tracks", params={"library_id": library_id}))}

    def shown(*titles: str) -> dict[str, dict[str, Any]] | None:
        found = tracks()
        return found if set(found) == set(titles) else None

    # A new library is watched within seconds: until then changes go unnoticed.
    sign = tune(root / "sign.flac", title="Sign")
    until(lambda: sign.touch() or shown("Song", "Sign"), "the library to be watched")
    before = tracks()

    tune(root / "New" / "Deep" / "new.flac", title="New", artists="Artist")
    (root / "New" / "Deep" / "cover.jpg").write_bytes(picture("red"))
    song.rename(root / "Album" / "renamed.flac")
    (root / "Album" / "renamed.lrc").write_text("[00:01.00]words")
    sign.unlink()
    new = until(lambda: shown("Song", "New"), "the new file to appear, and the other to go")["New"]

    def settled() -> bool:
        lyrics = owner.get(f"/tracks/{before['Song']['id']}/lyrics").json()
        return bool(lyrics["sheets"]) and tracks()["New"]["cover"] is not None

    until(settled, "the cover and the words beside them")
    assert tracks()["Song"]["id"] == before["Song"]["id"]
    assert owner.get(f"/tracks/{before['Song']['id']}").json()["file_name"] == "renamed.flac"
    (lost,) = items(owner.get(f"/admin/libraries/{library_id}/missing"))
    assert lost["title"] == "Sign"

    now = everything_in(root)
    (root / "New").rename(root / "Renamed folder")
    folders = until(
        lambda: [f for f in _below(house, library_id) if f["name"] == "Renamed folder"], "the folder's new name"
    )
    assert len(folders) == 1
    assert tracks()["New"]["id"] == new["id"]
    (root / "Renamed folder").rename(root / "New")
    after = everything_in(root)
    assert {name: about for name, about in now.items() if name != "."} == after
    assert owner.delete(f"/admin/libraries/{library_id}").status_code == 204


def _below(house: House, library_id: str) -> list[dict[str, Any]]:
    """Return the folders in the top folder of a library."""
    client = house.owner.client
    (top,) = [folder for folder in items(client.get("/folders")) if folder["library_id"] == library_id]
    below: list[dict[str, Any]] = client.get(f"/folders/{top['id']}").json()["folders"]
    return below
