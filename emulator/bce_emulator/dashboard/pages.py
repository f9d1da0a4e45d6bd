"""Serves the files of the page. They hold no secret, so no token is asked for them; the page asks for it itself."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from fastapi.responses import JSONResponse, Response

from bce_emulator.control.guard import refusal_of
from bce_emulator.control.head import as_get
from bce_emulator.engine.http.request import Receive, Scope, Send
from bce_emulator.settings import Settings

STATIC = Path(__file__).with_name("static")
INDEX = "index.html"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Nothing runs but what is served here, and no text becomes markup."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-cache",
}


class File(NamedTuple):
    """A file as it is served."""

    content: bytes
    media_type: str
    tag: str


@cache
def files() -> dict[str, File]:
    """Every file by its name, read when the page is first asked for."""
    return {path.name: _file(path) for path in sorted(STATIC.iterdir()) if path.suffix in TYPES}


def _file(path: Path) -> File:
    content = path.read_bytes()
    return File(content, TYPES[path.suffix], f'"{sha256(content).hexdigest()[:16]}"')


async def serve_page(scope: Scope, receive: Receive, send: Send, settings: Settings) -> None:
    """Answer a request for a file of the page."""
    if scope["method"] == "HEAD":
        scope, send = as_get(scope, send)
    await (refusal_of(scope, settings, is_open=True) or _response(scope))(scope, receive, send)


def _response(scope: Scope) -> Response:
    path: bytes = scope["raw_path"]
    name = path.decode("latin-1").removeprefix("/_emulator").removeprefix("/page/").strip("/") or INDEX
    file = files().get(name)
    if file is None:
        return JSONResponse({"error": f"the page has no file {name[:64]!r}"}, 404)
    if scope["method"] != "GET":
        return JSONResponse({"error": "the page is only read: GET"}, 405, {"allow": "GET, HEAD"})
    headers = HEADERS | {"etag": file.tag}
    if dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1") == file.tag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, headers=headers, media_type=file.media_type)
