"""Public keys in the form of OpenSSH: type, base64, comment. RFC 4253, section 6.6, and RFC 5656, section 3.1."""

from __future__ import annotations

import binascii
from base64 import b64decode
from hashlib import md5

from bce_emulator.services.bcc.keypair.errors import PublicKeyFormatInvalid

ECDSA = ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521")
TYPES = {
    "ssh-rsa": ("ssh-rsa",),
    "rsa": ("ssh-rsa",),
    "ssh-dss": ("ssh-dss",),
    "dsa": ("ssh-dss",),
    "ecdsa": ECDSA,
    **{curve: (curve,) for curve in ECDSA},
}
"""What a key may say it is, and what it may then be."""
PARTS = {"ssh-rsa": 3, "ssh-dss": 5, **dict.fromkeys(ECDSA, 3)}
"""How many parts a key of each type has, its type included."""


def fingerprint(public_key: str) -> str:
    """The MD5 fingerprint of a public key, or the refusal of a text that is none."""
    words = public_key.split(None, 2)
    allowed = TYPES.get(words[0], ()) if len(words) >= 2 else ()
    if not allowed:
        raise PublicKeyFormatInvalid(f"a public key begins with one of {', '.join(TYPES)}")
    try:
        key = b64decode(words[1], validate=True)
    except binascii.Error:
        raise PublicKeyFormatInvalid("what follows the type is not base64") from None
    parts = _parts(key)
    kind = parts[0].decode("latin-1") if parts else ""
    if kind not in allowed or len(parts) != PARTS[kind] or not all(parts):
        raise PublicKeyFormatInvalid(f"what follows the type is no whole key of the type {words[0]}")
    return md5(key).digest().hex(":")


def _parts(key: bytes) -> list[bytes]:
    """The length-prefixed parts of a key; none if it is cut off."""
    parts = []
    while key:
        end = 4 + int.from_bytes(key[:4], "big")
        if len(key) < end:
            return []
        parts.append(key[4:end])
        key = key[end:]
    return parts
