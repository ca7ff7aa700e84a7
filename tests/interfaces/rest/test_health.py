"""What monitoring asks: alive, ready, and how much of everything."""

import shutil
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.support.houses import House, MakeHouse, fresh_name, items, problem, run_sql
from tests.support.music import tune
from tests.support.server import until


def _samples(house: House) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = house.at_root().get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def _count(house: House, method: str, route: str, status: int) -> float:
    labels = (("method", method), ("route", route), ("status", str(status)))
    return _samples(house).get(("sarau_http_requests_total", labels), 0)


def test_alive_and_ready(house: House) -> None:
    client = house.at_root()
    alive, ready = client.get("/health"), client.get("/health/ready")
    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert ready.status_code == 200
    assert ready.json() == {"status": "ok", "checks": {"database": "ok", "storage": "ok"}}
    assert alive.headers["cache-control"] == ready.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_not_ready_without_a_store(new_house: MakeHouse) -> None:
    house = new_house()
    uploads = house.server.data / "uploads"
    shutil.rmtree(uploads)
    uploads.symlink_to("nowhere")
    answer = house.at_root().get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"database": "ok", "storage": "unavailable"}}
    assert house.at_root().get("/health").status_code == 200


@pytest.mark.parametrize("dialect", ["postgresql"])
def test_not_ready_without_a_database(new_house: MakeHouse, postgres_server: str) -> None:
    house = new_house()
    client, name = house.at_root(), house.database_url.rpartition("/")[2]
    run_sql(postgres_server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    run_sql(postgres_server, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["checks"]["database"] != "ok"
    assert client.get("/health").status_code == 200
    assert client.get("/metrics").status_code == 200
    refused = house.owner.client.get("/me")
    assert refused.status_code == 503
    assert refused.headers["content-type"] == "application/problem+json"
    assert name not in refused.text
    run_sql(postgres_server, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert client.get("/health/ready").status_code == 200
    assert house.owner.client.get("/me").status_code == 200


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/api/v1/albums/0", "/api/v1/albums/{album_id}", 401),
        ("/api/v1/house", "/api/v1/house", 200),
        ("/api/v1/auth/invites/x", "/api/v1/auth/invites/{code}", 404),
        ("/health", "/health", 200),
        ("/health/ready", "/health/ready", 200),
        ("/some/page/of/ours", "/{path:path}", 200),
        ("/assets/nope.js", "/{path:path}", 404),
        ("/api/v1/nope/4711", "other", 404),
    ],
)
def test_requests_are_counted_by_route(house: House, path: str, route: str, status: int) -> None:
    before = _count(house, "GET", route, status)
    client = house.at_root()
    for _ in range(3):
        assert client.get(path).status_code == status
    assert _count(house, "GET", route, status) == before + 3


def test_no_path_and_no_made_up_method_becomes_a_series(house: House) -> None:
    client = house.at_root()
    for number in range(20):
        client.get(f"/api/v1/made-up-{number}")
        client.get(f"/made-up-{number}")
        client.request(f"MADEUP{number}", "/health")
    text = client.get("/metrics").text
    assert "made-up" not in text
    assert "MADEUP" not in text
    assert 'method="OTHER"' in text


def test_latency_is_measured(house: House) -> None:
    house.at_root().get("/health")
    samples = _samples(house)
    bucket = {dict(labels)["le"]: v for (n, labels), v in samples.items() if n == "sarau_http_request_seconds_bucket"}
    assert bucket["+Inf"] >= 1
    assert samples["sarau_http_request_seconds_count", (("route", "/health"),)] >= 1


def test_sound_scans_plays_uploads_and_memory_are_measured(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    before = {
        name: house.metric(f"sarau_{name}_total")
        for name in ("stream_bytes", "transcodes", "plays", "uploads", "scanned_files")
    }
    sound = tune(tmp_path / "Music" / "one.flac", seconds=1)
    library = house.library(tmp_path / "Music", person)
    (track,) = items(person.client.get("/tracks", params={"library_id": library}))
    assert person.client.get(f"/tracks/{track['id']}/stream").status_code == 200
    assert person.client.get(f"/tracks/{track['id']}/stream?format=mp3").status_code == 200
    play = person.client.post("/plays", json={"track_id": track["id"], "client": "test"}).json()
    person.client.patch(f"/plays/{play['id']}", json={"listened_ms": 1000, "ended": True})
    mine = tune(tmp_path / "mine.flac")
    with mine.open("rb") as file:
        assert person.client.post("/uploads", files={"file": (f"{fresh_name('mine')}.flac", file)}).status_code == 201

    def more(name: str) -> float:
        return house.metric(f"sarau_{name}_total") - before[name]

    until(lambda: more("transcodes") == 1, "the transcode to be counted")
    assert more("stream_bytes") > sound.stat().st_size
    assert more("plays") == 2
    assert more("uploads") == 1
    until(lambda: more("scanned_files") >= 2, "the scan to be counted")
    assert house.metric("sarau_streams_open") == 0
    assert house.metric("sarau_transcodes_running") == 0
    assert house.metric("sarau_scans_running") == 0
    assert house.metric("sarau_database_bytes") > 100_000
    assert house.metric("sarau_database_work_seconds_count") > 0
    assert 20e6 < house.metric("process_resident_memory_bytes") < 2e9


def test_open_streams_are_counted_until_their_listeners_go(house: House, tmp_path: Path) -> None:
    person = house.newcomer()
    tune(tmp_path / "long.wav", seconds=120)
    library = house.library(tmp_path, person)
    (track,) = items(person.client.get("/tracks", params={"library_id": library}))
    with person.client.stream("GET", f"/tracks/{track['id']}/stream", headers={"range": "bytes=1-"}) as answer:
        pieces = answer.iter_raw(1000)
        next(pieces)
        assert house.metric("sarau_streams_open") == 1
    until(lambda: house.metric("sarau_streams_open") == 0, "the stream to be let go")


def test_metrics_are_for_this_machine_and_for_administrators(house: House) -> None:
    forwarded = {"x-forwarded-for": "192.0.2.7"}
    stranger = house.at_root(headers=forwarded)
    problem(stranger.get("/metrics"), 403, "forbidden")
    for role, status in (("member", 403), ("admin", 200), ("owner", 200)):
        token = house.some(role).client.headers["authorization"]
        assert stranger.get("/metrics", headers={"authorization": token}).status_code == status, role


@pytest.mark.parametrize("dialect", ["sqlite"])
def test_or_for_who_has_their_token(new_house: MakeHouse) -> None:
    house = new_house(SARAU_SERVER_METRICS_TOKEN="a-token-for-prometheus")
    client = house.at_root()
    for given, status in (
        ("", 403),
        ("Bearer wrong", 401),
        ("Bearer é", 401),
        ("Basic YTpi", 403),
        ("Bearer a-token-for-prometheus", 200),
    ):
        headers = {"authorization": given.encode()} if given else {}
        assert client.get("/metrics", headers=headers).status_code == status, given
    assert "a-token-for-prometheus" not in house.server.said()
