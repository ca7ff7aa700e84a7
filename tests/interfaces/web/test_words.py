"""The page has words for all that the activity log may hold, in every language."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sarau.foundation.events.event import Event
from sarau.interfaces.rest.app import core

_WORDS = Path(__file__).parents[3] / "web" / "src" / "shared" / "words"


def _kinds(event: type[Event]) -> Iterator[str]:
    if event.activity is not None and event.__module__.startswith("sarau."):
        yield event.activity
    for kind in event.__subclasses__():
        yield from _kinds(kind)


@pytest.mark.parametrize("language", ["en", "pt-BR"])
def test_what_happened_is_told_in_words(language: str) -> None:
    core()  # with all that belongs to a server, every event is there
    kinds = set(_kinds(Event))
    assert {"share.created", "app_password.revoked"} <= kinds
    told = set(re.findall(r'"?([a-z_.]+)"?: "', (_WORDS / language / "admin.ts").read_text()))
    assert kinds - told == set()
