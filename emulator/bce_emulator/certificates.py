"""A local authority and the one certificate that it signs: its key is never written, so it can sign nothing else."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bce_emulator.engine.account.clock import process_time

DAYS = 825
"""The longest life that every client accepts of a certificate that a local authority signed."""
DAYS_LEFT = 30
"""A certificate that lasts no longer is not kept."""
SKEW = timedelta(days=1)
"""A client's clock may be so far behind."""


class Files(NamedTuple):
    """Where an authority, the certificate that the server shows, and its key are."""

    authority: Path
    certificate: Path
    key: Path


def files(folder: Path) -> Files:
    """The files in a folder."""
    return Files(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")


def why_unfit(found: Files, names: tuple[str, ...], now: datetime) -> str:
    """Why files that are there cannot stay; empty if they can."""
    try:
        certificate = x509.load_pem_x509_certificate(found.certificate.read_bytes())
        authority = x509.load_pem_x509_certificate(found.authority.read_bytes())
        key = load_pem_private_key(found.key.read_bytes(), None)
        certificate.verify_directly_issued_by(authority)
        covered = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except Exception as error:  # noqa: BLE001 (whatever it is: these are no files of this command)
        return f"they are no certificate of this command ({type(error).__name__})"
    if key.public_key() != certificate.public_key():
        return "the key does not belong to the certificate"
    if certificate.not_valid_after_utc - now < timedelta(days=DAYS_LEFT):
        return f"the certificate ends at {certificate.not_valid_after_utc:%Y-%m-%d}"
    missing = [name for name in names if _general(name) not in covered]
    return f"the certificate does not name {', '.join(missing)}" if missing else ""


def make(found: Files, names: tuple[str, ...], now: datetime) -> None:
    """Write an authority, a certificate for these names and its key."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _authority(authority_key, now)
    certificate = _certificate(authority, authority_key, key.public_key(), names, now)
    found.key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(found.key, private, 0o600)
    _write(found.certificate, certificate.public_bytes(Encoding.PEM), 0o644)
    _write(found.authority, authority.public_bytes(Encoding.PEM), 0o644)


def _authority(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "bce-emulator"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"bce-emulator local authority {now:%Y-%m-%d %H:%M:%S}"),
        ]
    )
    return (
        _begun(name, name, key.public_key(), now)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256())
    )


def _certificate(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePublicKey,
    names: tuple[str, ...],
    now: datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "bce-emulator")])
    issuer = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return (
        _begun(subject, authority.subject, key, now)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .sign(authority_key, SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now - SKEW + timedelta(days=DAYS))
    )


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=key_cert_sign, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _general(name: str) -> x509.GeneralName:
    with suppress(ValueError):
        return x509.IPAddress(ip_address(name))
    return x509.DNSName(name)


def _write(path: Path, content: bytes, mode: int) -> None:
    """A new file in the place of what is there, so that nobody who had that open reads this."""
    with suppress(FileNotFoundError):
        path.unlink()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def present() -> datetime:
    """The time of this machine, which clients judge certificates by."""
    return datetime.fromtimestamp(process_time(), UTC)
