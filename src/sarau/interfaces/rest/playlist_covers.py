"""Covers of playlists: a picture somebody chose, else four covers of what is in them, else one drawn."""

import hashlib
from contextlib import suppress

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sarau.catalog.artwork import queries as artwork
from sarau.catalog.artwork.covers import TILES, mosaic_mark
from sarau.catalog.artwork.errors import PictureNotFound
from sarau.catalog.artwork.schemas import size_at_least
from sarau.foundation.storage import BlobMissing
from sarau.interfaces.common.state import credentials, house, view
from sarau.interfaces.rest.contract import query
from sarau.interfaces.rest.hot import route
from sarau.interfaces.rest.sound import FACE_AGE_S, CoverQuery, shown, shown_picture
from sarau.playlists.queries.playlists import face

_cover_query = query(CoverQuery)


async def cover(request: Request) -> Response:
    """The cover of a playlist."""
    home, size = house(request), size_at_least(_cover_query(request).size)
    actor = await credentials(request).actor(request)
    seen = await view(request, actor)
    async with home.database.reading() as reader:
        found = await face(reader, seen, actor, request.path_params["id"], home.rule_book)
        wanted = [found.cover] if found.cover else found.covers
        known = [await artwork.known_picture(reader, picture_id) for picture_id in wanted]
    pictures = [picture for picture in known if picture is not None]
    with suppress(PictureNotFound, BlobMissing):  # a picture that cannot be shown is as good as none
        if len(pictures) == TILES:
            mark = f"{mosaic_mark(pictures)}-{size}"
            return await shown(request, mark, FACE_AGE_S, lambda kind: home.covers.mosaic(pictures, size, kind))
        if pictures:
            return await shown_picture(request, pictures[0], size, FACE_AGE_S)
    drawn = hashlib.blake2b(found.name.encode(), digest_size=12).hexdigest()
    return await shown(
        request, f"{drawn}-{size}", FACE_AGE_S, lambda kind: home.covers.placeholder(found.name, size, kind)
    )


def routes() -> list[Route]:
    """Return the route of covers of playlists."""
    return [route("/playlists/{id}/cover", cover)]
