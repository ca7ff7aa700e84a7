"""The certificate of gRPC: read from where the settings say, or made for trying out."""

import os
from collections.abc import Sequence
from pathlib import Path

from sarau.foundation.settings.load import BadSettings, Settings


def tls_of(settings: Settings) -> tuple[bytes, bytes] | None:
    """Return the private key and the certificate in PEM, None for gRPC without TLS; raises BadSettings."""
    grpc = settings.grpc
    if grpc.tls_certificate is None and grpc.tls_key is None:
        return None
    if grpc.tls_certificate is None or grpc.tls_key is None:
        raise BadSettings("grpc: tls_certificate and tls_key are needed together")
    from sarau.adapters.cryptography.certificates import facts_of

    certificate, key = _read("tls_certificate", grpc.tls_certificate), _read("tls_key", grpc.tls_key)
    try:
        facts_of(certificate, key)
    except ValueError as error:
        raise BadSettings(f"grpc: {grpc.tls_certificate} and {grpc.tls_key}: {error}") from error
    return key, certificate


def _read(setting: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadSettings(f"grpc.{setting}: {path}: {error.strerror}") from error


def make_certificates(folder: Path, hosts: Sequence[str], days: int) -> list[Path]:
    """Write an authority, a certificate and its key into a folder and return where; raises OSError, ValueError."""
    from sarau.adapters.cryptography.certificates import make_certificate

    made = make_certificate(hosts, days)
    for place in (folder.parent, folder):  # the data folder may not be there yet, and is nobody else's business
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    paths = [folder / name for name in ("authority.pem", "server.pem", "server.key")]
    for path, content in zip(paths, made, strict=True):
        draft = path.with_name(f".{path.name}.new")
        draft.unlink(missing_ok=True)
        # Nobody else may read the key, not even for a moment.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        draft.replace(path)
    return paths
