"""The first minutes of a house: its library of uploads, its music, the demo, the link for its owner."""

import asyncio
import sys
from pathlib import Path

from sarau.accounts.users.commands import make_setup_token
from sarau.accounts.users.queries import anybody_here
from sarau.catalog.library.commands.libraries import add_library, ensure_uploads_library, real_folder
from sarau.catalog.library.queries.libraries import library_roots
from sarau.catalog.library.schemas import NewLibrary
from sarau.foundation.errors import DomainError
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.security.actor import Actor
from sarau.foundation.settings.load import BadSettings
from sarau.interfaces.common.house import SCAN_JOB, House

log = get_logger(__name__)

DEMO_FOLDER = "demo"


async def prepare(home: House) -> str | None:
    """Make sure of the libraries that the settings ask for; return the set-up token while there is nobody."""
    async with home.database.working() as work:
        await ensure_uploads_library(work)
    if home.settings.data.music is not None:
        try:
            await serve_folder(home, home.settings.data.music, home.settings.data.music.resolve().name or "Music")
        except DomainError as error:
            raise BadSettings(f"data.music: {home.settings.data.music}: {error.text}") from error
    async with home.database.working() as work:
        return None if await anybody_here(work) else await make_setup_token(work)


async def serve_folder(home: House, path: Path, name: str) -> str:
    """Make a folder a library, unless it is one, and have it scanned; returns the library's id. Raises BadFolder."""
    folder = await asyncio.to_thread(real_folder, str(path.absolute()), home.settings.data.path)
    async with home.database.working() as work:
        for root in await library_roots(work):
            if root.path == str(folder):
                return root.id
        made = await add_library(work, Actor.SYSTEM, NewLibrary(name, str(folder)), folder)
        await home.jobs.enqueue(work, SCAN_JOB, unique=f"scan {made.id}", library_id=made.id, folders=[])
    return made.id


async def wants_demo(home: House) -> bool:
    """Tell whether the house is to make its demo library: wished for, and no other music is served."""
    async with home.database.reading() as reader:
        roots = await library_roots(reader)
    return home.settings.house.demo and home.settings.data.music is None and not roots


async def make_demo(home: House) -> str:
    """Make the demo library in a process of its own, for the memory it takes, and serve it; returns its id."""
    folder = home.settings.data.path / DEMO_FOLDER
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sarau.wiring.demo_process", str(folder))
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if code:
        raise RuntimeError(f"the demo library could not be made (exit code {code})")
    return await serve_folder(home, folder, "Demo")


async def make_demo_if_wanted(home: House) -> None:
    """Make the demo library where it is wanted; a failure is a pity, no more."""
    if not await wants_demo(home):
        return
    log.info("making the demo library", folder=str(home.settings.data.path / DEMO_FOLDER))
    try:
        await make_demo(home)
        log.info("the demo library is ready")
    except (RuntimeError, DomainError, OSError) as error:
        log.warning("there is no demo library", reason=str(error))
