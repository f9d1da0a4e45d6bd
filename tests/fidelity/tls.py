"""A certificate authority of a test, and a certificate of it for this machine."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Certificates:
    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path) -> Certificates:
    """Files with an authority, a certificate that it issued for 127.0.0.1, and its key."""
    folder.mkdir(parents=True, exist_ok=True)
    ours, theirs = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "authority of a test")])
    authority = _certificate(subject, subject, ours.public_key(), x509.BasicConstraints(ca=True, path_length=0), ours)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = _certificate(name, subject, theirs.public_key(), names, ours)
    files = Certificates(*(folder / f"{name}.pem" for name in ("authority", "certificate", "key")))
    files.authority.write_bytes(authority)
    files.certificate.write_bytes(certificate)
    plain = serialization.NoEncryption()
    files.key.write_bytes(theirs.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return files


def _certificate(subject, issuer, public_key, extension, signer) -> bytes:
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    )
    return built.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
