"""One writer for JSON, JSONP and XML: the envelope, and any structure in it."""

import re
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import msgspec
from starlette.responses import Response

from sarau.interfaces.subsonic.structures.base import Structure
from sarau.kit.version import VERSION

PROTOCOL = "1.16.1"
SERVER_TYPE = "sarau"
_NAMESPACE = "http://subsonic.org/restapi"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$.]{0,99}", re.ASCII)
# XML 1.0, section 2.2: most control characters cannot be in a document, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HARMLESS = re.compile('[^<>&"\x00-\x1f\ud800-\udfff\ufffe\uffff]*')
_ESCAPES = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_encode = msgspec.json.Encoder().encode
_HEADERS = {"cache-control": "no-store", "access-control-allow-origin": "*"}


class Form(StrEnum):
    """How a reply is written."""

    XML = "xml"
    JSON = "json"
    JSONP = "jsonp"


class Wish(NamedTuple):
    """How somebody wants replies; the callback is for JSONP alone."""

    form: Form
    callback: str = ""


class Kept(NamedTuple):
    """A structure that is kept as JSON, and its type, should it be wanted as XML."""

    data: bytes
    kind: type[Structure]


Payload = Structure | list[Any] | Kept


class Failure(Structure, frozen=True):
    """Why there is no reply."""

    code: int
    message: str
    help_url: str | None = None


def good_callback(name: str) -> bool:
    """Tell whether a name may stand in a script: one with anything else in it could be a script itself."""
    return _CALLBACK.fullmatch(name) is not None


def _about(status: str) -> bytes:
    about = {
        "status": status,
        "version": PROTOCOL,
        "type": SERVER_TYPE,
        "serverVersion": VERSION,
        "openSubsonic": True,
    }
    return b'{"subsonic-response":' + _encode(about)[:-1]


_JSON_HEADS = {status: _about(status) for status in ("ok", "failed")}
_XML_HEADS = {
    status: (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<subsonic-response xmlns="{_NAMESPACE}" status="{status}" version="{PROTOCOL}" type="{SERVER_TYPE}" '
        f'serverVersion="{VERSION}" openSubsonic="true">'
    )
    for status in ("ok", "failed")
}


def reply(wish: Wish, name: str | None = None, payload: Payload | None = None) -> Response:
    """Return a good reply, with one structure under its name or with nothing."""
    return _written(wish, "ok", name, payload)


def failure(wish: Wish, failed: Failure) -> Response:
    """Return a reply that says what went wrong; its status is 200 nonetheless, as the protocol has it."""
    return _written(wish, "failed", "error", failed)


def _written(wish: Wish, status: str, name: str | None, payload: Payload | None) -> Response:
    if wish.form is Form.XML:
        return xml_reply(_xml(status, name, payload))
    data = _JSON_HEADS[status]
    if name is not None:
        data += b',"' + name.encode() + b'":' + (payload.data if isinstance(payload, Kept) else _encode(payload))
    data += b"}}"
    if wish.form is Form.JSON:
        return Response(data, 200, _HEADERS, "application/json")
    return Response(wish.callback.encode() + b"(" + data + b");", 200, _HEADERS, "application/javascript")


def xml_reply(data: bytes) -> Response:
    """Return a reply of a whole document."""
    return Response(data, 200, _HEADERS, "text/xml; charset=utf-8")


def kept_xml(name: str, payload: Kept) -> bytes:
    """Return the document of a good reply; blocking, for large ones."""
    return _xml("ok", name, payload)


def _xml(status: str, name: str | None, payload: Payload | None) -> bytes:
    parts = [_XML_HEADS[status]]
    if name is not None and payload is not None:
        if isinstance(payload, Kept):
            payload = msgspec.json.decode(payload.data, type=payload.kind)
        for one in payload if isinstance(payload, list) else [payload]:
            _put(parts, name, one)
    parts.append("</subsonic-response>")
    return "".join(parts).encode("utf-8", "replace")


class _Plan(NamedTuple):
    """How a structure is written: its text, and of every other field its name, how its attribute begins, whether it
    is an element of its own."""

    text: str | None
    fields: tuple[tuple[str, str, str, bool], ...]


@cache
def _plan(kind: type[Structure]) -> _Plan:
    fields = [
        (field.name, field.encode_name, f' {field.encode_name}="', field.encode_name in kind.xml_elements)
        for field in msgspec.structs.fields(kind)
        if field.name != kind.xml_text
    ]
    return _Plan(kind.xml_text, tuple(fields))


def _plain(value: Any) -> str:
    """Return a plain value as it stands in a document, between quotes or tags."""
    if value is True or value is False:
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    # Few texts have any of what cannot stand there: to look for it all at once spares the rest.
    return value if _HARMLESS.fullmatch(value) else escape(_FORBIDDEN.sub("\ufffd", value), _ESCAPES)


def _put(parts: list[str], name: str, structure: Structure) -> None:
    """Add the parts of an element."""
    plan = _plan(type(structure))
    inside: list[str] = []
    parts.append(f"<{name}")
    for field, label, attribute, as_element in plan.fields:
        value = getattr(structure, field)
        if value is None:
            continue
        if isinstance(value, list):
            for one in value:
                _put_one(inside, label, one)
        elif as_element or isinstance(value, Structure):
            _put_one(inside, label, value)
        else:
            parts.append(f'{attribute}{_plain(value)}"')
    if plan.text is not None:
        inside.append(_plain(getattr(structure, plan.text)))
    if inside:
        parts.append(">")
        parts += inside
        parts.append(f"</{name}>")
    else:
        parts.append("/>")


def _put_one(parts: list[str], name: str, value: Any) -> None:
    if isinstance(value, Structure):
        _put(parts, name, value)
    else:
        parts.append(f"<{name}>{_plain(value)}</{name}>")
