"""Words somebody looks for among rows: every one of them must be somewhere in a folded text."""

from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam

from sarau.kit.text import sort_key

_MOST = 6


def patterns(words: str) -> dict[str, str]:
    """Return the parameters of `with_words`, one for each word; none where there is nothing to look for."""
    found = {}
    for number, word in enumerate(sort_key(words).split()[:_MOST]):
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        found[f"word_{number}"] = f"%{escaped}%"
    return found


def with_words(text: ColumnElement[Any], count: int) -> list[ColumnElement[bool]]:
    """Return the conditions that a folded text has so many words in it."""
    return [text.like(bindparam(f"word_{number}", type_=Text()), escape="\\") for number in range(count)]
