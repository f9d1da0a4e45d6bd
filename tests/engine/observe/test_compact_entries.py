"""A compact entry of the journal holds what a full one holds, and no entry takes more than it is said to."""

from __future__ import annotations

import sys
import uuid

import pytest

from bce_emulator.engine.account.ids import request_id
from bce_emulator.engine.declare.operations import OPERATIONS
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.http.dispatch import MAX_EXPLANATION
from bce_emulator.engine.http.request import SHORT, Head, Request, Response
from bce_emulator.engine.observe.faults import Faults
from bce_emulator.engine.observe.journal import COMPACT_RESPONSE, ENTRY_BYTES, Entry, Exchange, Journal
from tests.cloud import NOW

ACCOUNT_KEY = ("test", "bj")
WIRE = b"GET /v2/zone HTTP/1.1\r\nhost: x\r\n\r\n"


def opened(journal: Journal, wire: bytes = WIRE) -> Exchange:
    scope = {"method": "GET", "raw_path": b"/v2/zone", "query_string": b"", "headers": [(b"host", b"x")]}
    exchange = Exchange(Request(Head(scope), wire), journal, NOW)
    exchange.account_key = ACCOUNT_KEY
    return exchange


@pytest.fixture
def journal() -> Journal:
    """A journal whose account has just asked something."""
    journal = Journal()
    journal.close(opened(journal), Response(200, b"{}"))
    return journal


def last(journal: Journal) -> tuple[object, ...]:
    return journal.rings["test"].entries[-1]


@pytest.mark.parametrize("response", [Response(200, b"{}"), Response(404, b'{"code": "x"}', "no Instance has this id")])
def test_a_compact_entry_holds_all_that_a_full_one_holds(journal, response):
    exchange = opened(journal)

    journal.close(exchange, response)

    assert type(last(journal)) is tuple
    assert journal.find(exchange.request_id) == Entry(
        2,
        exchange.request_id,
        NOW,
        ACCOUNT_KEY,
        None,
        WIRE,
        response.status,
        response.body,
        response.explanation,
        None,
        False,
    )


def test_an_entry_with_more_to_record_is_full(journal):
    fault = Faults().plan(operation=next(iter(OPERATIONS.values())), error=InternalError)
    exchanges = []
    for prepare in (lambda it: it.note_fault(fault), lambda it: it.note_unlisted(), lambda _: None):
        exchange = opened(journal, wire=WIRE if len(exchanges) < 2 else b"")
        prepare(exchange)
        journal.close(exchange, Response(200, b"{}"))
        exchanges.append(exchange)

    first, second, third = list(journal.of("test"))[1:]

    assert (first.fault, second.unlisted, third.wire) == (fault, True, WIRE)
    assert [entry.request_id for entry in (first, second, third)] == [each.request_id for each in exchanges]


@pytest.mark.parametrize("late", [True, False])
def test_an_exchange_put_off_is_numbered_when_it_is_closed_and_counted_once(journal, late):
    slow = opened(journal)
    journal.put_off(slow)
    for _ in range(1_500 if late else 0):
        journal.close(opened(journal), Response(200, b"{}"))
    never = opened(journal)
    journal.put_off(never)

    journal.close(slow, Response(200, b"{}"))

    entries = list(journal.of("test"))
    assert entries[-1].request_id == request_id(2)
    assert entries[-1].number == max(entry.number for entry in entries) == (1_504 if late else 4)
    assert journal.dropped("test") == (502 if late else 0)


def test_a_compact_entry_of_any_size_takes_no_more_than_is_accounted_for(journal):
    journal.close(opened(journal, b"x" * (SHORT - 1)), Response(404, b"x" * (COMPACT_RESPONSE - 1), "x" * 200))
    entry = last(journal)
    kept = [each for each in entry if each is not ACCOUNT_KEY and each is not None]

    journal.close(opened(journal, b"x" * (SHORT - 1)), Response(200, b"x" * COMPACT_RESPONSE))

    assert type(entry) is tuple
    assert sys.getsizeof(entry) + sum(map(sys.getsizeof, kept)) <= ENTRY_BYTES
    assert type(last(journal)) is Entry


def test_an_explanation_is_bounded(cloud, monkeypatch):
    def refuse(*_: object) -> None:
        raise InternalError("x" * 9_000)

    monkeypatch.setattr(cloud.emulator.identity, "caller", refuse)

    cloud.call("GET", "/v2/zone")

    assert len(cloud.last_entry.explanation) == MAX_EXPLANATION


def test_request_ids_are_version_4_uuids_and_differ():
    ids = {request_id(number) for number in range(100_000)}

    assert len(ids) == 100_000
    assert {(each.version, each.variant) for each in map(uuid.UUID, ids)} == {(4, uuid.RFC_4122)}
