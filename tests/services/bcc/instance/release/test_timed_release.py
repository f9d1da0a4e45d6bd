"""Timed release, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from tests.services.bcc.instance.billing_cases import DISK, HOUR, NOBODY, PREPAID, at, data_volume, volume

NOT_PLANNED = [state for state in LIFECYCLE.states if LIFECYCLE.find("plan_release", state) is None]


def place(instance_id: str) -> str:
    return f"/v2/instance/{instance_id}?autorelease"


def test_an_instance_is_released_at_its_time_and_its_data_volume_stays(cloud):
    instance = cloud.create(createCdsList=[DISK], deletionProtection=1)
    data = data_volume(cloud, instance)

    assert cloud.ok("PUT", place(instance), {"releaseTime": at(HOUR)}) == {}
    assert cloud.instance(instance)["releaseTime"] == at(HOUR)

    cloud.clock.advance(HOUR - 61)
    assert cloud.status(instance) == "Running"
    cloud.clock.advance(1)
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{instance}")
    assert volume(cloud, data).status == "Available"


@pytest.mark.parametrize("body", [None, {}, {"releaseTime": ""}, {"releaseTime": None}])
def test_without_a_time_the_release_is_called_off(cloud, running, body):
    cloud.ok("PUT", place(running), {"releaseTime": at(HOUR)})

    cloud.ok("PUT", place(running), body)

    assert cloud.instance(running)["releaseTime"] == ""
    cloud.clock.advance(2 * HOUR)
    assert cloud.status(running) == "Running"


def test_a_later_time_takes_the_place_of_the_earlier(cloud, running):
    cloud.ok("PUT", place(running), {"releaseTime": at(HOUR)})
    cloud.ok("PUT", place(running), {"releaseTime": at(3 * HOUR), "isEipAutoRelatedDelete": True})

    cloud.clock.advance(2 * HOUR)

    assert cloud.status(running) == "Running"
    assert cloud.instance(running)["isEipAutoRelatedDelete"] is True


def test_a_release_waits_for_what_is_under_way(cloud, running):
    cloud.ok("PUT", place(running), {"releaseTime": at(HOUR)})
    cloud.clock.advance(HOUR - 90)
    cloud.account.change(cloud.account.get(Instance, running), "resize")

    cloud.clock.advance(59)
    assert cloud.status(running) == "Scaling"
    cloud.clock.advance(1)

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")


def test_a_release_that_nothing_under_way_holds_back_is_tried_again(cloud, running):
    cloud.ok("PUT", place(running), {"releaseTime": at(HOUR)})
    cloud.account.get(Instance, running).state = "Scaling"
    cloud.clock.advance(HOUR)
    assert cloud.status(running) == "Scaling"
    cloud.account.get(Instance, running).state = "Running"

    cloud.clock.advance(60)

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")


def test_the_same_token_is_answered_once(cloud, running):
    cloud.ok("PUT", place(running) + "&clientToken=t", {"releaseTime": at(HOUR)})
    cloud.ok("PUT", place(running), {})

    cloud.ok("PUT", place(running) + "&clientToken=t", {"releaseTime": at(HOUR)})

    assert cloud.instance(running)["releaseTime"] == ""


@pytest.mark.parametrize("time", [at(0), at(60), "2026-03-27", "2026-03-27T00:00:00", "soon"])
def test_the_time_is_to_come_and_written_as_documented(cloud, running, time):
    cloud.refused(BadRequest, "PUT", place(running), {"releaseTime": time})


def test_a_prepaid_instance_has_no_timed_release(cloud):
    instance = cloud.create(billing=PREPAID)

    cloud.refused(BadRequest, "PUT", place(instance), {"releaseTime": at(HOUR)})


@pytest.mark.parametrize("state", NOT_PLANNED)
def test_what_is_at_its_end_anyway_has_no_timed_release(cloud, running, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(OperationDenied, "PUT", place(running), {"releaseTime": at(HOUR)})


def test_an_unknown_instance_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", place(NOBODY), {"releaseTime": at(HOUR)})
