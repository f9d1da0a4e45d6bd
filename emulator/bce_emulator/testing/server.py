"""The emulator that a test runs against: one in a thread of this process, or one that runs somewhere else."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from bce_emulator.cli.run_file import url
from bce_emulator.engine.account.clock import process_time
from bce_emulator.settings import DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, chosen, parse_credentials
from bce_emulator.testing.account import Control, Keys, TestAccount, remote_endpoint

if TYPE_CHECKING:
    from bce_emulator import cloud

START_SECONDS = 10
PACE = "realistic"
"""Transitions last as long as the table says, since a test's clock stands still anyway."""


class Server:
    """One emulator on a free port of the loopback address, from ``start`` to ``stop``.

    Its time is that of its clients in this process, also where a test has frozen or moved it.
    """

    def __init__(self, wall: Callable[[], float] = process_time, strict: bool = False, **settings: Any) -> None:
        import uvicorn

        from bce_emulator.app import Application
        from bce_emulator.cli.serve import listen, server_config
        from bce_emulator.cloud import Emulator as Cloud

        self.settings = chosen({"port": 0, "forget_idle": "never", **settings}, {})
        self._listener = listen(self.settings.host, self.settings.port)
        try:
            where = self.settings.changed(host=self._listener.getsockname()[0])
            self.emulator: cloud.Emulator = Cloud(where, wall=wall, strict=strict)
            application = Application(self.emulator)
            self._server = uvicorn.Server(server_config(application))
        except BaseException:
            self._listener.close()
            raise
        application.prepare_control()
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._server.run, args=([self._listener],), daemon=True)

    @property
    def endpoint(self) -> str:
        """Where clients find it."""
        return url(self.settings.host, self.port, self.settings.scheme)

    def start(self) -> Self:
        """Serve, and come back when the first request can be sent."""
        self._thread.start()
        deadline = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError("the emulator did not start")
            time.sleep(0.001)
        return self

    def stop(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(START_SECONDS)
        self._listener.close()
        self.emulator.close()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()


class Emulator(TestAccount):
    """An emulator with its default account, its clock standing still; ``account`` gives further accounts.

    Settings are those of ``serve``, such as ``seed="example"``. With ``endpoint``, or ``BCE_EMULATOR_ENDPOINT`` in the
    environment, it is the emulator there, which the settings do not change.
    """

    def __init__(self, endpoint: str = "", **settings: Any) -> None:
        self._server = None
        where = endpoint or remote_endpoint()
        known = chosen(settings, os.environ if where else {})
        if not where:
            self._server = Server(**{"pace": PACE, **settings})
            where = self._server.endpoint
        pairs = parse_credentials(known.credentials) or [(DEFAULT_ACCESS_KEY, DEFAULT_SECRET_KEY, "")]
        own_cert = "" if self._server is None else known.tls_cert
        super().__init__(Control(where, known.admin_token, own_cert), Keys(*pairs[0][:2]))
        self.watch: Callable[[TestAccount], AbstractContextManager[None]] = lambda _account: nullcontext()

    def start(self) -> Self:
        """Serve, if the emulator is this process's own."""
        if self._server is not None:
            self._server.start()
            try:
                self.clock.freeze()
            except BaseException:
                self.stop()
                raise
        return self

    def stop(self) -> None:
        """Stop serving."""
        if self._server is not None:
            self._server.stop()

    @contextmanager
    def account(self) -> Iterator[TestAccount]:
        """A fresh account with keys of its own and a clock that stands still, for as long as the block lasts."""
        created = self._control.call("POST", "accounts", {})
        account = TestAccount(self._control, Keys(created["accessKeyId"], created["secretAccessKey"]))
        try:
            account.clock.freeze()
            with self.watch(account):
                yield account
        finally:
            self._control.call("DELETE", f"accounts/{account.name}")

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()
