"""PostgreSQL, HAProxy and replicas as processes on loopback, in a directory that goes when they do."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx

from tests.cluster.postgres import Postgres, free_port

ROOT = Path(__file__).parents[2]
PATIENCE = 40.0
"""The generous bound: after so many seconds nothing will come any more."""


def until(asked: Callable[[], Any], what: str, pause: float = 0.02) -> Any:
    """What is answered as soon as it is something."""
    ends = time.monotonic() + PATIENCE
    while not (found := asked()):
        assert time.monotonic() < ends, f"{what} within {PATIENCE} seconds"
        time.sleep(pause)
    return found


class Replica:
    """One ``bce-emulator serve``."""

    def __init__(self, number: int, database: str, log: Path) -> None:
        self.number = number
        self.port = free_port()
        self._command = [
            sys.executable, "-m", "bce_emulator", "serve", "--port", str(self.port), "--state", database,
            "--pace", "realistic", "--log-requests", "off",
        ]  # fmt: skip
        self._log = log
        self.start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        with self._log.open("a") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        self._process.send_signal(signal.SIGCONT)
        self._process.terminate()
        return self._process.wait(PATIENCE)

    def ask(self, path: str) -> httpx.Response | None:
        """What it answers, or None if it does not."""
        try:
            return httpx.get(f"http://{self.address}{path}", timeout=5)
        except httpx.TransportError:
            return None

    def is_live(self) -> bool:
        reply = self.ask("/_emulator/live")
        return reply is not None and reply.status_code == 200

    def is_ready(self) -> bool:
        reply = self.ask("/_emulator/ready")
        return reply is not None and reply.status_code == 200

    def follows(self) -> bool:
        """Whether it stands by, and knows who leads."""
        reply = self.ask("/_emulator/ready")
        return reply is not None and "another replica leads" in reply.text

    def log(self) -> str:
        return self._log.read_text()

    def elections(self) -> list[float]:
        """When it began to lead, each time, as its log says."""
        told = re.findall(r"^(\S+ \S+) INFO bce_emulator: this replica leads", self.log(), re.MULTILINE)
        return [datetime.strptime(each, "%Y-%m-%d %H:%M:%S,%f").astimezone().timestamp() for each in told]


class Haproxy:
    """The load balancer, with the configuration that docker/cluster has."""

    def __init__(self, folder: Path, replicas: list[Replica]) -> None:
        self.port = free_port()
        text = (ROOT / "docker" / "cluster" / "haproxy.cfg").read_text()
        for each in replicas:
            text = text.replace(f"emulator-{each.number}:8080", each.address)
        text = re.sub(r"bind :8080", f"bind 127.0.0.1:{self.port}", text)
        assert ":8080" not in text
        configuration = folder / "haproxy.cfg"
        configuration.write_text(text)
        program = shutil.which("haproxy", path=f"{os.environ['PATH']}:/usr/sbin")
        self._process = subprocess.Popen([program, "-db", "-f", configuration], stderr=subprocess.DEVNULL)

    def serves(self) -> bool:
        """Whether it has found the replica that is ready."""
        assert self._process.poll() is None
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/_emulator/ready", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(PATIENCE)


class Cluster:
    """All of it."""

    def __init__(self, folder: Path, postgres: Postgres) -> None:
        self._ends = ExitStack()
        self.postgres = postgres
        self.replicas = [Replica(number, postgres.address, folder / f"replica-{number}.log") for number in (1, 2, 3)]
        for each in self.replicas:
            self._ends.callback(each.stop)
        self.haproxy = Haproxy(folder, self.replicas)
        self._ends.callback(self.haproxy.stop)

    def wait(self) -> None:
        """Come back when it serves."""
        until(lambda: all(each.is_live() for each in self.replicas), "every replica is live")
        self.leader()
        until(self.haproxy.serves, "HAProxy serves")

    def leader(self) -> Replica:
        """The one that is ready."""
        return until(lambda: next((each for each in self.replicas if each.is_ready()), None), "a replica is ready")

    def stop(self) -> None:
        self._ends.close()
