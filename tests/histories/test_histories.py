"""Calls of one account are linearizable: 64 connections ask at once, and an order must explain every answer.

HISTORY_ROUNDS says how often; ``make histories`` takes a minute.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from bce_emulator.engine import steps
from bce_emulator.testing.server import Server
from tests.histories.clients import Client
from tests.histories.linearizability import Call, linearizable
from tests.histories.model import OK, RUNNING, STARTING, World, step

ROUNDS = int(os.environ.get("HISTORY_ROUNDS", "1"))
ACCOUNTS, CONNECTIONS, CALLS = 8, 8, 8
OF_ONE = ("reboot", "reboot", "stop", "start", "get", "rename", "release")
OTHERS = ("create", "order", "advance", "list")


@pytest.fixture(params=["memory", "state"])
def port(request, tmp_path, monkeypatch):
    """The port of a server in a thread, which checks signatures, keeps what it is told to and goes in small steps."""
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    settings = {"state": str(tmp_path / "state")} if request.param == "state" else {}
    with Server(pace="realistic", strict=True, log_level="error", **settings) as server:
        yield server.port


async def at_once(
    port: int, account: str, history: list[Call], act: Callable[[Client, int], Awaitable[object]]
) -> None:
    """Have every connection of an account act at the same time."""
    async with AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(Client(port, account, history)) for _ in range(CONNECTIONS)]
        await asyncio.gather(*(act(client, number) for number, client in enumerate(clients)))


async def furnished(port: int, account: str, history: list[Call]) -> list[str]:
    """Two running instances in an account whose clock stands still."""
    async with Client(port, account, history) as client:
        await client.control("PUT", "clock", {"frozen": True})
        made = [await client.ask("create", f"first-{name}", name) for name in ("a", "b")]
        await client.ask("advance")
    return made


async def live(port: int, account: str) -> list[Call]:
    """One account's history, from its first call to a last look at it."""
    history: list[Call] = []
    instances = await furnished(port, account, history)

    async def act(client: Client, number: int) -> None:
        chance = random.Random(f"{account} {number}")
        for turn in range(CALLS):
            what, instance = chance.choice((*OF_ONE, *OTHERS)), chance.choice(instances)
            if what == "rename":
                await client.ask(what, instance, f"n{number}-{turn}")
            elif what in OF_ONE:
                await client.ask(what, instance)
            elif what == "create":
                instances.append(await client.ask(what, f"token-{chance.randrange(4)}", "made"))
            elif what == "order":
                instances.extend(await client.ask(what, f"order-{chance.randrange(2)}", "ordered"))
            else:
                await client.ask(what)

    await at_once(port, account, history, act)
    async with Client(port, account, history) as client:
        await client.ask("list")
        used = [each["internalIp"] for each in (await client.api("GET", "/v2/instance"))["instances"]]
    assert len(used) == len(set(used)), "an address is there twice"
    return history


def test_an_order_explains_every_answer(port):
    async def rounds() -> list[list[Call]]:
        return [
            history
            for number in range(ROUNDS)
            for history in await asyncio.gather(*(live(port, f"test-{number}-{each}") for each in range(ACCOUNTS)))
        ]

    histories = asyncio.run(rounds())

    assert sum(map(len, histories)) == ROUNDS * ACCOUNTS * (CONNECTIONS * CALLS + 4)
    for history in histories:
        together = sum(one.began < other.began < one.ended for one in history for other in history)
        assert together, "no two calls met, so nothing is proved"
        assert linearizable(history, World(), step), sorted(history, key=lambda call: call.began)


def test_exactly_one_of_racing_reboots_wins_and_the_others_are_refused(port):
    history: list[Call] = []

    async def race() -> list[str]:
        instance, _ = await furnished(port, "test-race", history)
        await at_once(port, "test-race", history, lambda client, _: client.ask("reboot", instance))
        async with Client(port, "test-race", history) as client:
            assert (await client.ask("get", instance))[1] == STARTING
            await client.ask("advance")
            assert (await client.ask("get", instance))[1] == RUNNING
        return [call.answered for call in history if call.asked[0] == "reboot"]

    answers = asyncio.run(race())

    assert sorted(answers) == ["Instance.RebootInstanceOperationForbidden"] * (CONNECTIONS - 1) + [OK]


def test_racing_retries_with_one_client_token_make_one_instance(port):
    history: list[Call] = []

    async def race() -> tuple[tuple[str, str, str], ...]:
        await at_once(port, "test-retry", history, lambda client, _: client.ask("create", "token", "made"))
        async with Client(port, "test-retry", history) as client:
            return await client.ask("list")

    instances = asyncio.run(race())

    assert len(instances) == 1
    assert {call.answered for call in history if call.asked[0] == "create"} == {instances[0][0]}
