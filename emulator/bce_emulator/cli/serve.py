"""``bce-emulator serve``: run in the foreground until SIGTERM or SIGINT."""

from __future__ import annotations

import argparse
import gc
import json
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from bce_emulator.cli import run_file
from bce_emulator.settings import (
    DEFAULT_SECRET_KEY,
    SettingError,
    Settings,
    advertised,
    collect,
    is_loopback,
    option,
    variable,
    variables_of,
)

if TYPE_CHECKING:
    from bce_emulator.engine.observe.journal import Journal

KEEP_ALIVE_SECONDS = 75
BACKLOG = 2_048
SHUTDOWN_SECONDS = 1
NEVER = (1 << 31) - 1
GC_THRESHOLDS = (2_000, NEVER, NEVER)
SWITCH_SECONDS = 0.001
"""After how long a thread that works something out lets the event loop go on, if that waits."""


def add_to(commands: Any) -> None:
    """Add the command, with an option for every setting."""
    parser = commands.add_parser("serve", help="run the emulator in the foreground")
    for row in fields(Settings):
        about = row.metadata
        rendered = "" if row.default == "" else f" (default {row.default})"
        parser.add_argument(
            option(row.name),
            dest=row.name,
            metavar=about["metavar"] or ("|".join(about["choices"]) or row.name.upper()),
            help=f"{about['help']}{rendered}; {' or '.join(variables_of(row))}",
        )
    parser.set_defaults(run=run)


def spare_collections() -> None:
    """Have the collector look at young objects, some at a time, and never at older ones, which is a pause of seconds.

    What long work has made since others were last served counts as old, as it can be much that takes the place of as
    much. Nothing old waits for the collector: what a request, a connection or an account leaves leads in no circle.
    """
    from bce_emulator.engine import steps

    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    steps.between = gc.freeze


def run(args: argparse.Namespace) -> int:
    """Serve, and answer the exit status."""
    settings = collect(vars(args))
    with listen(settings.host, settings.port) as listener:
        gc.disable()
        try:
            from bce_emulator.app import build

            host, port = listener.getsockname()[:2]
            where = advertised(settings.advertise, host, port)
            settings = settings.changed(host=host, advertise=where)
            application = build(settings)
            set_up_log(settings)
            say = partial(announce, settings, listener, application.emulator.default_account)
            store = application.emulator.store
            start = partial(say, "ready", "") if store is None else partial(store.say_standing, say)
            server = make_server(server_config(application), start)
        finally:
            gc.enable()
        spare_collections()
        sys.setswitchinterval(SWITCH_SECONDS)
        warn_if_open(settings)
        requests = log_requests(settings, application.emulator.journal)
        beside = run_file.note(host, port, settings.scheme)
        server.run(sockets=[listener])
        if beside is not None:
            beside.unlink(missing_ok=True)
        requests()
    application.emulator.close()
    return 0


def make_server(config: Any, start: Callable[[], None]) -> Any:
    """A server that calls this as soon as it listens."""
    import uvicorn

    class Server(uvicorn.Server):
        """uvicorn's server. It says when it is ready, and a signal that stops it leaves the exit status 0."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            """Start, and have the one line printed."""
            await super().startup(sockets=sockets)
            start()

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            """Stop on SIGTERM and SIGINT."""
            before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGTERM, signal.SIGINT)}
            try:
                yield
            finally:
                for each, handler in before.items():
                    signal.signal(each, handler)

    return Server(config)


def server_config(application: Any) -> Any:
    """How uvicorn serves: no redirects, no compression, long keep-alive.

    The protocol writes no access log; if the setting said so, uvicorn would take the handlers from a logger of others.
    """
    import uvicorn

    from bce_emulator.engine.http.protocol_choice import protocol

    settings = application.emulator.settings
    http = protocol()
    encryption: dict[str, Any] = {}
    if settings.tls_cert:
        http, encryption = with_tls(http, settings)
    return uvicorn.Config(
        application,
        loop="uvloop" if sys.platform != "win32" else "asyncio",
        http=http,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=True,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        backlog=BACKLOG,
        **encryption,
    )


def with_tls(http: Any, settings: Settings) -> tuple[Any, dict[str, Any]]:
    """The protocol behind TLS, and what to tell uvicorn of TLS where its own protocol serves."""
    from bce_emulator.tls import server_context

    context = server_context(settings)
    if isinstance(http, str):
        return http, {"ssl_certfile": settings.tls_cert, "ssl_keyfile": settings.tls_key}
    from bce_emulator.engine.http.encryption import Encryption

    return partial(Encryption, context), {}


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, or one clear sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except (OSError, UnicodeError) as error:
        listener.close()
        raise SettingError(f"cannot listen on {host}:{port}: {getattr(error, 'strerror', None) or error}") from None
    return listener


def announce(settings: Settings, listener: socket.socket, access_key: str, standing: str, why: str) -> None:
    """Print the one line that says whether the emulator is ready, where it is and which keys it knows."""
    host, port = listener.getsockname()[:2]
    where = run_file.url(host, port, settings.scheme)
    is_known = not settings.credentials and settings.accounts == "open"
    keys = f"access key {access_key}" + (f", secret key {DEFAULT_SECRET_KEY}" if is_known else "")
    page = f"; page and control API at {where}/_emulator/" if settings.control == "on" else ""
    print(f"bce-emulator {standing} at {where} ({keys}){page}{why and '; ' + why}", flush=True)


def warn_if_open(settings: Settings, environment: Mapping[str, str] = os.environ) -> None:
    """Say so when others than this machine can drive the emulator; a container's own address says nothing of that."""
    is_own = variable("container") in environment and settings.source("host") == variable("host")
    if not is_loopback(settings.host) and not settings.admin_token and not is_own:
        logging.getLogger("bce_emulator").warning(
            "listening on %s without --admin-token: whoever reaches this address can drive the emulator", settings.host
        )


def log_requests(settings: Settings, journal: Journal) -> Callable[[], None]:
    """Log a line for each request, if that is wanted; answers what writes the last of them."""
    if settings.log_requests == "off" or not logging.getLogger("bce_emulator").isEnabledFor(logging.INFO):
        return lambda: None
    from bce_emulator.engine.observe.request_log import RequestLog

    log = RequestLog(as_json=settings.log_format == "json")
    journal.notes.append(log)
    return log.flush


class JsonLines(logging.Formatter):
    """Log lines as JSON objects."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_log(settings: Settings) -> None:
    """Log to stderr, in the wanted form."""
    handler = logging.StreamHandler(sys.stderr)
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if settings.log_format == "json" else text)
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN) if hasattr(signal, "SIGPIPE") else None
