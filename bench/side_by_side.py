"""A reboot here and by others: requests a second, processor time, the start, memory, and what each says to a wrong request.

One pinned core for the server, the other for wrk, 32 connections, rounds in turn. Neighbours on the machine only ever add, so processor
time, the start and memory are the least of all rounds; rates are medians. Asserts nothing.

    python bench/side_by_side.py [--write] [ROUNDS [SECONDS]]        --write puts the tables into docs/performance/peers.md
"""

from __future__ import annotations

import http.client
import re
import statistics
import sys
import time
import urllib.request
from collections import defaultdict
from contextlib import ExitStack

from needs import need
from page import machine, table, write
from peers import PEERS, Peer, had
from processor_time import SPEC, microseconds
from rates import AK, SK, call, load, lua, script, start
from sizes import memory

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

ARGUMENTS = [int(each) for each in sys.argv[1:] if each != "--write"]
ROUNDS, SECONDS = [*ARGUMENTS, *(7, 2)[len(ARGUMENTS) :]]
STARTS, CONNECTIONS, FIRST_PORT, PATIENCE = 3, 32, 8961, 5
NOBODY = {False: "i-99999999", True: "i-99999999999999999"}
AWS = "AWS4-HMAC-SHA256 Credential=test/20261129/us-east-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature={:064x}"
AWS_HEADERS = {"x-amz-date": "20261129T000000Z", "Content-Type": "application/x-www-form-urlencoded"}


class Server:
    """A peer that runs, on a port of its own."""

    def __init__(self, peer: Peer, port: int) -> None:
        self.peer, self.port, self.instance = peer, port, "i-00000000"
        command, environment = peer.on(port)
        began = time.perf_counter()
        self.process = start(command, port, environment, self.first())
        self.seconds, self.worked = time.perf_counter() - began, microseconds(self.process) / 1e6
        self.resident = memory(self.process)

    def first(self) -> urllib.request.Request:
        """A read of the API; whatever is answered, the server is there."""
        query = "/?Action=DescribeInstances&Version=2016-11-15"
        target = query if self.peer.is_aws else f"/v2/instance/{self.instance}"
        return urllib.request.Request(f"http://127.0.0.1:{self.port}{target}", headers=self.headers("GET", target))

    def headers(self, method: str, target: str) -> dict[str, str]:
        if self.peer.is_aws:
            return AWS_HEADERS | {"Authorization": AWS.format(0)}
        host, date, (path, _, query) = f"127.0.0.1:{self.port}", iso(time.time()), target.partition("?")
        string = authorize(method, host, path, query, date, AK, SK)
        return {"x-bce-date": date, "Authorization": string, "Content-Type": "application/json"}

    def create(self) -> None:
        """Have an instance, where a reboot needs one."""
        if self.peer.has_state and self.peer.is_aws:
            form = b"Action=RunInstances&ImageId=ami-12c6146b&MinCount=1&MaxCount=1&Version=2016-11-15"
            request = urllib.request.Request(f"http://127.0.0.1:{self.port}/", form, self.headers("POST", "/"))
            with urllib.request.urlopen(request) as response:
                self.instance = re.search(r"<instanceId>([^<]+)", response.read().decode()).group(1)
        elif self.peer.has_state:
            self.instance = call(self.port, "POST", "/v2/instanceBySpec", SPEC)["instanceIds"][0]

    def reboot(self, has_body: bool, instance: str, flag: str = "false") -> tuple[str, str, str]:
        """Method, target and body of a reboot."""
        if not self.peer.is_aws:
            return "PUT", f"/v2/instance/{instance}?reboot", f'{{"forceStop": {flag}}}' if has_body else ""
        form = f"Action=RebootInstances&InstanceId.1={instance}&Version=2016-11-15"
        if has_body:
            return "POST", "/", form + (f"&DryRun={flag}" if flag != "false" else "")
        return "GET", f"/?{form}", ""

    def script(self, has_body: bool) -> str:
        method, target, body = self.reboot(has_body, self.instance)
        if self.peer.is_aws:
            return lua(method, target, AWS_HEADERS, [AWS.format(number) for number in range(1_000)], body)
        return script(self.port, method, target, body, {"Content-Type": "application/json"} if has_body else {})

    def measured(self, has_body: bool) -> tuple[float, float]:
        """Requests a second, and microseconds of processor time for each."""
        before = microseconds(self.process)
        said = load(self.port, self.script(has_body), CONNECTIONS, SECONDS)
        requests, rate = re.search(r"(\d+) requests in", said), re.search(r"Requests/sec:\s+([\d.]+)", said)
        return float(rate.group(1)), (microseconds(self.process) - before) / int(requests.group(1))

    def said(self, flag: str = "false", instance: str = "", authorization: str | None = None, cut: int = 0) -> str:
        """The status that a reboot with a small body is answered."""
        method, target, body = self.reboot(has_body=True, instance=instance or self.instance, flag=flag)
        headers = self.headers(method, target)
        if authorization is not None:
            headers["Authorization"] = authorization or headers["Authorization"][:-8] + "01234567"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, target, body[: len(body) - cut], headers)
            return str(connection.getresponse().status)
        except TimeoutError:
            return f"none in {PATIENCE} s"
        finally:
            connection.close()

    def answers(self) -> list[str]:
        """What a good request is answered, and then the wrong ones."""
        return [
            self.said(),
            self.said(authorization="none"),
            self.said(authorization=""),
            self.said(instance=NOBODY[self.peer.is_aws]),
            self.said(flag='"maybe"'),
            "" if self.peer.is_aws else self.said(cut=4),
        ]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait()


COST = "server | req/s, with a body | µs a request | req/s, without | µs a request | s to the first answer | of processor time | MiB then"
WRONG = "good | Authorization `none` | another signature | an instance that is not there | `maybe` for a boolean | JSON cut short"


def served(peers: list[Peer], stack: ExitStack) -> dict[str, list[Server]]:
    """By name the starts of each peer, of which the last one runs on."""
    starts: dict[str, list[Server]] = defaultdict(list)
    for number in range(STARTS):
        for place, peer in enumerate(peers):
            print(f"start {number + 1} of {peer.name}", file=sys.stderr)
            server = Server(peer, FIRST_PORT + place)
            starts[peer.name].append(server)
            if number < STARTS - 1:
                server.stop()
            else:
                stack.callback(server.stop)
    for each in starts.values():
        each[-1].create()
    return starts


def report(starts: dict[str, list[Server]]) -> str:
    """The two tables."""
    servers = [each[-1] for each in starts.values()]
    found: dict[tuple[str, bool], list[tuple[float, float]]] = defaultdict(list)
    for number in range(ROUNDS + 1):
        print(f"round {number} of {ROUNDS}", file=sys.stderr)
        for has_body in (True, False):
            for server in servers[number % len(servers) :] + servers[: number % len(servers)]:
                measured = server.measured(has_body)
                if number:  # the first one warms up
                    found[server.peer.name, has_body].append(measured)
    rows = []
    for server in servers:
        name = server.peer.name
        row = [name]
        for has_body in (True, False):
            rates, times = zip(*found[name, has_body], strict=True)
            row += [f"{statistics.median(rates):,.0f}", f"{min(times):,.0f}"]
        row += [f"{min(each.seconds for each in starts[name]):.2f}", f"{min(each.worked for each in starts[name]):.2f}"]
        rows.append([*row, f"{min(each.resident for each in starts[name]):.0f}"])
    checks = [[server.peer.name, *server.answers(), server.peer.does] for server in servers]
    return f"{table(COST, rows)}\n\n{table(f'server | {WRONG} | what stands behind the answer', checks)}"


def main() -> None:
    need("taskset", "wrk")
    reasons = {peer.name: had(peer) for peer in PEERS}
    missing = "".join(f"\n\n{name} could not be had: {reason}." for name, reason in reasons.items() if reason)
    with ExitStack() as stack:
        starts = served([peer for peer in PEERS if not reasons[peer.name]], stack)
        text = f"{machine()} {ROUNDS} rounds of {SECONDS} s.\n\n{report(starts)}{missing}"
    print(text)
    if "--write" in sys.argv:
        write("performance/peers.md", "make bench-peers WRITE=1", text)


if __name__ == "__main__":
    main()
