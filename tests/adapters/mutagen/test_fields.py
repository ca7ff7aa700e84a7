"""Texts of tags become typed fields."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sarau.adapters.mutagen.fields import tags_of
from sarau.adapters.mutagen.words import NAMES
from sarau.foundation.media.tags import ReplayGain

ID = "12345678-1111-4222-8333-444455556666"


@pytest.mark.parametrize(
    ("text", "date", "year"),
    [
        ("2004", "2004", 2004),
        ("2004-05", "2004-05", 2004),
        ("2004-05-01", "2004-05-01", 2004),
        ("2004-5-1", "2004-05-01", 2004),
        ("2004/05/01", "2004-05-01", 2004),
        ("2004.05.01", "2004-05-01", 2004),
        ("20040501", "2004-05-01", 2004),
        ("2004-05-01T07:00:00Z", "2004-05-01", 2004),
        ("2004-05-01 07:00", "2004-05-01", 2004),
        ("2004-02-31", "2004-02", 2004),
        ("2004-13-01", "2004", 2004),
        ("2004-00-00", "2004", 2004),
        ("01/05/2004", "2004", 2004),
        ("May 2004", "2004", 2004),
        ("c. 1985?", "1985", 1985),
        ("0001", "0001", 1),
        ("9999", "9999", 9999),
        ("0000", None, None),
        ("0000-00-00", None, None),
        ("12345", None, None),
        ("long ago", None, None),
        ("", None, None),
    ],
)
def test_dates(text: str, date: str | None, year: int | None) -> None:
    tags = tags_of({"date": [text]})
    assert (tags.date, tags.year) == (date, year)


def test_the_first_date_that_can_be_read_counts() -> None:
    assert tags_of({"date": ["?", "1999", "2004"]}).date == "1999"
    assert tags_of({"date": ["1999", "2004", "1999-05", "1999-05-07", "1999-06-01"]}).date == "1999-05-07"


def test_the_original_year_serves_where_there_is_no_other() -> None:
    assert tags_of({"originaldate": ["1972-03"]}).year == 1972
    assert tags_of({"originaldate": ["1972-03"], "date": ["2004"]}).year == 2004


@pytest.mark.parametrize(
    ("text", "number", "total"),
    [
        ("3", 3, None),
        ("03", 3, None),
        ("3/12", 3, 12),
        (" 3 / 12 ", 3, 12),
        ("3 of 12", 3, 12),
        ("3/", 3, None),
        ("3/0", 3, None),
        ("0/12", None, 12),
        ("0", None, None),
        ("A1", None, None),
        ("-3", None, None),
        ("123456789", None, None),
        ("12345678901234567890", None, None),
        ("²", None, None),
    ],
)
def test_numbers(text: str, number: int | None, total: int | None) -> None:
    tags = tags_of({"tracknumber": [text], "discnumber": [text]})
    assert (tags.track_number, tags.track_total) == (number, total)
    assert (tags.disc_number, tags.disc_total) == (number, total)


def test_a_total_of_its_own_counts_more() -> None:
    tags = tags_of({"tracknumber": ["3/12"], "tracktotal": ["14"], "disctotal": ["2"]})
    assert (tags.track_number, tags.track_total, tags.disc_total) == (3, 14, 2)


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("true", True), ("Yes ", True), ("0", False), ("", False)]
)
def test_compilation(text: str, expected: bool) -> None:
    assert tags_of({"compilation": [text]}).compilation is expected


@pytest.mark.parametrize(
    ("text", "gain"),
    [
        ("-6.50 dB", -6.5),
        ("+1.2 db", 1.2),
        ("-6,5", -6.5),
        ("0", 0.0),
        ("-.5 dB", -0.5),
        ("-600 dB", None),
        ("nan", None),
        ("inf dB", None),
        ("loud", None),
        ("", None),
        ("- dB", None),
    ],
)
def test_gains(text: str, gain: float | None) -> None:
    assert tags_of({"replaygain_track_gain": [text]}).replay_gain == ReplayGain(track_gain_db=gain)


@pytest.mark.parametrize(
    ("text", "peak"), [("0.988", 0.988), ("1.5", 1.5), ("0", None), ("-1", None), ("32767", None), ("x", None)]
)
def test_peaks(text: str, peak: float | None) -> None:
    assert tags_of({"replaygain_album_peak": [text]}).replay_gain == ReplayGain(album_peak=peak)


def test_gains_of_opus_are_five_decibels_louder() -> None:
    gains = tags_of({"r128_track_gain": ["-2816"], "r128_album_gain": ["0"]}).replay_gain
    assert gains == ReplayGain(track_gain_db=-6.0, album_gain_db=5.0)


def test_codes_of_recordings_are_normalised_and_checked() -> None:
    codes = ["br-bmg-74-00001", "USRC17607839; GBAYE0601498", "USRC17607839", "no code"]
    assert tags_of({"isrc": codes}).isrcs == ("BRBMG7400001", "USRC17607839", "GBAYE0601498")


def test_ids_are_checked_and_lower_case() -> None:
    tags = tags_of({"musicbrainz_trackid": ["nonsense", ID.upper()], "musicbrainz_albumid": [ID[:-1]]})
    assert (tags.mb_recording_id, tags.mb_album_id) == (ID, None)


def test_ids_of_artists_count_only_if_there_are_as_many() -> None:
    assert tags_of({"artist": ["A"], "musicbrainz_artistid": [ID]}).mb_artist_ids == (ID,)
    assert tags_of({"artist": ["A", "B"], "musicbrainz_artistid": [ID]}).mb_artist_ids == ()
    assert tags_of({"musicbrainz_artistid": [ID]}).mb_artist_ids == ()


def test_the_plural_tag_is_the_list_and_the_singular_the_display() -> None:
    tags = tags_of({"artist": ["Elis & Tom"], "artists": ["Elis Regina", "Tom Jobim"]})
    assert (tags.artists, tags.artist_display) == (("Elis Regina", "Tom Jobim"), "Elis & Tom")
    tags = tags_of({"albumartist": ["Elis", "Tom", "Elis", ""]})
    assert (tags.album_artists, tags.album_artist_display) == (("Elis", "Tom"), "Elis, Tom")


def test_texts_are_clean() -> None:
    decomposed = "Noe\u0308l"
    tags = tags_of({"title": ["", " \x00\x1f ", f"  {decomposed}\x00\r\nnext\x07 \x7f"], "artist": ["\ud800A"]})
    assert (tags.title, tags.artists) == ("Noël next", ("A",))


def test_long_texts_are_cut() -> None:
    long = "ã" * 100_000
    tags = tags_of({"title": [long], "comment": [long], "lyrics": [long], "genre": [str(n) for n in range(5_000)]})
    assert tags.title == "ã" * 1_000
    assert tags.comment == "ã" * 10_000
    assert tags.lyrics == "ã" * (32 * 1024)
    assert len(tags.genres) == 100


def test_texts_of_several_lines_keep_them() -> None:
    tags = tags_of({"lyrics": ["\r\n  One\r\n\r\nTwo \x0c\tthree\r\n"], "description": ["a\nb"]})
    assert (tags.lyrics, tags.comment) == ("  One\n\nTwo\nthree", "a\nb")


def test_lyrics_with_times_are_preferred() -> None:
    assert tags_of({"lyrics": ["plain"], "syncedlyrics": ["[00:01.00]timed"]}).lyrics == "[00:01.00]timed"


@given(st.dictionaries(st.sampled_from(sorted(NAMES)), st.lists(st.text(max_size=60), max_size=5)))
def test_any_texts_become_fields_that_can_be_sent(texts: dict[str, list[str]]) -> None:
    tags = tags_of(texts)
    msgspec.json.encode(tags)
    assert tags.year is None or 1 <= tags.year <= 9999
    for name in (tags.title, tags.album, *tags.artists, *tags.genres):
        assert name is None or (name == name.strip() != "" and "\n" not in name and "\x00" not in name)
