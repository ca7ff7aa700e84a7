"""From the texts of a file's tags to typed fields."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sarau.adapters.mutagen.words import MAX_VALUES
from sarau.foundation.media.tags import ReplayGain, Tags
from sarau.kit.text import clean

MAX_NAME_CHARS = 1_000
MAX_COMMENT_CHARS = 10_000
MAX_LYRICS_BYTES = 64 * 1024
_MAX_NUMBER = 99_999
_MAX_GAIN_DB = 60.0
_MAX_PEAK = 16.0
# RFC 7845, 5.2.1: R128 gains aim at -23 LUFS and count in 1/256 dB; ReplayGain 2.0 aims at -18 LUFS.
_R128_STEPS_PER_DB = 256
_R128_TO_REPLAY_GAIN_DB = 5.0

_BREAKS = re.compile(r"[\r\n\t\v\f]+")
_UUID = re.compile(r"(?<![0-9a-f-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f-])")
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_DATE = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?![0-9])")
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_SOME_YEAR = re.compile(r"(?<![0-9])([0-9]{4})(?![0-9])")
_NUMBER = re.compile(r"\s*([0-9]{1,9})(?:\s*(?:/|of)\s*([0-9]{0,9}))?\s*$")
_DECIMAL = re.compile(r"\s*([+-]?[0-9]{0,9}(?:[.,][0-9]{0,20})?)\s*(?:db)?\s*$", re.IGNORECASE)
_JOINED = re.compile(r"\s*[/;]\s*")
_YES = frozenset({"1", "true", "yes"})

Texts = Mapping[str, Sequence[str]]


def tags_of(texts: Texts) -> Tags:
    """Return the fields for texts given under the names of `words.NAMES`."""
    date_, year = _date(texts.get("date", ()))
    original_date, original_year = _date(texts.get("originaldate", ()))
    track, track_total = _numbers(texts, "tracknumber", "tracktotal")
    disc, disc_total = _numbers(texts, "discnumber", "disctotal")
    return Tags(
        title=_first_name(texts, "title"),
        version=_first_name(texts, "version") or _first_name(texts, "subtitle"),
        album=_first_name(texts, "album"),
        composers=_names(texts.get("composer", ())),
        genres=_names(texts.get("genre", ())),
        date=date_,
        original_date=original_date,
        year=year or original_year,
        disc_number=disc,
        disc_total=disc_total,
        track_number=track,
        track_total=track_total,
        compilation=any(value.strip().lower() in _YES for value in texts.get("compilation", ())),
        comment=_prose(texts, ("comment", "description"), MAX_COMMENT_CHARS),
        isrcs=_isrcs(texts.get("isrc", ())),
        moods=_names(texts.get("mood", ())),
        mb_recording_id=_first(_ids(texts, "musicbrainz_trackid")),
        mb_track_id=_first(_ids(texts, "musicbrainz_releasetrackid")),
        mb_album_id=_first(_ids(texts, "musicbrainz_albumid")),
        mb_release_group_id=_first(_ids(texts, "musicbrainz_releasegroupid")),
        replay_gain=_replay_gain(texts),
        lyrics=_lyrics(texts),
        **_people(texts, "artist"),
        **_people(texts, "albumartist"),
    )


def _people(texts: Texts, name: str) -> dict[str, Any]:
    """Return the fields of the artists or the album's artists."""
    shown = _names(texts.get(name, ()))
    listed = _names(texts.get(name + "s", ()))
    ids = _ids(texts, f"musicbrainz_{name}id")
    if len(listed) == 1 and len(ids) > 1:
        # ID3v2.3 cannot hold lists, so taggers join them; the number of ids proves where the joints are.
        parts = _names(_JOINED.split(listed[0]))
        listed = parts if len(parts) == len(ids) else listed
    people = listed or shown
    field = "album_artist" if name == "albumartist" else name
    return {
        f"{field}s": people,
        f"{field}_display": shown[0] if len(shown) == 1 else ", ".join(people)[:MAX_NAME_CHARS] or None,
        f"mb_{field}_ids": ids if len(ids) == len(people) else (),
    }


def _line(text: str) -> str:
    """Return a text in one clean line."""
    text = text[: 4 * MAX_NAME_CHARS]
    # What is printable has nothing to clean away: this spares most texts a look at each character.
    line = unicodedata.normalize("NFC", text) if text.isprintable() else clean(_BREAKS.sub(" ", text))
    return line.strip()[:MAX_NAME_CHARS].rstrip()


def _names(values: Iterable[str]) -> tuple[str, ...]:
    """Return the different values that are not empty, in their order."""
    if not values:
        return ()
    found = dict.fromkeys(map(_line, values))
    found.pop("", None)
    return tuple(found)[:MAX_VALUES]


def _first_name(texts: Texts, name: str) -> str | None:
    """Return the first value that is not empty."""
    for value in texts.get(name, ()):
        if line := _line(value):
            return line
    return None


def _first(values: tuple[str, ...]) -> str | None:
    return values[0] if values else None


def _clean_lines(text: str) -> str:
    """Return a text of several lines, clean, with its indentation."""
    lines = (
        unicodedata.normalize("NFC", line).rstrip() if line.isprintable() else clean(line)
        for line in text.splitlines()
    )
    return "\n".join(lines).strip("\n")


def _prose(texts: Texts, names: Iterable[str], limit: int) -> str | None:
    """Return the first text of several lines that is not empty, of at most `limit` characters."""
    for name in names:
        for value in texts.get(name, ()):
            if text := _clean_lines(value[:limit]):
                return text
    return None


def _lyrics(texts: Texts) -> str | None:
    """Return the lyrics, with times rather than without."""
    lyrics = _prose(texts, ("syncedlyrics", "lyrics"), MAX_LYRICS_BYTES)
    if lyrics is None or lyrics.isascii():
        return lyrics
    return lyrics.encode("utf-8", "ignore")[:MAX_LYRICS_BYTES].decode("utf-8", "ignore")


def _date(values: Iterable[str]) -> tuple[str | None, int | None]:
    """Return the first date understood, as YYYY, YYYY-MM or YYYY-MM-DD, and its year.

    A later value that only says more of the same date is taken instead: some tags have year and date.
    """
    found, found_year = "", None
    for value in values:
        text = value[:100].strip()
        match = _DATE.match(text) or _COMPACT_DATE.match(text) or _SOME_YEAR.search(text)
        if match and (year := int(match[1])):
            _, month, day = (*match.groups("0"), "0", "0")[:3]
            date_ = _iso_date(year, int(month), int(day))
            if date_.startswith(found):
                found, found_year = date_, year
    return found or None, found_year


def _iso_date(year: int, month: int, day: int) -> str:
    """Return as much of a date as is valid."""
    if not 1 <= month <= 12:
        return f"{year:04}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return f"{year:04}-{month:02}"


def _numbers(texts: Texts, name: str, total_name: str) -> tuple[int | None, int | None]:
    """Return a number and its total from "3/12", or "3" and a total of its own."""
    number, total = _number(texts.get(name, ()))
    return number, _number(texts.get(total_name, ()))[0] or total


def _number(values: Iterable[str]) -> tuple[int | None, int | None]:
    for value in values:
        if match := _NUMBER.match(value[:30]):
            number, total = int(match[1]), int(match[2] or 0)
            return (
                number if 0 < number <= _MAX_NUMBER else None,
                total if 0 < total <= _MAX_NUMBER else None,
            )
    return None, None


def _ids(texts: Texts, name: str) -> tuple[str, ...]:
    """Return the MusicBrainz ids in texts that may hold several."""
    return tuple(found for value in texts.get(name, ()) for found in _UUID.findall(value[:4000].lower()))[:MAX_VALUES]


def _isrcs(values: Iterable[str]) -> tuple[str, ...]:
    """Return the valid codes (ISO 3901) without hyphens."""
    if not values:
        return ()
    codes = [code.strip() for value in values for code in _JOINED.split(value[:4000].upper().replace("-", ""))]
    return tuple(dict.fromkeys(code for code in codes if _ISRC.fullmatch(code)))[:MAX_VALUES]


def _replay_gain(texts: Texts) -> ReplayGain:
    return ReplayGain(
        track_gain_db=_gain(texts, "track"),
        track_peak=_peak(texts, "track"),
        album_gain_db=_gain(texts, "album"),
        album_peak=_peak(texts, "album"),
    )


def _gain(texts: Texts, of: str) -> float | None:
    """Return a gain in dB if it is sane."""
    steps = _decimal(texts.get(f"r128_{of}_gain", ()))
    if steps is not None:
        gain: float | None = steps / _R128_STEPS_PER_DB + _R128_TO_REPLAY_GAIN_DB
    else:
        gain = _decimal(texts.get(f"replaygain_{of}_gain", ()))
    return round(gain, 4) if gain is not None and abs(gain) <= _MAX_GAIN_DB else None


def _peak(texts: Texts, of: str) -> float | None:
    peak = _decimal(texts.get(f"replaygain_{of}_peak", ()))
    return peak if peak is not None and 0 < peak <= _MAX_PEAK else None


def _decimal(values: Iterable[str]) -> float | None:
    """Return the first value as a number; a comma may stand for the point."""
    for value in values:
        match = _DECIMAL.match(value[:60])
        if match and any(c.isdigit() for c in match[1]):
            return float(match[1].replace(",", "."))
    return None
