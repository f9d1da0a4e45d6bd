"""What of a request may be shown: everything but the secrets in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import isfinite
from typing import Any
from urllib.parse import unquote_plus

from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.http.request import parse_object
from bce_emulator.engine.http.signature import SCHEME

MASK = "****"
CUT = "…"
DEEPEST = 32
"""What is nested deeper is not shown."""
SECRET_HEADERS = frozenset({"x-bce-security-token", "proxy-authorization", "cookie", "x-auth-token"})

_SECRET = re.compile(r"pass$|password|passwd|passphrase|pwd$|secret|privatekey|apikey|authorization|(?<!client)token$")
_LIKE_SECRET = re.compile(r"%|\\u|pass|pwd|secret|privatekey|apikey|authorization|token")
# Possessive, and only where a name can begin, so that every text is read once, however it is made.
# A text may be JSON in a string of JSON, so that quotes have backslashes.
_NAME = re.compile(
    r"""(?:(?<![\w.%\\-])|(?<=\\[nrt]))((?:[\w.%-]|\\u[0-9A-Fa-f]{4})++)\\*+["']?+\s*+(?:(=)|:)\s*+""", re.ASCII
)
_OPENING = re.compile(r"""(\\*+)(["'])""")
_REST_OF_ITEM, _REST_OF_MEMBER = re.compile(r"[^&\r\n]*+"), re.compile(r"[^&,}\]\r\n]*+")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_QUERY_ITEM = re.compile(r"(?<![^&=])([^&=]++)=([^&]*+)")


def is_secret(name: str) -> bool:
    """Whether a member or a query item of this name holds a secret."""
    return bool(_SECRET.search(_bare(name)))


def masked_headers(headers: list[tuple[bytes, bytes]]) -> list[list[str]]:
    """The headers as they arrived, as pairs of name and value."""
    return [[name.decode("latin-1"), _masked_header(name.decode("latin-1"), value)] for name, value in headers]


def masked_authorization(string: str) -> str:
    """An authorization string without its signature; one of another scheme is a secret as a whole."""
    parts = string.split("/")
    if parts[0] != SCHEME:
        return MASK
    return "/".join((*parts[:-1], MASK)) if len(parts) > 2 else MASK


def masked_query(query: bytes) -> str:
    """The query as it arrived."""
    return _QUERY_ITEM.sub(_masked_item, query.decode("latin-1"))


def masked_target(target: bytes) -> str:
    """A path, and the query if one is behind it."""
    path, mark, query = target.partition(b"?")
    return path.decode("utf-8", "replace") + mark.decode() + masked_query(query)


def masked_json(value: Any, levels: int = DEEPEST) -> Any:
    """A JSON value that can be written as JSON, with what its secret members hold masked."""
    if isinstance(value, (dict, list)) and not levels:
        return CUT
    if isinstance(value, dict):
        return {
            name: MASK if is_secret(name) and inner else masked_json(inner, levels - 1) for name, inner in value.items()
        }
    if isinstance(value, list):
        return [masked_json(each, levels - 1) for each in value]
    if isinstance(value, str):
        return masked_text(value)
    return str(value) if isinstance(value, float) and not isfinite(value) else value


def masked_body(body: bytes) -> Any:
    """A body: JSON if it is an object, else text if it is any, or None if there is none."""
    if not body:
        return None
    try:
        return masked_json(parse_object(body))
    except ApiError:
        pass
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = "\0"
    return masked_text(text) if "\0" not in text else f"({len(body)} bytes that are no text)"


def masked_text(text: str) -> str:
    """A text of any form; what is written as a secret member or item of it is masked, however deep it is quoted."""
    shown: list[str] = []
    at = 0
    for found in _names(text):
        if found.start() < at:
            continue
        start, end = _span_of_secret(text, found.end(), bool(found[2]))
        if start < end:
            shown += (text[at:start], MASK)
            at = end
    return "".join((*shown, text[at:])) if shown else text


def _names(text: str) -> Iterator[re.Match[str]]:
    """Where names of secrets end; most texts have nothing that looks like one, and a name is judged once."""
    judged: dict[str, bool] = {}
    if ("=" in text or ":" in text) and _LIKE_SECRET.search(_bare(text)):
        for found in _NAME.finditer(text):
            name = found[1]
            if name not in judged:
                judged[name] = is_secret(_plain(name))
            if judged[name]:
                yield found


def _masked_header(name: str, value: bytes) -> str:
    text = value.decode("latin-1")
    if name.lower() == "authorization":
        return masked_authorization(text)
    return MASK if name.lower() in SECRET_HEADERS and text else text


def _masked_item(item: re.Match[str]) -> str:
    return f"{item[1]}={MASK}" if item[2] and is_secret(unquote_plus(item[1])) else item[0]


def _bare(text: str) -> str:
    return text.lower().replace("_", "").replace("-", "")


def _plain(name: str) -> str:
    return unquote_plus(_ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), name))


def _span_of_secret(text: str, start: int, is_item: bool) -> tuple[int, int]:
    """Where the secret begins and where it ends in a value: in its quotes; a list or an object takes the rest along."""
    opening = _OPENING.match(text, start)
    if opening is not None:
        return opening.end(), _end_of_string(text, opening)
    if text.startswith(("[", "{"), start):
        return start, len(text)
    rest = (_REST_OF_ITEM if is_item else _REST_OF_MEMBER).match(text, start)
    assert rest is not None
    return start, rest.end()


def _end_of_string(text: str, opening: re.Match[str]) -> int:
    """Where a string ends: at its quote with no more backslashes than the opening one has, those in pairs aside."""
    level, quote = len(opening[1]), opening[2]
    if level > DEEPEST:
        return len(text)
    closing = rf"(?<!\\)\\{{0,{level}}}{quote}" if level else rf"(?<!\\)(?:\\\\)*+{quote}"
    found = re.compile(closing).search(text, opening.end())
    return len(text) if found is None else found.start() if level else found.end() - 1
