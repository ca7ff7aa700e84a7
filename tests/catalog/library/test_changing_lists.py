"""Paging through lists that change between two pages."""

import random
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.support.houses import House, Person, items
from tests.support.music import tune


class Shelf(NamedTuple):
    """A library full of ties, and the administrator who reads and changes it."""

    library_id: str
    admin: Person

    def page(self, path: str, asked: dict[str, Any]) -> tuple[list[str], str | None]:
        """Return the ids of one page, and the cursor of the next."""
        answer = self.admin.client.get(path, params={"library_id": self.library_id, **asked})
        return [item["id"] for item in items(answer)], answer.json()["next_cursor"]

    def everything(self, path: str) -> list[str]:
        return self.page(path, {"limit": 500})[0]


@pytest.fixture(scope="module")
def shelf(house: House, tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    root: Path = tmp_path_factory.mktemp("changing")
    for number in range(40):
        tune(
            root / f"album {number // 2}" / f"{number}.flac",
            hz=440,
            title=("Same", "Other", "Third")[number % 3],
            artists=f"Artist {number // 2 % 2}",
            album=("Equal", "Alike")[number // 4 % 2],
            album_artists=f"Number {number // 2}",
            date="1999",
            track_number=1,
        )
    admin = house.newcomer("admin")
    return Shelf(house.library(root, admin), admin)


@pytest.mark.parametrize("path", ["/tracks", "/albums"])
@pytest.mark.parametrize("sort", ["title", "artist", "year", "added"])
def test_what_is_there_all_the_time_comes_exactly_once(shelf: Shelf, path: str, sort: str) -> None:
    chance = random.Random(f"{path} {sort}")
    tracks = shelf.everything("/tracks")
    asked = {"sort": sort, "limit": 4, "order": chance.choice(["asc", "desc"])}
    for track_id in chance.sample(tracks, 10):
        shelf.admin.client.delete(f"/tracks/{track_id}")
    always = set(shelf.everything(path))
    seen: list[str] = []
    ids, cursor = shelf.page(path, asked)
    while True:
        seen += ids
        if cursor is None:
            break
        # What lies before this page and behind it goes and comes: a place counted in rows would slip.
        here = shelf.everything("/tracks")
        for track_id in chance.sample(here, 2):
            shelf.admin.client.delete(f"/tracks/{track_id}")
        for track_id in chance.sample(sorted(set(tracks) - set(here)), 2):
            assert shelf.admin.client.post(f"/bin/{track_id}/restore").status_code == 204
        always &= set(shelf.everything(path))
        ids, cursor = shelf.page(path, {**asked, "cursor": cursor})
    assert len(set(seen)) == len(seen)
    assert always <= set(seen)
    assert len(always) > 3
    for track_id in set(tracks) - set(shelf.everything("/tracks")):
        shelf.admin.client.post(f"/bin/{track_id}/restore")
    assert set(shelf.everything("/tracks")) == set(tracks)


def test_a_cursor_whose_row_is_gone_still_tells_the_place(shelf: Shelf) -> None:
    asked = {"sort": "title", "limit": 5}
    whole = shelf.page("/tracks", {"sort": "title", "limit": 500})[0]
    ids, cursor = shelf.page("/tracks", asked)
    assert ids == whole[:5]
    for track_id in whole[3:7]:
        shelf.admin.client.delete(f"/tracks/{track_id}")
    assert shelf.page("/tracks", {**asked, "cursor": cursor})[0] == whole[7:12]
    for track_id in whole[3:7]:
        shelf.admin.client.post(f"/bin/{track_id}/restore")
    assert shelf.page("/tracks", {**asked, "cursor": cursor})[0] == whole[5:10]
