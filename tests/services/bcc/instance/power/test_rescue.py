"""Rescue mode, and back."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from tests.cloud import LINUX, PASSWORD, encrypted

ENTER, EXIT = "/v2/instance/rescue/mode/enter", "/v2/instance/rescue/mode/exit"
SECRET = encrypted(PASSWORD)


def enter(instance: str) -> dict[str, str]:
    return {"instanceId": instance, "password": PASSWORD}


@pytest.mark.parametrize("password", [PASSWORD, encrypted(PASSWORD)])
def test_the_password_may_be_plain_or_encrypted(cloud, running, password):
    cloud.ok("PUT", ENTER, {"instanceId": running, "password": password})


def test_an_instance_goes_into_rescue_and_comes_back(cloud, running):
    for target, body in ((ENTER, enter(running)), (EXIT, {"instanceId": running})):
        reply = cloud.call("PUT", target, body)

        assert reply.body == {"requestId": reply.headers["x-bce-request-id"]}
        assert cloud.status(running) == "Starting"
        cloud.clock.advance(40)
        assert cloud.status(running) == "Running"


def test_an_instance_is_rescued_once_and_comes_back_once(cloud, running):
    cloud.refused(OperationDenied, "PUT", EXIT, {"instanceId": running})

    cloud.ok("PUT", ENTER, enter(running))
    cloud.clock.advance(40)

    cloud.refused(OperationDenied, "PUT", ENTER, enter(running))


def test_a_rebuilt_instance_needs_no_rescue(cloud, running):
    cloud.ok("PUT", ENTER, enter(running))
    cloud.clock.advance(40)

    cloud.ok("PUT", f"/v2/instance/{running}?rebuild", {"imageId": LINUX, "adminPass": SECRET})
    cloud.clock.advance(120)

    cloud.refused(OperationDenied, "PUT", EXIT, {"instanceId": running})


def test_an_instance_stopped_without_charge_is_charged_for_in_rescue(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)

    cloud.ok("PUT", ENTER, enter(running))
    cloud.clock.advance(40)

    assert cloud.instance(running)["chargeStatus"] == "charge"


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", ENTER, enter("i-nobody00"))
    cloud.refused(NoSuchObject, "PUT", EXIT, {"instanceId": "i-nobody00"})


@pytest.mark.parametrize(("password", "error"), [("weak", BadRequest), ("", BadRequest), (None, InappropriateJSON)])
def test_the_rescue_system_needs_a_password_by_the_rule(cloud, running, password, error):
    cloud.refused(error, "PUT", ENTER, {"instanceId": running, "password": password})


def test_a_token_rescues_once(cloud, running):
    first = cloud.ok("PUT", f"{ENTER}?clientToken=once", enter(running))

    assert cloud.ok("PUT", f"{ENTER}?clientToken=once", enter(running)) == first

    other = enter(running) | {"forceStop": True}
    cloud.refused(IdempotentParameterMismatch, "PUT", f"{ENTER}?clientToken=once", other)
