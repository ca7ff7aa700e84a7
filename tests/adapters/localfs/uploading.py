"""An upload in a process of its own: `python uploading.py ROOT SCENE`, told what to do by its standard input."""

import asyncio
import os
import resource
import sys
from pathlib import Path

from sarau.adapters.localfs.store import LocalBlobStore
from sarau.foundation.storage import BlobMissing, StorageFull

CONTENT = bytes(range(256)) * 8_000


def say(word: str) -> None:
    """Tell the test where we are."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


async def keep(store: LocalBlobStore) -> None:
    """Write everything, then keep it when told."""
    async with store.draft() as draft:
        await draft.write(CONTENT)
        say("ready")
        sys.stdin.readline()
        say("new" if (await draft.keep()).new else "known")


async def linger(store: LocalBlobStore) -> None:
    """Stay in the middle of an upload until killed."""
    async with store.draft() as draft:
        await draft.write(CONTENT)
        say(str(draft.path))
        sys.stdin.readline()


async def fill(store: LocalBlobStore) -> None:
    """Bring more than fits, then what fits, and tell how both went and what is left over."""
    try:
        async with store.draft() as draft:
            while True:
                await draft.write(os.urandom(100_000))
    except StorageFull:
        say("full")
    say(str(sum(1 for path in Path(sys.argv[1]).rglob("*") if path.is_file())))
    async with store.draft() as draft:
        await draft.write(b"a little")
        stored = await draft.keep()
    try:
        say(str(await store.size_bytes(stored.sha256)))
    except BlobMissing:
        say("missing")


def main() -> None:
    """Play one scene."""
    root, scene, *limit = sys.argv[1:]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    asyncio.run({"keep": keep, "linger": linger, "fill": fill}[scene](LocalBlobStore(Path(root))))


if __name__ == "__main__":
    main()
