"""An emulator in a thread of its own, for tests: ``with Emulator() as cloud: …``."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

import uvicorn

from emulator import app
from emulator.cli.serve import server_config
from emulator.settings import Settings

START_SECONDS = 10


class Server:
    """One emulator on a free port of the loopback address, from ``start`` to ``stop``."""

    def __init__(self, wall: Callable[[], float] = time.time, strict: bool = False, **settings: Any) -> None:
        self.settings = Settings(**{"port": 0, **settings})
        self.emulator = app.Emulator(self.settings, wall=wall, strict=strict)
        self._listener = socket.create_server((self.settings.host, self.settings.port))
        self.port: int = self._listener.getsockname()[1]
        self._server = uvicorn.Server(server_config(app.Application(self.emulator)))
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    @property
    def endpoint(self) -> str:
        """Where clients find it."""
        return f"http://{self.settings.host}:{self.port}"

    def start(self) -> Self:
        """Serve, and come back when the first request can be sent."""
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the emulator did not start")
            time.sleep(0.001)
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(START_SECONDS)

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
