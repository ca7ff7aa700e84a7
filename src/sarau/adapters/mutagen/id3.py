"""What the frames of ID3v2 and the fields of ID3v1 say (https://id3.org)."""

import re

from mutagen.id3 import TCON

from sarau.adapters.mutagen.id3_frames import frames, id3_size
from sarau.adapters.mutagen.words import MAX_VALUES, Words

_GENRES: list[str] = TCON.GENRES
_MAX_TEXT_BYTES = 512 * 1024
_MAX_SYNCED_TEXTS = 10_000
_VERSIONS = (2, 3, 4)
ID3V1_BYTES = 128

_TEXTS = {
    b"TIT2": "title", b"TIT3": "subtitle", b"TPE1": "artist", b"TPE2": "albumartist", b"TALB": "album",
    b"TCOM": "composer", b"TRCK": "tracknumber", b"TPOS": "discnumber", b"TCMP": "compilation", b"TSRC": "isrc",
    b"TMOO": "mood", b"TDRC": "date", b"TDOR": "originaldate", b"TORY": "originaldate",
    b"TT2": "title", b"TT3": "subtitle", b"TP1": "artist", b"TP2": "albumartist", b"TAL": "album",
    b"TCM": "composer", b"TRK": "tracknumber", b"TPA": "discnumber", b"TCP": "compilation", b"TRC": "isrc",
    b"TOR": "originaldate",
}  # fmt: skip
_DATES = {b"TYER": "year", b"TYE": "year", b"TDAT": "day", b"TDA": "day", b"TDRL": "release"}

_LATIN1, _UTF16, _UTF16_BE, _UTF8 = range(4)
_GENRE = re.compile(r"((?:\((?:[0-9]{1,3}|RX|CR)\))*)(.*)", re.DOTALL)
_DAY_AND_MONTH = re.compile(r"([0-9]{2})([0-9]{2})\Z")
_FOUR_DIGITS = re.compile(r"[0-9]{4}\Z")
# What programs keep in comments that no listener wrote.
_MACHINE_COMMENTS = ("itun", "songs-db_", "musicmatch_", "cddb")
_MUSICBRAINZ = b"http://musicbrainz.org"
_IN_MILLISECONDS, _LYRICS_KINDS = 2, (0, 1, 2)  # of SYLT; kinds: other, lyrics, transcription


def read_id3(tag: bytes, words: Words) -> None:
    """Add what an ID3v2 tag says, given from its header on; what is broken is left out."""
    if not id3_size(tag) or tag[3] not in _VERSIONS:
        return
    dates: dict[str, str] = {}
    for name, content in frames(tag, _WANTED):
        if name in _TEXTS:
            words.add(_TEXTS[name], _values(content[0], content[1:]))
        elif name in _DATES:
            dates.setdefault(_DATES[name], "".join(_values(content[0], content[1:])[:1]))
        else:
            _READERS[name](content, words)
    if "date" not in words.texts and (date := _date_of(dates)):
        words.add("date", (date,))


def read_id3v1(tag: bytes, words: Words) -> None:
    """Add what the 128 bytes of an ID3v1 tag say."""
    for name, start, stop in (("title", 3, 33), ("artist", 33, 63), ("album", 63, 93), ("date", 93, 97)):
        if value := _fixed(tag[start:stop]):
            words.add(name, (value,))
    comment, genre = tag[97:127], tag[127]
    if comment[28] == 0 and comment[29]:
        words.add("tracknumber", (str(comment[29]),))
        comment = comment[:28]
    if value := _fixed(comment):
        words.add("comment", (value,))
    words.add("genre", _numbered_genre(str(genre)))


def genre_names(value: str) -> list[str]:
    """Return the genres of a text that may name them by number: "17", "(17)", "(51)(39)", "(4)Eurodisco"."""
    if value in ("RX", "CR") or (value.isdecimal() and len(value) <= 3):
        return _numbered_genre(value)
    if not value.startswith("("):
        return [value]
    match = _GENRE.match(value)
    numbers, rest = (match[1], match[2]) if match else ("", value)
    names = [name for number in numbers[1:-1].split(")(") for name in _numbered_genre(number)]
    return [*names, rest[1:] if rest.startswith("((") else rest]


def _numbered_genre(number: str) -> list[str]:
    if number in ("RX", "CR"):
        return ["Remix" if number == "RX" else "Cover"]
    return [_GENRES[int(number)]] if number.isdecimal() and int(number) < len(_GENRES) else []


def _fixed(data: bytes) -> str:
    return data.split(b"\0", 1)[0].decode("latin-1").strip()


def _date_of(dates: dict[str, str]) -> str:
    """Return the date of ID3v2.3, which keeps year and day (DDMM) apart."""
    year = dates.get("year", "")
    day = _DAY_AND_MONTH.match(dates.get("day", ""))
    if day and _FOUR_DIGITS.match(year):
        return f"{year}-{day[2]}-{day[1]}"
    return year or dates.get("release", "")


def _decoded(encoding: int, data: bytes) -> str:
    """Return a text in one of the four encodings, with what cannot be decoded replaced."""
    if encoding == _LATIN1:
        return data.decode("latin-1")
    if encoding == _UTF8:
        return data.decode("utf-8", "replace")
    codec = "utf-16-be" if encoding == _UTF16_BE else "utf-16-le"
    if encoding == _UTF16 and data[:2] == b"\xfe\xff":
        codec = "utf-16-be"
    # Each value of a list may begin with its own byte order mark; some writers drop the last byte.
    return data[: len(data) & ~1].decode(codec, "replace").replace("\ufeff", "")


def _values(encoding: int, data: bytes) -> list[str]:
    """Return the texts of a frame, separated by NUL; none if the encoding is unknown."""
    if encoding > _UTF8:
        return []
    return _decoded(encoding, data[:_MAX_TEXT_BYTES]).split("\0", MAX_VALUES)[:MAX_VALUES]


def _end_of_text(encoding: int, data: bytes, start: int) -> tuple[int, int]:
    """Return where a text that begins here ends, and where the next thing begins."""
    if encoding in (_LATIN1, _UTF8):
        end = data.find(b"\0", start)
        return (end, end + 1) if end >= 0 else (len(data), len(data))
    end = data.find(b"\0\0", start)
    while end >= 0 and (end - start) % 2:
        end = data.find(b"\0\0", end + 1)
    return (end, end + 2) if end >= 0 else (len(data), len(data))


def _described(content: bytes, start: int) -> tuple[str, int]:
    """Return the description that begins here and where the described begins; encoding is in the first byte."""
    end, following = _end_of_text(content[0], content, start)
    return _decoded(content[0], content[start : min(end, start + 2000)]), following


def _read_genre(content: bytes, words: Words) -> None:
    words.add("genre", [name for value in _values(content[0], content[1:]) for name in genre_names(value)])


def _read_free_text(content: bytes, words: Words) -> None:
    name, start = _described(content, 1)
    words.add_free(name, _values(content[0], content[start:]))


def _read_comment(content: bytes, words: Words) -> None:
    description, start = _described(content, 4)
    if not description.lower().startswith(_MACHINE_COMMENTS):
        # The comment without a description is the one that every player shows.
        words.add("description" if description else "comment", _values(content[0], content[start:]))


def _read_lyrics(content: bytes, words: Words) -> None:
    words.add("lyrics", _values(content[0], content[_described(content, 4)[1] :])[:1])


def _read_id(content: bytes, words: Words) -> None:
    owner, _, value = content[:200].partition(b"\0")
    if owner == _MUSICBRAINZ:
        words.add("musicbrainz_trackid", (value.decode("latin-1"),))


def _read_picture(content: bytes, words: Words) -> None:
    mime, following = _end_of_text(_LATIN1, content, 1)
    if content[1:mime] != b"-->":  # a link
        _keep_picture(content, following, words)


def _read_picture_22(content: bytes, words: Words) -> None:
    if content[1:4] != b"-->":
        _keep_picture(content, 4, words)


def _keep_picture(content: bytes, kind_at: int, words: Words) -> None:
    """Keep the picture whose kind, description and data begin here."""
    if kind_at < len(content) and words.wants(content[kind_at]):
        _, start = _end_of_text(content[0], content, kind_at + 1)
        words.add_picture(content[kind_at], content[start:])


def _read_synced_lyrics(content: bytes, words: Words) -> None:
    """Turn texts with times in milliseconds into lines of LRC."""
    if len(content) < 6 or content[4] != _IN_MILLISECONDS or content[5] not in _LYRICS_KINDS:
        return
    content = content[:_MAX_TEXT_BYTES]
    _, position = _end_of_text(content[0], content, 6)
    texts: list[tuple[int, str]] = []
    while position < len(content) and len(texts) < _MAX_SYNCED_TEXTS:
        end, at = _end_of_text(content[0], content, position)
        if at + 4 > len(content):
            break
        texts.append((int.from_bytes(content[at : at + 4], "big"), _decoded(content[0], content[position:end])))
        position = at + 4
    if texts:
        words.add("syncedlyrics", (_lrc(texts),))


def _lrc(texts: list[tuple[int, str]]) -> str:
    """Return lines of LRC; syllables, where a line break begins a new line, are joined."""
    joins = any(text.startswith(("\n", "\r")) for _, text in texts[1:])
    lines: list[str] = []
    for time_ms, text in texts:
        words = text.strip("\r\n")
        if joins and lines and not text.startswith(("\n", "\r")):
            lines[-1] += words
        else:
            minutes, hundredths = divmod(time_ms // 10, 6000)
            lines.append(f"[{minutes:02}:{hundredths // 100:02}.{hundredths % 100:02}]{words}")
    return "\n".join(lines)


_READERS = {
    b"TCON": _read_genre, b"TCO": _read_genre,
    b"TXXX": _read_free_text, b"TXX": _read_free_text,
    b"COMM": _read_comment, b"COM": _read_comment,
    b"USLT": _read_lyrics, b"ULT": _read_lyrics,
    b"SYLT": _read_synced_lyrics, b"SLT": _read_synced_lyrics,
    b"UFID": _read_id, b"UFI": _read_id,
    b"APIC": _read_picture, b"PIC": _read_picture_22,
}  # fmt: skip
_WANTED = frozenset({*_TEXTS, *_DATES, *_READERS})
