import re

import pytest

from sarau.adapters.synth.catalogue import Album, Arrangement, Format, Sheets, Tune, Voice
from sarau.adapters.synth.score import Score
from sarau.adapters.synth.sheets import chordpro, lrc, plain_lyrics
from sarau.adapters.synth.tunes import ALBUMS

SUNG = [(album, tune) for album in ALBUMS for tune in album.tunes if tune.sheets is not None]
sung = pytest.mark.parametrize(("album", "tune"), SUNG, ids=[tune.title for _, tune in SUNG])
LINE = re.compile(r"\[(\d\d):(\d\d\.\d\d)\](.+)")
WORD = re.compile(r"<(\d\d):(\d\d\.\d\d)>([^<]*)")


def song(music: str) -> tuple[Album, Tune]:
    tune = Tune(
        title="Song",
        artists=("One", "Two & Three"),
        composers=("Anon",),
        genres=(),
        format=Format.WAV,
        music=f"M:4/4\nL:1/4\nQ:1/4=60\n{music}",
        arrangement=Arrangement(lead=Voice("flute")),
        sheets=Sheets(),
    )
    return Album(title="Songs", artists=("One",), year=2026, cover="ring", tunes=(tune,)), tune


def seconds(minutes: str, rest: str) -> float:
    return int(minutes) * 60 + float(rest)


def onsets(score: Score) -> list[float]:
    return [score.seconds(p.syllables[0].onset) for p in score.passages if p.syllables]


def test_lyrics_have_their_headers_and_the_time_of_every_line() -> None:
    album, tune = song("P:IAA\nK:C\nP:I\nz4|\nP:A\nz C D E|\nw: one two-three\nw: four five six\nF2 G2|\nw: se-ven\n")
    assert lrc(album, tune, 83.6, word_times=False).splitlines() == [
        "[ti:Song]",
        "[ar:One, Two & Three]",
        "[al:Songs]",
        "[length:01:24]",
        "[by:Sarau]",
        "",
        "[00:05.00]one twothree",
        "[00:08.00]seven",
        "[00:13.00]four five six",
    ]


def test_enhanced_lyrics_have_the_time_of_every_word_and_of_the_end() -> None:
    album, tune = song("K:C\nC2 D E|F/ z/ G z2|\nw: two-three four five six\n")
    assert lrc(album, tune, 8, word_times=True).splitlines()[-1] == (
        "[00:00.00]<00:00.00>twothree <00:03.00>four <00:04.00>five <00:05.00>six <00:06.00>"
    )


def test_chords_stand_before_their_syllables_or_after_what_is_held_under_them() -> None:
    album, tune = song(
        'P:IAC\nK:G\nP:I\n"G"z2"D7"z2|\nP:A\n"G"G2 "C"c "D7"B|"G"G4|\nw: one two-three four\n'
        'P:C\nz2 D2|"Em"E4-|"Am"E2"D7"z2|\nw: la le\n'
    )
    assert chordpro(album, tune) == (
        "{title: Song}\n{artist: One, Two & Three}\n{composer: Anon}\n{album: Songs}\n"
        "{key: G}\n{tempo: 60}\n{time: 4/4}\n"
        "\n{comment: Instrumental}\n[G] [D7]\n"
        "\n{start_of_verse}\n[G]one [C]two[D7]three [G]four\n{end_of_verse}\n"
        "\n{start_of_chorus}\nla [Em]le [Am] [D7]\n{end_of_chorus}\n"
    )


def test_plain_lyrics_are_verses_apart_from_each_other() -> None:
    _, tune = song("P:AA\nK:C\nC D|\nw: one two\nw: three four\nE|\nw: five\nw: six\n")
    assert plain_lyrics(tune) == "one two\nfive\n\nthree four\nsix"


def test_at_least_five_tunes_are_sung_with_chords_and_some_with_the_time_of_every_word() -> None:
    assert sum(bool(tune.sheets and tune.sheets.chord_suffix) for _, tune in SUNG) >= 5
    assert {tune.sheets.chord_suffix for _, tune in SUNG if tune.sheets} >= {".cho", ".chordpro"}
    assert any(tune.sheets and tune.sheets.word_times for _, tune in SUNG)


@sung
def test_the_lines_of_the_real_songs_begin_with_their_first_notes(album: Album, tune: Tune) -> None:
    lines = [LINE.fullmatch(line) for line in lrc(album, tune, 60, word_times=False).splitlines()[6:]]
    times = [seconds(line[1], line[2]) for line in lines if line]
    assert len(times) == len(lines)
    assert times == pytest.approx(onsets(tune.score), abs=0.0051)
    assert times == sorted(times)
    assert times[-1] < tune.score.seconds(tune.score.length)


@sung
def test_every_word_of_the_real_songs_is_timed_at_one_of_its_notes(album: Album, tune: Tune) -> None:
    notes = [tune.score.seconds(note.onset) for note in tune.score.notes]
    for line in lrc(album, tune, 60, word_times=True).splitlines()[6:]:
        words = WORD.findall(line)
        times = [seconds(minutes, rest) for minutes, rest, _ in words]
        assert times == sorted(times)
        assert all(min(abs(time - note) for note in notes) < 0.0051 for time in times[:-1])
        assert all(text.strip() for _, _, text in words[:-1])


@sung
def test_the_chords_of_the_real_songs_stand_over_the_same_words_in_the_order_they_are_played(
    album: Album, tune: Tune
) -> None:
    sheet = chordpro(album, tune)
    words = [re.sub(r"\[[^]]*\]", "", line).split() for line in sheet.splitlines() if line and line[0] != "{"]
    assert " ".join(" ".join(line) for line in words).split() == plain_lyrics(tune).split()
    assert re.findall(r"\[([^]]*)\]", sheet) == [chord.name for chord in tune.score.chords]


def test_the_first_lines_of_a_song_read_as_in_a_songbook() -> None:
    album, tune = next((album, tune) for album, tune in SUNG if tune.title == "Amazing Grace")
    sheet = chordpro(album, tune)
    assert "\nA[G]mazing [G7]grace! how [C]sweet the [G]sound\nthat [G]saved a [Em]wretch like [D]me! [D7]\n" in sheet
