"""What a request asks: parameters of the address and of a form, each in its type."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from sarau.interfaces.subsonic.errors import Missing
from sarau.interfaces.subsonic.writing import Form, Wish, good_callback

MAX_FORM_BYTES = 4 << 20  # a queue or playlist of ten thousand songs has some 300 KiB
_MOST_PARAMETERS = 50_000
_MOST_AT_ONCE = 500
_YES, _NO = frozenset({"true", "1", "yes"}), frozenset({"false", "0", "no", ""})
_FORM_TYPE = "application/x-www-form-urlencoded"


class Asked:
    """The parameters of a request; of one that is there several times the first counts, unless all are wanted."""

    __slots__ = ("_lists",)

    def __init__(self, lists: Mapping[str, list[str]]) -> None:
        self._lists = lists

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        found = self._lists.get(name)
        return found[0] if found else default

    def given(self, name: str) -> bool:
        """Tell whether a parameter is there."""
        return name in self._lists

    def needed(self, name: str) -> str:
        """Return a text that must be there and not be empty; raises Missing."""
        found = self.text(name)
        if not found:
            raise Missing(name)
        return found

    def all(self, name: str) -> list[str]:
        """Return all values of a parameter."""
        return self._lists.get(name, [])

    def few(self, name: str) -> list[str]:
        """Return all values of a parameter that may be there some hundred times; raises Missing for more."""
        found = self.all(name)
        if len(found) > _MOST_AT_ONCE:
            raise Missing(name, f"it may be there {_MOST_AT_ONCE} times at most")
        return found

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number, moved into its bounds; raises Missing for what is none."""
        text = self.text(name)
        if not text:
            return default
        try:
            return max(least, min(int(text), most))
        except ValueError:
            raise Missing(name, "a whole number is needed") from None

    def maybe_number(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number, None where there is none."""
        return self.number(name, least, least, most) if self.text(name) else None

    def needed_number(self, name: str, least: int, most: int) -> int:
        """Return a whole number that must be there."""
        self.needed(name)
        return self.number(name, least, least, most)

    def yes(self, name: str, *, default: bool = False) -> bool:
        """Return whether something is wanted; raises Missing for what is neither yes nor no."""
        found = self._lists.get(name)
        if not found:
            return default
        text = found[0].lower()
        if text not in _YES and text not in _NO:
            raise Missing(name, "true or false is needed")
        return text in _YES

    def require_texts(self) -> None:
        """Raise Missing naming the parameter with a NUL, which PostgreSQL does not know in texts."""
        for name, values in self._lists.items():
            if any("\0" in value for value in values):
                raise Missing(name, "the NUL character is not allowed")

    def wish(self) -> Wish:
        """Return how the reply is wanted; raises Missing for a callback that is none."""
        form = self.text("f", "xml").lower()
        if form == "json":
            return _JSON
        if form != "jsonp":
            return _XML
        callback = self.text("callback")
        if not good_callback(callback):
            raise Missing("callback", "the name of a function is needed")
        return Wish(Form.JSONP, callback)


_JSON, _XML = Wish(Form.JSON), Wish(Form.XML)


def _lists_of(text: str) -> dict[str, list[str]]:
    lists: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_PARAMETERS, errors="replace"):
        lists.setdefault(name, []).append(value)
    return lists


async def asked_of(request: Request) -> Asked:
    """Return the parameters of a request: those of a form come after those of the address."""
    try:
        lists = _lists_of(request.scope["query_string"].decode(errors="replace"))
        if request.scope["method"] == "POST" and _is_form(request):
            for name, values in _lists_of(await _form(request)).items():
                lists.setdefault(name, []).extend(values)
    except ValueError as error:
        raise Missing("query", f"it cannot be read: {error}") from error
    return Asked(lists)


def _is_form(request: Request) -> bool:
    kind: Any = request.headers.get("content-type", _FORM_TYPE)
    return str(kind).partition(";")[0].strip().lower() == _FORM_TYPE


async def read_body(request: Request, most_bytes: int = MAX_FORM_BYTES) -> bytes:
    """Return the body of a request; raises Missing for one that is too large."""
    body = bytearray()  # which grows in place, however small the pieces are that somebody sends
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise Missing("body", f"it may have at most {most_bytes} bytes")
    return bytes(body)


async def _form(request: Request) -> str:
    return (await read_body(request)).decode(errors="replace")
