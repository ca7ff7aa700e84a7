"""What came last comes first, and when it came is not forgotten."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.support.houses import House, Person, items
from tests.support.music import tune
from tests.support.sound_tags import write_tags


def _old(path: Path, day: int) -> Path:
    """Give a file the time of a day in 2001."""
    moment = datetime(2001, 1, day, tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path


def _recent(person: Person, library_id: str, kind: str) -> dict[str, datetime]:
    asked = {"library_id": library_id, "sort": "added", "order": "desc"}
    return {
        item["title"]: datetime.fromisoformat(item["added_at"])
        for item in items(person.client.get(f"/{kind}", params=asked))
    }


def test_the_first_scan_tells_by_the_files_and_later_ones_by_the_clock(house: House, tmp_path: Path) -> None:
    root, person = tmp_path / "m", house.newcomer()
    for day, name in ((3, "Third"), (1, "First"), (2, "Second")):
        _old(tune(root / f"{name}.flac", title=name, album=f"{name} album", album_artists="A"), day)
    before = datetime.now(UTC)
    library_id = house.library(root, person)
    first = _recent(person, library_id, "tracks")
    assert list(first) == ["Third", "Second", "First"]
    assert first["First"] == datetime(2001, 1, 1, tzinfo=UTC)
    assert list(_recent(person, library_id, "albums")) == ["Third album", "Second album", "First album"]

    # A file that comes now is new, however old it is.
    _old(tune(root / "Fourth.flac", title="Fourth", album="Fourth album", album_artists="A"), 1)
    write_tags(root / "Second.flac", comment="retagged")
    (root / "First.flac").rename(root / "renamed.flac")
    house.scan(library_id)
    second = _recent(person, library_id, "tracks")
    assert list(second) == ["Fourth", "Third", "Second", "First"]
    assert before - timedelta(seconds=1) <= second.pop("Fourth") <= datetime.now(UTC)
    assert second == first
    assert list(_recent(person, library_id, "albums")) == [f"{name} album" for name in ("Fourth", *first)]
