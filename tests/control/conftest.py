"""Calls of the control API in the process, and a whole server on a socket for what only a socket shows."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import uvicorn

from bce_emulator.app import Application
from bce_emulator.cli.serve import listen, server_config
from tests.cloud import Cloud, Reply
from tests.control.shapes import check_control

Control = Callable[..., Reply]


@pytest.fixture
def control(cloud: Cloud) -> Control:
    """Call the control API of the cloud."""
    return control_of(cloud)


def control_of(cloud: Cloud) -> Control:
    def call(method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> Reply:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(cloud.application)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
                sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
                return await client.request(method, f"/_emulator/{path}", headers=headers, **sent)

        response = asyncio.run(send())
        check_control(method, path, response.status_code, response.json())
        return Reply(response.status_code, response.json(), response.headers)

    return call


class Served:
    """A cloud on a socket."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        listener = listen("127.0.0.1", 0)
        self.address = listener.getsockname()[:2]
        cloud.host = f"127.0.0.1:{self.address[1]}"
        self.server = uvicorn.Server(server_config(Application(cloud.emulator)))
        self.thread = threading.Thread(target=self.server.run, args=([listener],), daemon=True)
        self.thread.start()

    @property
    def endpoint(self) -> str:
        return f"http://{self.cloud.host}"

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def served(cloud: Cloud) -> Iterator[Served]:
    server = Served(cloud)
    yield server
    server.stop()


def eventually(holds: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Whether something becomes true soon, in another thread's time."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.01)
    return True
