"""The adapters of the Jobs port, with pauses short enough for tests."""

from collections.abc import Callable

from sarau.adapters.sqljobs.jobs import SqlJobs
from sarau.foundation.database.database import Database
from sarau.foundation.jobs import Jobs

FIRST_PAUSE_S = 0.05
LEASE_S = 0.6


def _sql(database: Database) -> Jobs:
    return SqlJobs(database, lease_s=LEASE_S, first_pause_s=FIRST_PAUSE_S, look_every_s=0.02)


RUNNERS: dict[str, Callable[[Database], Jobs]] = {"sql": _sql}
