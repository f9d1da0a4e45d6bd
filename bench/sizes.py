"""Start, first call and memory. Prints; asserts nothing."""

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


if __name__ == "__main__":
    main()
