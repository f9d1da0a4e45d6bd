"""What one account costs another: how long one waits for its answers while another calls as fast as it can."""

from __future__ import annotations

import http.client
import statistics
import subprocess
import sys
import tempfile
import time

import rates
from needs import need

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

PORT, SECONDS, PAUSE = 18_099, 8, 0.003
GREEDY, OTHER = "test-greedy", "test-other"
CALLS = {"a list of zones": "/v2/zone", "a list of 1,000 instances": "/v2/instance?maxKeys=1000"}


def fill() -> None:
    rates.AK = GREEDY
    order = {
        "spec": "bcc.g5.c2m8",
        "imageId": "m-z2UUQHH9",
        "purchaseCount": 100,
        "billing": {"paymentTiming": "Postpaid"},
    }
    for _ in range(10):
        rates.call(PORT, "POST", "/v2/instanceBySpec", order)


def waits() -> list[float]:
    """How long the other account waited for each answer, one at a time, in milliseconds."""
    connection, host, found = http.client.HTTPConnection("127.0.0.1", PORT), f"127.0.0.1:{PORT}", []
    end = time.monotonic() + SECONDS - 1
    while time.monotonic() < end:
        date = iso(time.time())
        string = authorize("GET", host, "/v2/zone", "", date, OTHER, rates.SK)
        began = time.perf_counter()
        connection.request("GET", "/v2/zone", headers={"x-bce-date": date, "Authorization": string})
        connection.getresponse().read()
        found.append((time.perf_counter() - began) * 1000)
        time.sleep(PAUSE)
    connection.close()
    return sorted(found)


def told(found: list[float]) -> str:
    return f"p50 {statistics.median(found):6.2f} ms  p99 {found[int(len(found) * 0.99)]:6.2f} ms  {len(found)} calls"


def main() -> None:
    need("taskset", "wrk")
    server = rates.start(
        [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--log-requests", "off"], PORT
    )
    try:
        fill()
        print(f"{'nobody else':<45} {told(waits())}")
        rates.AK = GREEDY
        for name, target in CALLS.items():
            for connections in (1, 16, 64):
                with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
                    file.write(rates.script(PORT, "GET", target))
                    file.flush()
                    command = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s", file.name]
                    load = subprocess.Popen([*command, f"http://127.0.0.1:{PORT}"], stdout=subprocess.PIPE, text=True)
                    time.sleep(0.5)
                    found = waits()
                    rate = load.communicate()[0].rpartition("Requests/sec:")[2].split()[0]
                print(f"{name}, {connections:>2} connections, {rate:>8}/s: {told(found)}")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
