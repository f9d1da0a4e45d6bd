"""A day's run in short: mixed traffic with resets, faults, clock jumps, forks, and restarts with --state, half of them by kill -9.

Each client owns two accounts and remembers what was acknowledged; after every restart, and at the end, each account has exactly that. What
was under way at a kill may have happened or not. Prints resident memory and what was done; ends with 1 if anything was lost or answered 5xx.

    python bench/soak.py MINUTES
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rates import SK
from sizes import PORT, memory

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso

ROUND_SECONDS = 30
CLIENTS = 4
MAX_INSTANCES = 40
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
HOST = f"127.0.0.1:{PORT}"


class Stopped(Exception):
    """The server went while a request was under way."""


@dataclass
class Account:
    """What is known of an account: what it surely has, and whether some call's end is not known."""

    name: str
    instances: set[str] = field(default_factory=set)
    eips: set[str] = field(default_factory=set)
    doubtful: set[str] = field(default_factory=set)
    is_open: bool = False

    def forget(self) -> None:
        """It was reset, or forgotten."""
        self.instances, self.eips, self.doubtful, self.is_open = set(), set(), set(), False


class Client(threading.Thread):
    """One client after the other call, until it is told to stop or the server goes."""

    def __init__(self, number: int, accounts: list[Account], counts: Counter[str]) -> None:
        super().__init__(daemon=True)
        self.random = random.Random(number)
        self.accounts, self.counts, self.ending = accounts, counts, threading.Event()
        self.wrong: list[str] = []
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)

    def run(self) -> None:
        try:
            while not self.ending.is_set():
                self.step(self.random.choice(self.accounts))
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 (it is told at the end)
            self.wrong.append(repr(error))
        finally:
            self.connection.close()

    def call(self, account: str, method: str, target: str, body: object = None) -> tuple[int, dict]:
        """The status and the body of a call; control calls are not signed."""
        headers = {"Content-Type": "application/json"}
        if not target.startswith("/_emulator/"):
            path, _, query = target.partition("?")
            date = iso(time.time())
            signature = authorize(method, HOST, path, query, date, account, SK)
            headers |= {"x-bce-date": date, "Authorization": signature}
        try:
            self.connection.request(method, target, None if body is None else json.dumps(body), headers)
            response = self.connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Stopped(repr(error)) from None
        return response.status, json.loads(content) if content else {}

    def asked(
        self, account: Account, method: str, target: str, body: object = None, fine: tuple[int, ...] = ()
    ) -> dict:
        """The body of a call that is answered 200, or with a status that is fine; empty then."""
        status, answer = self.call(account.name, method, target, body)
        self.counts[f"{method} {status}"] += 1
        if status != 200 and status not in fine:
            self.wrong.append(f"{account.name} {method} {target}: {status} {answer}")
        return answer if status == 200 else {}

    def step(self, account: Account) -> None:
        """One thing to do, as often as its weight says."""
        kind = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        account.is_open = True
        getattr(self, kind)(account)

    def one_of(self, account: Account) -> str:
        return self.random.choice(sorted(account.instances)) if account.instances else ""

    def create(self, account: Account) -> None:
        if len(account.instances) >= MAX_INSTANCES:
            return
        account.doubtful.add("?")
        answer = self.asked(account, "POST", "/v2/instanceBySpec", SPEC | {"purchaseCount": self.random.randint(1, 3)})
        account.instances.update(answer["instanceIds"])
        account.doubtful.discard("?")

    def delete(self, account: Account) -> None:
        if instance := self.one_of(account):
            account.instances.discard(instance)
            account.doubtful.add(instance)
            self.asked(account, "DELETE", f"/v2/instance/{instance}")
            account.doubtful.discard(instance)

    def power(self, account: Account) -> None:
        if instance := self.one_of(account):
            action = self.random.choice(["reboot", "stop", "start"])
            self.asked(account, "PUT", f"/v2/instance/{instance}?{action}", {}, fine=(409, 500))

    def get(self, account: Account) -> None:
        if instance := self.one_of(account):
            self.asked(account, "GET", f"/v2/instance/{instance}", fine=(500,))

    def list(self, account: Account) -> None:
        self.asked(account, "GET", "/v2/instance?maxKeys=100")

    def refused(self, account: Account) -> None:
        self.asked(account, "GET", "/v2/instance/i-nobody00", fine=(404, 500))

    def eip(self, account: Account) -> None:
        if len(account.eips) < 10:
            account.doubtful.add("eip")
            body = {"bandwidthInMbps": 5, "billing": {"paymentTiming": "Postpaid", "billingMethod": "ByTraffic"}}
            account.eips.add(self.asked(account, "POST", "/v1/eip", body)["eip"])
            account.doubtful.discard("eip")
        else:
            address = self.random.choice(sorted(account.eips))
            account.eips.discard(address)
            account.doubtful.add("eip")
            self.asked(account, "DELETE", f"/v1/eip/{address}?releaseToRecycle=false")
            account.doubtful.discard("eip")

    def jump(self, account: Account) -> None:
        body = self.random.choice([{"seconds": 3_600}, {"until": "idle"}])
        self.asked(account, "POST", f"/_emulator/clock/advance?account={account.name}", body)

    def fault(self, account: Account) -> None:
        body = {"operation": "bcc.GetInstance", "error": "ServiceInternalError", "times": 1}
        self.asked(account, "POST", f"/_emulator/faults?account={account.name}", body)

    def reset(self, account: Account) -> None:
        account.doubtful.add("reset")
        self.asked(account, "POST", f"/_emulator/reset?account={account.name}")
        account.forget()

    def fork(self, account: Account) -> None:
        copy = f"{account.name}-copy"
        self.asked(account, "POST", "/_emulator/state/fork", {"from": account.name, "to": copy})
        listed = self.ids(copy)
        if listed != account.instances:
            self.wrong.append(f"the fork of {account.name} has {len(listed)} instances, not {len(account.instances)}")
        self.asked(account, "POST", f"/_emulator/reset?account={copy}")

    def ids(self, name: str) -> set[str]:
        status, answer = self.call(name, "GET", "/v2/instance?maxKeys=1000")
        if status != 200:
            self.wrong.append(f"{name}: the list is answered {status}")
            return set()
        return {each["id"] for each in answer["instances"]}

    def check(self, account: Account) -> None:
        """After a restart: what was acknowledged is there, and nothing else but what was under way."""
        listed = self.ids(account.name)
        eips = {each["eip"] for each in self.call(account.name, "GET", "/v1/eip?maxKeys=1000")[1]["eipList"]}
        if "reset" in account.doubtful and not listed and not eips:
            account.forget()
        lost, more = account.instances - listed, listed - account.instances - account.doubtful
        if lost or (more and "?" not in account.doubtful) or (eips != account.eips and "eip" not in account.doubtful):
            self.wrong.append(
                f"{account.name}: lost {sorted(lost)}, too many {sorted(more)}, EIPs {sorted(eips ^ account.eips)}"
            )
        account.instances, account.eips, account.doubtful = listed, eips, set()


WEIGHTS = {
    "create": 8, "delete": 8, "power": 30, "get": 30, "list": 10, "refused": 5, "eip": 5, "jump": 2, "fault": 1, "reset": 0.2,
    "fork": 0.5,
}  # fmt: skip


def start(directory: str) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "bce_emulator",
        "serve",
        "--port",
        str(PORT),
        "--pace",
        "instant",
        "--log-requests",
        "off",
    ]
    process = subprocess.Popen([*command, "--state", directory], stdout=subprocess.DEVNULL)
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
            connection.request("GET", "/_emulator/ready")
            if connection.getresponse().status == 200:
                return process
        except OSError:
            time.sleep(0.01)
        if process.poll() is not None:
            raise SystemExit("the server did not start")


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    accounts = [[Account(f"test-{number}-{each}") for each in range(2)] for number in range(CLIENTS)]
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    ending = time.monotonic() + 60 * minutes
    print(
        "| minute | requests | resident MiB before the restart | MiB on disk | ended by |\n| --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as directory:
        process, number = start(directory), 0
        while time.monotonic() < ending and not wrong:
            clients = [Client(number * CLIENTS + each, accounts[each], counts) for each in range(CLIENTS)]
            for client in clients:
                client.start()
            time.sleep(min(ROUND_SECONDS, max(1, ending - time.monotonic())))
            resident = memory(process)
            how = signal.SIGKILL if number % 2 else signal.SIGTERM
            if how == signal.SIGTERM:
                for client in clients:
                    client.ending.set()
                for client in clients:
                    client.join()
            process.send_signal(how)
            process.wait()
            for client in clients:
                client.join()
                wrong += client.wrong
            process = start(directory)
            checker = Client(-1, [], counts)
            for account in itertools.chain(*accounts):
                if account.is_open:
                    checker.check(account)
            wrong += checker.wrong
            size = sum(file.stat().st_size for file in Path(directory).iterdir()) / (1 << 20)
            at = minutes - (ending - time.monotonic()) / 60
            print(f"| {at:.1f} | {counts.total():,} | {resident:.0f} | {size:.0f} | {how.name} |", flush=True)
            number += 1
        process.terminate()
        process.wait()
    print(f"\n{counts.total():,} requests: " + ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items())))
    if wrong:
        raise SystemExit("\n".join(wrong[:20]))


if __name__ == "__main__":
    main()
