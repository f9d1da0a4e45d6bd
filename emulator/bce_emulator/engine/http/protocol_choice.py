"""Which protocol serves: the emulator's own, or uvicorn's if what the emulator's own is made of is not there."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any

TESTED = "0.54.0"
"""The uvicorn that the tests ran with last."""
PARTS = "uvicorn.protocols.http.httptools_impl"
NAMES = {
    "HttpToolsProtocol": (
        "_start_asgi_task",
        "_unset_keepalive_if_required",
        "_unsupported_upgrade_warning",
        "connection_lost",
        "connection_made",
        "data_received",
        "eof_received",
        "on_body",
        "on_headers_complete",
        "on_message_begin",
        "on_message_complete",
        "on_response_complete",
        "pause_writing",
        "resume_writing",
        "send_400_response",
        "shutdown",
        "timeout_keep_alive_handler",
    ),
    "RequestResponseCycle": ("run_asgi",),
    "FlowControl": ("drain", "pause_reading", "resume_reading"),
}
"""What the emulator's own protocol overrides or calls, by class."""
MEMBERS = {
    "HttpToolsProtocol": (
        "config",
        "connections",
        "cycle",
        "expect_100_continue",
        "flow",
        "headers",
        "loop",
        "parser",
        "pipeline",
        "scope",
        "server_state",
        "timeout_keep_alive",
        "timeout_keep_alive_task",
        "transport",
    ),
    "RequestResponseCycle": ("body", "disconnected", "message_event", "response_complete", "response_started"),
    "FlowControl": ("read_paused",),
}
"""What it reads and sets of their instances, which each class sets in its ``__init__``."""

log = logging.getLogger("bce_emulator")


def protocol() -> Any:
    """What to give uvicorn as ``http``; says at start what a newer uvicorn may change, or has changed."""
    import uvicorn

    missing = missing_names()
    if missing:
        log.warning(
            "uvicorn %s has no %s, so its own protocol serves, slower and with its refusals of no HTTP (tested: %s)",
            uvicorn.__version__,
            ", ".join(missing),
            TESTED,
        )
        return "auto"
    if numbers(uvicorn.__version__) > numbers(TESTED):
        log.info("uvicorn %s is newer than %s, with which this emulator was tested", uvicorn.__version__, TESTED)
    from bce_emulator.engine.http.protocol import Protocol

    return Protocol


def missing_names() -> list[str]:
    """What the emulator's own protocol needs of uvicorn and does not find."""
    try:
        module = import_module(PARTS)
    except ImportError:
        return [PARTS]
    missing = []
    for name, methods in NAMES.items():
        kind = getattr(module, name, None)
        if kind is None:
            missing.append(name)
            continue
        code = getattr(kind.__init__, "__code__", None)
        known = code.co_names if code is not None else ()
        missing += [f"{name}.{method}" for method in methods if not callable(getattr(kind, method, None))]
        missing += [f"{name}.{member}" for member in MEMBERS[name] if member not in known]
    return missing


def numbers(version: str) -> tuple[int, ...]:
    """A version for comparison."""
    return tuple(int(part) for part in version.split(".") if part.isdigit())
