"""Making text of the bytes of a sheet, whatever it was written with: pure thinking."""

import codecs
import re

from sarau.catalog.lyrics.schemas import MAX_SHEET_BYTES, Sheet, SheetFormat

_TIME = re.compile(r"^\s*\[\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?\]", re.MULTILINE)


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
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n")


def embedded_sheet(text: str) -> Sheet:
    """Return lyrics found inside a sound file: timed lines are LRC, wherever they stand."""
    kind = SheetFormat.LRC if _TIME.search(text) else SheetFormat.PLAIN
    return Sheet("embedded", kind, text)
