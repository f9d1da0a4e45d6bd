"""The state of an account: out, in, from one account to another, and compared."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, get_type_hints

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bce_emulator.engine.account.clock import LAST_MOMENT
from bce_emulator.engine.account.resource import Pending, Resource, Timer
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.persist.document import read_document
from bce_emulator.engine.persist.export_text import export
from bce_emulator.engine.persist.state_snapshot import build, dump
from bce_emulator.engine.steps import at_once
from bce_emulator.services.shared.regions import regions
from tests.cloud import LINUX, SPEC, Cloud, Reply
from tests.control.conftest import control_of
from tests.sample_resources import create_sample_resources, list_responses

ORDER = {"spec": SPEC, "imageId": LINUX, "billing": {"paymentTiming": "Postpaid"}}


def control(cloud: Cloud, method: str, path: str, body: Any = None) -> Reply:
    return control_of(cloud)(method, path, body)


def state(cloud: Cloud, account: str = "test") -> dict:
    reply = control(cloud, "GET", f"state?account={account}")
    assert reply.status == 200
    return reply.body


@pytest.fixture
def filled(cloud) -> Cloud:
    create_sample_resources(cloud)
    return cloud


@pytest.fixture
def small(cloud) -> Cloud:
    """Two instances, of which one expires."""
    cloud.create(billing={"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}})
    cloud.create()
    return cloud


@pytest.fixture
def other() -> Cloud:
    return Cloud()


def test_what_was_read_is_restored_in_another_emulator_with_all_identities(filled, other):
    document = state(filled)

    reply = control(other, "PUT", "state", document)

    assert reply.status == 200
    assert state(other) == document
    assert list_responses(other) == list_responses(filled)


def test_what_was_restored_has_the_same_future(filled, other):
    control(other, "PUT", "state", state(filled))

    for cloud in (filled, other):
        cloud.ok("POST", "/v2/instanceBySpec", ORDER | {"purchaseCount": 3})
    futures = [control(cloud, "POST", "clock/advance", {"until": "idle"}).body for cloud in (filled, other)]

    assert futures[0]["due"]
    assert futures[0] == futures[1]
    assert state(other) == state(filled)
    assert list_responses(other) == list_responses(filled)


def test_timers_are_restored_too(filled, other):
    control(other, "PUT", "state", state(filled))

    futures = [control(cloud, "POST", "clock/advance", {"seconds": 90 * 86_400}).body for cloud in (filled, other)]

    assert any("expire" in line for line in futures[0]["due"])
    assert futures[0] == futures[1]
    assert list_responses(other) == list_responses(filled)


def test_a_client_token_is_restored_with_its_answer(filled, other):
    control(other, "PUT", "state", state(filled))

    target, body = "/v2/instanceBySpec?clientToken=once", ORDER | {"purchaseCount": 2}

    assert other.ok("POST", target, body) == filled.ok("POST", target, body)


def test_events_of_one_moment_keep_their_order(cloud, other):
    first, second = cloud.create(), cloud.create()
    for instance in (second, first):
        cloud.ok("PUT", f"/v2/instance/{instance}?reboot", {})
    control(other, "PUT", "state", state(cloud))

    due = control(other, "POST", "clock/advance", {"seconds": 60}).body["due"]

    assert [line.split()[1] for line in due] == [second, first]


def test_putting_a_state_back_takes_away_what_came_later(filled):
    document = state(filled)
    filled.create()

    control(filled, "PUT", "state", document)

    assert state(filled) == document


def test_faults_and_journal_stay_when_a_state_is_put_back(small):
    entries = len(small.emulator.journal.rings["test"].entries)
    control(small, "POST", "faults", {"operation": "ListInstances", "error": "OperationDenied"})

    control(small, "PUT", "state", state(small))

    assert len(control(small, "GET", "faults").body["faults"]) == 1
    assert len(small.emulator.journal.rings["test"].entries) == entries


def test_an_account_that_was_never_used_can_be_read_and_put_back(cloud, other):
    assert control(other, "PUT", "state", state(cloud)).status == 200

    assert list_responses(other) == list_responses(cloud)


def test_what_is_kept_for_ever_is_restored(cloud, other):
    policy = {"name": "always", "timePoints": ["20"], "repeatWeekdays": ["1"], "retentionDays": "-1"}
    cloud.ok("POST", "/v2/asp", policy)

    assert control(other, "PUT", "state", state(cloud)).status == 200

    assert other.ok("GET", "/v2/asp") == cloud.ok("GET", "/v2/asp")


def test_a_clock_that_ran_on_from_the_latest_moment_is_restored(cloud, other):
    control(cloud, "PUT", "clock", {"now": "9000-01-01T00:00:00Z", "frozen": True})
    cloud.clock.advance(3_600)

    assert control(other, "PUT", "state", state(cloud)).status == 200

    assert other.clock.now() == cloud.clock.now()


@pytest.mark.parametrize("months", [-1, 0, 2**53 - 1])
def test_what_renews_itself_by_months_that_are_none_comes_to_an_end_all_the_same(cloud, other, months):
    cloud.clock.pace = 0
    body = {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}, "autoRenewLength": 1}
    subnet = cloud.ok("GET", "/v1/subnet")["subnets"][0]
    cloud.ok("POST", "/v1/blb", body | {"vpcId": subnet["vpcId"], "subnetId": subnet["subnetId"]})
    balancer = ("regions", "bj", "kinds", "blb.LoadBalancer", "kept", 0, "auto_renew_months")
    control(other, "PUT", "state", at(state(cloud), *balancer, value=months))

    assert control(other, "POST", "clock/advance", {"seconds": 400 * 86_400}).status == 200


def test_a_clock_that_runs_goes_on_from_where_it_was(filled, other):
    filled.clock.run()

    control(other, "PUT", "state", state(filled))

    assert not other.clock.frozen
    assert other.clock.now() == filled.clock.now()


def at(document: dict, *path: Any, value: Any) -> dict:
    changed = json.loads(json.dumps(document))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


INSTANCE = ("regions", "bj", "kinds", "bcc.Instance")
FIRST = (*INSTANCE, "kept", 0)


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("format",), 1, "format: this is format 1, of bce-emulator before 0.1.0"),
        (("format",), 3, "format: this version reads format 2"),
        (("clock", "pace"), -1, "clock.pace: Input should be greater than or equal to 0"),
        (("clock", "tick"), 1, "clock.tick: no such member"),
        (("facts",), {"luck": 1}, "facts: no setting is called 'luck'"),
        (("seconds",), {"Instance.fly": 1}, "seconds.Instance.fly: no kind of resource has this action"),
        (("regions", "mars"), {}, "regions.mars: no region is called so"),
        (("regions", "bj", "kinds", "Rocket"), {}, "regions.bj.kinds.Rocket: no such member"),
        ((*FIRST, "state"), "Asleep", "regions.bj.kinds.bcc.Instance.kept.0.state: 'Asleep' is none of Creating"),
        ((*FIRST, "id"), "", "regions.bj.kinds.bcc.Instance.kept.0.id: an id is not empty"),
        ((*FIRST, "serial"), 99, "regions.bj.kinds.bcc.Instance.kept.0.serial: serials go up"),
        ((*FIRST, "cpu_count"), "4", "regions.bj.kinds.bcc.Instance.kept.0.cpu_count: Input should be a valid integer"),
        ((*FIRST, "cpu_count"), 2**80, "Integer exceeds 64-bit range"),
        ((*FIRST, "cpu_count"), 2**53, "bcc.Instance.kept.0.cpu_count: a whole number is between -2^53 and 2^53"),
        ((*FIRST, "expires"), 253_402_300_800.0, "bcc.Instance.kept.0.expires: a moment is from 1970 to the year 9999"),
        ((*FIRST, "pending"), {"action": "stop", "then": "Stopped", "due": -1.0}, "kept.0.pending.due: a moment is"),
        ((*FIRST, "timers"), [{"name": "expire", "due": 1e15}], "kept.0.timers.0.due: a moment is"),
        (("clock", "now"), 253_402_300_799.0, "clock.now: Input should be less than or equal to 225007632000"),
        ((*FIRST, "spek"), "x", "regions.bj.kinds.bcc.Instance.kept.0.spek: no such member"),
        ((*FIRST, "created"), "now", "regions.bj.kinds.bcc.Instance.kept.0.created: Input should be a valid number"),
        ((*FIRST, "timers"), [{"name": "nap", "due": 1.0}], "kept.0.timers.0.name: Instance has no timer 'nap'"),
        ((*FIRST, "pending"), {"action": "stop", "then": "?", "due": 1.0}, "'?' is no state of Instance"),
    ],
)
def test_a_document_that_does_not_fit_is_refused_with_path_and_reason_and_changes_nothing(small, path, value, reason):
    document = state(small)

    reply = control(small, "PUT", "state", at(document, *path, value=value))

    assert reply.status == 400, reply
    assert reason in reply.body["error"]
    assert state(small) == document


def test_an_id_that_is_there_twice_is_refused(small):
    document = state(small)
    twice = document["regions"]["bj"]["kinds"]["bcc.Instance"]["kept"][1]["id"]

    reply = control(small, "PUT", "state", at(document, *FIRST, "id", value=twice))

    assert (reply.status, f"{twice!r} is there twice" in reply.body["error"]) == (400, True)


STRANGE = [b"", b"[]", b"{}", b'{"format": 1', b"\xff", b'{"format": 1}', b'{"format": NaN}', b'{"format": []}']


@pytest.mark.parametrize("body", STRANGE)
def test_what_is_no_document_is_refused(small, body):
    assert control(small, "PUT", "state", body).status == 400


def test_an_event_written_by_hand_needs_no_number(cloud, other):
    cloud.create()
    moment = cloud.clock.now() + 5
    document = at(state(cloud), *FIRST, "pending", value={"action": "stop", "then": "Stopped", "due": moment})

    control(other, "PUT", "state", document)
    due = control(other, "POST", "clock/advance", {"seconds": 5}).body["due"]

    assert [line.split()[2:] for line in due] == [["stop", "Stopped"]]


def test_a_fork_is_the_same_under_another_name_and_goes_its_own_way(filled):
    before = state(filled)

    reply = control(filled, "POST", "state/fork", {"from": "test", "to": "test-2"})

    assert reply.status == 200
    assert state(filled, "test-2") == before | {"account": "test-2"}
    control(filled, "POST", "clock/advance?account=test-2", {"until": "idle"})
    assert state(filled) == before
    assert state(filled, "test-2")["clock"]["now"] > before["clock"]["now"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"from": "test", "to": "test"}, 400),
        ({"from": "test"}, 400),
        ({"from": "nobody", "to": "test"}, 404),
        ({"from": "test", "to": "nobody"}, 404),
        ({"from": "*", "to": "test"}, 400),
    ],
)
def test_a_fork_needs_two_accounts(small, body, status):
    assert control(small, "POST", "state/fork", body).status == status


def test_a_difference_names_what_was_added_removed_and_changed(cloud):
    stays, goes = cloud.create(), cloud.create()
    before = state(cloud)
    cloud.ok("PUT", f"/v2/instance/{stays}?stop", {})
    cloud.ok("DELETE", f"/v2/instance/{goes}")
    comes = cloud.ok("POST", "/v2/instanceBySpec", ORDER)["instanceIds"][0]

    found = control(cloud, "POST", "state/diff", {"before": before, "after": state(cloud)}).body

    assert not found["same"]
    assert {"region": "bj", "kind": "bcc.Instance", "id": comes} in found["added"]
    assert {"region": "bj", "kind": "bcc.Instance", "id": goes} in found["removed"]
    assert f'~ bj bcc.Instance {stays} state: "Running" -> "Stopping"' in found["lines"]
    assert f"- bj bcc.Instance {goes}" in found["lines"]
    assert control(cloud, "POST", "state/diff", {"before": before}).body == found


def test_a_state_is_not_different_from_itself(filled):
    document = state(filled)

    found = control(filled, "POST", "state/diff", {"before": document, "after": document}).body

    assert found == {"same": True, "added": [], "removed": [], "changed": [], "lines": []}


def test_only_documents_can_be_compared(small):
    reply = control(small, "POST", "state/diff", {"before": {"format": 1}})

    assert (reply.status, reply.body["error"].split(":")[0]) == (400, "before")


def any_resource(kind: type[Resource]) -> st.SearchStrategy[Resource]:
    """A resource of a kind with any facts at all, as long as their types and bounds are right."""
    hints = get_type_hints(kind, include_extras=True)
    facts = {each.name: st.from_type(hints[each.name]) for each in fields(kind) if each.init}
    states = st.sampled_from(kind.lifecycle.states)
    timers = st.lists(st.sampled_from(sorted(kind.due)), unique=True) if kind.due else st.just([])
    facts |= {
        "id": st.text(st.characters(codec="utf-8"), min_size=1),
        "serial": st.just(1),
        "state": states,
        "pending": st.none()
        | st.builds(Pending, st.text(st.characters(codec="utf-8")), states, st.just(2e9), st.just(1)),
        "timers": timers.map(lambda names: tuple(Timer(name, 2e9, 2 + index) for index, name in enumerate(names))),
    }
    return st.fixed_dictionaries(facts).map(lambda values: kind(**values))


st.register_type_strategy(str, st.text(st.characters(codec="utf-8")))
st.register_type_strategy(float, st.floats(0, LAST_MOMENT))
st.register_type_strategy(int, st.integers(1 - 2**53, 2**53 - 1))


@pytest.mark.sweep(12)
@pytest.mark.parametrize("kind", resource_types().values(), ids=resource_types())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_resource_of_any_kind_with_any_facts_is_restored(kind, data):
    cloud = Cloud()
    account = cloud.account
    for each in list(account.all(kind)):
        account.remove(each)
    account.collection(kind).last_serial = 0
    account.collection(kind).gone.clear()
    account.add(data.draw(any_resource(kind)))
    text = dump(export(account.account))

    restored = at_once(build(cloud.emulator.accounts, "test", at_once(read_document(text, regions()))))

    assert dump(export(restored) | {"clock": 0}) == dump(orjson.loads(text) | {"clock": 0})


def paths(value: Any, path: tuple = ()) -> Iterator[tuple]:
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inner:
        yield from paths(each, (*path, step))


JUNK = [None, True, -1, 0, 2**63, 2**70, 1e308, 1.5, "", "x", "\0", [], {}, [[]], {"id": "x"}, "9" * 5_000]


@pytest.mark.slow
def test_a_document_with_anything_anywhere_is_taken_or_refused_and_time_goes_on(filled):
    document = state(filled)
    everywhere = list(paths(document))
    chance = random.Random(7)

    for _ in range(150):
        path, junk = chance.choice(everywhere), chance.choice(JUNK)
        status = control(filled, "PUT", "state", at(document, *path, value=junk)).status
        assert status in {200, 400}, (path, junk)
        assert control(filled, "POST", "clock/advance", {"seconds": 10}).status == 200, (path, junk)
        assert control(filled, "GET", "state").status == 200, (path, junk)
