"""Making certificates for trying out, and reading those that are in use."""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_SKEW = timedelta(hours=1)  # clocks of phones are not always right


class MadeCertificate(NamedTuple):
    """A certificate with its key, and the authority that clients are to trust; all in PEM."""

    authority: bytes
    certificate: bytes
    key: bytes


class CertificateFacts(NamedTuple):
    """Whom a certificate is for, and how long it is good."""

    names: list[str]
    begins_at: datetime
    ends_at: datetime


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _signed(
    builder: x509.CertificateBuilder, key: ec.EllipticCurvePublicKey, by: ec.EllipticCurvePrivateKey, days: int
) -> x509.Certificate:
    now = datetime.now(UTC)
    return (
        builder.public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .sign(by, hashes.SHA256())
    )


def make_certificate(hosts: Sequence[str], days: int) -> MadeCertificate:
    """Return a certificate for host names and addresses, by an authority made for it alone; raises ValueError.

    The authority's own key is kept nowhere: who trusts it trusts this one certificate.
    """
    above, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer, usage = _name("Sarau development authority"), x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    authority = _signed(
        x509.CertificateBuilder()
        .subject_name(issuer)
        .issuer_name(issuer)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True),
        above.public_key(),
        above,
        days,
    )
    certificate = _signed(
        x509.CertificateBuilder()
        .subject_name(_name(hosts[0]))
        .issuer_name(issuer)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_alternative(host) for host in hosts]), critical=False)
        .add_extension(usage, critical=False),
        own.public_key(),
        above,
        days,
    )
    pem, key = (
        authority.public_bytes(Encoding.PEM),
        own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )
    return MadeCertificate(pem, certificate.public_bytes(Encoding.PEM) + pem, key)


def facts_of(certificate: bytes, key: bytes) -> CertificateFacts:
    """Return what a certificate says, the first of its file, and see that the key is its own; raises ValueError."""
    first = x509.load_pem_x509_certificates(certificate)[0]
    try:
        private = load_pem_private_key(key, None)
    except (TypeError, UnsupportedAlgorithm) as error:
        raise ValueError(f"the key cannot be used: {error}") from error
    plain = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    if first.public_key().public_bytes(*plain) != private.public_key().public_bytes(*plain):
        raise ValueError("the key is not that of the certificate")
    return CertificateFacts(names_of(certificate), first.not_valid_before_utc, first.not_valid_after_utc)


def names_of(certificate: bytes) -> list[str]:
    """Return whom a certificate is for, the first of its file: names, then addresses; raises ValueError."""
    first = x509.load_pem_x509_certificates(certificate)[0]
    try:
        found = first.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    return [*found.get_values_for_type(x509.DNSName), *map(str, found.get_values_for_type(x509.IPAddress))]
