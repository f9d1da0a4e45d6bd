"""Start, stop and reboot many instances at once."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.instance.errors import (
    InstanceTypeNotSupportException,
    PrePayCannotStopWithNoCharge,
    RebootInstanceOperationForbidden,
    Rocv1CannotStopWithNoCharge,
    StartExpiredInstance,
    StartInstanceOperationForbidden,
    StartInstanceWhenCreating,
    StopInstanceOperationForbidden,
)
from bce_emulator.services.bcc.instance.resource import Instance
from tests.cloud import LINUX, SPEC

BATCH = "/v2/instance/batchAction"
ACTIONS = {
    #          from       meanwhile    after      refused in another status
    "start": ("Stopped", "Starting", "Running", StartInstanceOperationForbidden),
    "stop": ("Running", "Stopping", "Stopped", StopInstanceOperationForbidden),
    "reboot": ("Running", "Starting", "Running", RebootInstanceOperationForbidden),
}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}


def put_in(cloud, state: str, count: int = 2) -> list[str]:
    """The ids of instances in a state."""
    instances = [cloud.account.get(Instance, cloud.create()) for _ in range(count)]
    for instance in instances:
        instance.state = state
    return [instance.id for instance in instances]


@pytest.mark.parametrize(("action", "row"), ACTIONS.items())
def test_all_instances_named_are_changed(cloud, action, row):
    before, meanwhile, after, _ = row
    instances = put_in(cloud, before)

    reply = cloud.call("PUT", f"{BATCH}?{action}", {"instanceIds": [*instances, instances[0]]})

    assert reply.body == {"requestId": reply.headers["x-bce-request-id"], "failedInstanceIdList": []}
    assert {cloud.status(each) for each in instances} == {meanwhile}
    cloud.clock.advance(40)
    assert {cloud.status(each) for each in instances} == {after}


@pytest.mark.parametrize(("action", "row"), ACTIONS.items())
def test_one_instance_in_another_status_stops_the_whole_batch(cloud, action, row):
    before, _, _, error = row
    fit, other = put_in(cloud, before, 1) + put_in(cloud, "Scaling", 1)

    cloud.refused(error, "PUT", f"{BATCH}?{action}", {"instanceIds": [fit, other]})

    assert cloud.status(fit) == before


@pytest.mark.parametrize(("action", "row"), ACTIONS.items())
def test_one_unknown_instance_stops_the_whole_batch(cloud, action, row):
    instances = put_in(cloud, row[0], 1)

    cloud.refused(NoSuchObject, "PUT", f"{BATCH}?{action}", {"instanceIds": [*instances, "i-nobody00"]})


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("ids", "error"),
    [([], BadRequest), (["i-nobody00"] * 101, BadRequest), (None, InappropriateJSON), ("i-1", InappropriateJSON)],
)
def test_a_batch_is_of_1_to_100_instances(cloud, action, ids, error):
    cloud.refused(error, "PUT", f"{BATCH}?{action}", {"instanceIds": ids})


@pytest.mark.parametrize(
    ("state", "error"), [("Creating", StartInstanceWhenCreating), ("Expired", StartExpiredInstance)]
)
def test_a_start_says_why_it_is_refused(cloud, state, error):
    instances = put_in(cloud, state, 1)

    cloud.refused(error, "PUT", f"{BATCH}?start", {"instanceIds": instances})


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"billing": PREPAID}, PrePayCannotStopWithNoCharge),
        ({"spec": "bcc.l1.c1m1"}, Rocv1CannotStopWithNoCharge),
        ({"spec": "ehc.lgn5.c128m1024.8a100.8re.4d"}, InstanceTypeNotSupportException),
    ],
)
def test_instances_stop_without_charge_all_or_none(cloud, running, members, error):
    other = cloud.create(**members)

    cloud.refused(error, "PUT", f"{BATCH}?stop", {"instanceIds": [running, other], "stopWithNoCharge": True})
    cloud.ok("PUT", f"{BATCH}?stop", {"instanceIds": [running], "stopWithNoCharge": True})

    assert cloud.instance(running)["chargeStatus"] == "notCharge"


def test_the_query_names_one_action(cloud, running):
    reply = cloud.call("PUT", f"{BATCH}?start&stop", {"instanceIds": [running]})

    assert reply.code == "BadRequest"


def test_a_token_stops_once(cloud):
    body = {"spec": SPEC, "imageId": LINUX, "purchaseCount": 2}
    one, two = cloud.ok("POST", "/v2/instanceBySpec", body)["instanceIds"]
    cloud.clock.advance(60)
    target = f"{BATCH}?stop&clientToken=once"
    first = cloud.ok("PUT", target, {"instanceIds": [one]})

    assert cloud.ok("PUT", target, {"instanceIds": [one]}) == first

    cloud.refused(IdempotentParameterMismatch, "PUT", target, {"instanceIds": [two]})
