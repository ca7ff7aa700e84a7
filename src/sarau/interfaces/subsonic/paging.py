"""Lists at any offset: by marks along the way, so that the last page costs no more than the first."""

import msgspec

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.lists import Filters, Order, Sort, album_page
from sarau.catalog.library.queries.outlines import album_outline
from sarau.catalog.library.schemas import Album
from sarau.foundation.database.reader import Reader
from sarau.interfaces.subsonic.call import Call
from sarau.interfaces.subsonic.keeping import kept
from sarau.kit.pages import Outline

_STRIDE = 500
_everything = Filters()
_outlines = msgspec.json.Decoder(Outline)


async def albums_at(call: Call, view: View, sort: Sort, order: Order, size: int, offset: int) -> list[Album]:
    """Return albums of a sorted list, so many after so many."""
    cursor, passed = None, 0
    if offset >= _STRIDE:

        async def make(reader: Reader) -> bytes:
            outline = await album_outline(reader, view, sort=sort, order=order, filters=_everything, limit=_STRIDE)
            return msgspec.json.encode(outline)

        outline = _outlines.decode(await kept(call, view, f"albums by {sort} {order}", make))
        if offset >= outline.total:
            return []
        passed = offset // _STRIDE * _STRIDE
        cursor = outline.cursors[passed // _STRIDE - 1]
    async with call.reading() as reader:
        page = await album_page(
            reader,
            view,
            sort=sort,
            order=order,
            filters=_everything,
            limit=offset - passed + size,
            cursor=cursor,
        )
    return page.items[offset - passed :]
