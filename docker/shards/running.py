"""Emulators and a proxy before them as processes of this machine, as the recipes of this folder say, on free ports."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
SHARDS = 4
ENVOY = os.environ.get("ENVOY")
"""The program, where there is one."""
SECONDS = 30


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Proxy(NamedTuple):
    address: str
    process: subprocess.Popen


class Emulator:
    """One shard, which can be killed and started again with the same state."""

    def __init__(self, folder: Path | None) -> None:
        self.port = free_port()
        state = ["--state", str(folder)] if folder else []
        self._command = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(self.port), *state]
        self.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*self._command, "--log-requests", "off"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert "ready" in self.process.stdout.readline()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def emulators(count: int, folder: Path | None = None) -> Iterator[list[Emulator]]:
    with ExitStack() as stack:
        shards = []
        for number in range(count):
            shards.append(Emulator(folder / str(number) if folder else None))
            stack.callback(shards[-1].kill)
        yield shards


@contextmanager
def haproxy(shards: list[Emulator]) -> Iterator[Proxy]:
    """HAProxy with its recipe, for as many shards as there are."""
    port = free_port()
    environment = {f"SHARD_{n}": shards[n % len(shards)].address for n in range(SHARDS)} | {"BIND": f"127.0.0.1:{port}"}
    text = (HERE / "haproxy.cfg").read_text().replace(f"mod({SHARDS})", f"mod({len(shards)})")
    with _running(["haproxy", "-db", "-f"], text, environment) as process:
        wait_for(f"http://127.0.0.1:{port}/_shards/ready")
        yield Proxy(f"127.0.0.1:{port}", process)


@contextmanager
def nginx(shards: list[Emulator]) -> Iterator[Proxy]:
    """nginx with its recipe."""
    port, text = free_port(), (HERE / "nginx.conf").read_text()
    for number, shard in enumerate(shards):
        text = text.replace(f"emulator-{number}:8080", shard.address)
    text = re.sub(r"listen 8080;", f"listen 127.0.0.1:{port};", text)
    with tempfile.TemporaryDirectory() as folder:
        own = f"daemon off; pid {folder}/pid; error_log stderr;"
        with _running(["nginx", "-p", folder, "-g", own, "-c"], text, {}) as process:
            wait_for(f"http://127.0.0.1:{port}/_emulator/ready")
            yield Proxy(f"127.0.0.1:{port}", process)


@contextmanager
def envoy(shards: list[Emulator]) -> Iterator[Proxy]:
    """Envoy with its recipe."""
    port, text = free_port(), (HERE / "envoy.yaml").read_text()
    for number, shard in enumerate(shards):
        text = text.replace(
            f"address: emulator-{number}, port_value: 8080", f"address: 127.0.0.1, port_value: {shard.port}"
        )
    text = text.replace("address: 0.0.0.0, port_value: 8080", f"address: 127.0.0.1, port_value: {port}")
    assert "8080" not in text
    own = ["--disable-hot-restart", "--concurrency", "2", "--log-level", "error"]
    with _running([ENVOY, *own, "-c"], text, {}, ".yaml") as process:
        wait_for(f"http://127.0.0.1:{port}/_emulator/ready")
        yield Proxy(f"127.0.0.1:{port}", process)


@contextmanager
def _running(
    command: list[str], text: str, environment: dict[str, str], suffix: str = ".cfg"
) -> Iterator[subprocess.Popen]:
    with tempfile.NamedTemporaryFile("w", suffix=suffix) as file:
        file.write(text)
        file.flush()
        process = subprocess.Popen([*command, file.name], env=os.environ | environment)
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


def wait_for(url: str, status: int = 200) -> None:
    end = time.monotonic() + SECONDS
    while (found := status_of(url)) != status:
        assert time.monotonic() < end, f"{url} answers {found}, not {status}"
        time.sleep(0.05)
