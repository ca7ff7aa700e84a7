"""Songs, albums and artists as JSON, as everybody sees them: made once, and kept until their libraries change."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from sarau.catalog.library.policies import View
from sarau.catalog.library.queries.collections import albums_by_id, artists_by_id
from sarau.catalog.library.queries.songs import songs_by_id
from sarau.foundation.database.reader import Reader
from sarau.foundation.security.actor import Actor
from sarau.interfaces.subsonic import shaping
from sarau.interfaces.subsonic.gathering import plain_albums
from sarau.interfaces.subsonic.marking import array, marks_of, with_marks
from sarau.playback.marks.schemas import Marked

_MOST_BYTES = 24 << 20
_OVERHEAD_BYTES = 150  # of an entry
_MOST_VIEWS = 8
_encode = msgspec.json.Encoder().encode
_Load = Callable[[Reader, View, list[str]], Awaitable[dict[str, bytes]]]


async def _songs(reader: Reader, view: View, ids: list[str]) -> dict[str, bytes]:
    return {one.id: _encode(shaping.song(one)) for one in await songs_by_id(reader, view, ids)}


async def _albums(reader: Reader, view: View, ids: list[str]) -> dict[str, bytes]:
    found = await albums_by_id(reader, view, ids)
    shown = await plain_albums(reader, found)
    return {listed.album.id: _encode(album) for listed, album in zip(found, shown, strict=True)}


async def _artists(reader: Reader, view: View, ids: list[str]) -> dict[str, bytes]:
    return {one.artist.id: _encode(shaping.artist(one)) for one in await artists_by_id(reader, view, ids)}


_LOADERS: dict[Marked, _Load] = {Marked.TRACK: _songs, Marked.ALBUM: _albums, Marked.ARTIST: _artists}


class Fragments:
    """What was shown lately, by what the viewer may hear: another revision of a library is another view."""

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._known: dict[tuple[str, Marked], dict[str, bytes]] = {}

    async def items(self, reader: Reader, view: View, actor: Actor, kind: Marked, ids: Sequence[str]) -> bytes:
        """Return things of a kind in the order of their ids, with the caller's marks, as JSON."""
        if not ids:
            return b"[]"
        known = await self._loaded(reader, view, kind, ids)
        marks = await marks_of(reader, actor, kind, ids)
        return array(with_marks(known[one], marks.get(one)) for one in ids if one in known)

    async def _loaded(self, reader: Reader, view: View, kind: Marked, ids: Sequence[str]) -> dict[str, bytes]:
        """Return things by their ids, perhaps among others; what may not be heard is left out."""
        known = self._of(view.token, kind)
        missing = [one for one in dict.fromkeys(ids) if one not in known]
        if not missing:
            return known
        loaded = await _LOADERS[kind](reader, view, missing)
        self._bytes += sum(len(data) + _OVERHEAD_BYTES for data in loaded.values())
        if self._bytes > self._most_bytes:
            self._known.clear()
            self._bytes = 0
            return known | loaded
        known.update(loaded)
        return known

    def _of(self, token: str, kind: Marked) -> dict[str, bytes]:
        known = self._known.get((token, kind))
        if known is None:
            if len(self._known) >= _MOST_VIEWS * len(_LOADERS):  # most of them are of revisions gone by
                self._known.clear()
                self._bytes = 0
            known = self._known[token, kind] = {}
        return known
