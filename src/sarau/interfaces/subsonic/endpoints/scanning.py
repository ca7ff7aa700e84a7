"""Reading folders again, and how it goes."""

from sarau.catalog.ingest.queries import last_scan
from sarau.catalog.ingest.schemas import ScanState
from sarau.catalog.library.queries.libraries import library_roots
from sarau.foundation.security.permissions import Permission
from sarau.interfaces.common.house import SCAN_JOB
from sarau.interfaces.subsonic.call import Answer, Call, Endpoint
from sarau.interfaces.subsonic.structures.house import ScanStatus


async def _status(call: Call) -> ScanStatus:
    async with call.reading() as reader:
        scans = [await last_scan(reader, root.id) for root in await library_roots(reader)]
    scanning = any(scan is not None and scan.state is ScanState.RUNNING for scan in scans)
    return ScanStatus(scanning, sum(scan.counts.seen for scan in scans if scan is not None))


async def scan_status(call: Call) -> Answer:
    """Whether folders are being read, and how many files were."""
    return "scanStatus", await _status(call)


async def start_scan(call: Call) -> Answer:
    """Have all folders read again, for who manages libraries."""
    call.actor.require(Permission.LIBRARY_MANAGE)
    async with call.working() as work:
        for root in await library_roots(work):
            unique = f"scan {root.id}"
            await call.home.jobs.enqueue(work, SCAN_JOB, unique=unique, library_id=root.id, folders=[])
    return "scanStatus", await _status(call)


ENDPOINTS: dict[str, Endpoint] = {"getScanStatus": scan_status, "startScan": start_scan}
