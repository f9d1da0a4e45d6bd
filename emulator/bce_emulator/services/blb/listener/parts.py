"""What listeners of both families show alike."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.listener.resource import Listener


class AttributesView(TypedDict):
    """Whether answers of the type JSON are compressed."""

    gzipJson: str


class TlsView(TypedDict):
    """The certificates of a listener, and how it encrypts."""

    certIds: list[str]
    encryptionType: str
    encryptionProtocols: list[str]
    appliedCiphers: str
    dualAuth: bool
    clientCertIds: list[str]


class CertHostView(TypedDict):
    """A certificate for one domain, in the spelling of the list of HTTPS listeners."""

    certId: str
    Host: str


class CertDomainView(TypedDict):
    """The same, in the spelling of the list of all listeners."""

    certId: str
    host: str


def show_tls(listener: Listener) -> TlsView:
    """The certificates of a listener, and how it encrypts."""
    return {
        "certIds": list(listener.encryption.cert_ids),
        "encryptionType": listener.encryption.type,
        "encryptionProtocols": list(listener.encryption.protocols),
        "appliedCiphers": listener.encryption.ciphers,
        "dualAuth": listener.encryption.dual_auth,
        "clientCertIds": list(listener.encryption.client_cert_ids),
    }


def show_domains(listener: Listener, host: str) -> list[Any]:
    """The certificates of domains; ``host`` is how the member is spelled."""
    return [{"certId": each.cert_id, host: each.host} for each in listener.encryption.domains]
