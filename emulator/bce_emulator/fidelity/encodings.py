"""Spellings in which a text can hide: percent-encoding, base64 wherever it begins, hex, JSON escapes, gzip."""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import unquote_to_bytes

MOST_BYTES = 1024 * 1024
"""Of what is packed no more is unpacked."""
GZIP, ZLIB = b"\x1f\x8b", b"\x78"

_PERCENT = re.compile(r"[^\s\"'&=]*%[0-9A-Fa-f]{2}[^\s\"'&=]*")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX = re.compile(r"[0-9A-Fa-f]{12,}")
_ESCAPED = re.compile(r"\S*\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})\S*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2}))")
_URL_SAFE = str.maketrans("-_", "+/")


def decodings(text: str) -> Iterator[tuple[str, str]]:
    """Each part of a text that can be decoded, beside what it says then."""
    if "%" in text:
        for found in _PERCENT.findall(text):
            yield found, unquote_to_bytes(found).decode("utf-8", "replace")
    if "\\" in text:
        for found in _ESCAPED.findall(text):
            yield found, _ESCAPE.sub(lambda escape: chr(int(escape[1] or escape[2], 16)), found)
    for found in _HEX.findall(text):
        for start in (0, 1):
            digits = found[start:]
            yield found, unpacked(bytes.fromhex(digits[: len(digits) // 2 * 2]))
    for found in _BASE64.findall(text):
        digits = found.rstrip("=").translate(_URL_SAFE)
        for start in range(4):
            part = digits[start:]
            part = part[:-1] if len(part) % 4 == 1 else part
            try:
                yield found, unpacked(b64decode(part + "=" * (-len(part) % 4)))
            except binascii.Error:
                continue


def unpacked(data: bytes) -> str:
    """Bytes as text, one character for each byte that is not UTF-8; what is packed with gzip or zlib is unpacked."""
    if data.startswith((GZIP, ZLIB)):
        with suppress(zlib.error):
            data = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(data, MOST_BYTES)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
