"""TLS: what the server shows, and whom its own clients trust."""

from __future__ import annotations

import ssl

from bce_emulator.settings import SettingError, Settings

PASSWORD = b"-"
"""No key has it: OpenSSL would ask the terminal for the password of an encrypted one."""


def server_context(settings: Settings) -> ssl.SSLContext:
    """What the server serves HTTPS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(settings.tls_cert, settings.tls_key, lambda: PASSWORD)
    except (OSError, ValueError) as error:
        raise SettingError(
            f"{settings.source('tls_cert')} {settings.tls_cert} and {settings.source('tls_key')} {settings.tls_key}: "
            f"{_why(error)}"
        ) from None
    return context


def _why(error: Exception) -> str:
    if not isinstance(error, ssl.SSLError):
        return getattr(error, "strerror", None) or str(error)
    if error.reason == "KEY_VALUES_MISMATCH":
        return "the key does not belong to the certificate"
    return "a certificate chain and its private key, unencrypted and both in PEM, are wanted"


def client_context(ca_cert: str = "", own_cert: str = "") -> ssl.SSLContext:
    """Whom a client of the emulator trusts: the system's authorities and a further one.

    Who knows which certificate the emulator shows trusts just that one, whatever names are in it.
    """
    try:
        if not own_cert:
            context = ssl.create_default_context()
            if ca_cert:
                context.load_verify_locations(ca_cert)
            return context
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
        context.load_verify_locations(own_cert)
    except (OSError, ValueError) as error:
        why = "no certificate in PEM" if isinstance(error, ssl.SSLError) else getattr(error, "strerror", error)
        raise SettingError(f"cannot read the certificate {own_cert or ca_cert}: {why}") from None
    return context
