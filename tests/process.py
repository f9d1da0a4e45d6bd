"""A real server process on a free port, and commands that end, run in this process as they would be in their own."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest import mock

from bce_emulator.cli.main import main


@dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, environment: dict[str, str] | None = None) -> Done:
    """``bce-emulator`` with these arguments. What would serve is started with ``serving``, as it does not end."""
    out, err = io.StringIO(), io.StringIO()
    with mock.patch.dict(os.environ, environment or {}), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main(arguments)
        except SystemExit as exit_:
            status = exit_.code
    return Done(status, out.getvalue(), err.getvalue())


@dataclass
class Running:
    process: subprocess.Popen
    banner: str
    port: int
    log: str = ""
    """What it wrote to stderr, once it has ended."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(*options: str, environment: dict[str, str] | None = None) -> Iterator[Running]:
    """``bce-emulator serve`` with these options, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bce_emulator", "serve", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        banner = process.stdout.readline()
        match = re.search(r"https?://[\d.]+:(\d+) ", banner)
        running = Running(process, banner, int(match.group(1)) if match else 0)
        if match:
            yield running
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        running.log = process.communicate(timeout=10)[1]
    assert match, running.log
