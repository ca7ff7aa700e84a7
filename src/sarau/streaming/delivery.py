"""Delivery: holds where sound lies and what makes other encodings of it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sarau.catalog.library.schemas import FileOnDisk, LibraryKind
from sarau.foundation.media.transcoding import MEDIA_TYPE_OF, SUFFIX_OF, Encoding
from sarau.foundation.storage import BlobStore
from sarau.foundation.storage.inside import open_inside
from sarau.streaming.errors import SoundMissing
from sarau.streaming.transcodes import Listening, Transcodes


class OpenFile(NamedTuple):
    """A file open for reading; whoever gets it closes the descriptor, and may find out where it lies."""

    descriptor: int
    find: Callable[[], Path]
    size_bytes: int
    mtime_ns: int
    media_type: str
    name: str
    etag: str


class Delivery:
    """Finds the bytes of a track, as they are or encoded anew."""

    def __init__(self, blobs: BlobStore, transcodes: Transcodes) -> None:
        self._blobs = blobs
        self.transcodes = transcodes

    def path_of(self, file: FileOnDisk) -> Path:
        """Return where the original lies; raises SoundMissing."""
        if file.kind is LibraryKind.UPLOADS:
            path = self._blobs.local_path(file.sha256 or "")
            if path is None:
                raise SoundMissing
            return path
        return Path(os.fsdecode(os.path.join(os.fsencode(os.path.realpath(file.root or "/nowhere")), file.path)))

    def place_of(self, file: FileOnDisk) -> tuple[bytes | None, bytes]:
        """Return the folder of the original and its path below it, or no folder and where else it lies.

        Raises SoundMissing.
        """
        if file.kind is LibraryKind.UPLOADS:
            return None, os.fsencode(self.path_of(file))
        return os.fsencode(file.root or "/nowhere"), file.path

    def open(self, file: FileOnDisk) -> OpenFile:
        """Open the original; raises SoundMissing, also where a link has taken its place."""
        try:
            if file.kind is LibraryKind.UPLOADS:
                descriptor = os.open(self.path_of(file), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            else:
                descriptor = open_inside(os.fsencode(file.root or "/nowhere"), file.path)
        except OSError as error:
            raise SoundMissing from error
        return _opened(descriptor, lambda: self.path_of(file), file.media_type, file.name)

    def open_hashed(self, file: FileOnDisk) -> OpenFile:
        """Open the original as long as it has the bytes that were hashed; raises SoundMissing."""
        opened = self.open(file)
        known = file.size_bytes, file.mtime_ns
        if file.kind is LibraryKind.FOLDER and known != (opened.size_bytes, opened.mtime_ns):
            os.close(opened.descriptor)
            raise SoundMissing
        return opened

    def open_finished(self, file: FileOnDisk, encoding: Encoding) -> OpenFile | None:
        """Open a finished transcode, if there is one; raises SoundMissing if the original is gone."""
        path = self.transcodes.finished(self.key(file, encoding))
        if path is None:
            return None
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return None  # dropped at this moment to make room
        name = os.path.splitext(file.name)[0] + SUFFIX_OF[encoding.target]
        return _opened(descriptor, lambda: path, MEDIA_TYPE_OF[encoding.target], name)

    async def growing(self, file: FileOnDisk, encoding: Encoding) -> Listening:
        """Join or start a transcode; raises SoundMissing, TooManyTranscodes, TranscodeFailed."""
        return await self.transcodes.join(self.key(file, encoding), self.path_of(file), encoding)

    def key(self, file: FileOnDisk, encoding: Encoding) -> str:
        """Return what a transcode is kept under: a changed file has another; raises SoundMissing."""
        original = self.open(file)
        os.close(original.descriptor)
        return f"{file.track_id} {original.etag} {encoding.target} {encoding.bitrate_kbps} {encoding.start_ms}"


def _opened(descriptor: int, find: Callable[[], Path], media_type: str, name: str) -> OpenFile:
    status = os.fstat(descriptor)
    etag = f'"{status.st_ino:x}-{status.st_size:x}-{status.st_mtime_ns:x}"'
    return OpenFile(descriptor, find, status.st_size, status.st_mtime_ns, media_type, name, etag)
