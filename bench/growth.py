"""What a call costs as an account grows, and as the number of accounts does: a picture and two tables. Asserts nothing.

Processor time of the server over a socket, from pipelines of 100 requests that all differ: the least of the rounds, as neighbours on the
machine only ever add. The longest call is one of single ones, and of the hundreds of creations that led to a size, with what the collector
of garbage took in it. The start is that of a server with --state. Every product is loaded, and the journal is full.

    python bench/growth.py [--write] [LARGEST]        --write puts them into docs/performance/growth.md and docs/pictures/growth.svg
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field

from connection import Connection, request
from page import DOCS, machine, table, write
from picture import Chart, svg
from processor_time import microseconds
from rates import start
from sizes import memory

PORT = 8957
ARGUMENTS = [int(each) for each in sys.argv[1:] if each != "--write"]
LARGEST = ARGUMENTS[0] if ARGUMENTS else 100_000
SIZES = [10**power for power in range(6) if 10**power <= LARGEST]
ROUNDS, BATCH, SINGLE, JOURNAL = 7, 100, 100, 1_000
STARTED = {"instances": 100_000, "accounts": 10_000}
"""With so many at most a server is started again; so many accounts may there be if nobody says otherwise."""
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
SERVE = [
    sys.executable,
    "-m",
    "bce_emulator",
    "serve",
    "--port",
    str(PORT),
    "--pace",
    "instant",
    "--max-accounts",
    "200000",
]
CALLS = ("reboot", "get", "create and release")
TITLES = f"{' | '.join(f'{each}, µs' for each in CALLS)} | list of 10, µs | longest call, ms | longest 100 creations on the way, ms | resident MiB | ready, s | first get, ms"


class Grown:
    """A server that has more and more, and what its calls cost."""

    def __init__(self, *options: str) -> None:
        self.process: subprocess.Popen = start([*SERVE, *options], PORT)
        self.connection = Connection(PORT)
        self.order = dict(SPEC)
        self.instance = ""
        self.had = 0
        self.longest = 0.0

    def spent(self, requests: list[bytes]) -> tuple[float, list[bytes]]:
        """Microseconds of processor time for each, and what was answered."""
        before = microseconds(self.process)
        answers = self.connection.ask(requests)
        return (microseconds(self.process) - before) / len(requests), answers

    def one(self, method: str, target: str, body: dict | None = None, account: str = "test") -> dict:
        """A single call, which may be the longest."""
        spent, (content,) = self.spent([request(PORT, method, target, body, account)])
        self.longest = max(self.longest, spent / 1_000)
        return json.loads(content)

    def prepare(self) -> None:
        """Have a subnet that is large enough, and the one instance that is asked about."""
        vpc = self.one("POST", "/v1/vpc", {"name": "large", "cidr": "10.0.0.0/8"})["vpcId"]
        place = {"name": "large", "vpcId": vpc, "zoneName": "cn-bj-a", "cidr": "10.0.0.0/12"}
        self.order["subnetId"] = self.one("POST", "/v1/subnet", place)["subnetId"]
        self.instance = self.one("POST", "/v2/instanceBySpec", self.order)["instanceIds"][0]
        self.had = 1

    def instances(self, size: int) -> None:
        """Have so many instances in one account."""
        while self.had < size:
            count = min(BATCH, size - self.had)
            self.one("POST", "/v2/instanceBySpec", self.order | {"purchaseCount": count})
            self.had += count

    def accounts(self, size: int) -> None:
        """Have so many accounts, each with an instance."""
        while self.had < size:
            names = [f"test-{number}" for number in range(self.had, min(self.had + BATCH, size))]
            spent, _ = self.spent([request(PORT, "POST", "/v2/instanceBySpec", SPEC, name) for name in names])
            self.longest = max(self.longest, spent * len(names) / 1_000)
            self.had += len(names)

    def asked(self, method: str, target: str) -> float:
        return self.spent([request(PORT, method, target) for _ in range(BATCH)])[0]

    def created_and_released(self) -> float:
        orders = [request(PORT, "POST", "/v2/instanceBySpec", self.order) for _ in range(BATCH)]
        created, answers = self.spent(orders)
        ids = [json.loads(each)["instanceIds"][0] for each in answers]
        return created + self.spent([request(PORT, "DELETE", f"/v2/instance/{each}") for each in ids])[0]

    def costs(self) -> list[float]:
        """What each call costs, the least of the rounds, and what the longest took."""
        path = f"/v2/instance/{self.instance}"
        calls: list[Callable[[], float]] = [
            lambda: self.asked("PUT", f"{path}?reboot"),
            lambda: self.asked("GET", path),
            self.created_and_released,
            lambda: self.asked("GET", "/v2/instance?maxKeys=10"),
        ]
        rounds = [[call() for call in calls] for _ in range(ROUNDS)]
        self.longest = 0.0
        for _ in range(SINGLE):
            self.one("PUT", f"{path}?reboot")
            self.one("GET", path)
            created = self.one("POST", "/v2/instanceBySpec", self.order)["instanceIds"][0]
            self.one("DELETE", f"/v2/instance/{created}")
        return [min(each) for each in zip(*rounds, strict=True)] + [self.longest]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


Grow = Callable[[Grown, int], None]


@dataclass
class Found:
    """What was found along one axis."""

    what: str
    grow: Grow
    rows: list[list[float]] = field(default_factory=list)

    def measure(self) -> None:
        server = Grown()
        try:
            server.prepare()
            server.connection.ask([request(PORT, "GET", "/v2/zone") for _ in range(JOURNAL)])
            for size in SIZES:
                server.longest = 0.0
                self.grow(server, size)
                on_the_way = server.longest
                self.rows.append([*server.costs(), on_the_way, memory(server.process)])
                print(f"{self.what}, {size:,}: {' '.join(f'{each:.1f}' for each in self.rows[-1])}", file=sys.stderr)
        finally:
            server.stop()

    def measure_starts(self) -> None:
        with tempfile.TemporaryDirectory() as directory:
            server = Grown("--state", directory)
            server.prepare()
            order, instance = server.order, server.instance
            for row, size in zip(self.rows, SIZES, strict=True):
                if size > STARTED[self.what]:
                    break
                try:
                    self.grow(server, size)
                finally:
                    server.stop()
                server = Grown("--state", directory)
                server.order, server.instance, server.had = order, instance, size
                ready = microseconds(server.process) / 1e6
                row += [ready, server.spent([request(PORT, "GET", f"/v2/instance/{instance}")])[0] / 1_000]
                print(f"{self.what}, {size:,}: start {row[-2]:.2f} s, first get {row[-1]:.1f} ms", file=sys.stderr)
            server.stop()

    def table(self) -> str:
        formats = ("{:.0f}",) * 4 + ("{:.1f}",) * 2 + ("{:.0f}", "{:.2f}", "{:.1f}")
        shown = [
            [
                f"{size:,}",
                *(each.format(value) for each, value in zip(formats, row, strict=False)),
                *[""] * (9 - len(row)),
            ]
            for size, row in zip(SIZES, self.rows, strict=False)
        ]
        return table(f"{self.what} | {TITLES}", shown)

    def charts(self) -> list[Chart]:
        column = [[row[number] for row in self.rows if len(row) > number] for number in range(9)]
        sizes, started = SIZES[: len(self.rows)], SIZES[: len(column[7])]
        return [
            Chart(f"{self.what}: µs of processor time a call", sizes, dict(zip(CALLS, column, strict=False))),
            Chart(
                f"{self.what}: ms of the longest call",
                sizes,
                {"one call": column[4], "100 creations on the way": column[5]},
            ),
            Chart(f"{self.what}: resident MiB", sizes, {"MiB": column[6]}),
            Chart(f"{self.what}: s of processor time to ready", started, {"with --state": column[7]}),
        ]


def main() -> None:
    axes = [Found("instances", Grown.instances), Found("accounts", Grown.accounts)]
    for found in axes:
        found.measure()
        found.measure_starts()
    text = f"{machine()}\n\n" + "\n\n".join(found.table() for found in axes)
    print(text)
    if "--write" in sys.argv:
        pairs = zip(*(found.charts() for found in axes), strict=True)
        picture = svg("What a call costs as things grow", [each for pair in pairs for each in pair], columns=2)
        (DOCS / "pictures" / "growth.svg").write_text(picture, encoding="utf-8")
        write("performance/growth.md", "bench/growth.py --write", text)


if __name__ == "__main__":
    main()
