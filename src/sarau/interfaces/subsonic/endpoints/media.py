"""Sound and pictures: their bytes go out as they are read."""

import hashlib
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.responses import Response
from starlette.types import ASGIApp

from sarau.accounts.users.queries import user_named
from sarau.catalog.artwork import queries as artwork
from sarau.catalog.artwork.covers import TILES, mosaic_mark
from sarau.catalog.artwork.errors import PictureNotFound
from sarau.catalog.artwork.schemas import KeptPicture, size_at_least
from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.files import file_on_disk
from sarau.catalog.library.schemas import FileOnDisk
from sarau.foundation.database.reader import Reader
from sarau.foundation.media.images import UnreadableImage
from sarau.foundation.media.transcoding import BITRATES_KBPS, Encoding, Target
from sarau.foundation.security.permissions import Permission
from sarau.foundation.storage import BlobMissing
from sarau.interfaces.common import state
from sarau.interfaces.common.growing import GrowingHead, GrowingResponse
from sarau.interfaces.common.ranged import FileResponse, names
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.names import VERSIONED, Kind, id_of, named
from sarau.playlists.queries.playlists import face as playlist_face
from sarau.streaming.decisions import encoding_wished

_PICTURE_AGE_S, _FACE_AGE_S = 30 * 86_400, 3_600
_FULL_SIZE = 1_200
_SMALL_BYTES, _KEPT_S = 64 << 10, 600
_RAW = "raw"
_TARGETS = {
    "mp3": Target.MP3, "opus": Target.OPUS, "ogg": Target.OPUS, "oga": Target.OPUS, "aac": Target.AAC,
    "m4a": Target.AAC, "flac": Target.FLAC,
}  # fmt: skip
_FACES = {Kind.SONG: "tracks", Kind.ALBUM: "albums", Kind.ARTIST: "artists", Kind.FOLDER: "folders"}


async def file_of(call: Call, track_id: str) -> FileOnDisk:
    """Return where the bytes of a song lie; raises TrackNotFound."""
    view = await call.view()

    async def read() -> FileOnDisk:
        async with call.reading() as reader:
            return await file_on_disk(reader, view, track_id)

    # Players fetch a song in many ranges.
    return await state.files(call.request).recall(f"{view.token} {track_id}", read)


def encoding_for(file: FileOnDisk, target: str, most_kbps: int, start_ms: int) -> Encoding | None:
    """Return how a song is to be encoded for an app's wishes, None for as it is."""
    target = target.lower()
    too_much = bool(most_kbps) and file.bitrate_kbps > most_kbps
    if target == _RAW or (not start_ms and not too_much and _fits(file, target)):
        return None
    wished = _TARGETS.get(target, Target.MP3)  # what every app plays
    kbps = None
    if most_kbps and wished in BITRATES_KBPS:
        low, high = BITRATES_KBPS[wished]
        kbps = max(low, min(most_kbps, high))
    start_ms = min(start_ms, max(0, file.duration_ms - 1))
    return encoding_wished(wished.value, kbps, start_ms, file.duration_ms, file.bitrate_kbps)


def _fits(file: FileOnDisk, target: str) -> bool:
    """Tell whether a song is in the wished format already, if any was wished for."""
    wished = _TARGETS.get(target)
    return wished is None or wished == file.codec or file.name.lower().endswith(f".{target}")


async def deliver(call: Call, file: FileOnDisk, encoding: Encoding | None) -> ASGIApp:
    """Return what sends a song, as it is or encoded anew."""
    home = call.home
    if encoding is None:
        return FileResponse(home.delivery.open(file), accel=home.settings.server.x_accel_prefix)
    finished = home.delivery.open_finished(file, encoding)
    if finished is not None:
        return FileResponse(finished)
    if call.request.method == "HEAD":
        return GrowingHead(encoding, file.duration_ms)
    # Joined here, not when the reply begins: what goes wrong before the first byte is told as an error.
    return GrowingResponse(await home.delivery.growing(file, encoding), encoding, file.duration_ms)


async def stream(call: Call) -> Answer:
    """The sound of a song."""
    asked = call.asked
    file = await file_of(call, id_of(asked.needed("id"), Kind.SONG))
    start_ms = 1_000 * asked.number("timeOffset", 0, 0, 7 * 86_400)
    encoding = encoding_for(file, asked.text("format"), asked.number("maxBitRate", 0, 0, 10_000), start_ms)
    return await deliver(call, file, encoding)


async def download(call: Call) -> Answer:
    """The original file with its name."""
    call.actor.require(Permission.LIBRARY_DOWNLOAD)
    file = await file_of(call, id_of(call.asked.needed("id"), Kind.SONG))
    accel = call.home.settings.server.x_accel_prefix
    return FileResponse(call.home.delivery.open(file), attachment=True, accel=accel)


async def cover_art(call: Call) -> Answer:
    """A picture, or the cover of something, or one drawn for it."""
    size = size_at_least(call.asked.number("size", _FULL_SIZE, 1, 10_000))
    asked = named(call.asked.needed("id").partition(VERSIONED)[0])
    view = await call.view()
    async with call.reading() as reader:
        if asked.kind is Kind.PICTURE:
            name, pictures = "", [await artwork.picture(reader, view, asked.id)]
        else:
            name, pictures = await _face(call, reader, view, asked.kind, asked.id)
    with suppress(PictureNotFound, BlobMissing):  # a picture that cannot be shown is as good as none
        if len(pictures) == TILES:
            return await _mosaic(call, pictures, size)
        if pictures:
            age_s = _PICTURE_AGE_S if asked.kind is Kind.PICTURE else _FACE_AGE_S
            return await _picture(call, pictures[0], size, age_s)
    return await _drawn(call, name, size)


async def _face(call: Call, reader: Reader, view: View, kind: Kind, thing_id: str) -> tuple[str, list[KeptPicture]]:
    """Return the name of something, and its picture or those that its own is made of."""
    if kind is Kind.PLAYLIST:
        shown = await playlist_face(reader, view, call.actor, thing_id, call.home.rule_book)
        name, covers = shown.name, [shown.cover] if shown.cover else shown.covers
    else:
        name, cover = await artwork.face(reader, view, _FACES[kind], thing_id)
        covers = [cover] if cover else []
    known = [await artwork.known_picture(reader, one) for one in covers]
    return name, [picture for picture in known if picture is not None]


async def _picture(call: Call, picture: KeptPicture, size: int, age_s: int) -> Response:
    covers = call.home.covers
    return await _shown(call, f"{picture.id}-{size}", age_s, lambda kind: covers.shown(picture, size, kind))


async def _mosaic(call: Call, pictures: list[KeptPicture], size: int) -> Response:
    covers, made_of = call.home.covers, mosaic_mark(pictures)
    return await _shown(call, f"{made_of}-{size}", _FACE_AGE_S, lambda kind: covers.mosaic(pictures, size, kind))


async def _drawn(call: Call, name: str, size: int) -> Response:
    mark = hashlib.blake2b(name.encode(), digest_size=12).hexdigest()
    covers = call.home.covers
    return await _shown(call, f"{mark}-{size}", _FACE_AGE_S, lambda kind: covers.placeholder(name, size, kind))


async def _shown(call: Call, what: str, age_s: int, draw: Callable[[str], Awaitable[bytes]]) -> Response:
    """Return a picture of the type that is liked best, unless the app has it."""
    webp = "image/webp" in call.request.headers.get("accept", "")
    media_type = "image/webp" if webp else "image/jpeg"
    mark = f'"{what}-{media_type.rpartition("/")[2]}"'
    headers = {
        "etag": mark,
        "cache-control": f"private, max-age={age_s}",
        "vary": "Accept",
        "access-control-allow-origin": "*",
    }
    if names(call.request.headers.get("if-none-match", ""), mark):
        return Response(status_code=304, headers=headers)
    return Response(await _kept(call, mark, media_type, draw), 200, headers, media_type)


async def _kept(call: Call, mark: str, media_type: str, draw: Callable[[str], Awaitable[bytes]]) -> bytes:
    """Return a picture out of memory where it was shown lately: a page of an app has a hundred of them."""
    data = await call.home.cache.get(f"picture {mark}")
    if data is None:
        try:
            data = await draw(media_type)
        except UnreadableImage as error:
            raise PictureNotFound from error
        if len(data) <= _SMALL_BYTES:
            await call.home.cache.set(f"picture {mark}", data, _KEPT_S)
    return data


async def avatar(call: Call) -> Answer:
    """A picture of somebody: one drawn for their name."""
    name = call.asked.needed("username")
    async with call.reading() as reader:
        found = await user_named(reader, name)
    return await _drawn(call, found.display_name, size_at_least(384))


ENDPOINTS: dict[str, Endpoint] = {
    "stream": stream,
    "download": download,
    "getCoverArt": cover_art,
    "getAvatar": avatar,
}
