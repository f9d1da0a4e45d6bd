"""Start, first call, memory, and the cost of a call as an account grows. Prints; asserts nothing."""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from rates import call

with socket.create_server(("127.0.0.1", 0)) as _free:
    PORT = _free.getsockname()[1]
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9"}
SIZES = (1, 1_000, 10_000, 100_000)


def start(environment: dict[str, str] | None = None) -> tuple[subprocess.Popen, float]:
    """The process, in this environment if any, and the seconds from its start to ready."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "bce_emulator", "serve", "--port", str(PORT), "--pace", "instant"],
        stdout=subprocess.DEVNULL,
        env=environment,
    )
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/_emulator/ready", timeout=10).close()
            return process, time.perf_counter() - began
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.002)


def memory(process: subprocess.Popen) -> float:
    """Resident MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def seconds(repeat: int, *arguments: object) -> float:
    times = []
    for _ in range(repeat):
        began = time.perf_counter()
        call(PORT, *arguments)  # type: ignore[arg-type]
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    starts = []
    for _ in range(5):
        process, ready = start()
        starts.append(ready)
        began = time.perf_counter()
        call(PORT, "GET", "/v2/zone")
        first = time.perf_counter() - began
        resident = memory(process)
        process.terminate()
        process.wait()
    print(
        f"\n| start and size | |\n| --- | --- |\n| process start to ready, median of 5 | {statistics.median(starts):.2f} s |"
    )
    print(f"| first call | {first * 1000:.1f} ms |\n| resident memory at ready | {resident:.0f} MiB |")
    process, _ = start()
    try:
        vpc = call(PORT, "POST", "/v1/vpc", {"name": "large", "cidr": "10.0.0.0/8"})["vpcId"]
        subnet = call(
            PORT, "POST", "/v1/subnet", {"name": "large", "vpcId": vpc, "zoneName": "cn-bj-a", "cidr": "10.0.0.0/12"}
        )["subnetId"]
        made = 0
        rows = []
        instance = ""
        for size in SIZES:
            while made < size:
                count = min(100, size - made)
                body = {**SPEC, "purchaseCount": count, "subnetId": subnet}
                instance = call(PORT, "POST", "/v2/instanceBySpec", body)["instanceIds"][0]
                made += count
            reboot = seconds(200, "PUT", f"/v2/instance/{instance}?reboot")
            get = seconds(200, "GET", f"/v2/instance/{instance}")
            page = seconds(20, "GET", "/v2/instance?maxKeys=10")
            rows.append(
                f"| {size:,} | {reboot * 1e6:.0f} µs | {get * 1e6:.0f} µs | {page * 1e6:.0f} µs | {memory(process):.0f} MiB |"
            )
        print("\n| instances | reboot | get | list of 10 | resident memory |\n| --- | --- | --- | --- | --- |")
        print("\n".join(rows))
    finally:
        process.terminate()


if __name__ == "__main__":
    main()
