"""adminPass: AES-128 in ECB mode under the first 16 characters of the secret key, in hex.

https://cloud.baidu.com/doc/BCC/s/rjwvyob9o. The clients of the second generation send it as the caller gave it, so
a password in plain text reaches the server easily; it is refused.
"""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest

BLOCK = 16
SHORTEST, MAX_LENGTH = 8, 32
SYMBOLS = frozenset("()`~!@#$%^&*-_+=\\|{}[]:;'<>,.?/")


def check_password(text: str, secret_key: str) -> None:
    """Refuse what is no encrypted password, and a password that breaks the rule. It is kept nowhere."""
    check_rule(decrypt(text, secret_key))


def check_rule(password: str) -> None:
    """Refuse a password, as its user types it, that breaks the rule."""
    groups = [
        any("A" <= char <= "Z" for char in password),
        any("a" <= char <= "z" for char in password),
        any("0" <= char <= "9" for char in password),
        any(char in SYMBOLS for char in password),
    ]
    allowed = all((char.isascii() and char.isalnum()) or char in SYMBOLS for char in password)
    if not SHORTEST <= len(password) <= MAX_LENGTH or sum(groups) < 3 or not allowed:
        raise BadRequest("the password breaks the rule: 8 to 32 characters of at least three kinds")


def decrypt(text: str, secret_key: str) -> str:
    """The password behind the hex text, or the refusal of a text that was not encrypted under this key."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    try:
        encrypted = bytes.fromhex(text) if len(text) % 2 == 0 and not any(c.isspace() for c in text) else b""
    except ValueError:
        encrypted = b""
    if not encrypted or len(encrypted) % BLOCK or len(encrypted) > 4 * BLOCK:
        raise BadRequest("adminPass is not encrypted: it must be AES-128-ECB in hex")
    if len(secret_key.encode()) < BLOCK:
        raise BadRequest("a secret key of less than 16 characters encrypts no adminPass")
    decryptor = Cipher(algorithms.AES128(secret_key.encode()[:BLOCK]), modes.ECB()).decryptor()  # noqa: S305
    padded = decryptor.update(encrypted) + decryptor.finalize()
    padding = padded[-1]
    if not 1 <= padding <= BLOCK or padded[-padding:] != bytes([padding]) * padding:
        raise BadRequest("adminPass was not encrypted with the first 16 characters of this secret key")
    try:
        return padded[:-padding].decode()
    except UnicodeDecodeError:
        raise BadRequest("adminPass was not encrypted with the first 16 characters of this secret key") from None


def encrypt(password: str, secret_key: str) -> str:
    """A password as a client of this key sends it."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data = password.encode()
    padding = BLOCK - len(data) % BLOCK
    encryptor = Cipher(algorithms.AES128(secret_key.encode()[:BLOCK]), modes.ECB()).encryptor()  # noqa: S305
    return (encryptor.update(data + bytes([padding]) * padding) + encryptor.finalize()).hex()
