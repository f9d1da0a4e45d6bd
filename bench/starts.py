"""How long a start takes with --state, and what memory it takes, as the file grows. Prints; asserts nothing.

Each account has five instances with their volumes. Starts after a stop, after a kill -9, and with an empty directory
are interleaved.
"""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from rates import SK
from sizes import PORT, memory

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

BODY = json.dumps({"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "purchaseCount": 5}).encode()
ROUNDS = 7


def start(directory: Path) -> tuple[subprocess.Popen, float]:
    """The process, and the seconds from its start to ready."""
    command = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--pace", "instant"]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--state", str(directory)], stdout=subprocess.DEVNULL)
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_emulator/ready", timeout=60).close()
            return process, time.perf_counter() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.002)


def end(process: subprocess.Popen, how: signal.Signals = signal.SIGTERM) -> None:
    process.send_signal(how)
    process.wait()


def fill(accounts: range) -> None:
    """Five instances in each of these accounts."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT)
    host, path, date = f"127.0.0.1:{PORT}", "/v2/instanceBySpec", iso(time.time())
    for number in accounts:
        signature = authorize("POST", host, path, "", date, f"test-{number}", SK)
        headers = {"x-bce-date": date, "Authorization": signature, "Content-Type": "application/json"}
        connection.request("POST", path, BODY, headers)
        response = connection.getresponse()
        if response.status != 200:
            raise SystemExit(response.read().decode())
        response.read()
    connection.close()


def copied(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def report(root: Path, accounts: int) -> None:
    """A line of the table: the medians with so many accounts, and what an empty directory takes beside them."""
    whole, killed, work, empty = root / "whole", root / "killed", root / "work", root / "empty"
    times: dict[Path, list[float]] = {whole: [], killed: [], empty: []}
    resident = 0.0
    for _ in range(ROUNDS):
        for source, spent in times.items():
            copied(source, work)
            process, seconds = start(work)
            spent.append(seconds)
            if source == whole:
                resident = memory(process)
            end(process)
    size = sum(file.stat().st_size for file in whole.iterdir()) / (1 << 20)
    ready = {source: statistics.median(spent) for source, spent in times.items()}
    print(
        f"| {accounts:,} | {size:,.0f} | {ready[empty]:.2f} | {ready[whole]:.2f} | {ready[killed]:.2f} | {resident:.0f} |",
        flush=True,
    )


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1_000, 6_000]
    print(
        "| accounts | MiB on disk | s to ready, empty | after a stop | after kill -9 | resident MiB |\n"
        "| --- | --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "empty").mkdir()
        kept, before = root / "kept", 0
        for accounts in sizes:
            process, _ = start(kept)
            fill(range(before, accounts))
            end(process, signal.SIGKILL)
            before = accounts
            copied(kept, root / "killed")
            end(start(kept)[0])
            copied(kept, root / "whole")
            report(root, accounts)


if __name__ == "__main__":
    main()
