"""No call holds the others up: they are served between its slices. That is shown by the order of events alone."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from itertools import pairwise
from mmap import mmap
from typing import Any

import httpx
import pytest

from bce_emulator.cli.sign import authorize
from bce_emulator.control import bodies, listing
from bce_emulator.control import state as control_state
from bce_emulator.engine import steps
from bce_emulator.engine.account import account_region, accounts
from bce_emulator.engine.account.clock import LATEST, iso
from bce_emulator.engine.http import dispatch
from bce_emulator.engine.persist import document as document_reader
from bce_emulator.engine.persist import state_schema
from bce_emulator.services.shared.regions import regions
from tests.cloud import LINUX, NOW, SPEC, Cloud
from tests.control.conftest import control_of

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}, "purchaseCount": 10}
FAULT = {"operation": "bcc.ListZones", "delaySeconds": 1}
MANY = 30


class Clients:
    """Several clients of one cloud at the same time, in one loop."""

    def __init__(self, cloud: Cloud, client: httpx.AsyncClient) -> None:
        self._cloud = cloud
        self._client = client

    async def control(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return await self._client.request(method, f"/_emulator/{path}", content=content(body))

    async def call(self, method: str, target: str, body: Any = None, access_key: str = "test") -> httpx.Response:
        path, _, query = target.partition("?")
        date, host, secret_key = iso(NOW), self._cloud.host, self._cloud.secret_key
        signed = authorize(method, host, path, query, date, access_key, secret_key)
        headers = {"x-bce-date": date, "authorization": signed}
        return await self._client.request(method, target, headers=headers, content=content(body))

    async def meanwhile(self, what: Coroutine[Any, Any, httpx.Response]) -> tuple[httpx.Response, int]:
        """What a call is answered, and how many of another account were served while it went on."""
        task, served = asyncio.create_task(what), 0
        await asyncio.sleep(0)
        while not task.done():
            assert (await self.call("GET", "/v2/zone", access_key="test-other")).status_code == 200
            served += not task.done()
            await asyncio.sleep(0)
        return task.result(), served


def content(body: Any) -> Any:
    return body if isinstance(body, bytes | AsyncIterator) else b"" if body is None else json.dumps(body).encode()


def together(cloud: Cloud, run: Callable[[Clients], Awaitable[None]]) -> None:
    async def clients() -> None:
        transport = httpx.ASGITransport(cloud.application)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{cloud.host}") as client:
            await run(Clients(cloud, client))

    cloud.application.prepare_control()
    asyncio.run(clients())


async def until(holds: Callable[[], bool]) -> None:
    """Let others go on until something is so."""
    for _ in range(100_000):
        if holds():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came about")


@pytest.fixture
def small(monkeypatch) -> None:
    """Slices as small as they can be."""
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(accounts, "FREED_AT_ONCE", 1)
    monkeypatch.setattr(dispatch, "DUE_AT_ONCE", 1)
    monkeypatch.setattr(dispatch, "RENDERED_AT_ONCE", 1)


@pytest.fixture
def filled(cloud, small) -> Cloud:
    """Ten instances that are being created."""
    cloud.ok("POST", "/v2/instanceBySpec", ORDER)
    return cloud


def state(cloud: Cloud) -> dict[str, Any]:
    return control_of(cloud)("GET", "state").body


def kinds_kept(document: dict[str, Any]) -> int:
    return sum(len(kind["kept"]) for region in document["regions"].values() for kind in region["kinds"].values())


def question(document: dict[str, Any]) -> dict[str, Any]:
    source, target, *_ = document["regions"]["bj"]["kinds"]["bcc.Instance"]["kept"]
    return {"source": source["id"], "target": target["id"], "protocol": "icmp"}


def kept(document: dict[str, Any]) -> int:
    kinds = document["regions"].get("bj", {"kinds": {}})["kinds"]
    return len(kinds.get("bcc.Instance", {"kept": ()})["kept"])


HEAVY: dict[str, Callable[[Clients, dict[str, Any]], Coroutine[Any, Any, httpx.Response]]] = {
    "GET state": lambda clients, _: clients.control("GET", "state"),
    "PUT state": lambda clients, document: clients.control("PUT", "state", document),
    "fork": lambda clients, _: clients.control("POST", "state/fork", {"from": "test", "to": "test-2"}),
    "diff": lambda clients, document: clients.control("POST", "state/diff", {"before": document, "after": document}),
    "diff with now": lambda clients, document: clients.control("POST", "state/diff", {"before": document}),
    "resources": lambda clients, _: clients.control("GET", "resources"),
    "what is due": lambda clients, _: clients.control("GET", "clock/due"),
    "reset": lambda clients, _: clients.control("POST", "reset"),
    "accounts": lambda clients, _: clients.control("GET", "accounts"),
    "advance": lambda clients, _: clients.control("POST", "clock/advance", {"seconds": 600}),
    "advance until idle": lambda clients, _: clients.control("POST", "clock/advance", {"until": "idle"}),
    "set": lambda clients, _: clients.control("PUT", "clock", {"now": "2027-01-01T00:00:00Z"}),
    "reachability": lambda clients, document: clients.control("POST", "reachability", question(document)),
    "a list": lambda clients, _: clients.call("GET", "/v2/instance"),
    "a list that is asked for with POST": lambda clients, _: clients.call("POST", "/v2/instance/listByInstanceId", IDS),
}
IDS: dict[str, Any] = {}


@pytest.mark.parametrize("name", HEAVY)
def test_other_accounts_are_served_in_between(filled, name):
    document = state(filled)
    instances = filled.ok("GET", "/v2/instance")["instances"]
    IDS["instanceIds"] = [each["id"] for each in instances]
    for each in filled.account.collections.values():
        each.version += 1
        for resource in each:
            object.__setattr__(resource, "rendered", None)
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        await clients.call("GET", "/v2/zone", access_key="test-other")
        heavy, served = await clients.meanwhile(HEAVY[name](clients, document))
        assert heavy.status_code == 200, heavy.text

    together(filled, run)

    assert served >= 2


@pytest.mark.parametrize(
    ("method", "path", "body", "times"),
    [
        ("GET", "accounts", None, 1),
        ("POST", "faults?account=*", FAULT, 3),
        ("GET", "faults?account=*", None, 2),
        ("DELETE", "faults?account=*", None, 2),
        ("PUT", "facts?account=*", {"bcc.stock": None}, 2),
        ("PUT", "lifecycles/bcc.Instance/reboot?account=*", {"seconds": 1}, 2),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_others_are_served_between_any_two_of_many_accounts(cloud, small, method, path, body, times):
    """So many ``times`` a call goes through all of them; each turn lets the loop go on once, and a call takes one."""
    for number in range(MANY):
        cloud.emulator.accounts.open(f"test-{number}")
        control_of(cloud)("POST", f"faults?account=test-{number}", FAULT)
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async def run(clients: Clients) -> None:
        nonlocal turns
        counting = asyncio.create_task(count())
        await clients.control("GET", "live")
        turns = 0
        await clients.control("GET", "live")
        others, turns = turns, 0
        assert (await clients.control(method, path, body)).status_code == 200
        turns -= others
        counting.cancel()

    together(cloud, run)

    assert turns >= times * MANY


def test_an_index_of_many_is_made_in_slices_while_a_list_waits(filled, monkeypatch):
    monkeypatch.setattr(account_region, "AT_ONCE", 1)
    monkeypatch.setattr(dispatch, "RENDERED_AT_ONCE", 100)
    filled.ok("GET", "/v2/instance")
    for each in filled.account.collections.values():
        each.indexes.clear()
        each.version += 1
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        listing, served = await clients.meanwhile(clients.call("GET", "/v2/instance"))
        assert len(listing.json()["instances"]) == 10

    together(filled, run)

    assert served >= 10
    assert filled.account.account.renders_left is None


def test_what_is_due_happens_in_slices_before_a_request_is_handled(filled):
    served = 0

    async def run(clients: Clients) -> None:
        nonlocal served
        filled.clock.move(filled.clock.now() + 600)
        behind, served = await clients.meanwhile(clients.call("GET", "/v2/instance"))
        assert {each["status"] for each in behind.json()["instances"]} == {"Running"}

    together(filled, run)

    assert served >= 2


def test_who_asks_while_time_moves_on_sees_the_time_after_and_the_answer_tells_all_of_it(filled):
    async def run(clients: Clients) -> None:
        advance = asyncio.create_task(clients.control("POST", "clock/advance", {"seconds": 600}))
        await until(lambda: filled.clock.now() > NOW)
        assert not advance.done()
        listed = (await clients.call("GET", "/v2/instance")).json()["instances"]

        assert {each["status"] for each in listed} == {"Running"}
        assert len((await advance).json()["due"]) == len(listed) == 10

    together(filled, run)


def test_time_that_goes_back_lets_happen_first_what_was_due(filled):
    async def run(clients: Clients) -> None:
        filled.clock.move(filled.clock.now() + 600)
        back = clients.control("PUT", "clock", {"now": iso(NOW)})
        listed = clients.call("GET", "/v2/instance")
        await asyncio.gather(back, listed)

    together(filled, run)

    assert {each["status"] for each in filled.ok("GET", "/v2/instance")["instances"]} == {"Running"}
    assert filled.clock.now() == NOW


@pytest.mark.parametrize("name", ["PUT state", "fork", "reset"])
def test_an_account_is_replaced_at_once_and_as_a_whole(filled, name):
    document = state(filled)
    target = "test-2" if name == "fork" else "test"
    if name == "PUT state":
        control_of(filled)("POST", "reset")
    seen: list[int] = []

    async def run(clients: Clients) -> None:
        heavy = asyncio.create_task(HEAVY[name](clients, document))
        while not heavy.done():
            listed = await clients.call("GET", "/v2/instance", access_key=target)
            seen.append(len(listed.json()["instances"]))
            await asyncio.sleep(0)
        assert heavy.result().status_code == 200

    together(filled, run)

    before, after = (10, 0) if name == "reset" else (0, 10)
    assert seen == sorted(seen, reverse=before > after)
    assert set(seen) <= {before, after}
    assert len(seen) > 2


def test_a_reset_to_a_seed_is_at_once_and_as_a_whole_and_others_are_served_while_it_is_made(tmp_path, small):
    seed = tmp_path / "seed.json"
    entries = [{"name": f"from-seed-{number}", "spec": SPEC, "imageId": LINUX} for number in range(30)]
    calls = [{"call": "CreateKeypair", "name": "last"}]
    seed.write_text(json.dumps({"accounts": {"test": {"instances": entries, "calls": calls}}}))
    seeded = Cloud(seed=str(seed))
    made = seeded.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"]
    assert len(seeded.ok("GET", "/v2/instance")["instances"]) == 30 + len(made)
    seen: list[tuple[int, int]] = []

    async def run(clients: Clients) -> None:
        await clients.call("GET", "/v2/zone", access_key="test-other")
        reset = asyncio.create_task(clients.control("POST", "reset"))
        while not reset.done():
            assert (await clients.call("GET", "/v2/zone", access_key="test-other")).status_code == 200
            listed = (await clients.call("GET", "/v2/instance")).json()["instances"]
            keys = (await clients.call("GET", "/v2/keypair")).json()["keypairs"]
            seen.append((len(listed), len(keys)))
            await asyncio.sleep(0)
        assert reset.result().status_code == 200

    together(seeded, run)

    assert seen[0] == (30 + len(made), 1)
    assert len(seen) >= 5
    assert set(seen) <= {(30 + len(made), 1), (30, 1)}
    assert {each["name"] for each in seeded.ok("GET", "/v2/instance")["instances"]} == {
        each["name"] for each in entries
    }
    assert [each["name"] for each in seeded.ok("GET", "/v2/keypair")["keypairs"]] == ["last"]


def test_keys_that_are_removed_while_their_account_is_seeded_stay_removed(tmp_path, small):
    seed = tmp_path / "seed.json"
    entries = [{"spec": SPEC, "imageId": LINUX}] * 5
    seed.write_text(json.dumps({"accounts": {"test": {}, "further": {"instances": entries}}}))
    seeded = Cloud(seed=str(seed))

    async def run(clients: Clients) -> None:
        reset = asyncio.create_task(clients.control("POST", "reset?account=further"))
        await until(lambda: steps.Turn.at_work > 0)
        assert (await clients.control("DELETE", "accounts/further")).status_code == 200
        assert (await reset).status_code == 200

    together(seeded, run)

    assert seeded.emulator.accounts.names() == ["test"]
    assert "further" not in seeded.emulator.accounts.credentials


def test_a_document_is_of_one_moment_while_its_own_account_goes_on(filled):
    before = state(filled)

    async def run(clients: Clients) -> None:
        reading = asyncio.create_task(clients.control("GET", "state"))
        await until(lambda: any(each.watchers for each in filled.account.collections.values()))
        order = await clients.call("POST", "/v2/instanceBySpec", ORDER)
        assert not reading.done()

        assert order.status_code == 200
        assert (await reading).json() == before

    together(filled, run)

    assert kept(state(filled)) == 20


def test_a_list_whose_account_changes_all_the_time_comes_to_an_end(filled, monkeypatch):
    monkeypatch.setattr(dispatch, "MAX_ROUNDS", 3)
    answers = []

    async def run(clients: Clients) -> None:
        listing = asyncio.create_task(clients.call("GET", "/v2/instance"))
        while not listing.done():
            await asyncio.sleep(0)
            for each in filled.account.collections.values():
                for resource in each:
                    object.__setattr__(resource, "rendered", None)
        answers.append(listing.result())

    together(filled, run)

    assert len(answers[0].json()["instances"]) == 10


def test_a_client_that_goes_away_leaves_nothing_behind(filled):
    async def run(clients: Clients) -> None:
        reading = asyncio.create_task(clients.control("GET", "state"))
        await until(lambda: steps.Turn.at_work > 0)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    together(filled, run)

    assert steps.Turn.at_work == 0
    assert not any(each.watchers for each in filled.account.collections.values())


@pytest.mark.parametrize("chunked", [False, True])
def test_one_long_document_at_a_time_is_in_memory(cloud, monkeypatch, chunked):
    monkeypatch.setattr(bodies, "MAX_OTHER_BYTES", 10)
    document = content(state(cloud))
    events: list[str] = []
    length = (b"transfer-encoding", b"chunked") if chunked else (b"content-length", b"%d" % len(document))

    async def put(name: str, may_arrive: asyncio.Event) -> None:
        scope = {"type": "http", "method": "PUT", "path": "/_emulator/state", "raw_path": b"/_emulator/state"}
        scope |= {"query_string": b"", "headers": [(b"host", cloud.host.encode()), length]}

        async def receive() -> dict[str, Any]:
            events.append(f"{name} is read")
            await may_arrive.wait()
            return {"type": "http.request", "body": document}

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                events.append(f"{name} is answered {message['status']}")

        await cloud.application(scope, receive, send)

    async def run(clients: Clients) -> None:
        arrives = asyncio.Event()
        puts = [asyncio.create_task(put(name, arrives)) for name in ("first", "second")]
        await until(lambda: bool(events))
        assert (await clients.control("PUT", "clock", {})).status_code == 200
        assert (await clients.control("GET", "state")).status_code == 200
        arrives.set()
        await asyncio.gather(*puts)

    together(cloud, run)

    expected = ["first is read", "first is answered 200", "second is read", "second is answered 200"]
    assert [event for event in events if event in expected] == expected


def test_one_long_answer_at_a_time_is_made_and_nobody_waits_for_its_client(filled, monkeypatch):
    """The first client reads nothing of what it is answered until the second has its answer."""
    cloud, events = filled, []
    export = control_state.export_text

    def noted(account):
        events.append("begun")
        parts = yield from export(account)
        events.append("made")
        return parts

    monkeypatch.setattr(control_state, "export_text", noted)

    async def run(clients: Clients) -> None:
        others = asyncio.Event()
        scope = {"type": "http", "method": "GET", "path": "/_emulator/state", "raw_path": b"/_emulator/state"}
        scope |= {"query_string": b"", "headers": [(b"host", cloud.host.encode())]}

        async def receive() -> dict[str, Any]:
            return await asyncio.get_running_loop().create_future()

        async def send(_message: dict[str, Any]) -> None:
            await others.wait()

        slow = asyncio.create_task(cloud.application(scope, receive, send))
        await until(lambda: bool(events))
        both = [asyncio.create_task(clients.control("GET", "state")) for _ in range(2)]
        assert {(await each).status_code for each in both} == {200}
        others.set()
        await slow

    together(cloud, run)

    assert events == ["begun", "made"] * 3


def test_a_document_of_the_api_is_made_once_by_whoever_asks_first(cloud, monkeypatch):
    threads: list[int] = []
    going: set[int] = set()

    def made(_catalogue: object) -> bytes:
        going.add(threading.get_ident())
        threads.append(len(going))
        threading.Event().wait(0.01)
        going.discard(threading.get_ident())
        return b"{}"

    monkeypatch.setattr(listing, "_api_document", made)

    async def run(clients: Clients) -> None:
        many = await asyncio.gather(*(clients.control("GET", "api.json") for _ in range(8)))
        assert {each.status_code for each in many} == {200}

    together(cloud, run)

    assert threads == [1] * 8


def test_the_longest_document_is_a_setting(cloud):
    document = content(state(cloud))
    fits, does_not = (control_of(Cloud(max_state_bytes=len(document) - less)) for less in (0, 1))
    comparison = b'{"before":%b}' % document

    assert fits("PUT", "state", document).status == 200
    refused = does_not("PUT", "state", document)
    assert refused.status == 413
    assert refused.body["error"] == f"the body is longer than {len(document) - 1} bytes (--max-state-bytes)"
    assert fits("POST", "state/diff", comparison).status == 413


def test_a_long_body_is_put_together_in_slices_in_memory_of_its_own(monkeypatch):
    monkeypatch.setattr(bodies, "MAX_OTHER_BYTES", 5)
    chunks = [b"one", b"two", b"three"]
    work = bodies.joined(chunks)

    assert [len(chunks) for _ in range(3) if next(work) is None] == [2, 1, 0]
    with pytest.raises(StopIteration) as end:
        next(work)

    assert end.value.value[:] == b"onetwothree"
    assert steps.at_once(bodies.joined([b"on", b"e"])) == b"one"


@pytest.mark.parametrize("call", ["PUT state", "POST state/diff"])
def test_a_long_document_is_read_where_it_was_put_together(filled, monkeypatch, call):
    monkeypatch.setattr(bodies, "MAX_OTHER_BYTES", 5)
    document = content(state(filled))
    body = b'{"before":%b}' % document if call.endswith("diff") else document
    read: list[type] = []
    parts_of = document_reader.parts_of

    def noted(text, shape):
        read.append(type(text))
        return parts_of(text, shape)

    for module in (document_reader, control_state):
        monkeypatch.setattr(module, "parts_of", noted)

    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 1_000):
            yield body[at : at + 1_000]

    async def run(clients: Clients) -> None:
        answers.append(await clients.control(*call.split(), pieces()))

    answers: list[httpx.Response] = []
    together(filled, run)

    expected = {"account": "test", "resources": kinds_kept(json.loads(document))}
    said = answers[0].json()
    assert said["same"] if call.endswith("diff") else said == expected
    assert read == [mmap]
    assert content(state(filled)) == document


def test_no_two_forms_of_a_document_are_made_in_one_step(filled):
    text = content(state(filled))
    made = (state_schema.form_of, state_schema.adapter)
    for each in made:
        each.cache_clear()

    work = document_reader.read_document(text, regions())
    counts = [0, *(sum(each.cache_info().misses for each in made) for _ in work)]

    assert counts[-1] > 10
    assert {after - before for before, after in pairwise(counts)} == {0, 1}


def test_a_long_list_is_written_item_by_item_in_parts_that_are_never_copied(monkeypatch):
    monkeypatch.setattr(bodies, "PART_BYTES", 14)
    taken: list[bytes] = []
    work = bodies.listed("numbers", (taken.append(part) or part for part in [b"1", b"2", b"3"]))

    assert [len(taken) for _ in range(3) if next(work) is None] == [1, 2, 3]
    with pytest.raises(StopIteration) as end:
        next(work)

    assert asyncio.run(sent_by(end.value.value)) == [b'{"numbers":[1,2', b",3]}", b""]
    assert asyncio.run(sent_by(steps.at_once(bodies.listed("none", ())))) == [b'{"none":[]}', b""]


async def sent_by(response: bodies.InParts) -> list[bytes]:
    bodies_sent: list[bytes] = []

    async def send(message: dict) -> None:
        if message["type"] == "http.response.body":
            bodies_sent.append(message["body"])
        else:
            assert dict(message["headers"])[b"content-type"] == b"application/json"

    await response({}, None, send)
    return bodies_sent


def test_the_next_work_of_a_call_has_what_the_one_before_has_left_of_the_turn(monkeypatch):
    clock = 0.0
    monkeypatch.setattr(steps, "perf_counter", lambda: clock)
    monkeypatch.setattr(steps, "SECONDS", 4.0)
    served = 0

    async def others() -> None:
        nonlocal served
        while True:
            served += 1
            await asyncio.sleep(0)

    async def call() -> list[int]:
        nonlocal clock
        beside = asyncio.create_task(others())
        seen = []
        for spent in (5.0, 3.0, 1.0, 3.0, 1.0):
            turn = steps.Turn()
            clock += spent
            await turn.pause()
            seen.append(served)
        beside.cancel()
        return seen

    assert asyncio.run(call()) == [1, 1, 2, 2, 3]


@pytest.mark.parametrize("count", [0, 1, steps.IN_ORDER_AT_ONCE, 5 * steps.IN_ORDER_AT_ONCE + 1])
def test_what_has_numbers_is_put_in_order_in_steps_and_let_go_of_where_it_was(count):
    numbered = [(number * 7919 % 10_007, str(number)) for number in range(count)]
    expected = [item for _, item in sorted(numbered)]

    work, paused = steps.in_order(numbered), 0
    while True:
        try:
            next(work)
        except StopIteration as done:
            ordered = done.value
            break
        paused += 1

    assert (ordered, numbered) == (expected, [])
    assert paused >= 2 * (count // steps.IN_ORDER_AT_ONCE)


def test_others_are_served_before_a_step_that_takes_long_however_little_was_done():
    events: list[str] = []

    def work() -> steps.StepsAside[None]:
        events.append("some")
        yield
        events.append("more")
        yield steps.others_first
        events.append("much")

    async def run() -> None:
        asyncio.get_running_loop().call_soon(events.append, "another")
        await steps.in_turn(work())

    asyncio.run(run())

    assert events == ["some", "more", "another", "much"]


def test_whoever_serves_may_do_something_each_time_that_others_are_served(monkeypatch):
    events: list[str] = []
    monkeypatch.setattr(steps, "SECONDS", 0.0)
    monkeypatch.setattr(steps, "between", lambda: events.append("between"))

    def work() -> steps.Steps[None]:
        for name in ("first", "second"):
            events.append(name)
            yield

    asyncio.run(steps.in_turn(work()))

    assert events == ["first", "between", "second", "between"]


def test_two_that_move_one_clock_at_once_do_not_get_it_beyond_the_last_year_together(filled):
    filled.clock.move(LATEST - 100)

    async def run(clients: Clients) -> None:
        both = [clients.control("POST", "clock/advance", {"seconds": 70}) for _ in range(2)]
        assert sorted(each.status_code for each in await asyncio.gather(*both)) == [200, 400]

    together(filled, run)

    assert filled.clock.now() == LATEST - 30


def test_nobody_changes_an_account_while_a_question_about_it_is_answered(filled):
    asked = question(state(filled))

    async def run(clients: Clients) -> None:
        asking = asyncio.create_task(clients.control("POST", "reachability", asked))
        await until(lambda: "test" in filled.emulator.accounts.work)
        changing = asyncio.create_task(clients.call("POST", "/v2/instanceBySpec", ORDER))
        answered = await asking
        assert (answered.status_code, changing.done()) == (200, False)
        assert (await changing).status_code == 200
        nowhere = await clients.control("POST", "reachability", asked | {"source": "i-nobody00"})
        assert nowhere.status_code == 404

    together(filled, run)

    assert filled.emulator.accounts.work == {}


def test_a_question_about_an_account_that_is_put_back_meanwhile_is_to_be_asked_again(filled):
    asked = question(state(filled))

    async def run(clients: Clients) -> None:
        asking = asyncio.create_task(clients.control("POST", "reachability", asked))
        await until(lambda: "test" in filled.emulator.accounts.work)
        filled.emulator.accounts.drop_work("test")
        assert (await asking).status_code == 503
        assert (await clients.control("POST", "reachability", asked)).status_code == 200

    together(filled, run)

    assert filled.emulator.accounts.work == {}
