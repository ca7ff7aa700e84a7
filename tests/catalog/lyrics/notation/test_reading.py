"""Whole sheets: told apart, read without loss, whatever they hold."""

import re
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sarau.catalog.lyrics.notation.reading import detect, parse
from sarau.catalog.lyrics.notation.song import Grain, LineKind, Song
from sarau.catalog.lyrics.notation.transposing import chords_in, key_of, transposed
from sarau.catalog.lyrics.schemas import SheetFormat

SHEETS = sorted((Path(__file__).parent / "sheets").iterdir())
# What is said in the notation itself and not of the song: labels and names of directives.
LABELS = {
    "título", "tom", "artista", "title", "artist", "key", "bpm", "tempo", "time", "autor", "ti", "ar", "al", "meta",
    "t",
    "st", "c", "en", "soc", "eoc", "sov", "eov", "start_of_verse", "end_of_verse", "start_of_chorus", "end_of_chorus",
    "comment", "start_of_tab", "end_of_tab", "start_of_grid", "end_of_grid", "start_of_bridge", "end_of_bridge",
    "label",
    "new_page", "capo", "subtitle", "chorus", "f", "d", "bg",
}  # fmt: skip


def notation_of(sheet: Path) -> SheetFormat:
    suffixes = sheet.suffixes
    return SheetFormat.LRC if suffixes[0] == ".lrc" else SheetFormat(suffixes[0][1:])


def everything_in(song: Song) -> str:
    return msgspec.json.encode(song).decode().casefold()


def words_of(text: str) -> set[str]:
    """The words of a sheet, without times and what brackets cut in two."""
    text = re.sub(r"[<\[][0-9]+:[0-9.:,]*[>\]]", "", text)
    text = re.sub(r"\[[^\]]{1,12}\](?=\w)|(?<=\w)\[[^\]]{1,12}\]", "", text.replace("\\", ""))
    return set(re.findall(r"[^\W\d]\w*", unicodedata.normalize("NFC", text.replace("{", " {")).casefold()))


def test_there_are_sheets_of_every_notation() -> None:
    assert len(SHEETS) >= 15
    assert {notation_of(sheet) for sheet in SHEETS} | {SheetFormat.PLAIN} == set(SheetFormat)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_is_told_by_its_looks(sheet: Path) -> None:
    assert detect(sheet.read_text()) is notation_of(sheet)
    assert detect("\ufeff" + sheet.read_text().replace("\n", "\r\n")) is notation_of(sheet)


@pytest.mark.parametrize("notation", SheetFormat)
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_word_of_a_sheet_is_lost(sheet: Path, notation: SheetFormat) -> None:
    text = sheet.read_text()
    found = everything_in(parse(notation, text))
    lost = {word for word in words_of(text) - LABELS if word not in found}
    if notation is notation_of(sheet):
        assert not lost
    else:  # read as what they are not, chords in brackets still cut words in two
        assert all(word in found for word in words_of(re.sub(r"\S*[\[<{]\S*", "", text)) - LABELS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_line_ends_make_no_difference(sheet: Path) -> None:
    text = sheet.read_text()
    song = parse(notation_of(sheet), text)
    for end in ("\r\n", "\r"):
        assert parse(notation_of(sheet), text.replace("\n", end)) == song


CHORDS = {
    "abre_alas": "Dm Gm A7 Dm Dm Gm A7 Dm",
    "ciranda": "Dó Sol7 Dó Dó Sol7 Dó Fá Sol7 Dó Lám Rém/Fá Sol7 Dó Dó7 Fá Sol7 Dó Sol",
    "down_in_the_valley": "D A7 A D D A7 D A7 D",
    "peixe_vivo": "E B7 E E B7 E E7 A B7 E A E B7 E",
    "rising_sun": "Am C D F Am E Am E Am C D F Am C E Am C D F Am E Am E7 Am C D F Am C E7 E7",
    "rua_fosse_minha": "Am E7 E7 Am A7 Dm Dm/F Am E7 Am F7M Bm7(b5) E7(b9) Am6/9 Am Dm7(9) G7(13)",
    "clementine": "F C7 Gm/Bb F C7 F F C7 Gm/Bb F C7 F F C7 Gm/Bb F C7 F F C7 F",
    "swing_low": "D G D D A7 D G D D A7 D D G D A7",
    "oh_susanna": "G D7 G D7 G C G D7 G G",
    "luar": "Sol Ré7 Sol Mim Lám Ré7/Fá#",
}


@pytest.mark.parametrize("name", CHORDS)
def test_every_chord_of_a_sheet_is_found(name: str) -> None:
    [sheet] = [one for one in SHEETS if one.name.startswith(name + ".") and one.suffix != ".lrc"]
    song = parse(notation_of(sheet), sheet.read_text())
    names = [mark.name for line in song.lines for mark in line.chords if not mark.is_remark]
    assert " ".join(names) == CHORDS[name]
    assert len(list(chords_in(song))) == len(names)


def test_what_sheets_tell_and_what_follows_from_it() -> None:
    def read(name: str) -> Song:
        [sheet] = [one for one in SHEETS if one.name.startswith(name)]
        return parse(notation_of(sheet), sheet.read_text())

    fish = read("peixe_vivo")
    assert (fish.title, fish.artist, fish.key, fish.capo, fish.tempo) == ("Peixe vivo", "Tradicional", "G", 3, 96.0)
    assert [line.text for line in fish.lines if line.kind is LineKind.SECTION] == [
        "Intro",
        "Primeira Parte",
        "Refrão",
    ]
    assert read("abre_alas").key is None
    assert key_of(read("abre_alas")) == key_of(Song(key="Dm"))
    assert sum(line.kind is LineKind.TAB for line in read("rising_sun").lines) == 6
    assert read("silent_night").timed is Grain.WORDS
    assert read("terezinha").timed is Grain.LINES
    assert read("luar").timed is Grain.NONE


def test_the_refrain_moves_with_the_key() -> None:
    [sheet] = [one for one in SHEETS if one.name.startswith("luar")]
    song = transposed(parse("chordpro", sheet.read_text()), -2)
    assert song.key == "Fá"
    assert [mark.name for line in song.lines for mark in line.chords] == ["Fá", "Dó7", "Fá", "Rém", "Solm", "Dó7/Mi"]


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("", "plain"), ("Only words\nto sing", "plain"), ("[Chorus]\nla la", "plain"), ("A\nE", "chords_over_words"),
        ("A\nday in June", "plain"), ("Sol\nMi\nSi", "chords_over_words"), ("Sol\nMi", "plain"),
        ("[Am]\nla\n[Em]\nle", "chords_over_words"), ("[Am]la", "chordpro"), ("[C] [G]", "chordpro"),
        ("{title: x}\nla", "chordpro"),
        ("{x: y}\nla", "plain"), ("{soc}", "chordpro"), ("C G\nla", "chords_over_words"), ("[00:01]la", "lrc"),
        ("at [00:01] o'clock", "plain"), ("[Intro] C G\nC  G\n[Am]la [C]le", "chords_over_words"),
        ("E|--3--|", "plain"),
        ("la\n  [01:02:03.4] la", "lrc"), ("Dó Ré Mi\nla", "chords_over_words"), ("Dó, ré, mi, fá", "plain"),
        ("E o amor\nA vida\nEm paz", "plain"), ("Sim\nSim\nSim", "plain"),
    ],
)  # fmt: skip
def test_texts_are_told_apart(text: str, notation: str) -> None:
    assert detect(text) == notation


def test_a_notation_that_is_none_of_ours_is_refused() -> None:
    with pytest.raises(ValueError, match="guitarpro"):
        parse("guitarpro", "la")


PIECES = st.sampled_from(
    [
        "[", "]", "{", "}", "(", ")", "<", ">", "|", ":", "\\", "#", "*", "-", "/", "\n", "\r", "\t", "  ", "\n\n",
        "[Am]",
        "Am7(9)", "C", " G ", "Sol", "Dó ", "A", "[*x]", "{c:", "{soc}", "{sot}", "{eot}", "{title:", "{meta: ",
        "{chorus}",
        "{start_of_grid", "label=\"", "[00:01.00]", "[1:2:3.4]", "<00:02>", "[ti:", "[offset:", "[bg:", "F:",
        "Intro:",
        "[Refrão] ", "Verse 1", "Refrão 2x", "Tom: ", "Capo 2", "Capotraste na ", "ª casa", "E|--3--|", "--",
        "(2x)", "N.C.",
        "%", "\ufeff", "\u0301", "𝄞", "ß", "İ", "\x00", "\u2028", "99999999999",
    ]
)  # fmt: skip
WORDS = st.text("klmnpqrt", min_size=6, max_size=9).map("zyx{}zyx".format)
SOUP = st.lists(st.one_of(PIECES, PIECES, WORDS, st.text(max_size=5)), max_size=40).map("".join)


def check(song: Song) -> None:
    """What holds for every song, whatever it was read from."""
    starts = [line.start_ms for line in song.lines if line.start_ms is not None]
    assert starts == sorted(starts)
    assert 0 <= song.capo <= 11
    for line in song.lines:
        assert line.text == line.text.rstrip()
        assert [mark.offset for mark in line.chords] == sorted(mark.offset for mark in line.chords)
        assert all(mark.offset >= 0 and mark.name for mark in line.chords)
        assert all(line.text[word.offset : word.offset + word.length].strip() for word in line.words)
        assert line.end_ms is None or (line.start_ms is not None and line.end_ms >= line.start_ms)
    assert msgspec.json.decode(msgspec.json.encode(song), type=Song) == song


@given(SOUP)
@settings(max_examples=300, deadline=None)
@example("Intro: Intro: Intro: Intro: C")
@example("[00:01]<00:02>\u00a0")
def test_any_text_is_read_in_any_notation(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert detect(text) in SheetFormat
    for notation in SheetFormat:
        check(parse(notation, text))


@given(st.lists(st.one_of(PIECES, WORDS), max_size=30).map(" ".join))
@settings(max_examples=300, deadline=None)
@example("zyxkzyx C G [Am]")
@example("[Intro] zyxkzyx")
@example("{c: x } zyxkzyx")
def test_no_word_is_lost_between_signs(text: str) -> None:
    words = re.findall(r"zyx[a-z]+?zyx", text)
    for notation in SheetFormat:
        found = everything_in(parse(notation, text))
        assert [word for word in words if word not in found] == []


# Repeated until a text is long; a pattern that goes back over what it has read would never come to an end.
@pytest.mark.parametrize(
    "piece",
    [
        "\n", " ", "\t", "[", "{", "(", "|", "-", "C ", "C-", "(C", "[C]", "[a", "{c:", "[00:01.00]", "<00:01>a ",
        "Intro: ",
        "verse ", "capo ", "Tom: ", "a\\\n", "C\na\n", "~", "2x ", "[ti:a][", "E|-", ": ", "\u0301",
    ],
)  # fmt: skip
@pytest.mark.parametrize("start", ["", "capo"])
def test_long_texts_of_one_sign_come_to_an_end(piece: str, start: str) -> None:
    text = start + piece * (32_000 // len(piece))
    detect(text)
    for notation in SheetFormat:
        check(parse(notation, text))
