"""What reads the requests of an operation is made with its first one, in a thread, so that nobody else waits."""

from __future__ import annotations

import threading

import pytest

from bce_emulator.engine.declare.operations import OPERATIONS, Operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.engine.http import waiting
from tests.control.test_slices import Clients, together


@pytest.fixture
def made_in(monkeypatch) -> dict[str, list[threading.Thread]]:
    """As if nothing had been called yet; in which thread what reads each operation is made."""
    threads: dict[str, list[threading.Thread]] = {}
    make = Operation.make

    def made(operation: Operation) -> None:
        threads.setdefault(operation.key, []).append(threading.current_thread())
        make(operation)

    monkeypatch.setattr(Operation, "make", made)
    for operation in OPERATIONS.values():
        if operation.model is not None:
            monkeypatch.setattr(operation, "is_made", False)
            monkeypatch.setattr(operation, "prepare", operation._prepare_first)
    return threads


def test_it_is_made_once_in_a_thread_while_others_are_served(cloud, made_in):
    async def run(clients: Clients) -> None:
        answered, served = await clients.meanwhile(clients.call("GET", "/v2/instance"))
        assert (answered.status_code, served > 0) == (200, True)
        assert (await clients.call("GET", "/v2/instance")).status_code == 200

    together(cloud, run)

    assert len(made_in["bcc.ListInstances"]) == 1
    assert threading.main_thread() not in made_in["bcc.ListInstances"]
    entries = [entry for entry in cloud.emulator.journal.of("test") if entry.operation == "ListInstances"]
    assert [entry.status for entry in entries] == [200, 200]
    assert OPERATIONS["bcc.ListInstances"].prepare is None


def test_what_is_declared_to_be_prepared_comes_after_it(cloud, made_in):
    assert cloud.call("POST", "/v2/keypair", {"name": "?"}).status == 400

    operation = OPERATIONS["bcc.CreateKeypair"]
    assert len(made_in[operation.key]) == 1
    assert operation.prepare is operation._prepare is not None


def test_a_refusal_that_comes_before_it_makes_nothing(cloud, made_in):
    cloud.secret_key = "wrong"

    assert cloud.call("GET", "/v2/instance").status == 400
    assert made_in == {}


def test_what_tells_products_apart_is_made_before_for_all_of_them(cloud, made_in):
    cloud.host = "127.0.0.1:8080"

    cloud.refused(NoSuchObject, "GET", "/v1/instance/i-nobody00")

    assert set(made_in) == {"bcc.GetInstance", "bbc.GetInstanceDetail"}
    assert all(threading.main_thread() not in threads for threads in made_in.values())


def test_where_no_thread_can_be_started_it_is_made_at_once(cloud, made_in, monkeypatch):
    async def refuse(_work: object) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(waiting.asyncio, "to_thread", refuse)

    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    assert made_in["bcc.ListInstances"] == [threading.main_thread()]


def test_without_a_request_to_read_there_is_nothing_to_make(made_in):
    without = [operation for operation in OPERATIONS.values() if operation.model is None]

    assert without
    assert all(operation.is_made and operation.prepare() is None for operation in without if operation.prepare)
