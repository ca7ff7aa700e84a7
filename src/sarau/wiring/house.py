"""Building the house: every adapter, every collaborator, once."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sarau.accounts.app_passwords.proofs import AppPasswords
from sarau.adapters.cryptography.vault import AesVault
from sarau.adapters.ffmpeg.probe import AvProbe
from sarau.adapters.ffmpeg.transcoder import AvTranscoder
from sarau.adapters.localfs.file_cache import LocalFileCache
from sarau.adapters.localfs.parts import LocalPartStore
from sarau.adapters.localfs.store import LocalBlobStore
from sarau.adapters.memory.cache import MemoryCache, MemoryLock, MemoryRateLimit
from sarau.adapters.mutagen.sandbox import SandboxedTagReader
from sarau.adapters.pillow.images import PillowImages
from sarau.adapters.postgres.words import TsvectorIndex
from sarau.adapters.soundfiles.measurer import ProcessMeasurer
from sarau.adapters.sqlite.words import Fts5Index
from sarau.adapters.sqljobs.jobs import SqlJobs
from sarau.catalog.artwork.covers import Covers
from sarau.catalog.ingest.events import TrackUploaded
from sarau.catalog.ingest.uploads import Uploads
from sarau.catalog.lyrics.events import SheetPut, SheetsRemoved
from sarau.foundation.database.database import Database, engine_for
from sarau.foundation.database.dialects.engine import Engine
from sarau.foundation.database.migrations.runner import migrate
from sarau.foundation.database.work import Work
from sarau.foundation.events.reactions import Reactions
from sarau.foundation.jobs.outbox import EventOutbox
from sarau.foundation.observability.logs import get_logger
from sarau.foundation.observability.metrics import database_seconds
from sarau.foundation.search import WordIndex
from sarau.foundation.security.tokens import Signer
from sarau.foundation.settings.load import BadSettings, Settings
from sarau.interfaces.common.house import MEASURE_JOB, House
from sarau.playback.history.events import TrackListened
from sarau.playback.history.queries.rule_fields import HISTORY_FIELDS
from sarau.playback.marks.queries.rule_fields import MARKS_FIELDS
from sarau.playback.remote.remote import Remote
from sarau.playlists.queries.fields import CATALOGUE_FIELDS
from sarau.playlists.queries.rules import RuleBook
from sarau.search.finding import Search
from sarau.search.reactions import Noticing
from sarau.streaming.delivery import Delivery
from sarau.streaming.pieces.opening import Packets
from sarau.streaming.transcodes import Transcodes
from sarau.sync.uploading import ResumableUploads
from sarau.wiring.secret import house_secret
from sarau.wiring.tables import metadata

log = get_logger(__name__)
assert metadata.tables  # noqa: S101 - importing them is what registers them


class Stores(NamedTuple):
    """Where bytes lie."""

    uploads: LocalBlobStore
    pictures: LocalBlobStore
    transcodes: LocalFileCache
    covers: LocalFileCache

    async def sweep(self) -> None:
        """Drop what killed processes left half made."""
        for blobs in (self.uploads, self.pictures):
            await blobs.sweep()
        for cache in (self.transcodes, self.covers):
            await asyncio.to_thread(cache.sweep)


def open_stores(settings: Settings) -> Stores:
    """Return the stores below the data folder."""
    data, streaming = settings.data.path, settings.streaming
    return Stores(
        LocalBlobStore(data / "uploads"),
        # Pictures are copies of what the music holds; waiting for the disk with each would double a scan's time.
        LocalBlobStore(data / "pictures", sync=False),
        LocalFileCache(data / "cache" / "transcodes", streaming.cache_bytes),
        LocalFileCache(data / "cache" / "covers", streaming.image_cache_bytes),
    )


def covers_of(stores: Stores) -> Covers:
    """Return what keeps and shows covers."""
    return Covers(stores.pictures, stores.covers, PillowImages(), MemoryLock())


def rule_book() -> RuleBook:
    """Return what rules of smart playlists may ask about, whichever slice knows it."""
    return RuleBook((*CATALOGUE_FIELDS, *MARKS_FIELDS, *HISTORY_FIELDS))


def words_of(engine: Engine) -> WordIndex:
    """Return the index of words that a database keeps."""
    return Fts5Index() if engine.dialect.name == "sqlite" else TsvectorIndex()


def _notice(reactions: Reactions, noticing: Noticing) -> None:
    reactions.on(TrackListened, noticing.listened, "search.listened")
    reactions.on(SheetPut, noticing.sheet_put, "search.sheet_put")
    reactions.on(SheetsRemoved, noticing.sheets_removed, "search.sheets_removed")


@asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[tuple[Database, SqlJobs]]:
    """Open the database, brought up to date, with its jobs and events wired."""
    try:
        engine = engine_for(settings.database_url)
    except ValueError as error:
        raise BadSettings(str(error)) from error
    upgraded = await migrate(engine)
    async with Database(engine, measure=database_seconds.observe) as database:
        if upgraded:
            log.info("the database was brought up to date")
            # Planners know nothing yet of the indexes that came with it, and choose them where they should not.
            await engine.analyze()
        jobs = SqlJobs(database)
        reactions = Reactions()
        _notice(reactions, Noticing(words_of(engine)))
        reactions.on(TrackUploaded, partial(_measure_upload, jobs), "wiring.measure_upload")
        outbox = EventOutbox(reactions, jobs)
        outbox.serve(database)
        database.outbox = outbox
        yield database, jobs


async def _measure_upload(jobs: SqlJobs, work: Work, _event: TrackUploaded) -> None:
    await jobs.enqueue(work, MEASURE_JOB, unique="measure")


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Build the house on its data folder, and take it down again."""
    _own(settings.data.path)
    async with AsyncExitStack() as stack:
        database, jobs = await stack.enter_async_context(open_database(settings))
        stores = open_stores(settings)
        covers = covers_of(stores)
        reader = SandboxedTagReader(processes=2)
        stack.callback(reader.close)
        streaming = settings.streaming
        transcodes = Transcodes(
            AvTranscoder(), stores.transcodes, at_once=streaming.transcodes, wait_s=streaming.transcode_wait_s
        )
        stack.push_async_callback(transcodes.close)
        measurer = ProcessMeasurer()
        stack.push_async_callback(measurer.close)
        delivery = Delivery(stores.uploads, transcodes)
        signer = Signer(house_secret(settings.security.secret, settings.data.path))
        uploads = Uploads(stores.uploads, reader, AvProbe(), covers, MemoryLock(), settings.uploads)
        parts = LocalPartStore(settings.data.path / "uploads" / "parts")
        yield House(
            settings=settings,
            database=database,
            signer=signer,
            cache=MemoryCache(),
            limits=MemoryRateLimit(),
            jobs=jobs,
            blobs=stores.uploads,
            covers=covers,
            uploads=uploads,
            delivery=delivery,
            packets=Packets(delivery, measurer),
            remote=Remote(database, signer),
            resumable=ResumableUploads(database, parts, uploads),
            rule_book=rule_book(),
            search=Search(words_of(database.engine)),
            app_passwords=AppPasswords(AesVault(signer.derive("key", "app passwords"))),
        )


def _own(data: Path) -> None:
    """Make the data folder; what is in it is nobody else's business."""
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(13, "it cannot be written")
    except OSError as error:
        raise BadSettings(f"data.path: {data}: {error.strerror}") from error
