"""The tunes themselves: whole bars, fitting words, and melodies people know."""

from fractions import Fraction

import pytest

from sarau.adapters.synth.catalogue import Format, Tune
from sarau.adapters.synth.tunes import ALBUMS

TUNES = {tune.title: tune for album in ALBUMS for tune in album.tunes}
tunes = pytest.mark.parametrize("tune", TUNES.values(), ids=TUNES)


def test_there_are_five_albums_with_fourteen_tunes_in_all_formats() -> None:
    assert len(ALBUMS) == 5
    assert len(TUNES) == 14
    assert {tune.format for tune in TUNES.values()} == set(Format)


@tunes
def test_every_bar_is_as_long_as_its_meter_says(tune: Tune) -> None:
    for score in filter(None, (tune.score, tune.second_score)):
        measure = Fraction(*score.meter)
        lengths = {after - before for before, after in zip(score.bars, score.bars[1:], strict=False)}
        assert lengths == {measure}
        assert score.bars[0] < measure
        assert 0 < score.length - score.bars[-1] <= measure


@tunes
def test_a_tune_lasts_between_twenty_five_and_sixty_seconds_and_both_voices_as_long(tune: Tune) -> None:
    assert 25 <= tune.score.seconds(tune.score.length) <= 60
    if tune.second_score is not None:
        assert tune.second_score.length == tune.score.length


# How each tune begins, in semitones from its first note: the part everybody can hum.
INCIPITS = {
    "Ciranda, Cirandinha": [0, 5, 5, 9, 9, 12, 12, 10, 9, 7, 12, 9, 7, 5],
    "Atirei o Pau no Gato": [0, -2, -3, -5, -3, -2, 0, 0, 0, 2, 0, -2, -2, -2, 0, -2, -3, -3, -3],
    "Marcha, Soldado": [0, 0, -3, -7, -7, -3, 0, 0, 0, -3, -5],
    "Frère Jacques": [0, 2, 4, 0, 0, 2, 4, 0, 4, 5, 7, 4, 5, 7],
    "Ah ! vous dirai-je, maman": [0, 0, 7, 7, 9, 9, 7, 5, 5, 4, 4, 2, 2, 0],
    "さくらさくら": [0, 0, 2, 0, 0, 2, 0, 2, 3, 2, 0, 2, 0, -4],
    "Prelúdio em Dó maior, BWV 846": [0, 4, 7, 12, 16, 7, 12, 16, 0, 4, 7, 12, 16, 7, 12, 16, 0, 2, 9, 14, 17],
    "Minueto em Sol maior, BWV Anh. 114": [0, -7, -5, -3, -2, 0, -7, -7, 2, -2, 0, 2, 4, 5, -7, -7],
    "Für Elise": [0, -1, 0, -1, 0, -5, -2, -4, -7, -16, -12, -7, -5],
    "Ode à Alegria": [0, 0, 1, 3, 3, 1, 0, -2, -4, -4, -2, 0, 0, -2, -2],
    "Greensleeves": [0, 3, 5, 7, 9, 7, 5, 2, -2, 0, 2, 3, 0, 0, -1, 0, 2, -1, -5],
    "Auld Lang Syne": [0, 5, 5, 5, 9, 7, 5, 7, 9, 5, 5, 9, 12, 14],
    "Ó Abre Alas": [0, 0, -1, -1, -3, 0, -1, -3, -4, -3],
    "Amazing Grace": [0, 5, 9, 5, 9, 7, 5, 2, 0, 0, 5, 9, 5, 9, 7, 12],
}


@tunes
def test_a_tune_begins_as_people_know_it(tune: Tune) -> None:
    pitches = [note.pitch for note in tune.score.notes]
    steps = INCIPITS[tune.title]
    assert [pitch - pitches[0] for pitch in pitches[: len(steps)]] == steps


def test_the_second_voice_of_the_round_follows_two_bars_later() -> None:
    tune = TUNES["Frère Jacques"]
    assert tune.second_score is not None
    entry = tune.second_score.notes[0].onset
    second_time = [note for note in tune.score.notes if note.onset >= entry - 2]
    assert [(n.onset + 2, n.pitch) for n in second_time] == [(n.onset, n.pitch) for n in tune.second_score.notes]


def test_names_of_files_are_safe_on_every_system() -> None:
    for album in ALBUMS:
        for name in (*album.files, *album.folder.split("/")):
            assert not set(name) & set('/\\:*?"<>|')
            assert name == name.strip(" .")
            assert len(name.encode()) < 200
