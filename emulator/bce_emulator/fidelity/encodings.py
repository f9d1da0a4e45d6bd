"""Spellings in which a text can hide: percent-encoding, base64 wherever it begins, hex, escapes, gzip and so on."""

from __future__ import annotations

import binascii
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from urllib.parse import unquote_to_bytes

MOST_BYTES = 1024 * 1024
"""Of what is packed no more is unpacked."""
GZIP, ZLIB = b"\x1f\x8b", b"\x78"

_PERCENT = re.compile(r"[^\s\"'&=]*%[0-9A-Fa-f]{2}[^\s\"'&=]*")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_HEX = re.compile(r"[0-9A-Fa-f]{12,}")
_HEX_PAIRS = re.compile(r"(?:[0-9A-Fa-f]{2}[ :-]){5,}[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([^ux]))", re.DOTALL)
_CONTROL = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,31});")
_QUOTED = re.compile(r"=(?:([0-9A-F]{2})|\r?\n)")
_URL_SAFE = str.maketrans("-_", "+/")


def decodings(text: str) -> Iterator[tuple[str, str]]:
    """Each part of a text that can be decoded, beside what it says then."""
    if "%" in text:
        for found in _PERCENT.findall(text):
            yield found, unquote_to_bytes(found).decode("utf-8", "replace")
    if "\\" in text:
        yield text, _ESCAPE.sub(_unescaped, text)
    if _ENTITY.search(text):
        yield text, unescape(text)
    if _QUOTED.search(text):
        yield text, _QUOTED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "", text)
    for found in _HEX_PAIRS.findall(text):
        yield found, unpacked(bytes.fromhex(re.sub("[ :-]", "", found)))
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


def _unescaped(found: re.Match[str]) -> str:
    digits = found[1] or found[2]
    return chr(int(digits, 16)) if digits else _CONTROL.get(found[3], found[3])


def unpacked(data: bytes) -> str:
    """Bytes as text, one character for each byte that is not UTF-8; what is packed with gzip or zlib is unpacked."""
    if data.startswith((GZIP, ZLIB)):
        with suppress(zlib.error):
            data = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(data, MOST_BYTES)
    if b"\0" in data:  # UTF-16, of which a secret in ASCII is every other byte
        data = data.replace(b"\0", b"")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
