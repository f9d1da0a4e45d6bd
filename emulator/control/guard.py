"""Who may use the control API: no web page of another origin, and nobody without the token if there is one."""

from __future__ import annotations

import hmac

from fastapi.responses import JSONResponse

from emulator.engine.http import Scope


def refusal_of(scope: Scope, admin_token: str) -> JSONResponse | None:
    """The answer to a control call that is not allowed, or None if it is."""
    if scope["type"] != "http":
        return None
    headers: dict[bytes, bytes] = dict(scope["headers"])
    origin = headers.get(b"origin", b"")
    if origin and origin.partition(b"://")[2] != headers.get(b"host", b""):
        return _refusal(403, "a web page of another origin can not drive the emulator")
    if admin_token:
        given = headers.get(b"authorization", b"")
        if not hmac.compare_digest(given, f"Bearer {admin_token}".encode()):
            return _refusal(401, "this emulator wants 'Authorization: Bearer <admin token>' on control calls")
    return None


def _refusal(status: int, text: str) -> JSONResponse:
    return JSONResponse({"error": text}, status)
