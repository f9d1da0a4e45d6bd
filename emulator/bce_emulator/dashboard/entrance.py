"""Whether a request is a browser's that looks for the page."""

from __future__ import annotations

import re

from bce_emulator.engine.http.request import Scope, Send
from bce_emulator.settings import Settings

PAGE = b"/_emulator/"
HTML, JSON = "text/html", "application/json"
_QUALITY = re.compile(r"q=([01](?:\.\d{0,3})?)")


def leads_to_page(scope: Scope, settings: Settings) -> bool:
    """Whether a request for the root prefers HTML and is not signed, and there is a page."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    is_plain = scope["method"] in {"GET", "HEAD"} and not scope["query_string"] and b"authorization" not in headers
    return is_plain and settings.control == "on" and prefers_html(headers.get(b"accept", b"").decode("latin-1"))


def prefers_html(accept: str) -> bool:
    """Whether an Accept header names HTML, and wants it more than JSON."""
    wanted: dict[str, float] = {}
    for each in accept.lower().split(","):
        kind, _, parameters = each.partition(";")
        quality = _QUALITY.search(parameters.replace(" ", ""))
        wanted[kind.strip()] = float(quality[1]) if quality else 1.0
    others = (wanted[kind] for kind in (JSON, "application/*", "*/*") if kind in wanted)
    return wanted.get(HTML, 0.0) > next(others, 0.0)


async def redirect(send: Send) -> None:
    """Lead to the page."""
    headers = [(b"location", PAGE), (b"content-length", b"0"), (b"cache-control", b"no-store"), (b"vary", b"accept")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
