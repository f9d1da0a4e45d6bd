"""Ids and request ids that look like the cloud's and are the same in every run."""

from __future__ import annotations

from hashlib import blake2b
from random import Random

MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
HEX = "0123456789abcdef"
LOWER = "abcdefghijkmnpqrstuvwxyz0123456789"

_SHAPES = {"mixed": (MIXED, 8), "lower": (LOWER, 12), "hex": (HEX, 8), "hex32": (HEX, 32)}


def id_text(shape: str, *parts: str) -> str:
    """The part of an id after the hyphen: ``mixed`` 8 characters, ``lower`` 12, ``hex`` 8, ``hex32`` 32."""
    letters, length = _SHAPES[shape]
    number = int.from_bytes(blake2b("/".join(parts).encode(), digest_size=32).digest(), "big")
    chosen = []
    for _ in range(length):
        number, index = divmod(number, len(letters))
        chosen.append(letters[index])
    return "".join(chosen)


class RequestIds:
    """Version 4 UUIDs from a seed."""

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)

    def next(self) -> str:
        """The next request id."""
        text = f"{self._random.getrandbits(128):032x}"
        variant = "89ab"[int(text[16], 16) & 3]
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-{variant}{text[17:20]}-{text[20:]}"
