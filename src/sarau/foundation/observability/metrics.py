"""What can be measured from outside, in Prometheus' terms."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

disable_created_metrics()  # type: ignore[no-untyped-call]
registry = CollectorRegistry()
ProcessCollector(registry=registry)

_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests = Counter("sarau_http_requests", "HTTP requests answered.", ["method", "route", "status"], registry=registry)
latency = Histogram(
    "sarau_http_request_seconds", "Time until the reply began.", ["route"], buckets=_FAST, registry=registry
)
streams_open = Gauge(
    "sarau_streams_open",
    "Files, parts of files and transcodes being sent now.",
    registry=registry,
)
bytes_sent = Counter("sarau_stream_bytes", "Bytes of sound sent.", ["kind"], registry=registry)
transcodes_running = Gauge("sarau_transcodes_running", "Transcodes running now.", registry=registry)
transcodes = Counter("sarau_transcodes", "Transcodes by how they ended.", ["target", "outcome"], registry=registry)
devices_connected = Gauge("sarau_devices_connected", "Players and remote controls connected.", registry=registry)
plays = Counter("sarau_plays", "Plays reported.", ["state"], registry=registry)
scans_running = Gauge("sarau_scans_running", "Libraries being scanned now.", registry=registry)
scanned_files = Counter("sarau_scanned_files", "Files seen by scans that ended.", ["outcome"], registry=registry)
database_bytes = Gauge("sarau_database_bytes", "Size of the database on disk.", registry=registry)
database_seconds = Histogram(
    "sarau_database_work_seconds", "Time a unit of work was open.", buckets=_FAST, registry=registry
)
jobs = Counter("sarau_jobs", "Background jobs by how they ended.", ["name", "outcome"], registry=registry)
uploads = Counter("sarau_uploads", "Uploads by how they ended.", ["outcome"], registry=registry)


def exposition() -> bytes:
    """Return all metrics in Prometheus' text format."""
    return generate_latest(registry)
