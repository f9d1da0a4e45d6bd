"""Other cores and memory for one instance, or for many."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.errors import InstanceBeBanned, ResizeSpecNotAllowed, ResizeTooMany, ZoneSoldOut

LARGER, SMALLER = "bcc.g5.c4m16", "bcc.g5.c1m4"
BATCH = "/v2/instanceBatchBySpec?resize"
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
WAYS = [
    ("/v2/instanceBySpec/{}?resize", {"spec": LARGER}),
    ("/v2/instance/{}?resize", {"cpuCount": 4, "memoryCapacityInGB": 16}),
    ("/v2/instance/{}?resize", {"cpuCount": 0, "memoryCapacityInGB": 0, "spec": LARGER}),
    ("/v1/instance/{}?resize=", {"cpuCount": 4, "memoryCapacityInGB": 16, "spec": ""}),
]


@pytest.mark.parametrize(("target", "body"), WAYS)
def test_a_resized_instance_scales_and_then_runs_with_its_new_size(cloud, running, target, body):
    response = cloud.ok("PUT", target.format(running), body)

    assert response == {}
    assert cloud.status(running) == "Scaling"
    cloud.clock.advance(60)
    seen = cloud.instance(running)
    assert (seen["status"], seen["spec"]) == ("Running", LARGER)
    assert (seen["cpuCount"], seen["memoryCapacityInGB"]) == (4, 16)


def test_a_stopped_instance_stays_stopped(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/instanceBySpec/{running}?resize", {"spec": LARGER})

    assert cloud.status(running) == "Scaling"
    cloud.clock.advance(60)
    assert cloud.status(running) == "Stopped"


@pytest.mark.parametrize(("sent", "rendered"), [(True, True), (None, False), (False, False)])
def test_jumbo_frames_change_with_the_size(cloud, running, sent, rendered):
    cloud.ok("PUT", f"/v2/instanceBySpec/{running}?resize", {"spec": LARGER, "enableJumboFrame": sent})

    assert cloud.instance(running)["enableJumboFrame"] is rendered


def test_numbers_that_no_spec_of_the_family_has_leave_the_instance_without_a_spec(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?resize", {"cpuCount": 4, "memoryCapacityInGB": 8})

    seen = cloud.instance(running)
    assert (seen["spec"], seen["cpuCount"], seen["memoryCapacityInGB"]) == ("", 4, 8)


def test_an_instance_without_a_spec_is_resized_by_numbers(cloud):
    instance = cloud.ok("POST", "/v2/instance", {"imageId": "m-z2UUQHH9", "cpuCount": 1, "memoryCapacityInGB": 2})
    instance = instance["instanceIds"][0]
    cloud.clock.advance(60)

    cloud.ok("PUT", f"/v2/instance/{instance}?resize", {"cpuCount": 2, "memoryCapacityInGB": 4})

    assert cloud.instance(instance)["cpuCount"] == 2


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/v2/instanceBySpec/{}?resize", {"spec": "bcc.g5.c3m3"}),
        ("/v2/instanceBySpec/{}?resize", {"spec": ""}),
        ("/v2/instanceBySpec/{}?resize", {"spec": "ebc.l5c.c128m256.1d"}),
        ("/v2/instanceBySpec/{}?resize", {"spec": "bcc.l1.c1m1"}),
        ("/v2/instanceBySpec/{}?resize", {"spec": "bcc.hgn5IB.c116m978.8A100-80g"}),
        ("/v2/instanceBySpec/{}?resize", {"spec": "bcc.g5.c2m8"}),
        ("/v2/instance/{}?resize", {"cpuCount": 3, "memoryCapacityInGB": 3}),
        ("/v2/instance/{}?resize", {}),
    ],
)
def test_a_size_that_is_not_on_offer_to_the_instance_is_refused(cloud, running, target, body):
    cloud.refused(BadRequest, "PUT", target.format(running), body)


def test_a_spec_is_required(cloud, running):
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instanceBySpec/{running}?resize", {})


def test_a_prepaid_instance_gets_larger_but_not_smaller_by_numbers(cloud):
    instance = cloud.create(billing=PREPAID)

    cloud.refused(BadRequest, "PUT", f"/v2/instance/{instance}?resize", {"cpuCount": 1, "memoryCapacityInGB": 4})

    cloud.ok("PUT", f"/v2/instance/{instance}?resize", {"cpuCount": 4, "memoryCapacityInGB": 16})


@pytest.mark.parametrize(("target", "body"), WAYS[:2])
def test_a_resize_is_refused_in_turn_to_whom_what_and_when_it_cannot_be(cloud, running, target, body):
    target = target.format(running)
    cloud.refused(NoSuchObject, "PUT", target.replace(running, "i-nobody00"), body)

    cloud.set_facts(stock={LARGER: 0})
    cloud.refused(ZoneSoldOut, "PUT", target, body)
    cloud.set_facts(stock={f"cn-bj-a/{LARGER}": 1}, bannedInstances=[running])
    cloud.refused(InstanceBeBanned, "PUT", target, body)
    cloud.set_facts(bannedInstances=[])
    cloud.ok("PUT", target, body)
    cloud.refused(OperationDenied, "PUT", target, body)


@pytest.mark.parametrize(("target", "body"), WAYS)
def test_a_token_resizes_once(cloud, running, target, body):
    target = f"{target.format(running)}&clientToken=once"
    cloud.ok("PUT", target, body)

    assert cloud.ok("PUT", target, body) == {}

    cloud.refused(IdempotentParameterMismatch, "PUT", target, body | {"enableJumboFrame": True})


def test_many_instances_are_resized_at_once_each_with_its_order(cloud):
    instances = [cloud.create(), cloud.create()]

    response = cloud.ok("PUT", BATCH, {"spec": LARGER, "instanceIdList": [*instances, instances[0]]})

    assert len(set(response["orderUuidResults"])) == 2
    assert {cloud.status(each) for each in instances} == {"Scaling"}
    cloud.clock.advance(60)
    assert {cloud.instance(each)["spec"] for each in instances} == {LARGER}


def test_a_batch_leaves_out_what_cannot_take_the_spec(cloud, running):
    local, banned = cloud.create(spec="bcc.l1.c1m1"), cloud.create()
    cloud.set_facts(bannedInstances=[banned])

    response = cloud.ok("PUT", BATCH, {"spec": LARGER, "instanceIdList": [running, local, banned]})

    assert len(response["orderUuidResults"]) == 1
    assert [cloud.status(each) for each in (running, local, banned)] == ["Scaling", "Running", "Running"]


def test_a_batch_is_refused_whole(cloud, running):
    other = cloud.create()
    both = {"spec": LARGER, "instanceIdList": [running, other]}

    cloud.refused(ResizeSpecNotAllowed, "PUT", BATCH, both | {"spec": "bcc.g5.c3m3"})
    cloud.refused(NoSuchObject, "PUT", BATCH, both | {"instanceIdList": [running, "i-nobody00"]})
    cloud.set_facts(stock={LARGER: 1})
    cloud.refused(ResizeSpecNotAllowed, "PUT", BATCH, both)
    cloud.set_facts(stock={})
    cloud.ok("PUT", f"/v2/instance/{other}?reboot")
    cloud.refused(OperationDenied, "PUT", BATCH, both)


@pytest.mark.parametrize(("count", "error"), [(31, ResizeTooMany), (0, BadRequest), (30, NoSuchObject)])
def test_a_batch_is_of_1_to_30_instances(cloud, count, error):
    cloud.refused(error, "PUT", BATCH, {"spec": LARGER, "instanceIdList": ["i-nobody00"] * count})


def test_a_token_resizes_a_batch_once(cloud, running):
    body = {"spec": LARGER, "instanceIdList": [running]}
    first = cloud.ok("PUT", f"{BATCH}&clientToken=once", body)

    assert cloud.ok("PUT", f"{BATCH}&clientToken=once", body) == first

    cloud.refused(IdempotentParameterMismatch, "PUT", f"{BATCH}&clientToken=once", body | {"spec": SMALLER})
