"""What routes take and give, in msgspec's types, decoded here and told to the OpenAPI document."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import Depends
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response

from sarau.foundation.errors import Invalid, Limited

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)

MAX_JSON_BYTES = 1 << 20
_MOST_OF_A_NAME = 100
_ABOUT_A_FIELD = {
    "Object missing required field `": "it is missing",
    "Object contains unknown field `": "there is no such field",
}
_encode = msgspec.json.Encoder().encode
_documented: dict[Any, None] = {}


class NotJson(Invalid):
    """A body that says of itself that it is something else."""

    code = "unsupported_media_type"


class BodyTooLarge(Limited):
    """A body that is longer than what it is for."""

    code = "body_too_large"
    message = "The body of this request is too large."


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a JSON reply."""
    return Response(_encode(value), status, headers, "application/json")


def nothing() -> Response:
    """Return a reply without content."""
    return Response(status_code=204)


async def read_bytes(request: Request, max_bytes: int) -> bytes:
    """Return the whole body of a request; raises BodyTooLarge."""
    body = bytearray()  # which grows in place, however small the pieces are that somebody sends
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise BodyTooLarge(max_bytes=max_bytes)
    return bytes(body)


async def read_json(request: Request, kind: type[T]) -> T:
    """Return the decoded body of a request; raises Invalid naming the field, NotJson, BodyTooLarge."""
    _require_json(request.headers.get("content-type"))
    body = await read_bytes(request, MAX_JSON_BYTES)
    # PostgreSQL knows no NUL in texts, and none of our fields has a use for one.
    if b"\\u0000" in body:
        raise Invalid("body", "the NUL character is not allowed")
    try:
        return msgspec.json.decode(body or b"null", type=kind)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Invalid("body", f"it is not JSON: {error}") from error
    except RecursionError as error:
        raise Invalid("body", "it is nested too deep") from error


def _require_json(media_type: str | None) -> None:
    """Raise NotJson for another type: what a form of another site can send, a sign-in too, is never JSON."""
    plain = (media_type or "application/json").partition(";")[0].strip().lower()
    if plain != "application/json":
        raise NotJson("content-type", "a body is to be application/json")


def invalid(error: msgspec.ValidationError) -> Invalid:
    """Return our error for one of msgspec's, which ends in the path of the field."""
    reason, _, place = str(error).rpartition(" - at `")
    field = place.removeprefix("key` in `").rstrip("`").removeprefix("$").removeprefix(".") if reason else ""
    for beginning, why in _ABOUT_A_FIELD.items():
        if (reason or str(error)).startswith(beginning):
            name = str(error).removeprefix(beginning)[:_MOST_OF_A_NAME].partition("`")[0]
            return Invalid(f"{field}.{name}".removeprefix("."), why)
    return Invalid(field or "body", reason or str(error))


def body(kind: type[T]) -> Any:
    """Return the dependency that gives a route its decoded body."""

    async def parse(request: Request) -> T:
        return await read_json(request, kind)

    return Depends(parse)


def require_texts(parameters: Mapping[str, str]) -> None:
    """Raise Invalid naming the parameter with a NUL, which PostgreSQL does not know in texts."""
    for name, value in parameters.items():
        if "\0" in value:
            raise Invalid(name, "the NUL character is not allowed")


def moment_of(name: str, text: str | None) -> datetime | None:
    """Return a moment of RFC 3339 from a query; raises Invalid naming the parameter."""
    if text is None:
        return None
    try:
        found: datetime = msgspec.convert(text, Annotated[datetime, Meta(tz=True)])
    except msgspec.ValidationError as error:
        raise Invalid(name, "a moment with its time zone is needed, as in 2026-01-31T20:15:00Z") from error
    return found


def query(kind: type[S]) -> Callable[[Request], S]:
    """Return a function that decodes the query of a request; raises Invalid naming the parameter."""
    fields = msgspec.structs.fields(kind)
    encoded = {field.encode_name for field in fields}
    nothing_asked = None if any(field.required for field in fields) else kind()

    def parse(request: Request) -> S:
        if nothing_asked is not None and not request.scope["query_string"]:
            return nothing_asked
        given = {name: value for name, value in request.query_params.items() if name in encoded}
        require_texts(given)
        try:
            return msgspec.convert(given, kind, strict=False)
        except msgspec.ValidationError as error:
            raise invalid(error) from error

    return parse


def reference(kind: Any) -> dict[str, Any]:
    """Return a schema that refers to a type, which is told to the OpenAPI document."""
    _documented.setdefault(kind)
    (schema,), _ = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")
    return schema


def contract(*, takes: Any = None, gives: Any = None, status: int = 200, empty: str = "") -> dict[str, Any]:
    """Return the arguments of a FastAPI route that say what it takes and gives; `empty`: what 204 says."""
    reply: dict[str, Any] = {"description": "Done."}
    if gives is not None:
        reply["content"] = {"application/json": {"schema": reference(gives)}}
    about: dict[str, Any] = {
        "status_code": status,
        "response_class": Response,
        "response_model": None,
        "responses": {status: reply},
    }
    if empty:
        about["responses"][204] = {"description": empty}
    if takes is not None:
        content = {"application/json": {"schema": reference(takes)}}
        about["openapi_extra"] = {"requestBody": {"required": True, "content": content}}
    return about


def parameters_of(kind: Any) -> list[dict[str, Any]]:
    """Return the fields of a query as OpenAPI parameters."""
    (schema,), components = msgspec.json.schema_components([kind], ref_template="#/components/schemas/{name}")
    whole = components[schema["$ref"].rpartition("/")[2]]
    found = []
    for name, about in whole["properties"].items():
        for part in (about, *about.get("anyOf", ())):
            if "$ref" in part:
                part.update(components[part.pop("$ref").rpartition("/")[2]])
        description = about.pop("description", "")
        needed = name in whole.get("required", ())
        found.append({"name": name, "in": "query", "required": needed, "description": description, "schema": about})
    return found


def documented_schemas() -> dict[str, Any]:
    """Return the schemas of all types that routes take and give."""
    _, components = msgspec.json.schema_components(list(_documented), ref_template="#/components/schemas/{name}")
    return components


Endpoint = Callable[[Request], Awaitable[Response]]
