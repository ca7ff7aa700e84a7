"""A process that fills a file cache, for test_file_cache."""

import asyncio
import sys
from pathlib import Path

from sarau.adapters.localfs.file_cache import LocalFileCache


async def fill(root: Path, name: str, max_bytes: int) -> None:
    """Make a hundred files of a hundredth of the room each, and look every one up."""
    cache = LocalFileCache(root, max_bytes)
    content = name[-1:].encode() * (max_bytes // 100)
    for number in range(100):
        async with cache.make(f"{name} {number}") as entry:
            entry.path.write_bytes(content)
            entry.keep()
        found = cache.find(f"{name} {number}")
        if found is not None and found.read_bytes() != content:
            sys.exit(f"{name} {number} holds something else")


if __name__ == "__main__":
    asyncio.run(fill(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
