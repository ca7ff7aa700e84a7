"""Covers: holds where pictures lie, where their smaller copies are cached, and what resizes them."""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable

from sarau.catalog.artwork.schemas import KeptPicture
from sarau.foundation.cache import Lock
from sarau.foundation.media.images import ImageTool, UnreadableImage
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.storage import BlobStore, StorageFull
from sarau.foundation.storage.files import FileCache

log = get_logger(__name__)

_ID_LENGTH = 32
_AT_ONCE = max(1, (os.cpu_count() or 2) // 2)  # a page of a hundred covers must not starve the rest


def picture_id(sha256: str) -> str:
    """Return the id of the picture with a digest."""
    return sha256[:_ID_LENGTH]


class Covers:
    """Keeps pictures once and shows them in any of our sizes."""

    def __init__(self, blobs: BlobStore, cache: FileCache, images: ImageTool, lock: Lock) -> None:
        self._blobs = blobs
        self._cache = cache
        self._images = images
        self._lock = lock
        self._slots = asyncio.Semaphore(_AT_ONCE)

    async def keep(self, data: bytes) -> KeptPicture | None:
        """Store the bytes of a picture; None if they are no picture that can be read."""
        try:
            info = await asyncio.to_thread(self._images.inspect, data)
        except UnreadableImage:
            return None
        async with self._blobs.draft() as draft:
            await draft.write(data)
            stored = await draft.keep()
        return KeptPicture(
            picture_id(stored.sha256), stored.sha256, info.media_type, info.width, info.height, stored.size_bytes
        )

    async def original(self, picture: KeptPicture) -> bytes:
        """Return the bytes as they were found; raises BlobMissing."""
        return b"".join([piece async for piece in self._blobs.read(picture.sha256)])

    async def shown(self, picture: KeptPicture, size: int, media_type: str) -> bytes:
        """Return a picture fitted into a square of so many pixels; raises BlobMissing, UnreadableImage."""

        async def resize() -> bytes:
            data = await self.original(picture)
            return await asyncio.to_thread(self._images.resize, data, size, media_type)

        return await self._cached(f"{picture.id} {size} {media_type}", resize)

    async def placeholder(self, name: str, size: int, media_type: str) -> bytes:
        """Return a cover drawn for something that has none."""
        seed = hashlib.sha256(name.encode()).hexdigest()

        async def draw() -> bytes:
            return await asyncio.to_thread(self._images.placeholder, name, seed, size, media_type)

        return await self._cached(f"placeholder {seed} {size} {media_type}", draw)

    async def _cached(self, key: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        path = self._cache.find(key)
        if path is None:
            # Whoever asks for the same at the same moment waits for the first.
            async with self._lock.hold(f"picture {key}", wait_s=30), self._slots:
                path = self._cache.find(key)
                if path is None:
                    return await self._made(key, make)
        return await asyncio.to_thread(path.read_bytes)

    async def _made(self, key: str, make: Callable[[], Awaitable[bytes]]) -> bytes:
        data = await make()
        try:
            async with self._cache.make(key) as entry:
                await asyncio.to_thread(entry.path.write_bytes, data)
                entry.keep()
        except StorageFull as error:
            log.warning("a cover could not be cached", reason=error.text)
        return data
