"""Making text of the bytes of a sheet, whatever it was written with: pure thinking."""

import codecs

from sarau.catalog.lyrics.notation.reading import detect
from sarau.catalog.lyrics.schemas import EMBEDDED, MAX_SHEET_BYTES, SHEET_SUFFIXES, Sheet


def text_of(raw: bytes) -> str:
    """Return the text of a sheet: UTF-8 or UTF-16 by its mark, else UTF-8 if it is that, else Windows-1252."""
    raw = raw[:MAX_SHEET_BYTES]
    whole = len(raw) < MAX_SHEET_BYTES  # else it may have been cut in the middle of a character
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = codecs.getincrementaldecoder("utf-16")("replace").decode(raw, whole)
    else:
        try:
            text = codecs.getincrementaldecoder("utf-8-sig")().decode(raw, whole)
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    return text.replace("\0", "")  # which PostgreSQL does not know in texts


def embedded_sheet(text: str) -> Sheet:
    """Return the sheet of lyrics found inside a sound file, whatever they are."""
    return Sheet(EMBEDDED, detect(text), text)


def sheet_beside(suffix: str, text: str) -> Sheet:
    """Return the sheet of a text that lies beside a sound file, by the suffix of its name."""
    return Sheet(suffix, SHEET_SUFFIXES[suffix] or detect(text), text)
