"""Who may use the control API: no web page of another origin, and nobody without the token if there is one."""

from __future__ import annotations

import hmac
import re
from functools import cache

from fastapi.responses import JSONResponse

from bce_emulator.control.probes import PROBES
from bce_emulator.control.rights import RIGHT, Right
from bce_emulator.engine.http.request import Scope
from bce_emulator.settings import Settings, host_names, is_loopback, parse_limited_tokens

LOCAL = re.compile(rb"(localhost|[\d.]+|\[[0-9a-fA-F:.]+\])(:\d+)?")
"""Host names that no name server can lead elsewhere."""
PORT = re.compile(r":\d+$")
LOOPBACK_NAME = ".localhost"


def refusal_of(scope: Scope, settings: Settings, is_open: bool = False) -> JSONResponse | None:
    """The answer to a control call that is not allowed, or None if it is; what is open needs no token."""
    if scope["type"] != "http":
        return None
    headers: dict[bytes, bytes] = dict(scope["headers"])
    origin, host = headers.get(b"origin", b""), headers.get(b"host", b"")
    if origin and (origin.partition(b"://")[2] != host or not is_own(host, settings)):
        return _refusal(403, "a web page of another origin cannot drive the emulator")
    if host and scope["raw_path"] not in PROBES and is_loopback(settings.host) and not is_expected(host, settings):
        return _refusal(403, "this Host may be a name that was led here from elsewhere; --allowed-hosts lets it in")
    if settings.control == "off" and scope["raw_path"] not in PROBES:
        return _refusal(404, "the control API is switched off (--control off)")
    if settings.admin_token and not is_open and scope["raw_path"] not in PROBES:
        scheme, _, token = headers.get(b"authorization", b"").partition(b" ")
        if scheme.lower() != b"bearer" or not has_token(scope, token, settings):
            return _refusal(
                401,
                "this emulator wants 'Authorization: Bearer <admin token>' on control calls",
                {"www-authenticate": "Bearer"},
            )
    return None


def has_token(scope: Scope, token: bytes, settings: Settings) -> bool:
    """Whether a token is the admin token, or a limited one, whose right is noted then."""
    if hmac.compare_digest(token, settings.admin_token.encode()):
        return True
    for each, prefix in parse_limited_tokens(settings).items():
        if hmac.compare_digest(token, each.encode()):
            scope[RIGHT] = Right(prefix)
            return True
    return False


def is_own(host: bytes, settings: Settings) -> bool:
    """Whether the page of a host is the emulator's own: no name server has led the name here, or it was let in."""
    return bool(LOCAL.fullmatch(host)) or PORT.sub("", host.decode("latin-1").lower()) in host_names(settings)


def is_expected(host: bytes, settings: Settings) -> bool:
    """Whether a Host means this machine, or the cloud in whose place the emulator stands."""
    if LOCAL.fullmatch(host.lower()):
        return True
    name = PORT.sub("", host.decode("latin-1").lower())
    return name.endswith(LOOPBACK_NAME) or name in _names_of_the_cloud() or name in host_names(settings)


@cache
def _names_of_the_cloud() -> frozenset[str]:
    from bce_emulator.cloud import cloud_hosts

    return frozenset(cloud_hosts())


def _refusal(status: int, text: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": text}, status, headers)
