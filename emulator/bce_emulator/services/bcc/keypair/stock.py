"""RSA keys, made beside the event loop: to make one takes 50 to 300 ms, in which others would wait."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

KEY_BITS = 2048


class KeyStock:
    """Keys that nobody has had yet. They are chance, and part of no account."""

    def __init__(self) -> None:
        self._ready: deque[tuple[str, str]] = deque()

    def prepare(self) -> Callable[[], None] | None:
        """The work that makes a key, where none is ready."""
        return None if self._ready else self._make

    def take(self) -> tuple[str, str]:
        """A private key in PEM and its public key in the form of OpenSSH, new in every run."""
        if not self._ready:
            self._make()
        return self._ready.popleft()

    def _make(self) -> None:
        self._ready.append(make_key())


def make_key() -> tuple[str, str]:
    """A new key; OpenSSL lets other threads run meanwhile."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return private.decode(), public.decode()


STOCK = KeyStock()
"""What every account of the process gets its keys from."""
