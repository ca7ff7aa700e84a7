"""Folding: one form of a text for comparing, sorting and searching in any language."""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole although people type them without their stroke or ligature.
_PLAIN = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i", "ĸ": "k", "ŋ": "n", "ŧ": "t", "ə": "e", "ƒ": "f",
        "’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "‐": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w\s]+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text in lower case without accents, control characters and doubled spaces."""
    if text.isascii():
        plain = text.lower()
    else:
        # Strokes before marks: "ǿ" is an o with a stroke and an accent.
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)
        plain = unicodedata.normalize("NFC", plain)
    visible = "".join(c if c.isprintable() else " " for c in plain)
    return _SPACES.sub(" ", visible).strip()


@lru_cache(maxsize=8192)
def sort_key(text: str, limit: int = 200) -> str:
    """Return the form a name is sorted by: folded, without punctuation in front or a leading "the"."""
    folded = fold(text)
    bare = _SPACES.sub(" ", _NOT_WORD.sub(" ", folded)).strip() or folded
    if bare.startswith("the ") and len(bare) > 4:
        bare = bare[4:]
    return bare[:limit]


def clean(text: str) -> str:
    """Return a text in NFC, without NUL and other control characters, trimmed."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept).strip()
