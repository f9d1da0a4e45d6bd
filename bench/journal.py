"""What the journal and faults cost: one server, in which they are switched off and on between rounds of a second."""

from __future__ import annotations

import json
import signal
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable

from needs import need
from rates import call, measure, script, start

from bce_emulator.cli.main import main
from bce_emulator.engine.observe.journal import Journal

PORT = 8941
ROUNDS = 30
Switch = Callable[[subprocess.Popen, bool], None]
CLOSES = [Journal.close, lambda _journal, _exchange, _response: None]


def serve() -> None:
    """Serve; each SIGUSR1 turns the journal off or on. Two processes would differ by more than what is measured."""

    def turn(*_: object) -> None:
        CLOSES.reverse()
        Journal.close = CLOSES[0]

    signal.signal(signal.SIGUSR1, turn)
    main(["serve", "--port", str(PORT), "--pace", "instant"])


def switch_journal(server: subprocess.Popen, on: bool) -> None:
    server.send_signal(signal.SIGUSR1)
    time.sleep(0.05)


def switch_fault(server: subprocess.Popen, on: bool) -> None:
    """Plan an error for an operation that is not called, or none."""
    body = json.dumps({"operation": "StopInstance", "error": "InternalError"}).encode() if on else None
    method = "POST" if on else "DELETE"
    headers = {"content-type": "application/json"}
    url = f"http://127.0.0.1:{PORT}/_emulator/faults"
    urllib.request.urlopen(urllib.request.Request(url, body, headers, method=method)).close()


def compare(name: str, method: str, target: str, connections: int, switch: Switch = switch_journal) -> None:
    """One row of the table: the rate with, of that without, in pairs of a second each."""
    server = start([sys.executable, __file__, "serve"], PORT)
    try:
        spec = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
        instance = call(PORT, "POST", "/v2/instanceBySpec", spec)["instanceIds"][0]
        text = script(PORT, method, target.format(instance))
        if switch is switch_fault:
            switch(server, on=True)
        measure(PORT, text, connections, 1)
        pairs = []
        for number in range(ROUNDS):
            first = measure(PORT, text, connections, 1)
            switch(server, on=number % 2 == 1)
            second = measure(PORT, text, connections, 1)
            pairs.append((second, first) if number % 2 else (first, second))
    finally:
        server.terminate()
        server.wait()
    first, middle, last = statistics.quantiles((with_it / without for with_it, without in pairs), n=4)
    print(f"| {name} | {connections} | {middle:.3f} | {first:.3f} to {last:.3f} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        need("taskset", "wrk")
        print(
            "| call | connections | rate with, of that without | middle half of 30 pairs |\n| --- | --- | --- | --- |"
        )
        for number in (1, 32, 64):
            compare("reboot, with the journal", "PUT", "/v2/instance/{}?reboot", number)
        compare("get, with the journal", "GET", "/v2/instance/{}", 32)
        compare("list of one, with the journal", "GET", "/v2/instance", 32)
        compare("reboot, with a fault planned for another call", "PUT", "/v2/instance/{}?reboot", 32, switch_fault)
