"""What is measured can be read by Prometheus."""

from prometheus_client.parser import text_string_to_metric_families

from sarau.foundation.observability import metrics


def samples() -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(metrics.exposition().decode())
        for sample in family.samples
    }


def test_what_is_counted_is_shown() -> None:
    labels = (("method", "GET"), ("route", '/strange "{route}"\n\\'), ("status", "200"))
    before = samples().get(("sarau_http_requests_total", labels), 0)
    metrics.requests.labels(**dict(labels)).inc(3)

    assert samples()[("sarau_http_requests_total", labels)] == before + 3


def test_everything_asked_for_is_measured() -> None:
    metrics.latency.labels("/x").observe(0.004)
    names = {name for name, _ in samples()}

    assert {
        "sarau_http_request_seconds_bucket",
        "sarau_streams_open",
        "sarau_transcodes_running",
        "sarau_scans_running",
        "sarau_database_bytes",
        "sarau_database_work_seconds_count",
        "process_resident_memory_bytes",
    } <= names


def test_every_metric_says_what_it_is() -> None:
    families = list(text_string_to_metric_families(metrics.exposition().decode()))

    assert all(family.documentation for family in families)
    assert all(family.name.startswith(("sarau_", "process_")) for family in families)
