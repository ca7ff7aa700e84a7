"""Folding: one form of a text for comparing, sorting and searching in any language."""

import re
import unicodedata
from functools import lru_cache

# Letters that NFKD leaves whole although people type them without their stroke or ligature.
_PLAIN = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
        "ı": "i", "ĸ": "k", "ŋ": "n", "ŧ": "t", "ə": "e", "ƒ": "f",
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "‐": "-", "–": "-", "—": "-",
    }
)  # fmt: skip
_VOICING = "\u3099\u309a"  # Japanese: part of the letter, "ba" and "ha" are not one
_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text in lower case without accents, control characters and doubled spaces."""
    plain = text.translate(_PLAIN).lower() if text.isascii() else _without_marks(text)
    visible = plain if plain.isprintable() else "".join(c if c.isprintable() else _shown(c) for c in plain)
    return _SPACES.sub(" ", visible).strip()


def _without_marks(text: str) -> str:
    # Twice, as the Unicode Standard has it (D146): some symbols decompose into capitals, "№" into "No".
    plain = text.translate(_PLAIN)
    for _ in range(2):
        plain = unicodedata.normalize("NFKD", plain.casefold())
    plain = "".join(c for c in plain if c in _VOICING or not unicodedata.combining(c)).translate(_PLAIN)
    return unicodedata.normalize("NFC", plain)


def _shown(character: str) -> str:
    """Return what stands for a character that is not printable."""
    category = unicodedata.category(character)
    if category in ("Cf", "Cs"):  # soft hyphens, direction marks, halves of characters: nobody types them
        return ""
    return character if category in ("Cn", "Co") else " "


@lru_cache(maxsize=8192)
def sort_key(text: str, limit: int = 200) -> str:
    """Return the form a name is sorted by: folded, without punctuation and symbols or a leading "the"."""
    folded = fold(text)
    words = "".join(" " if unicodedata.category(c)[0] in "PS" else c for c in folded)
    bare = _SPACES.sub(" ", words).strip() or folded
    if bare.startswith("the ") and len(bare) > 4:
        bare = bare[4:]
    return bare[:limit]


def _is_control(character: str) -> bool:
    # A text that turns itself around lies about its end (Unicode Technical Report 36, section 2.6).
    return unicodedata.category(character) in ("Cc", "Cs") or unicodedata.bidirectional(character) in _TURNING


def clean(text: str) -> str:
    """Return a text in NFC, trimmed, without control characters, also those that turn what follows around."""
    kept = "".join(c for c in text if c in "\n\t" or not _is_control(c))
    return unicodedata.normalize("NFC", kept).strip()
