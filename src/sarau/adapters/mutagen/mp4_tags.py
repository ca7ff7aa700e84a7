"""The items of iTunes tags in MP4 files."""

from collections.abc import Iterator

from sarau.adapters.mutagen.id3 import genre_names
from sarau.adapters.mutagen.mp4_atoms import Atom, atoms
from sarau.adapters.mutagen.words import FRONT_COVER, Words

_TEXTS = {
    b"\xa9nam": "title", b"\xa9ART": "artist", b"aART": "albumartist", b"\xa9alb": "album", b"\xa9wrt": "composer",
    b"\xa9gen": "genre", b"\xa9day": "date", b"\xa9cmt": "comment", b"\xa9lyr": "lyrics",
}  # fmt: skip
_NUMBERS = {b"trkn": "tracknumber", b"disk": "discnumber"}
_MAX_TEXT_BYTES = 512 * 1024
_IMPLICIT, _UTF8, _UTF16, _INTEGER = 0, 1, 2, 21
_VALUE_HEADER_BYTES = 8  # kind and locale
_FULL_HEADER_BYTES = 4


def read_items(data: bytes, items: Atom, words: Words) -> None:
    """Add what the items of a list say."""
    for item in atoms(data, items.start, items.end):
        if item.name in _TEXTS:
            words.add(_TEXTS[item.name], _texts(data, item))
        elif item.name == b"----":
            _read_free(data, item, words)
        elif item.name == b"covr":
            _read_covers(data, item, words)
        elif item.name in _NUMBERS:
            for _, value in _values(data, item):
                number, total = (int.from_bytes(value[at : at + 2], "big") for at in (2, 4))
                words.add(_NUMBERS[item.name], (f"{number}/{total}",))
        elif item.name == b"cpil":
            words.add("compilation", ("1" for _, value in _values(data, item) if value.strip(b"\0")))
        elif item.name == b"gnre":
            for _, value in _values(data, item):
                words.add("genre", genre_names(str(int.from_bytes(value[:2], "big") - 1)))


def _values(data: bytes, item: Atom) -> Iterator[tuple[int, bytes]]:
    """Yield kind and bytes of an item's values, cut to the length of a text."""
    for atom in atoms(data, item.start, item.end):
        if atom.name == b"data" and atom.end - atom.start >= _VALUE_HEADER_BYTES:
            start = atom.start + _VALUE_HEADER_BYTES
            kind = int.from_bytes(data[atom.start + 1 : atom.start + 4], "big")
            yield kind, data[start : min(atom.end, start + _MAX_TEXT_BYTES)]


def _texts(data: bytes, item: Atom) -> list[str]:
    return [text for kind, value in _values(data, item) if (text := _text(kind, value)) is not None]


def _text(kind: int, value: bytes) -> str | None:
    if kind in (_UTF8, _IMPLICIT):
        return value.decode("utf-8", "replace")
    if kind == _UTF16:
        return value.decode("utf-16-be", "replace")
    if kind == _INTEGER and len(value) <= 8:
        return str(int.from_bytes(value, "big", signed=True))
    return None


def _read_free(data: bytes, item: Atom, words: Words) -> None:
    """Add an item with a name of its own, whoever made the name up."""
    for atom in atoms(data, item.start, item.end):
        if atom.name == b"name":
            name = data[atom.start + _FULL_HEADER_BYTES : min(atom.end, atom.start + 200)]
            words.add_free(name.decode("utf-8", "replace"), _texts(data, item))
            return


def _read_covers(data: bytes, item: Atom, words: Words) -> None:
    """Keep the first cover: they have no kinds, and iTunes shows the first."""
    for atom in atoms(data, item.start, item.end):
        if atom.name == b"data" and words.wants(FRONT_COVER):
            words.add_picture(FRONT_COVER, data[atom.start + _VALUE_HEADER_BYTES : atom.end])
