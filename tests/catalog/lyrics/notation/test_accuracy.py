"""How often chords come to the right line: songs and sheets as they are found, with where each chord belongs."""

from pathlib import Path
from typing import NamedTuple

import pytest

from sarau.catalog.lyrics.notation.alignment import align
from sarau.catalog.lyrics.notation.notes import Naming
from sarau.catalog.lyrics.notation.reading import detect, parse
from sarau.catalog.lyrics.notation.song import Song
from sarau.catalog.lyrics.notation.transposing import renamed

LEAST_RIGHT = 0.98  # of all lines


class Case(NamedTuple):
    name: str
    timed: Song
    sheet: Song
    chords: list[str]


def read_cases() -> list[Case]:
    text = (Path(__file__).parent / "cases.txt").read_text()
    cases = []
    for block in text.split("=== ")[1:]:
        heading, _, rest = block.partition("\n")
        timed, _, sheet = rest.partition("---\n")
        rows = [row.split(" |") for row in timed.splitlines()]
        lrc = "".join(f"[{4 * n // 60:02}:{4 * n % 60:02}]{words}\n" for n, (words, _) in enumerate(rows))
        chords = [chords.strip() for _, chords in rows]
        cases.append(Case(heading, parse("lrc", lrc), parse(detect(sheet), sheet), chords))
    return cases


CASES = read_cases()


def placed(case: Case) -> list[str]:
    """The chords that each timed line gets."""
    song = renamed(align(case.sheet, case.timed), Naming.LETTERS)
    starts = [line.start_ms for line in case.timed.lines]
    sung = {line.start_ms: line for line in song.lines if line.is_sung}
    return [" ".join(mark.name for mark in sung[start].chords if not mark.is_remark) for start in starts]


def right_lines(case: Case) -> int:
    return sum(found == expected for found, expected in zip(placed(case), case.chords, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_most_lines_of_every_song_are_right(case: Case) -> None:
    assert right_lines(case) >= 0.75 * len(case.chords), list(zip(placed(case), case.chords, strict=True))


def test_nearly_all_lines_are_right() -> None:
    total = sum(len(case.chords) for case in CASES)
    right = sum(right_lines(case) for case in CASES)
    assert len(CASES) >= 20
    assert total >= 120
    assert right >= LEAST_RIGHT * total, f"{right} of {total}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_how_sure_it_is_tells_how_much_fits(case: Case) -> None:
    confidence = align(case.sheet, case.timed).confidence
    missing = sum(not chords for chords in case.chords) / len(case.chords)
    assert 0.5 < confidence <= 1.0
    assert confidence <= 1.05 - missing / 2
