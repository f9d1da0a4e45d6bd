"""What of a request may be shown: everything but the secrets in it."""

from __future__ import annotations

import re
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

_SECRET = re.compile(r"(pass|password|passwd|pwd)$|secret|privatekey|securitytoken|sessiontoken|authorization")
# Possessive, and only where a name can begin, so that every text is read once, however it is made.
_MEMBER = re.compile(
    r"""(?<![\w.-])([\w.-]++)(["']?+\s*+[:=]\s*+)("(?:[^"\\]|\\.)*+"?+|'(?:[^'\\]|\\.)*+'?+|[^&,}\s"']++)""", re.DOTALL
)
_QUERY_ITEM = re.compile(r"(?<![^&=])([^&=]++)=([^&]*+)")


def is_secret(name: str) -> bool:
    """Whether a member or a query item of this name holds a secret."""
    return bool(_SECRET.search(name.lower().replace("_", "").replace("-", "")))


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
    return _MEMBER.sub(_masked_member, text) if "\0" not in text else f"({len(body)} bytes that are no text)"


def _masked_header(name: str, value: bytes) -> str:
    text = value.decode("latin-1")
    if name.lower() == "authorization":
        return masked_authorization(text)
    return MASK if name.lower() in SECRET_HEADERS and text else text


def _masked_item(item: re.Match[str]) -> str:
    return f"{item[1]}={MASK}" if item[2] and is_secret(unquote_plus(item[1])) else item[0]


def _masked_member(member: re.Match[str]) -> str:
    quote = member[3][0] if member[3][0] in "\"'" else ""
    return f"{member[1]}{member[2]}{quote}{MASK}{quote}" if is_secret(member[1]) else member[0]
