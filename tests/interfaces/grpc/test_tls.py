"""gRPC with a certificate, made by `sarau certs`, and ports that cannot be had."""

import stat
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc
from tests.interfaces.cli.running import CommandLine
from tests.support.grpc import refused
from tests.support.server import free_port, running_server

from sarau.foundation.settings.load import BadSettings, Settings
from sarau.foundation.settings.sections import Grpc
from sarau.wiring.certificates import make_certificates, tls_of


@pytest.fixture(scope="module")
def short_lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for ten days."""
    folder = tmp_path_factory.mktemp("certificates")
    make_certificates(folder, ["localhost"], 10)
    return folder


def _is_well(line: grpc.Channel) -> bool:
    answer = health_pb2_grpc.HealthStub(line).Check(health_pb2.HealthCheckRequest(), timeout=20)
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def test_a_certificate_for_trying_out(tmp_path: Path) -> None:
    sarau = CommandLine(tmp_path)
    said = sarau("certs", "--host", "localhost", "--host", "127.0.0.1").well()
    folder = sarau.data / "certificates"
    assert str(folder / "server.pem") in said
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(sarau.data.stat().st_mode) == 0o700
    port = free_port()
    settings = {
        "SARAU_GRPC_PORT": str(port),
        "SARAU_GRPC_TLS_CERTIFICATE": str(folder / "server.pem"),
        "SARAU_GRPC_TLS_KEY": str(folder / "server.key"),
    }
    assert f"127.0.0.1:{port}, free" in sarau("doctor", **settings).well()
    trusted = grpc.ssl_channel_credentials((folder / "authority.pem").read_bytes())
    with running_server(sarau.data, **settings):
        for host in ("localhost", "127.0.0.1"):
            with grpc.secure_channel(f"{host}:{port}", trusted) as line:
                assert _is_well(line)
        others = grpc.ssl_channel_credentials()  # nobody else trusts it
        with grpc.secure_channel(f"127.0.0.1:{port}", others) as line, refused(grpc.StatusCode.UNAVAILABLE):
            _is_well(line)
        with grpc.insecure_channel(f"127.0.0.1:{port}") as line, refused(grpc.StatusCode.UNAVAILABLE):
            _is_well(line)
        assert f"127.0.0.1:{port}, a server answers" in sarau("doctor", **settings).well()
        # Another server has the port, without or with another certificate.
        assert "SARAU_GRPC_PORT" in sarau("doctor", SARAU_GRPC_PORT=str(port)).out
        refusal = sarau("serve", "--port", str(free_port()), SARAU_GRPC_PORT=str(port)).refused()
        assert f"cannot listen on 127.0.0.1:{port}" in refusal


@pytest.mark.parametrize(
    ("certificate", "key", "why"),
    [
        ("server.pem", "", "needed together"),
        ("", "server.key", "needed together"),
        ("server.pem", "nowhere.key", "No such file"),
        ("authority.pem", "server.key", "not that of the certificate"),
        ("server.key", "server.key", "server.key"),
        ("server.pem", "server.pem", "server.pem"),
    ],
)
def test_what_is_wrong_with_a_certificate(short_lived: Path, certificate: str, key: str, why: str) -> None:
    with pytest.raises(BadSettings, match=why):
        tls_of(_settings(short_lived, certificate, key))


def _settings(folder: Path, certificate: str, key: str) -> Settings:
    names = {"tls_certificate": certificate, "tls_key": key}
    return Settings(grpc=Grpc(**{name: folder / file for name, file in names.items() if file}))


def test_the_doctor_and_the_server_tell_what_is_wrong(tmp_path: Path, short_lived: Path) -> None:
    sarau = CommandLine(tmp_path)
    settings = {"SARAU_GRPC_TLS_CERTIFICATE": str(short_lived / "server.pem"), "SARAU_GRPC_PORT": str(free_port())}
    said = sarau("doctor", **settings)
    assert said.code == 1
    assert "needed together" in said.out
    assert "sarau certs" in said.out
    assert "needed together" in sarau("serve", "--port", str(free_port()), **settings).refused()
    said = sarau("doctor", **settings, SARAU_GRPC_TLS_KEY=str(short_lived / "server.key"))
    assert said.code == 1
    assert "Renew it" in said.out, "it ends soon"


def test_where_it_is_not_wanted_nobody_listens(tmp_path: Path) -> None:
    port = free_port()
    with running_server(tmp_path / "data", SARAU_GRPC_ENABLED="false", SARAU_GRPC_PORT=str(port)) as server:
        with grpc.insecure_channel(f"127.0.0.1:{port}") as line, refused(grpc.StatusCode.UNAVAILABLE):
            _is_well(line)
        with server.client() as client:
            assert client.get("/house").status_code == 200
    assert "not wanted" in CommandLine(tmp_path)("doctor", SARAU_GRPC_ENABLED="false").out


def test_names_and_addresses_that_are_none_are_refused(tmp_path: Path) -> None:
    assert "certificates" in CommandLine(tmp_path)("certs", "--host", "é").refused()
    (tmp_path / "file").touch()
    assert "file" in CommandLine(tmp_path)("certs", "--folder", str(tmp_path / "file" / "below")).refused()
