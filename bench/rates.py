"""Rates of signed calls against the floor: interleaved rounds on one pinned core, wrk on the other, medians."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from needs import need

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

AK, SK = "test", "bce-emulator-secret-key"
HERE = Path(__file__).parent
SIGNATURES = int(os.environ.get("SIGNATURES", "2000"))


def start(
    command: list[str],
    port: int,
    environment: dict[str, str] | None = None,
    first: urllib.request.Request | None = None,
) -> subprocess.Popen:
    """A server on one pinned core, which has given a first answer, whatever it says."""
    need("taskset")
    process = subprocess.Popen(
        ["taskset", "-c", "0", *command],
        env=os.environ | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a line for each request
    )
    for _ in range(12_000):
        try:
            urllib.request.urlopen(first or f"http://127.0.0.1:{port}/_emulator/live", timeout=60).close()
            return process
        except urllib.error.HTTPError:
            return process
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.005)
    process.kill()
    raise SystemExit(f"{command} did not start")


def call(port: int, method: str, target: str, body: dict | None = None) -> dict:
    path, _, query = target.partition("?")
    host, date = f"127.0.0.1:{port}", iso(time.time())
    request = urllib.request.Request(f"http://{host}{target}", method=method)
    request.add_header("x-bce-date", date)
    request.add_header("Authorization", authorize(method, host, path, query, date, AK, SK))
    request.add_header("Content-Type", "application/json")
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(request, data) as response:
        return json.load(response)


def script(port: int, method: str, target: str, body: str = "", headers: dict[str, str] | None = None) -> str:
    """A wrk script that sends a different signature each time: the expiration differs, so every prefix does."""
    path, _, query = target.partition("?")
    host, date = f"127.0.0.1:{port}", iso(time.time())
    seconds = range(86_400, 86_400 + SIGNATURES)
    strings = [authorize(method, host, path, query, date, AK, SK, seconds=each) for each in seconds]
    return lua(method, target, {"x-bce-date": date, "Host": host} | (headers or {}), strings, body)


def lua(method: str, target: str, headers: dict[str, str], authorizations: list[str], body: str = "") -> str:
    """A wrk script that sends one request with each of these authorizations in turn."""
    fields = "".join(f'["{name}"]="{value}", ' for name, value in headers.items())
    return (
        f"local strings = {{{','.join(map(json.dumps, authorizations))}}}\nlocal number = 0\n"
        f"request = function()\n number = number % {len(authorizations)} + 1\n"
        f' return wrk.format("{method}", "{target}", {{{fields}'
        f'["Authorization"]=strings[number]}}{f", [[{body}]]" if body else ""})\nend\n'
        "local bad = 0\nresponse = function(status) if status ~= 200 then bad = bad + 1; "
        'if bad == 1 then print("BAD " .. status) end end end\n'
    )


def measure(port: int, text: str, connections: int, seconds: float) -> float:
    return float(re.search(r"Requests/sec:\s+([\d.]+)", load(port, text, connections, seconds)).group(1))


def load(port: int, text: str, connections: int, seconds: float) -> str:
    """What wrk prints of its run."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(text)
        file.flush()
        command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", file.name]
        output = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        ).stdout
    if "BAD" in output or "Non-2xx" in output:
        raise SystemExit(f"answers were not 200:\n{output}")
    return output


def main() -> None:
    need("taskset", "wrk")
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    ours, floor = 8931, 8932
    emulator = start([sys.executable, "-m", "bce_emulator", "serve", "--port", str(ours), "--pace", "instant"], ours)
    processes = [emulator]
    try:
        spec = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
        ids = call(ours, "POST", "/v2/instanceBySpec", spec)["instanceIds"]
        detail = call(ours, "GET", f"/v2/instance/{ids[0]}")["instance"]
        processes.append(
            start(
                [sys.executable, str(HERE / "bare.py"), str(floor)],
                floor,
                {"BENCH_DETAIL": json.dumps(detail), "BENCH_INSTANCES": "1000"},
            )
        )
        cases = [
            ("reboot", "PUT", "/v2/instance/{}?reboot", ""),
            ("reboot with a body", "PUT", "/v2/instance/{}?reboot", '{"forceStop": false}'),
            ("get", "GET", "/v2/instance/{}", ""),
        ]
        print("| call | connections | floor req/s | emulator req/s | ratio |\n| --- | --- | --- | --- | --- |")
        for name, method, target, body in cases:
            for connections in (1, 32, 64):
                report(name, method, target, body, ids[0], connections, rounds, seconds, ours, floor)
        for _ in range(10):
            call(ours, "POST", "/v2/instanceBySpec", {**spec, "purchaseCount": 100})
        report("list of 1,000", "GET", "/v2/instance?maxKeys=1000", "", "", 1, rounds, seconds, ours, floor)
    finally:
        for process in processes:
            process.terminate()


def report(
    name: str,
    method: str,
    target: str,
    body: str,
    instance: str,
    connections: int,
    rounds: int,
    seconds: int,
    ours: int,
    floor: int,
) -> None:
    mine, theirs = target.format(instance), target.format("i-00000000")
    rates: dict[int, list[float]] = {ours: [], floor: []}
    for _ in range(rounds):
        for port, path in ((ours, mine), (floor, theirs)):
            rates[port].append(measure(port, script(port, method, path, body), connections, seconds))
    middle = {port: statistics.median(values) for port, values in rates.items()}
    ratio = statistics.median(a / b for a, b in zip(rates[ours], rates[floor], strict=True))
    print(f"| {name} | {connections} | {middle[floor]:,.0f} | {middle[ours]:,.0f} | {ratio:.2f} |", flush=True)


if __name__ == "__main__":
    main()
