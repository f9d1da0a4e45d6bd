"""Ids and request ids that look like the cloud's and are the same in every run."""

from __future__ import annotations

from binascii import hexlify
from hashlib import blake2b
from struct import Struct

MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
HEX = "0123456789abcdef"
LOWER = "abcdefghijkmnpqrstuvwxyz0123456789"

_GOLDEN = 0x9E3779B97F4A7C15F39CC0605CEDC835
_VERSION_4 = 4 << 76 | 2 << 62
_groups = Struct("8s4s4s4s12s").unpack
_FREE_BITS = (1 << 128) - 1 & ~(15 << 76 | 3 << 62)


def _shape(letters: str, length: int) -> tuple[tuple[str, ...], int, int]:
    """The pairs of letters, how many of those a text has, and how many such texts there are."""
    return tuple(second + first for first in letters for second in letters), length // 2, len(letters) ** length


_SHAPES = {
    "mixed": _shape(MIXED, 8),
    "mixed10": _shape(MIXED, 10),
    "lower": _shape(LOWER, 12),
    "lower16": _shape(LOWER, 16),
    "hex": _shape(HEX, 8),
    "hex32": _shape(HEX, 32),
}


def id_text(shape: str, *parts: str) -> str:
    """The part of an id after the hyphen, in the letters and of the length of its shape."""
    pairs, length, size = _SHAPES[shape]
    number = int.from_bytes(blake2b("/".join(parts).encode(), digest_size=32).digest(), "big") % size
    text, base = "", len(pairs)
    for _ in range(length):
        text += pairs[number % base]
        number //= base
    return text


def request_id(number: int) -> str:
    """The id of a request: a version 4 UUID, another one for each number below 2**62."""
    text = hexlify((number * _GOLDEN & _FREE_BITS | _VERSION_4).to_bytes(16, "big"))
    return (b"%b-%b-%b-%b-%b" % _groups(text)).decode()
