"""Covers: holds where pictures lie, where their smaller copies are cached, and what resizes them."""

import asyncio
import hashlib
import os
from collections.abc import Awaitable, Callable, Sequence

from sarau.catalog.artwork.schemas import PICTURE_TYPES, SIZES, KeptPicture
from sarau.foundation.cache import Lock
from sarau.foundation.media.images import ImageTool, UnreadableImage
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.storage import BlobStore, StorageFull
from sarau.foundation.storage.files import FileCache

log = get_logger(__name__)

TILES = 4  # pictures that one is made of
_ID_LENGTH = 32
_AT_ONCE = max(1, (os.cpu_count() or 2) // 2)  # a page of a hundred covers must not starve the rest


def picture_id(sha256: str) -> str:
    """Return the id of the picture with a digest."""
    return sha256[:_ID_LENGTH]


def mosaic_mark(pictures: Sequence[KeptPicture]) -> str:
    """Return what tells a picture made of others apart."""
    return hashlib.blake2b(" ".join(one.id for one in pictures).encode(), digest_size=12).hexdigest()


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

    async def keep_small(self, data: bytes) -> KeptPicture | None:
        """Store a picture in the largest size that is shown, however large it came; None if it cannot be read."""
        try:
            async with self._slots:
                small = await asyncio.to_thread(self._images.resize, data, SIZES[-1], PICTURE_TYPES[0])
        except UnreadableImage:
            return None
        return await self.keep(small)

    async def original(self, picture: KeptPicture) -> bytes:
        """Return the bytes as they were found; raises BlobMissing."""
        return b"".join([piece async for piece in self._blobs.read(picture.sha256)])

    async def shown(self, picture: KeptPicture, size: int, media_type: str) -> bytes:
        """Return a picture fitted into a square of so many pixels; raises BlobMissing, UnreadableImage."""

        async def resize() -> bytes:
            data = await self.original(picture)
            return await asyncio.to_thread(self._images.resize, data, size, media_type)

        return await self._cached(f"{picture.id} {size} {media_type}", resize)

    async def mosaic(self, pictures: Sequence[KeptPicture], size: int, media_type: str) -> bytes:
        """Return four pictures as one square of so many pixels; raises BlobMissing, UnreadableImage."""

        async def compose() -> bytes:
            data = [await self.original(picture) for picture in pictures]
            return await asyncio.to_thread(self._images.mosaic, data, size, media_type)

        names = " ".join(picture.id for picture in pictures)
        return await self._cached(f"mosaic {names} {size} {media_type}", compose)

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
