"""What the line for each request costs: one server, in which it is switched off and on between rounds of a second."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from needs import need
from rates import call, measure, script, start

from bce_emulator.cli import serve as command
from bce_emulator.cli.main import main

PORT = 8951
ROUNDS = int(os.environ.get("ROUNDS", "30"))
TICK = os.sysconf("SC_CLK_TCK")


def serve(log_format: str) -> None:
    """Serve, logging to a pipe that is read; each SIGUSR1 turns the lines off or on."""
    log_requests = command.log_requests

    def remember(settings, journal):
        def turn(*_: object) -> None:
            notes.reverse()
            journal.notes = notes[0]

        flush = log_requests(settings, journal)
        notes = [journal.notes, []]
        signal.signal(signal.SIGUSR1, turn)
        return flush

    command.log_requests = remember
    main(["serve", "--port", str(PORT), "--pace", "instant", "--log-format", log_format])


def worked(server: subprocess.Popen) -> float:
    """Seconds of processor time so far, which other processes on the machine change less than the rate."""
    words = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / TICK


def round_of(server: subprocess.Popen, text: str, connections: int, seconds: float) -> tuple[float, float]:
    """The rate of a round, and its requests per second of processor time."""
    before = worked(server)
    rate = measure(PORT, text, connections, seconds)
    return rate, rate * seconds / max(worked(server) - before, 1 / TICK)


def compare(name: str, method: str, target: str, connections: int, log_format: str) -> None:
    """One row of the table, in pairs of a second each."""
    with tempfile.TemporaryFile() as log:
        stderr = os.dup(2)
        os.dup2(log.fileno(), 2)
        server = start([sys.executable, __file__, log_format], PORT)
        os.dup2(stderr, 2)
        try:
            spec = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
            instance = call(PORT, "POST", "/v2/instanceBySpec", spec)["instanceIds"][0]
            text = script(PORT, method, target.format(instance))
            measure(PORT, text, connections, 1)
            pairs = []
            for number in range(ROUNDS):
                first = round_of(server, text, connections, 1)
                server.send_signal(signal.SIGUSR1)
                time.sleep(0.1)
                second = round_of(server, text, connections, 1)
                pairs.append((second, first) if number % 2 else (first, second))
        finally:
            server.terminate()
            server.wait()
    row = [name, log_format, str(connections)]
    for index in (0, 1):
        first, middle, last = statistics.quantiles((on[index] / off[index] for on, off in pairs), n=4)
        row.append(f"{middle:.3f} ({first:.3f} to {last:.3f})")
    print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:]:
        serve(sys.argv[1])
    else:
        need("taskset", "wrk")
        print("| call | lines | connections | rate with, of that without | the same of requests per processor second |")
        print("| --- | --- | --- | --- | --- |")
        for log_format in ("text", "json"):
            for connections in (1, 32):
                compare("reboot", "PUT", "/v2/instance/{}?reboot", connections, log_format)
        compare("get", "GET", "/v2/instance/{}", 32, "text")
