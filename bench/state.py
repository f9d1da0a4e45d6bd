"""What the state of accounts costs: forks, resets, clocks and documents in the process, and --state over HTTP."""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import orjson
from needs import need
from rates import call, measure, script, start

from bce_emulator.cli.serve import GC_THRESHOLDS
from bce_emulator.cloud import Emulator
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import OPERATIONS, Call
from bce_emulator.engine.persist.document import read_document
from bce_emulator.engine.persist.export_text import export
from bce_emulator.engine.persist.fork import fork
from bce_emulator.engine.persist.state_snapshot import build, dump
from bce_emulator.engine.steps import at_once
from bce_emulator.services.shared.regions import regions, zones
from bce_emulator.settings import Settings

SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
TIMES = 15


def timed(prepare: Callable[[], object], act: Callable[[object], object]) -> float:
    """The median of some runs, in milliseconds of CPU time: neighbours on the machine must not count."""
    spent = []
    for _ in range(TIMES):
        given = prepare()
        gc.collect()
        began = time.thread_time()
        act(given)
        spent.append((time.thread_time() - began) * 1_000)
    return statistics.median(spent)


def filled(count: int) -> tuple[Emulator, AccountRegion]:
    emulator = Emulator(Settings(pace="realistic"))
    account = emulator.accounts.open("test").in_region("bj")
    account.clock.freeze()
    made = OPERATIONS["bcc.CreateInstanceBySpec"]
    credentials = emulator.accounts.credentials["test"]
    names = zones("bj")
    for number in range(count // 100):
        order = SPEC | {"purchaseCount": 100, "zoneName": names[number % len(names)]}
        made.handle(account, {}, (), orjson.dumps(order), Call("", credentials, ""))
    return emulator, account


def in_process() -> None:
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLDS)
    emulator, account = filled(1_000)
    owner = account.account
    text = dump(export(owner))
    rows = {
        "fork of 1,000 instances with their volumes": timed(
            lambda: None, lambda _: at_once(fork(owner, emulator.accounts, "test-2"))
        ),
        f"export of the same ({len(text) / 1e6:.1f} MB)": timed(lambda: None, lambda _: dump(export(owner))),
        "reading and checking that document": timed(lambda: None, lambda _: at_once(read_document(text, regions()))),
        "restoring it": timed(
            lambda: at_once(read_document(text, regions())), lambda read: at_once(build(emulator.accounts, "t", read))
        ),
        "reset of 1,000 instances": timed(lambda: filled(1_000)[0], lambda other: other.reset("test")),
        "advance over 1,000 creations under way": timed(lambda: filled(1_000)[1], lambda made: made.clock.advance(60)),
        "advance over 10,000 creations under way": timed(
            lambda: filled(10_000)[1], lambda made: made.clock.advance(60)
        ),
    }
    print("| what | ms |\n| --- | --- |")
    for name, spent in rows.items():
        print(f"| {name} | {spent:.2f} |")


def over_http(rounds: int, seconds: int) -> None:
    ports = {"without": 8933, "with": 8934}
    with tempfile.TemporaryDirectory() as directory:
        command = [sys.executable, "-m", "bce_emulator", "serve", "--pace", "instant", "--port"]
        processes = [start([*command, str(ports["without"])], ports["without"])]
        try:
            processes.append(start([*command, str(ports["with"]), "--state", directory], ports["with"]))
            ids = {
                name: call(port, "POST", "/v2/instanceBySpec", SPEC)["instanceIds"][0] for name, port in ports.items()
            }
            print(
                "| call | connections | without --state, req/s | with, req/s | ratio |\n| --- | --- | --- | --- | --- |"
            )
            for name, method, target in (
                ("reboot (changes one row)", "PUT", "/v2/instance/{}?reboot"),
                ("get (changes nothing)", "GET", "/v2/instance/{}"),
            ):
                for connections in (1, 32):
                    rates: dict[str, list[float]] = {"without": [], "with": []}
                    for _ in range(rounds):
                        for which, port in ports.items():
                            text = script(port, method, target.format(ids[which]))
                            rates[which].append(measure(port, text, connections, seconds))
                    ratio = statistics.median(b / a for a, b in zip(rates["without"], rates["with"], strict=True))
                    middle = {which: statistics.median(values) for which, values in rates.items()}
                    print(
                        f"| {name} | {connections} | {middle['without']:,.0f} | {middle['with']:,.0f} | {ratio:.2f} |",
                        flush=True,
                    )
            created(ports, rounds)
            forked(ports)
        finally:
            for process in processes:
                process.terminate()


def created(ports: dict[str, int], rounds: int, count: int = 200) -> None:
    spent: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(rounds):
        for which, port in ports.items():
            began = time.perf_counter()
            for _ in range(count):
                call(port, "POST", "/v2/instanceBySpec", SPEC)
            spent[which].append((time.perf_counter() - began) / count * 1_000)
    middle = {which: statistics.median(values) for which, values in spent.items()}
    print(
        f"\nOne create after the other, with a connection each: {middle['without']:.2f} ms without, "
        f"{middle['with']:.2f} ms with (an instance, its disk and the account's counters are written)."
    )


def forked(ports: dict[str, int], count: int = 12) -> None:
    spent: dict[str, list[float]] = {"without": [], "with": []}
    for port in ports.values():
        call(port, "POST", "/_emulator/reset", {})
        for _ in range(10):
            call(port, "POST", "/v2/instanceBySpec", SPEC | {"purchaseCount": 100})
    for number in range(count):
        for which, port in ports.items():
            began = time.perf_counter()
            call(port, "POST", "/_emulator/state/fork", {"from": "test", "to": f"test-{number}"})
            spent[which].append((time.perf_counter() - began) * 1_000)
    times = {which: f"{statistics.median(values):.1f} ms, at most {max(values):.1f}" for which, values in spent.items()}
    print(
        f"\nFork of 1,000 instances over HTTP: without {times['without']}; with {times['with']} (SQLite empties its log)."
    )


if __name__ == "__main__":
    need("taskset", "wrk")
    in_process()
    over_http(int(sys.argv[1]) if len(sys.argv) > 1 else 5, int(sys.argv[2]) if len(sys.argv) > 2 else 2)
