"""Serving the built web client: hashed assets for ever, the page itself never stale."""

import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route

STATIC = Path(__file__).parent / "static"

_FOREVER = "public, max-age=31536000, immutable"
_PACKED = {"br": ".br", "gzip": ".gz"}  # the smaller first
_NOT_BUILT = "The web client is not built. Run `make web`, or install Sarau with pip."
mimetypes.add_type("application/manifest+json", ".webmanifest")


def _find(root: Path, path: str) -> Path | None:
    """Return a file of the client by its path, never one outside of it."""
    candidate = (root / path).resolve()
    return candidate if candidate.is_file() and candidate.is_relative_to(root.resolve()) else None


def _file(request: Request, path: Path, cache: str) -> Response:
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": cache, "vary": "Accept-Encoding"}
    accepted = {part.partition(";")[0].strip() for part in request.headers.get("accept-encoding", "").split(",")}
    for coding, suffix in _PACKED.items():
        packed = path.with_name(path.name + suffix)
        if coding in accepted and packed.is_file():
            return FileResponse(packed, headers=headers | {"content-encoding": coding}, media_type=media_type)
    return FileResponse(path, headers=headers, media_type=media_type)


def mount(root: Path = STATIC) -> Mount:
    """Return the routes of the page: an address that is no file is the page itself, which routes in the browser."""

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        index = root / "index.html"
        if not index.is_file():
            return PlainTextResponse(_NOT_BUILT, 503)
        found = _find(root, path) if path and "\0" not in path else None
        if found is not None and found != index:
            return _file(request, found, _FOREVER if path.startswith("assets/") else "no-cache")
        if path.startswith(("assets/", "vendor/")):
            return PlainTextResponse("There is no such file.", 404)
        return _file(request, index, "no-cache")

    return Mount("/", routes=[Route("/{path:path}", serve)])
