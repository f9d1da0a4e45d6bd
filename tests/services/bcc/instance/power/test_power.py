"""Start, stop and reboot, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import InappropriateJSON, NoSuchObject
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
from tests.cloud import SPEC

POWER = {
    "start": StartInstanceOperationForbidden,
    "stop": StopInstanceOperationForbidden,
    "reboot": RebootInstanceOperationForbidden,
}
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}


@pytest.mark.parametrize("target", ["?reboot", "?reboot="])
@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_running_instance_is_starting_after_a_reboot_and_then_running(cloud, running, version, target):
    response = cloud.ok("PUT", f"/{version}/instance/{running}{target}", {"forceStop": True})

    assert response["failedInstanceIdList"] == []
    assert cloud.status(running) == "Starting"
    cloud.clock.advance(39)
    assert cloud.status(running) == "Starting"
    cloud.clock.advance(1)
    assert cloud.status(running) == "Running"


def test_the_answer_to_a_reboot_names_its_request(cloud, running):
    reply = cloud.call("PUT", f"/v2/instance/{running}?reboot")

    assert reply.body["requestId"] == reply.headers["x-bce-request-id"]
    assert reply.headers["content-type"] == "application/json;charset=UTF-8"
    assert reply.headers["server"] == "BWS"


def test_an_instance_is_stopped_when_its_time_has_passed(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"forceStop": False})
    assert cloud.status(running) == "Stopping"

    cloud.clock.advance(20)

    assert cloud.status(running) == "Stopped"


def test_a_stopped_instance_starts(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop")
    cloud.clock.advance(20)

    cloud.ok("PUT", f"/v2/instance/{running}?start")

    assert cloud.status(running) == "Starting"
    cloud.clock.advance(30)
    assert cloud.status(running) == "Running"


@pytest.mark.parametrize(("action", "error"), POWER.items())
def test_an_action_outside_its_status_is_refused(cloud, running, action, error):
    if action != "start":
        cloud.ok("PUT", f"/v2/instance/{running}?stop")

    cloud.refused(error, "PUT", f"/v2/instance/{running}?{action}")


@pytest.mark.parametrize("action", POWER)
def test_an_unknown_instance_is_not_found(cloud, action):
    cloud.refused(NoSuchObject, "PUT", f"/v2/instance/i-nobody00?{action}")


def test_an_instance_being_created_cannot_be_started(cloud):
    body = {"spec": SPEC, "imageId": "m-z2UUQHH9"}
    instance = cloud.ok("POST", "/v2/instanceBySpec", body)["instanceIds"][0]

    cloud.refused(StartInstanceWhenCreating, "PUT", f"/v2/instance/{instance}?start")


def test_an_expired_instance_cannot_be_started(cloud, running):
    cloud.account.get(Instance, running).state = "Expired"

    cloud.refused(StartExpiredInstance, "PUT", f"/v2/instance/{running}?start")


def test_force_stop_is_a_boolean(cloud, running):
    cloud.refused(InappropriateJSON, "PUT", f"/v2/instance/{running}?reboot", {"forceStop": "yes"})


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"billing": PREPAID}, PrePayCannotStopWithNoCharge),
        ({"spec": "bcc.l1.c1m1"}, Rocv1CannotStopWithNoCharge),
        ({"ephemeralDisks": [{"sizeInGB": 20}]}, Rocv1CannotStopWithNoCharge),
        ({"spec": "ehc.lgn5.c128m1024.8a100.8re.4d"}, InstanceTypeNotSupportException),
    ],
)
def test_what_is_charged_for_anyway_is_not_stopped_without_charge(cloud, members, error):
    instance = cloud.create(**members)

    cloud.refused(error, "PUT", f"/v2/instance/{instance}?stop", {"stopWithNoCharge": True})


def test_stopping_without_charge_shows_until_the_next_start(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)
    assert cloud.instance(running)["chargeStatus"] == "notCharge"

    cloud.ok("PUT", f"/v2/instance/{running}?start")
    cloud.clock.advance(30)

    assert cloud.instance(running)["chargeStatus"] == "charge"
