"""A secret in every odd spelling that a recording is searched for, worked out without the recorder's own means."""

from __future__ import annotations

import gzip
import json
from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote


def spellings(secret: str) -> dict[str, str]:
    """Texts that hold a secret, by how they do."""
    raw = secret.encode()
    return {
        "plain": f"it is {secret}.",
        "base64": b64encode(raw).decode(),
        "base64 behind one byte": b64encode(b"x" + raw).decode(),
        "base64 behind two bytes": b64encode(b"xy" + raw).decode(),
        "base64 in an address": f"https://x.invalid/{urlsafe_b64encode(b'??>' + raw).decode()}",
        "base64 behind letters": "ab" + b64encode(raw).decode(),
        "base64 twice": b64encode(b64encode(raw)).decode(),
        "hex": raw.hex(),
        "HEX": raw.hex().upper(),
        "hex behind a digit": "0" + raw.hex(),
        "percent": "".join(f"%{byte:02X}" for byte in raw),
        "quoted": f"q={quote(secret + '/?', safe='')}",
        "JSON": json.dumps({"note": secret}),
        "escapes": "".join(f"\\u{ord(char):04x}" for char in secret),
        "escapes twice": "".join(f"\\\\u{ord(char):04x}" for char in secret),
        "JSON in JSON of PHP": json.dumps(json.dumps({"note": f"/{secret}"}).replace("/", "\\/")),
        "one escape": f"\\u{ord(secret[0]):04x}{secret[1:]}",
        "entities": "".join(f"&#{ord(char)};" for char in secret),
        "entities in hex": "".join(f"&#x{ord(char):x};" for char in secret),
        "quoted printable": "".join(f"={byte:02X}" for byte in raw),
        "quoted printable lines": f"{secret[:4]}=\r\n{secret[4:]}",
        "hex in pairs": raw.hex(" "),
        "HEX in pairs": raw.hex(":").upper(),
        "UTF-16 in base64": b64encode(secret.encode("utf-16")).decode(),
        "UTF-16 in hex": secret.encode("utf-16-be").hex(),
        "gzip": b64encode(gzip.compress(raw, mtime=0)).decode(),
        "gzip of JSON in hex": gzip.compress(json.dumps({"a": secret}).encode(), mtime=0).hex(),
    }


def found(text: str, secret: str) -> list[str]:
    """Which spellings of a secret a text has."""
    return [how for how, spelled in spellings(secret).items() if secret in text or spelled in text]
