"""Rates of signed calls of 64 accounts: to one emulator, and through HAProxy to 1, 2 and 4 of them (docker/shards)."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "docker" / "shards"))

import rates
from needs import need
from running import emulators, haproxy

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

ACCOUNTS, CONNECTIONS, SECONDS, ROUNDS = 64, 64, 4, 3
CALLS = {"a list of zones": ("GET", "/v2/zone", ""), "a new VPC, which is refused": ("POST", "/v1/vpc", "{}")}


def script(address: str, method: str, target: str, body: str) -> str:
    """A wrk script whose requests are of one account after the other."""
    date, rows = iso(time.time()), []
    for number in range(rates.SIGNATURES):
        account = f"test-{number % ACCOUNTS}"
        signed = authorize(method, address, target, "", date, account, rates.SK, seconds=86_400 + number)
        rows.append(f'"{signed}"')
    return (
        f"local strings = {{{','.join(rows)}}}\nlocal number = 0\nrequest = function()\n"
        f" number = number % {rates.SIGNATURES} + 1\n"
        f' return wrk.format("{method}", "{target}", {{["x-bce-date"]="{date}", ["Host"]="{address}", '
        f'["Authorization"]=strings[number]}}{f", [[{body}]]" if body else ""})\nend\n'
    )


def rate(address: str, text: str) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(text)
        file.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", file.name, f"http://{address}"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))


def processor_seconds(process: subprocess.Popen) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def report(name: str, address: str, shards: list, proxies: list) -> None:
    """Rates, and processor time of a request, which depends less on what else the machine does."""
    for call, (method, target, body) in CALLS.items():
        text, groups = script(address, method, target, body), [[each.process for each in shards], proxies]
        before = [sum(map(processor_seconds, group)) for group in groups]
        found = [rate(address, text) for _ in range(ROUNDS)]
        spent = [sum(map(processor_seconds, group)) - then for group, then in zip(groups, before, strict=True)]
        emulator, proxy = (seconds / (sum(found) * SECONDS) * 1e6 for seconds in spent)
        print(f"{name:<20} {call:<27} {statistics.median(found):7.0f}/s ({min(found):.0f} to {max(found):.0f}), "
              f"a request takes {emulator:.0f} µs of an emulator and {proxy:.0f} µs of HAProxy", flush=True)  # fmt: skip


def main() -> None:
    need("wrk", "haproxy")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; wrk and HAProxy share them")
    with emulators(4) as shards:
        report("one, without a proxy", shards[0].address, shards[:1], [])
        for count in (1, 2, 4):
            with haproxy(shards[:count]) as proxy:
                report(f"HAProxy and {count}", proxy.address, shards[:count], [proxy.process])


if __name__ == "__main__":
    main()
