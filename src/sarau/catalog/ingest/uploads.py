"""Taking uploads in: holds where bytes go, what reads them, and the limits."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from sarau.catalog.artwork.covers import Covers
from sarau.catalog.ingest.commands import Arrived
from sarau.catalog.ingest.errors import EmptyUpload, FileTooLarge, QuotaExceeded, UnsupportedFormat
from sarau.catalog.ingest.schemas import Room
from sarau.foundation.cache import Lock
from sarau.foundation.errors import Unavailable
from sarau.foundation.media.formats import AUDIO_SUFFIXES, media_type, suffix_for
from sarau.foundation.media.tags import TagReader, UnreadableSound
from sarau.foundation.media.transcoding import SoundProbe, TranscodeFailed
from sarau.foundation.security.actor import Actor
from sarau.foundation.settings.sections import Uploads as Limits
from sarau.foundation.storage import BlobDraft, BlobStore, StorageFull
from sarau.kit.text import clean

_PATIENCE_S = 60
_BREAKS = str.maketrans(dict.fromkeys("\n\t\u2028\u2029", " "))


class Uploads:
    """Bytes in, an understood sound file out; whatever goes wrong leaves nothing behind."""

    def __init__(
        self, blobs: BlobStore, reader: TagReader, probe: SoundProbe, covers: Covers, lock: Lock, limits: Limits
    ) -> None:
        self._blobs = blobs
        self._reader = reader
        self._probe = probe
        self._covers = covers
        self._lock = lock
        self.limits = limits

    async def require_room(self, room: Room, size_bytes: int, arrived_bytes: int = 0) -> None:
        """Raise FileTooLarge, QuotaExceeded or StorageFull for a file too much; a part of it may be here already."""
        if size_bytes > room.max_file_bytes:
            raise FileTooLarge(room.max_file_bytes)
        if room.quota_bytes is not None and room.used_bytes + size_bytes > room.quota_bytes:
            raise QuotaExceeded(room.quota_bytes, room.used_bytes)
        free = await self._blobs.free_bytes()
        if free is not None and free - (size_bytes - arrived_bytes) < self.limits.keep_free_bytes:
            raise StorageFull

    @asynccontextmanager
    async def arriving(
        self,
        file_name: str,
        chunks: AsyncIterator[bytes | memoryview],
        actor: Actor,
        room_now: Callable[[], Awaitable[Room]],
    ) -> AsyncIterator[Arrived]:
        """Take in a file and give what it is; it is to be filed while the context is open.

        When the block fails, bytes that were new are gone again. Raises UnsupportedFormat, UnreadableSound,
        EmptyUpload, FileTooLarge, QuotaExceeded, StorageFull.
        """
        name, suffix = safe_name(file_name)
        async with self._blobs.draft() as draft:
            await self._receive(draft, chunks, await room_now())
            if draft.path is None:
                raise Unavailable("This store cannot be read while it receives.")
            sound = await asyncio.to_thread(self._reader.read, draft.path, suffix)
            if not await self._blobs.exists(draft.sha256()):  # what is kept already was tried out when it came
                await self._require_sound(draft.path)
            # Two uploads of one person: the second waits, and finds the room that the first left. Two of the same
            # bytes: the second finds the first.
            async with (
                self._lock.hold(f"uploads of {actor.id}", wait_s=_PATIENCE_S),
                self._lock.hold(f"upload {draft.sha256()}", wait_s=_PATIENCE_S),
            ):
                await self.require_room(await room_now(), draft.size_bytes, draft.size_bytes)
                blob = await draft.keep()
                try:
                    picture = await self._covers.keep(sound.picture.data) if sound.picture else None
                    right = suffix_for(sound.properties.codec, suffix)
                    shown = name if right == suffix else os.path.splitext(name)[0] + right
                    yield Arrived(shown, media_type(right), blob, sound, picture)
                except BaseException:
                    if blob.new:
                        await asyncio.shield(self._blobs.delete(blob.sha256))
                    raise

    async def discard(self, sha256: str, needed: Callable[[], Awaitable[bool]]) -> None:
        """Delete bytes that nothing needed a moment ago, unless they were uploaded again meanwhile."""
        async with self._lock.hold(f"upload {sha256}", wait_s=_PATIENCE_S):
            if not await needed():
                await self._blobs.delete(sha256)

    async def _require_sound(self, path: Path) -> None:
        """Raise UnreadableSound for tags without a sound behind them."""
        try:
            await asyncio.to_thread(self._probe.decodable, path)
        except TranscodeFailed as error:
            raise UnreadableSound(str(error.data["reason"])) from error

    async def _receive(self, draft: BlobDraft, chunks: AsyncIterator[bytes | memoryview], room: Room) -> None:
        checked_bytes = 0
        async for chunk in chunks:
            if draft.size_bytes + len(chunk) > checked_bytes:
                # Ask the disk once every 16 MiB, the person's limits before every write.
                checked_bytes = draft.size_bytes + len(chunk) + (16 << 20)
                await self.require_room(room, draft.size_bytes + len(chunk), draft.size_bytes)
            elif draft.size_bytes + len(chunk) > room.max_file_bytes:
                raise FileTooLarge(room.max_file_bytes)
            await draft.write(chunk)
        if draft.size_bytes == 0:
            raise EmptyUpload
        await self.require_room(room, draft.size_bytes, draft.size_bytes)


def safe_name(file_name: str) -> tuple[str, str]:
    """Return the last part of a file name, clean and not too long, and its suffix; raises UnsupportedFormat."""
    base = clean(file_name.replace("\\", "/").rpartition("/")[2]).translate(_BREAKS).strip(". ")
    stem, suffix = os.path.splitext(base)
    suffix = suffix.lower()
    if suffix not in AUDIO_SUFFIXES or not stem:
        raise UnsupportedFormat(base[:100])
    return stem[:200] + suffix, suffix
