"""The longest turn of the event loop that each heavy call takes: for so long nobody else is served.

In the process, in processor time, so that neighbours on the machine count less than in ``pauses.py``, which measures the same from outside.
Of some rounds the least and the greatest are shown. What the garbage collector takes of the longest turn is shown too.

    python bench/turns.py [INSTANCES]
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bce_emulator.app import Application, build
from bce_emulator.cli.serve import spare_collections
from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.persist.rows import account_of
from bce_emulator.settings import Settings

INSTANCES = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
ROUNDS, SEEDED, ACCOUNTS = 5, 500, 10_000
SPEC = {"spec": "bcc.g5.c1m4", "imageId": "m-z2UUQHH9", "billing": {"paymentTiming": "Postpaid"}}
HOST, SECRET_KEY = "127.0.0.1:8080", "bce-emulator-secret-key"
CONTROL = "/_emulator/"
PIECE = 256 * 1024


class Meter:
    """The longest turn since it was set to nothing, and what of it the collector took."""

    def __init__(self) -> None:
        self.longest = self.collected = 0.0
        self._in_collector = self._began = 0.0
        self._run = Handle._run  # noqa: SLF001 (every turn of the loop)
        meter = self

        def run(handle: Handle) -> None:
            meter.turn(handle)

        Handle._run = run  # noqa: SLF001
        gc.callbacks.append(self._note)

    def turn(self, handle: Handle) -> None:
        """One turn, with a look at how long it took."""
        self._in_collector = 0.0
        began = time.thread_time()
        self._run(handle)
        spent = time.thread_time() - began
        if spent > self.longest:
            self.longest, self.collected = spent, self._in_collector

    def _note(self, phase: str, _info: dict) -> None:
        if phase == "start":
            self._began = time.thread_time()
        else:
            self._in_collector += time.thread_time() - self._began


async def call(application: Application, *what: Any, **named: Any) -> bytes:
    """The body of what a call is answered, or the end if that is a refusal, unless it is signed with another secret."""
    return b"".join(await parts_of(application, *what, **named))


async def parts_of(
    application: Application,
    method: str,
    target: str,
    body: bytes = b"",
    account: str = "test",
    secret: str = SECRET_KEY,
) -> list[bytes]:
    """The same as it was sent: to join what is long is no work of the emulator's."""
    path, _, query = target.partition("?")
    headers = [(b"host", HOST.encode()), (b"content-length", b"%d" % len(body))]
    if not path.startswith(CONTROL):
        date = iso(time.time())
        string = authorize(method, HOST, path, query, date, account, secret)
        headers += [(b"x-bce-date", date.encode()), (b"authorization", string.encode())]
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "scheme": "http", "method": method,
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": headers, "root_path": "", "state": {},
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8080),
    }  # fmt: skip
    pieces = [body[at : at + PIECE] for at in range(0, len(body), PIECE)] or [b""]  # as they come over a socket
    arriving = [{"type": "http.request", "body": each, "more_body": True} for each in reversed(pieces)]
    arriving[0]["more_body"] = False
    parts: list[bytes] = []
    status = 0

    async def receive() -> dict:
        return arriving.pop() if arriving else await asyncio.Event().wait()

    async def send(message: dict) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    await application(scope, receive, send)
    if status != 200 and secret == SECRET_KEY:
        raise SystemExit(f"{method} {target}: {status} {b''.join(parts)[:500]!r}")
    return parts


async def filled(application: Application, count: int) -> None:
    """Have so many instances, in as many zones as there are, as a subnet is full with 4,093."""
    await call(application, "POST", f"{CONTROL}reset")
    await call(application, "PUT", f"{CONTROL}clock", b'{"frozen": true}')
    zones = [zone["zoneName"] for zone in json.loads(await call(application, "GET", "/v2/zone"))["zones"]]
    for number in range(count // 100):
        order = SPEC | {"purchaseCount": 100, "zoneName": zones[number % len(zones)]}
        await call(application, "POST", "/v2/instanceBySpec", json.dumps(order).encode())


async def nothing(_application: Application) -> None:
    return None


async def stale(application: Application) -> None:
    """Have every list rendered anew, as after a change of all that it depends on."""
    for region in application.emulator.accounts.open("test").opened_regions():
        for collection in region.collections.values():
            collection.version += 1
            for resource in collection:
                object.__setattr__(resource, "rendered", None)  # else it would be a change, to be written by --state


async def unindexed(application: Application) -> None:
    """Have nothing looked for so far, as after a start."""
    for region in application.emulator.accounts.open("test").opened_regions():
        for collection in region.collections.values():
            collection.indexes.clear()
            collection._indexed.clear()  # noqa: SLF001 (what a start has not made)


async def faulty(application: Application) -> None:
    """Have the next order end otherwise."""
    fault = b'{"operation": "bcc.CreateInstanceBySpec", "endIn": "Error"}'
    await call(application, "POST", f"{CONTROL}faults", fault)


async def unshared(application: Application) -> None:
    """Have a snapshot shared with nobody, and its account and the others only on disk."""
    await call(application, "POST", "/v2/snapshot/unShare", await snapshot_of(application), "test-sharer")
    asleep(application)


async def snapshot_of(application: Application) -> bytes:
    """The body of a call that shares a snapshot with the large account, or no longer; it is made at first."""
    for _ in range(2):
        listed = json.loads(await call(application, "GET", "/v2/snapshot", account="test-sharer"))["snapshots"]
        if listed:
            known = {"snapshotId": listed[0]["id"], "sourceSnapshotId": listed[0]["id"], "accountIds": ["test"]}
            return json.dumps(known).encode()
        disk = b'{"cdsSizeInGB": 50, "storageType": "hp1", "billing": {"paymentTiming": "Postpaid"}}'
        for target, body in (("/v2/volume", disk), ("/v2/snapshot", b'{"volumeId": "%b", "snapshotName": "shared"}')):
            volumes = json.loads(await call(application, "GET", "/v2/volume", account="test-sharer"))["volumes"]
            whole = body % volumes[0]["id"].encode() if volumes else body
            await call(application, "POST", target, whole, "test-sharer")
            await call(application, "POST", f"{CONTROL}clock/advance?account=test-sharer", b'{"seconds": 6000}')
    raise SystemExit("there is no snapshot")


async def offered(application: Application) -> None:
    """Have a reserved instance offered to the large account, and both only on disk."""
    order = {"zoneName": "cn-bj-a", "spec": SPEC["spec"], "offeringType": "FullyPrepay", "reservedInstanceTime": 12}
    path = "/v2/instance/reserved"
    made = json.loads(await call(application, "POST", f"{path}/create", json.dumps(order).encode(), "test-sharer"))
    offer = {"reservedInstanceIds": made["reservedInstanceIds"], "recipientAccountId": "test"}
    await call(application, "POST", f"{path}/transfer/create", json.dumps(offer).encode(), "test-sharer")
    asleep(application)


def asleep(application: Application) -> None:
    """Have an account that is only on disk."""
    store = application.emulator.store
    application.emulator.accounts.put_back(
        map(account_of, store.rows.contents().live), list(application.emulator.accounts.credentials.values())
    )


class Table:
    """The calls of one application, and what each takes."""

    def __init__(self, application: Application, title: str, meter: Meter) -> None:
        self.application, self.meter = application, meter
        print(
            f"\n{title}\n\n| call | longest turn, ms | in the worst round | of that the collector |\n| --- | --- | --- | --- |"
        )

    async def row(
        self, name: str, method: str, target: str, body: bytes = b"", before: Callable = nothing, rounds: int = ROUNDS,
        account: str = "test", secret: str = SECRET_KEY,
    ) -> None:  # fmt: skip
        found = []
        for _ in range(rounds):
            prepared = before(self.application)
            if prepared is not None:
                await prepared
            await asyncio.sleep(0)
            self.meter.longest = 0.0
            parts = await parts_of(self.application, method, target, body, account, secret)
            await asyncio.sleep(0)
            found.append((self.meter.longest * 1_000, self.meter.collected * 1_000))
            del parts
        print(f"| {name} | {min(found)[0]:.1f} | {max(found)[0]:.1f} | {max(found)[1]:.1f} |", flush=True)


async def measured(application: Application, title: str, meter: Meter) -> None:
    application.prepare_control()
    await filled(application, INSTANCES)
    await call(application, "POST", f"{CONTROL}clock/advance", b'{"seconds": 600}')
    document = await call(application, "GET", f"{CONTROL}state")
    gc.collect()
    table = Table(application, f"{title}, {INSTANCES:,} instances, a document of {len(document) / 1e6:.1f} MB", meter)
    order = json.dumps(SPEC | {"purchaseCount": 100}).encode()
    with_disks = json.dumps(SPEC | {"purchaseCount": 100, "createCdsList": [{"cdsSizeInGB": 10, "cdsNum": 5}]}).encode()
    has_store = application.emulator.store is not None
    await table.row("the first wrong signature", "GET", "/v2/zone", rounds=1, secret="wrong")
    await table.row("CreateInstanceBySpec of 100", "POST", "/v2/instanceBySpec", order)
    await table.row("the same with a planned fault", "POST", "/v2/instanceBySpec", order, before=faulty)
    await table.row(
        "an order of one, nothing looked for before", "POST", "/v2/instanceBySpec", json.dumps(SPEC).encode(), unindexed
    )
    await table.row("a page of 1,000 instances, rendered before", "GET", "/v2/instance?maxKeys=1000")
    await table.row("a page of 1,000 instances, nothing rendered", "GET", "/v2/instance?maxKeys=1000", before=stale)
    ids = [each["id"] for each in json.loads(await call(application, "GET", "/v2/instance?maxKeys=1000"))["instances"]]
    by_id = json.dumps({"instanceIds": ids[:100]}).encode()
    await table.row("100 by their ids, nothing rendered", "POST", "/v2/instance/listByInstanceId", by_id, before=stale)
    await table.row("GET state", "GET", f"{CONTROL}state")
    await table.row("PUT state of another account", "PUT", f"{CONTROL}state?account=test-put", document)
    await table.row("state/fork", "POST", f"{CONTROL}state/fork", b'{"from": "test", "to": "test-fork"}')
    await table.row("state/diff with now", "POST", f"{CONTROL}state/diff", b'{"before": %b}' % document)
    if has_store:
        await table.row("ListZones of an account that is only on disk", "GET", "/v2/zone", before=asleep)
        await table.row("GET state of an account that is only on disk", "GET", f"{CONTROL}state", before=asleep)
        shared = await snapshot_of(application)
        await table.row(
            "sharing with an account that is only on disk",
            "POST",
            "/v2/snapshot/share",
            shared,
            unshared,
            account="test-sharer",
        )
        await table.row(
            "the end of an offer to an account that is only on disk",
            "POST",
            f"{CONTROL}clock/advance?account=test-sharer",
            b'{"seconds": 864000}',
            offered,
        )
    await call(application, "PUT", f"{CONTROL}facts", b'{"bcc.volumeQuota": 10000, "bcc.volumeCapacityGB": 1000000}')
    await table.row("CreateInstanceBySpec of 100 with 5 data disks each", "POST", "/v2/instanceBySpec", with_disks)
    await table.row("reset of a fork", "POST", f"{CONTROL}reset?account=test-fork")

    async def again(found: Application) -> None:
        await filled(found, INSTANCES)

    seconds = b'{"seconds": 600}'
    await table.row(f"clock over {INSTANCES:,} creations", "POST", f"{CONTROL}clock/advance", seconds, again, 2)
    application.emulator.close()


async def crowded(application: Application, title: str, meter: Meter) -> None:
    application.prepare_control()
    emulator = application.emulator
    for number in range(ACCOUNTS):
        emulator.identity.find(f"test-{number}")
        emulator.accounts.open(f"test-{number}").in_region("bj")
        if emulator.store is not None and number % 100 == 0:
            emulator.store.save()
    if emulator.store is not None:
        emulator.store.keep_all()
    gc.collect()
    table = Table(application, f"{title}, {ACCOUNTS:,} accounts", meter)
    fault = b'{"operation": "bcc.ListZones", "delaySeconds": 1}'
    for method, target, body in (
        ("PUT", "clock", b"{}"),
        ("POST", "state/fork", b'{"from": "test", "to": "test-x"}'),
        ("GET", "accounts", b""),
        ("PUT", "clock?account=*", b'{"pace": 2}'),
        ("POST", "clock/advance?account=*", b'{"seconds": 1}'),
        ("POST", "faults?account=*", fault),
        ("GET", "faults?account=*", b""),
        ("DELETE", "faults?account=*", b""),
        ("PUT", "facts?account=*", b'{"bcc.stock": null}'),
        ("POST", "reset?account=*", b""),
    ):
        await table.row(f"{method} {target}", method, f"{CONTROL}{target}", body)
    emulator.close()


def with_seed(directory: str) -> Application:
    entries = [{"name": f"i-{number}", "imageId": "m-z2UUQHH9", "spec": "bcc.g5.c1m4"} for number in range(SEEDED)]
    volume = {"call": "CreateVolume", "cdsSizeInGB": 50, "storageType": "hp1", "billing": {"paymentTiming": "Postpaid"}}
    path = Path(directory, "seed.json")
    path.write_text(
        json.dumps({"accounts": {"test": {"instances": entries}, "test-calls": {"calls": [volume] * SEEDED}}})
    )
    return build(Settings(seed=str(path)))


async def seeded(application: Application, meter: Meter) -> None:
    application.prepare_control()
    table = Table(application, f"with a seed of {SEEDED:,} instances, and one of as many calls", meter)
    await table.row("reset", "POST", f"{CONTROL}reset")
    await table.row("reset?account=test-calls", "POST", f"{CONTROL}reset?account=test-calls")


def main() -> None:
    spare_collections()
    meter = Meter()
    settings = Settings(pace="realistic", max_state_bytes=2**29)
    asyncio.run(measured(build(settings), "in memory", meter))
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(measured(build(settings.changed(state=directory)), "with --state", meter))
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(seeded(with_seed(directory), meter))
    settings = settings.changed(max_accounts=2 * ACCOUNTS)
    asyncio.run(crowded(build(settings), "in memory", meter))
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(crowded(build(settings.changed(state=directory)), "with --state", meter))


if __name__ == "__main__":
    main()
