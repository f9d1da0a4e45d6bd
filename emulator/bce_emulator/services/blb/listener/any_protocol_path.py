"""Paths whose last part names the protocol of a listener, as one client writes them."""

from __future__ import annotations

from bce_emulator.engine.errors import UnknownPath
from bce_emulator.services.blb.errors import CertificateNotFound, RedirectPortNotFound
from bce_emulator.services.blb.listener.resource import PROTOCOLS

TLS_ERRORS = [CertificateNotFound, RedirectPortNotFound]
"""What a call for any protocol can end in, as it may be for one with certificates or one that redirects."""


def protocol_of(segment: str) -> str:
    """The protocol that the last part of a path names, such as ``tcplistener``."""
    protocol = segment.lower().removesuffix("listener").upper()
    if protocol not in PROTOCOLS:
        raise UnknownPath("no such operation; listeners are of the protocols " + ", ".join(PROTOCOLS))
    return protocol
