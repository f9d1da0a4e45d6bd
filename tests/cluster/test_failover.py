"""The leader is killed, stopped and cut off, and the database restarted, while 32 connections ask.

Nothing that was acknowledged is lost, nothing is done twice, and an order explains every answer of an account. How soon
somebody serves again is printed. CLUSTER_ROUNDS says how often each failure happens.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import statistics
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from tests.cluster.clients import PatientClient
from tests.cluster.services import PATIENCE, Cluster, Replica, until
from tests.histories.clients import Client
from tests.histories.linearizability import Call, linearizable
from tests.histories.model import UNKNOWN, World, step

pytestmark = pytest.mark.cluster
ROUNDS = int(os.environ.get("CLUSTER_ROUNDS", "10"))
ACCOUNTS, CONNECTIONS = 8, 4
BEFORE, AFTER = 0.2, 0.2
"""For how many seconds there is load before a failure, and after somebody serves again."""
CALLS = 30
"""How many calls a connection makes at most, so that the checker comes to an end."""
PAUSE = 0.02
OF_ONE = ("reboot", "stop", "start", "get", "rename", "release")
OTHERS = ("create", "create", "advance", "list")
Repair = Callable[[], Awaitable[None]]


async def kill(cluster: Cluster, leader: Replica) -> Repair:
    leader.kill()

    async def start() -> None:
        leader.start()
        await asyncio.to_thread(until, leader.follows, "the one that was killed stands by")

    return start


async def stop(cluster: Cluster, leader: Replica) -> Repair:
    """What it is asked while it stands still, it answers when it goes on, and not as a leader."""
    leader.signal(signal.SIGSTOP)
    client = await Client(leader.port, "test", []).__aenter__()
    asked = asyncio.ensure_future(client.api("GET", "/v2/instance"))

    async def go_on() -> None:
        assert not asked.done()
        leader.signal(signal.SIGCONT)
        assert (await asked)["code"] == "ServiceUnavailable"
        await client.__aexit__()

    return go_on


async def cut(cluster: Cluster, leader: Replica) -> Repair:
    await asyncio.to_thread(cluster.postgres.cut_leader)
    return nothing


async def restart(cluster: Cluster, leader: Replica) -> Repair:
    await asyncio.to_thread(cluster.postgres.stop, "immediate" if random.random() < 0.5 else "fast")
    await asyncio.to_thread(cluster.postgres.start)
    return nothing


async def nothing() -> None:
    pass


@pytest.mark.parametrize("fail", [kill, stop, cut, restart], ids=["killed", "stopped", "cut off", "database restarted"])
def test_nothing_is_lost_and_nothing_done_twice_when_the_leader_is(cluster, fail, capsys):
    seconds, elected, calls, lost = [], [], 0, 0
    listed: dict[str, object] = {}
    for number in range(ROUNDS):
        names = [f"test-{fail.__name__}-{number}-{each}" for each in range(ACCOUNTS)]
        histories, began, taken = asyncio.run(failing(cluster, fail, names))
        seconds.append(taken)
        elections = [when for each in cluster.replicas for when in each.elections() if when >= began]
        elected.append(min(elections) - began)
        for name, history in zip(names, histories, strict=True):
            calls += len(history)
            lost += sum(call.answered == UNKNOWN for call in history)
            assert linearizable(history, World(), step), sorted(history, key=lambda call: call.began)
            listed[name] = history[-1].answered

    assert asyncio.run(looked_at(cluster, list(listed))) == listed
    assert calls > ROUNDS * ACCOUNTS * CONNECTIONS
    with capsys.disabled():
        print(
            f"\n{fail.__name__}: {ROUNDS} times, {calls} calls, {lost} answers lost; somebody is elected after "
            f"{statistics.median(elected):.2f} s (median), {max(elected):.2f} s (longest), and serves after "
            f"{statistics.median(seconds):.2f} s, {max(seconds):.2f} s"
        )


async def failing(
    cluster: Cluster, fail: Callable[[Cluster, Replica], Awaitable[Repair]], names: list[str]
) -> tuple[list[list[Call]], float, float]:
    """One failure under load: the history of each account, when it began, and how long nobody served."""
    leader = await asyncio.to_thread(cluster.leader)
    port, ends = cluster.haproxy.port, asyncio.Event()
    histories: list[list[Call]] = [[] for _ in names]
    async with AsyncExitStack() as stack:
        work, furnished = [], []
        for name, history in zip(names, histories, strict=True):
            clients = [await stack.enter_async_context(PatientClient(port, name, history)) for _ in range(CONNECTIONS)]
            furnished.append(asyncio.Event())
            work.append(asyncio.ensure_future(live(clients, name, history, furnished[-1], ends)))
        prober = await stack.enter_async_context(PatientClient(port, "test-prober", []))
        await prober.ask("list")
        await asyncio.gather(*(each.wait() for each in furnished))
        await asyncio.sleep(BEFORE)
        wall = time.time()
        repair = await fail(cluster, leader)
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE):
            await prober.ask("create", f"{names[0]}", "probe")
        taken = time.perf_counter() - began
        await asyncio.sleep(AFTER)
        ends.set()
        await asyncio.gather(*work)
        await repair()
    return histories, wall, taken


async def live(
    clients: list[PatientClient], name: str, history: list[Call], furnished: asyncio.Event, ends: asyncio.Event
) -> None:
    """An account from its first call to a last look at it."""
    first = clients[0]
    await first.frozen()
    instances = [await first.ask("create", f"first-{each}", each) for each in ("a", "b")]
    await first.ask("advance")
    furnished.set()

    async def act(client: PatientClient, number: int) -> None:
        chance = random.Random(f"{name} {number}")
        for turn in range(CALLS):
            if ends.is_set():
                return
            what, instance = chance.choice((*OF_ONE, *OTHERS)), chance.choice(instances)
            if what == "rename":
                await client.ask(what, instance, f"n{number}-{turn}")
            elif what in OF_ONE:
                await client.ask(what, instance)
            elif what == "create":
                instances.append(await client.ask(what, f"token-{chance.randrange(6)}", "made"))
            else:
                await client.ask(what)
            await asyncio.sleep(PAUSE)

    await asyncio.gather(*(act(client, number) for number, client in enumerate(clients)))
    await first.ask("list")


async def looked_at(cluster: Cluster, names: list[str]) -> dict[str, object]:
    """What each account has."""
    seen = {}
    for name in names:
        async with PatientClient(cluster.haproxy.port, name, []) as client:
            seen[name] = await client.ask("list")
    return seen
