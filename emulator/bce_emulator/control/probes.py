"""Is it alive, is it ready: asked by what waits for the emulator, and answered without building the control API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bce_emulator.engine.errors import ServiceUnavailable
from bce_emulator.engine.http.request import Scope, Send
from bce_emulator.engine.steps import in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

LIVE, READY = b"/_emulator/live", b"/_emulator/ready"
PROBES = frozenset({LIVE, READY})
UNAVAILABLE = 503


def is_plain_probe(scope: Scope) -> bool:
    """Whether this is a probe and nothing else, of which there is nothing to be said against."""
    return (
        scope["raw_path"] in PROBES
        and scope["method"] == "GET"
        and not scope["query_string"]
        and not any(name in {b"origin", b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])
    )


def why_not_ready(emulator: Emulator) -> ServiceUnavailable | None:
    """Why the emulator cannot serve, or None if it can."""
    if not emulator.ready:
        return ServiceUnavailable("the emulator is not ready yet")
    if emulator.store is not None:
        try:
            emulator.store.try_again()
        except ServiceUnavailable as error:
            return error
        except ValueError as error:
            return ServiceUnavailable(str(error))
    return None


async def answer_probe(emulator: Emulator, path: bytes, send: Send) -> None:
    """Answer a probe as the control API does."""
    await in_turn(emulator.accounts.forget_all_idle())
    refusal = why_not_ready(emulator) if path == READY else None
    body: dict[str, Any] = {"error": str(refusal)} if refusal else {path.decode().rpartition("/")[2]: True}
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = [(b"content-length", b"%d" % len(content)), (b"content-type", b"application/json")]
    headers += refusal.headers if refusal else ()
    await send({"type": "http.response.start", "status": UNAVAILABLE if refusal else 200, "headers": headers})
    await send({"type": "http.response.body", "body": content})
