"""RSA keys, some made ahead beside the event loop: to make one takes 50 to 300 ms, in which others would wait."""

from __future__ import annotations

from collections import deque
from threading import Lock, Thread

KEY_BITS = 2048
READY = 4
"""How many keys are made ahead once one was asked for."""


class KeyStock:
    """Keys that nobody has had yet; a thread makes up for those that were taken, and ends."""

    def __init__(self) -> None:
        self._ready: deque[tuple[str, str]] = deque()
        self._filling = Lock()
        self.thread: Thread | None = None

    def take(self) -> tuple[str, str]:
        """A private key in PEM and its public key in the form of OpenSSH, new in every run."""
        try:
            key = self._ready.popleft()
        except IndexError:
            key = make_key()
        if not self._filling.locked():
            self.thread = Thread(target=self._fill, name="keypairs", daemon=True)
            self.thread.start()
        return key

    def _fill(self) -> None:
        with self._filling:
            while len(self._ready) < READY:
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
"""What every account of the process gets its keys from: they are chance, and part of no account."""
