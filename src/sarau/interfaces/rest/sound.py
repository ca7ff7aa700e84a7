"""Streaming, downloading and covers: plain Starlette, for their bytes must not pass through anything else."""

import hashlib
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sarau.catalog.artwork import queries as artwork
from sarau.catalog.artwork.errors import PictureNotFound
from sarau.catalog.artwork.schemas import KeptPicture, size_at_least
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.files import file_by_hash, file_on_disk
from sarau.catalog.library.schemas import FileOnDisk
from sarau.foundation.errors import Unauthenticated
from sarau.foundation.media.images import UnreadableImage
from sarau.foundation.security.actor import Actor
from sarau.foundation.security.permissions import Permission
from sarau.foundation.storage import BlobMissing
from sarau.interfaces.common.growing import GrowingHead, GrowingResponse
from sarau.interfaces.common.links import house_url
from sarau.interfaces.common.ranged import FileResponse, names
from sarau.interfaces.common.recollection import Recollection
from sarau.interfaces.common.state import credentials, entrance, house, view
from sarau.interfaces.rest.contract import answer, query
from sarau.interfaces.rest.hot import route
from sarau.interfaces.rest.schemas import Link
from sarau.kit.times import from_ms
from sarau.streaming.decisions import encoding_wished
from sarau.streaming.signing import require_signature, signed_query

_COVER_AGE_S = 30 * 86400  # a picture's address is the digest of its bytes
FACE_AGE_S = 3600  # what is at other addresses may get another cover


class StreamQuery(msgspec.Struct, frozen=True):
    """The original, or a format, its bitrate, and where to begin; or the parts of a signed address."""

    format: Annotated[str, Meta(description="opus, mp3, aac or flac; left out for the original.")] | None = None
    bitrate: Annotated[int, Meta(ge=1, le=10_000, description="kbit/s of the transcode.")] | None = None
    start: Annotated[int, Meta(ge=0, le=7 * 86_400_000, description="Milliseconds into the track.")] = 0
    u: Annotated[str, Meta(max_length=16, description="Of a signed address: the person.")] | None = None
    exp: Annotated[str, Meta(max_length=12, description="Of a signed address: its end.")] | None = None
    sig: Annotated[str, Meta(max_length=64, description="Of a signed address: the signature.")] | None = None


class CoverQuery(msgspec.Struct, frozen=True):
    """How large a cover is needed; it comes in the next larger of our sizes."""

    size: Annotated[int, Meta(ge=1, le=10_000, description="Pixels of its longer side.")] = 384


_stream_query = query(StreamQuery)
_cover_query = query(CoverQuery)


async def _listener(request: Request, asked: StreamQuery, track_id: str) -> Actor:
    """Return who listens: by a signed address, or by the usual proofs."""
    if asked.sig is None:
        return await credentials(request).actor(request)
    require_signature(house(request).signer, asked.u or "", track_id, asked.exp or "", asked.sig)
    actor = await entrance(request).person(asked.u or "", credentials(request).address(request))
    if actor is None:
        raise Unauthenticated
    return actor


async def _file(
    request: Request, actor: Actor, key: str, find: Callable[..., Awaitable[FileOnDisk]] = file_on_disk
) -> FileOnDisk:
    """Return where the bytes lie that are found by a track's id, or by another key."""
    seen = await view(request, actor)

    async def read() -> FileOnDisk:
        async with house(request).database.reading() as reader:
            return await find(reader, seen, key)

    # Players fetch a track in many ranges.
    recollection: Recollection[FileOnDisk] = request.app.state.files
    return await recollection.recall(f"{seen.token} {key}", read)


async def stream(request: Request) -> Any:
    """The sound of a track, as it is or encoded anew."""
    asked = _stream_query(request)
    track_id = request.path_params["track_id"]
    file = await _file(request, await _listener(request, asked, track_id), track_id)
    return await sounding(request, file, asked.format, asked.bitrate, asked.start)


async def sounding(
    request: Request, file: FileOnDisk, target: str | None, bitrate_kbps: int | None, start_ms: int
) -> Any:
    """Return the reply with a file's sound, as it is or as it is wished."""
    home = house(request)
    encoding = encoding_wished(target, bitrate_kbps, start_ms, file.duration_ms, file.bitrate_kbps)
    if encoding is None:
        return FileResponse(home.delivery.open(file), accel=home.settings.server.x_accel_prefix)
    finished = home.delivery.open_finished(file, encoding)
    if finished is not None:
        return FileResponse(finished)
    if request.method == "HEAD":
        return GrowingHead(encoding, file.duration_ms)
    # Joined here, not when the reply begins: what goes wrong before the first byte is an error with its own status.
    transcode = await home.delivery.growing(file, encoding)
    return GrowingResponse(transcode, encoding, file.duration_ms)


async def download(request: Request) -> Any:
    """The original file with its name."""
    home = house(request)
    actor = await credentials(request).actor(request)
    actor.require(Permission.LIBRARY_DOWNLOAD)
    file = await _file(request, actor, request.path_params["track_id"])
    return FileResponse(home.delivery.open(file), attachment=True, accel=home.settings.server.x_accel_prefix)


async def download_by_hash(request: Request) -> Any:
    """The bytes that have this SHA-256, whichever track they are of."""
    home = house(request)
    actor = await credentials(request).actor(request)
    actor.require(Permission.LIBRARY_DOWNLOAD)
    file = await _file(request, actor, request.path_params["hash"], file_by_hash)
    accel = home.settings.server.x_accel_prefix
    return FileResponse(home.delivery.open_hashed(file), attachment=True, accel=accel)


async def stream_url(request: Request) -> Response:
    """An address of one track that needs no header, for a while."""
    home, track_id = house(request), request.path_params["track_id"]
    actor = await credentials(request).actor(request)
    await _file(request, actor, track_id)
    expires_at = int(time.time()) + home.settings.security.signed_url_ttl_s
    signed = signed_query(home.signer, actor.id, track_id, expires_at)
    url = f"{house_url(request, home)}/api/v1/tracks/{track_id}/stream?{signed}"
    return answer(Link(url, from_ms(expires_at * 1000)), 201, {"cache-control": "no-store"})


def _picture_type(request: Request) -> str:
    return "image/webp" if "image/webp" in request.headers.get("accept", "") else "image/jpeg"


async def shown(request: Request, what: str, age_s: int, draw: Callable[[str], Awaitable[bytes]]) -> Response:
    """Return a picture of the type that is liked best, unless the viewer has it."""
    media_type = _picture_type(request)
    mark = f'"{what}-{media_type.rpartition("/")[2]}"'
    headers = {"etag": mark, "cache-control": f"private, max-age={age_s}", "vary": "Accept"}
    if names(request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    try:
        data = await draw(media_type)
    except UnreadableImage as error:
        raise PictureNotFound from error
    return Response(data, 200, headers, media_type)


async def shown_picture(request: Request, picture: KeptPicture, size: int, age_s: int) -> Response:
    """Return a picture that is kept, in a size."""
    covers = house(request).covers
    return await shown(
        request, f"{picture.id}-{size}", age_s, lambda media_type: covers.shown(picture, size, media_type)
    )


async def cover(request: Request) -> Response:
    """A picture by its id."""
    home, size = house(request), size_at_least(_cover_query(request).size)
    actor = await credentials(request).actor(request)
    seen = await view(request, actor)
    async with home.database.reading() as reader:
        picture = await artwork.picture(reader, seen, request.path_params["picture_id"])
    return await shown_picture(request, picture, size, _COVER_AGE_S)


async def show_face(request: Request, seen: View, kind: str, thing_id: str, size: int) -> Response:
    """Return the cover of an album, artist, track or folder that a viewer may hear, or one drawn for it."""
    home = house(request)
    async with home.database.reading() as reader:
        found = await artwork.face(reader, seen, kind, thing_id)
        picture = await artwork.known_picture(reader, found.cover) if found.cover else None
    if picture is not None:
        with suppress(PictureNotFound, BlobMissing):  # a picture that cannot be shown is as good as none
            return await shown_picture(request, picture, size, FACE_AGE_S)
    drawn = hashlib.blake2b(found.name.encode(), digest_size=12).hexdigest()
    return await shown(
        request,
        f"{drawn}-{size}",
        FACE_AGE_S,
        lambda media_type: home.covers.placeholder(found.name, size, media_type),
    )


def face_of(kind: str) -> Any:
    """Return the route that shows the cover of an album, artist, track or folder, or draws one."""

    async def face(request: Request) -> Response:
        size = size_at_least(_cover_query(request).size)
        seen = await view(request, await credentials(request).actor(request))
        return await show_face(request, seen, kind, request.path_params["id"], size)

    return face


def routes() -> list[Route]:
    """Return the routes of sound and pictures."""
    faces = [route(f"/{kind}/{{id}}/cover", face_of(kind)) for kind in ("albums", "artists", "tracks", "folders")]
    return [
        route("/tracks/{track_id}/stream", stream),
        route("/tracks/{track_id}/download", download),
        route("/files/{hash}", download_by_hash),
        route("/tracks/{track_id}/stream-url", stream_url, "POST"),
        route("/covers/{picture_id}", cover),
        *faces,
    ]
