"""Reading multipart/form-data as it arrives (RFC 7578), never whole."""

from collections.abc import AsyncIterator
from typing import NamedTuple

from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import Request

from sarau.foundation.errors import Invalid


class _Events:
    """What the parser met in one piece of the body, in order."""

    def __init__(self) -> None:
        self.met: list[tuple[str, bytes]] = []
        self._header = b""
        self._value = b""

    def listen_to(self, parser: MultipartParser) -> None:
        """Have a parser tell what it meets."""
        parser.set_callback("part_begin", lambda: self.met.append(("part", b"")))
        parser.set_callback("header_field", self._field)
        parser.set_callback("header_value", self._on_value)
        parser.set_callback("header_end", self._header_end)
        parser.set_callback("headers_finished", lambda: self.met.append(("headers", b"")))
        parser.set_callback("part_data", lambda data, start, end: self.met.append(("data", data[start:end])))
        parser.set_callback("part_end", lambda: self.met.append(("end", b"")))

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self.met.append(("disposition", self._value))
        self._header = self._value = b""


async def _events(request: Request) -> AsyncIterator[tuple[str, bytes]]:
    _, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary")
    if not boundary or len(boundary) > 200:
        raise Invalid("content-type", "a form needs a boundary")
    events = _Events()
    parser = MultipartParser(boundary)
    events.listen_to(parser)
    async for chunk in request.stream():
        try:
            parser.write(chunk)
        except ValueError as error:
            raise Invalid("body", f"the form is broken: {error}") from error
        met, events.met = events.met, []
        for event in met:
            yield event


class FormPart(NamedTuple):
    """A part of a form: a field, or a file with its name; what is not read of it is passed over."""

    field: str
    file_name: str | None
    chunks: AsyncIterator[bytes]


async def form_parts(request: Request) -> AsyncIterator[FormPart]:
    """Yield the parts of a form in order."""
    events = _events(request)
    field, name = "", None
    async for kind, value in events:
        if kind == "part":
            field, name = "", None
        elif kind == "disposition":
            _, options = parse_options_header(value)
            field = options.get(b"name", b"").decode(errors="replace")
            if b"filename" in options:
                name = options[b"filename"].decode(errors="replace")
        elif kind == "headers":
            part = _part(events)
            yield FormPart(field, name, part)
            async for _ in part:
                pass


async def form_files(request: Request) -> AsyncIterator[tuple[str, AsyncIterator[bytes]]]:
    """Yield the name and the bytes of each file of a form; what is not read of one is passed over."""
    async for part in form_parts(request):
        if part.file_name is not None:
            yield part.file_name, part.chunks


async def _part(events: AsyncIterator[tuple[str, bytes]]) -> AsyncIterator[bytes]:
    async for kind, value in events:
        if kind == "end":
            return
        if kind == "data":
            yield value
    raise Invalid("body", "the form is broken off")
