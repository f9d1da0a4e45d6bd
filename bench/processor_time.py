"""Processor time of a request over a socket: the emulator, the plain floor and the memoised one, in turn. Asserts nothing.

Rates on a shared machine say what the neighbours did; the time that a process had on its core says what it did itself.
"""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict

from needs import need
from rates import HERE, call, load, script, start

EMULATOR, PLAIN, MEMOISED = "emulator", "plain floor", "memoised floor"
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
CASES = (
    ("reboot", "PUT", "/v2/instance/{}?reboot", ""),
    ("reboot with a body", "PUT", "/v2/instance/{}?reboot", '{"forceStop": false}'),
    ("get", "GET", "/v2/instance/{}", ""),
)
CONNECTIONS = 32


def microseconds(process: subprocess.Popen) -> float:
    """How long the threads of a process have run on a core, those that have ended too."""
    clock = ~process.pid << 3 | 2  # as clock_getcpuclockid(3) names it on Linux
    return time.clock_gettime_ns(clock) / 1_000


def quarters(theirs: list[float], ours: list[float]) -> str:
    """By how much theirs is more than ours, of two that were measured in turn: the median and the middle half."""
    low, middle, high = statistics.quantiles([their / our for their, our in zip(theirs, ours, strict=True)], n=4)
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def main() -> None:
    need("taskset", "wrk")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    ports = {EMULATOR: 8941, PLAIN: 8942, MEMOISED: 8943}
    serve = [sys.executable, "-m", "bce_emulator", "serve", "--port", str(ports[EMULATOR]), "--pace", "instant"]
    processes = {EMULATOR: start(serve, ports[EMULATOR])}
    try:
        instance = call(ports[EMULATOR], "POST", "/v2/instanceBySpec", SPEC)["instanceIds"][0]
        detail = call(ports[EMULATOR], "GET", f"/v2/instance/{instance}")["instance"]
        shown = {"BENCH_DETAIL": json.dumps(detail), "BENCH_INSTANCES": "1"}
        for name, more in ((PLAIN, {}), (MEMOISED, {"BENCH_MEMOISED": "1"})):
            bare = [sys.executable, str(HERE / "bare.py"), str(ports[name])]
            processes[name] = start(bare, ports[name], shown | more)
        print(f"| call | {EMULATOR} | of the {PLAIN} | of the {MEMOISED} |\n| --- | --- | --- | --- |")
        for what, method, target, body in CASES:
            spent: dict[str, list[float]] = defaultdict(list)
            paths = {name: target.format(instance if name == EMULATOR else "i-00000000") for name in ports}
            scripts = {name: script(ports[name], method, paths[name], body) for name in ports}
            for number in range(rounds):
                names = list(ports)[number % 3 :] + list(ports)[: number % 3]
                for name in names:
                    before = microseconds(processes[name])
                    said = load(ports[name], scripts[name], CONNECTIONS, seconds)
                    requests = int(re.search(r"(\d+) requests in", said).group(1))
                    spent[name].append((microseconds(processes[name]) - before) / requests)
            ours = statistics.median(spent[EMULATOR])
            ratios = [quarters(spent[name], spent[EMULATOR]) for name in (PLAIN, MEMOISED)]
            print(f"| {what} | {ours:.1f} µs | {ratios[0]} | {ratios[1]} |", flush=True)
    finally:
        for process in processes.values():
            process.terminate()


if __name__ == "__main__":
    main()
