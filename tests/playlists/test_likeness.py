"""Which track is meant by what a playlist file says."""

from sarau.playlists.formats.listed import ListedTrack
from sarau.playlists.likeness import Known, compared, guesses


def _known(number: int, artist: str, *artists: str, duration_ms: int = 60_000) -> tuple[str, Known]:
    return "intro", Known(f"t{number}", "intro", artist, frozenset(artists or (artist,)), "", duration_ms)


def _meant(track: ListedTrack, rows: list[tuple[str, Known]]) -> str | None:
    return compared([(0, track)], {0: guesses(track)}, rows).get(0)


def test_of_thousands_of_one_title_the_one_of_the_artist_is_found() -> None:
    rows = [_known(number, f"band {number}") for number in range(5_000)]
    assert _meant(ListedTrack("Intro", "Band 4321"), rows) == "t4321"
    assert _meant(ListedTrack("Intro", "Nobody"), rows) is None
    assert _meant(ListedTrack("Intro", "Band 7 feat. Nobody"), rows) == "t7"
    assert _meant(ListedTrack("Intro", "Ana"), [*rows, _known(9_999, "ana bia", "ana", "bia")]) == "t9999"


def test_of_several_by_one_artist_the_nearest_in_length_is_meant() -> None:
    rows = [_known(number, "ana", duration_ms=60_000 + 2_000 * number) for number in range(5)]
    assert _meant(ListedTrack("Intro", "Ana", duration_ms=66_100), rows) == "t3"
    assert _meant(ListedTrack("Intro", "Ana", duration_ms=90_000), rows) is None
