"""Keys that are made while others are served."""

from __future__ import annotations

import asyncio
import json
import threading

import httpx
import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.engine.account.clock import iso
from bce_emulator.services.bcc.keypair import stock
from bce_emulator.services.bcc.keypair.errors import KeypairNameInvalid
from bce_emulator.services.bcc.keypair.stock import KeyStock
from tests.cloud import NOW, Cloud
from tests.services.bcc.keypair.keys import public_key


@pytest.fixture
def no_keys(monkeypatch) -> list[str]:
    """No key is ready; those that are made are numbers, listed here, and wait for nothing."""
    created: list[str] = []

    def make_key() -> tuple[str, str]:
        created.append(f"private {len(created)}")
        return created[-1], public_key("ssh-rsa", parts=3, seed=len(created))

    monkeypatch.setattr(stock, "make_key", make_key)
    monkeypatch.setattr(stock.STOCK, "_ready", type(stock.STOCK._ready)())
    return created


async def send(cloud: Cloud, client: httpx.AsyncClient, method: str, path: str, body: object = None) -> httpx.Response:
    headers = {"x-bce-date": iso(NOW)}
    headers["authorization"] = authorize(method, cloud.host, path, "", iso(NOW), cloud.access_key, cloud.secret_key)
    content = json.dumps(body).encode() if body is not None else b""
    return await client.request(method, path, headers=headers, content=content)


def test_others_are_served_while_a_key_is_made(cloud, no_keys, monkeypatch):
    began, over = threading.Event(), threading.Event()
    make_key = stock.make_key

    def make_slowly() -> tuple[str, str]:
        began.set()
        assert over.wait(10)
        return make_key()

    async def run() -> None:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            create = asyncio.create_task(send(cloud, client, "POST", "/v2/keypair", {"name": "slow"}))
            assert await asyncio.to_thread(began.wait, 10)
            assert (await send(cloud, client, "GET", "/v2/zone")).status_code == 200
            assert not create.done()
            over.set()
            assert (await create).json()["keypair"]["privateKey"] == "private 0"

    monkeypatch.setattr(stock, "make_key", make_slowly)
    asyncio.run(run())


def test_who_finds_its_key_taken_waits_for_another(cloud, no_keys):
    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            creates = [send(cloud, client, "POST", "/v2/keypair", {"name": f"k{number}"}) for number in range(20)]
            return await asyncio.gather(*creates)

    keys = [response.json()["keypair"]["privateKey"] for response in asyncio.run(run())]

    assert sorted(keys) == sorted(f"private {number}" for number in range(20))
    entries = [entry for entry in cloud.emulator.journal.of("test") if entry.operation == "CreateKeypair"]
    assert (len(entries), len({entry.number for entry in entries})) == (20, 20)


def test_a_refused_call_leaves_its_key_to_the_next(cloud, no_keys):
    cloud.refused(KeypairNameInvalid, "POST", "/v2/keypair", {"name": "?"})

    assert cloud.ok("POST", "/v2/keypair", {"name": "mine"})["keypair"]["privateKey"] == "private 0"
    assert no_keys == ["private 0"]


def test_who_does_not_prepare_is_not_left_without_a_key(no_keys):
    assert KeyStock().take()[0] == "private 0"
