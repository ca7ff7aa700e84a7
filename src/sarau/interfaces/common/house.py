"""The house as protocols see it: everything they call, built by wiring."""

from dataclasses import dataclass

from sarau.accounts.app_passwords.proofs import AppPasswords
from sarau.catalog.artwork.covers import Covers
from sarau.catalog.ingest.uploads import Uploads
from sarau.foundation.cache import Cache, RateLimit
from sarau.foundation.database.database import Database
from sarau.foundation.jobs import Jobs
from sarau.foundation.security.tokens import Signer
from sarau.foundation.settings.load import Settings
from sarau.foundation.storage import BlobStore
from sarau.playback.remote.remote import Remote
from sarau.playlists.queries.rules import RuleBook
from sarau.search.finding import Search
from sarau.streaming.delivery import Delivery
from sarau.streaming.pieces.opening import Packets
from sarau.sync.uploading import ResumableUploads

SCAN_JOB = "catalog.ingest.scan"
MEASURE_JOB = "catalog.ingest.measure"


@dataclass(frozen=True, slots=True)
class House:
    """What a protocol works with; no protocol builds any of it."""

    settings: Settings
    database: Database
    signer: Signer
    cache: Cache
    limits: RateLimit
    jobs: Jobs
    blobs: BlobStore
    covers: Covers
    uploads: Uploads
    delivery: Delivery
    packets: Packets
    remote: Remote
    resumable: ResumableUploads
    rule_book: RuleBook
    search: Search
    app_passwords: AppPasswords
