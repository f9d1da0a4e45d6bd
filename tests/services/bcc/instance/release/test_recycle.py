"""The recycle bin, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.address.private import is_in_use
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.cloud import ids
from tests.services.bcc.instance.billing_cases import (
    DAY,
    DISK,
    HOUR,
    MONTH,
    NOBODY,
    PREPAID,
    at,
    bin_of,
    data_volume,
    recycle,
    volume,
)

RECOVERY = "/v2/instance/recovery"
NOT_RECYCLED = [state for state in LIFECYCLE.states if state != "Recycled"]


def bin_place(instance_id: str) -> str:
    return f"/v2/recycle/instance/{instance_id}"


def recovery(*instance_ids: str) -> dict:
    return {"instanceIds": [{"instanceId": each} for each in instance_ids]}


def test_a_recycled_instance_is_in_the_bin_with_its_times_and_its_make(cloud, running):
    recycle(cloud, running)

    assert cloud.status(running) == "Recycled"
    (row,) = bin_of(cloud)
    assert row["id"] == running
    assert (row["recycleTime"], row["deleteTime"]) == (at(60), at(60 + 2 * HOUR))
    assert row["configItem"] == {
        "cpu": 2, "memory": 8, "type": "N5", "specId": "g5", "spec": "bcc.g5.c2m8", "zoneName": "cn-bj-a",
    }  # fmt: skip


def test_the_bin_lets_go_of_a_postpaid_instance_after_two_hours(cloud, running):
    recycle(cloud, running)

    cloud.clock.advance(2 * HOUR - 1)
    assert cloud.status(running) == "Recycled"
    cloud.clock.advance(1)

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")
    assert bin_of(cloud) == []


def test_a_recycled_instance_keeps_address_groups_tags_and_volumes(cloud):
    instance = cloud.create(tags=[{"tagKey": "a", "tagValue": "b"}], createCdsList=[DISK])
    before = cloud.instance(instance)

    recycle(cloud, instance)

    kept = ("internalIp", "nicInfo", "tags", "volumes", "subnetId")
    after = cloud.instance(instance)
    assert [after[each] for each in kept] == [before[each] for each in kept]
    subnet = cloud.account.get(Subnet, before["subnetId"])
    assert is_in_use(cloud.account, subnet, before["internalIp"])


@pytest.mark.parametrize(
    ("disk", "flags", "goes"),
    [
        ({}, {"relatedReleaseFlag": True}, True),
        ({}, {"relatedReleaseFlag": False}, False),
        ({"enableDeleteProtection": True}, {"relatedReleaseFlag": True}, False),
        ({"deleteWithInstance": True}, {"cdsAttributeActive": True}, True),
        ({"deleteWithInstance": False}, {"relatedReleaseFlag": True, "cdsAttributeActive": True}, False),
    ],
)
@pytest.mark.parametrize("into_bin", [True, False])
def test_a_data_volume_goes_with_the_instance_if_it_was_released_so(cloud, disk, flags, goes, into_bin):
    instance = cloud.create(createCdsList=[DISK | disk])
    data = data_volume(cloud, instance)

    recycle(cloud, instance, **flags, bccRecycleFlag=into_bin)
    if into_bin:
        assert volume(cloud, data).instance_id == instance
        cloud.clock.advance(2 * HOUR)
        cloud.clock.run_due()

    left = volume(cloud, data)
    assert (left is None) is goes
    assert goes or (left.instance_id, left.status) == ("", "Available")
    assert not cloud.account.where(type(left), "instance_id", instance) if left else True


def test_a_prepaid_volume_of_a_postpaid_instance_is_detached_at_once(cloud):
    instance = cloud.create(createCdsList=[DISK])
    data = volume(cloud, data_volume(cloud, instance))
    data.payment = "Prepaid"

    recycle(cloud, instance, relatedReleaseFlag=True)
    cloud.clock.run_due()

    assert (data.instance_id, data.status) == ("", "Available")


@pytest.mark.parametrize("members", [{"stopWithNoCharge": True}])
def test_an_instance_stopped_without_charge_does_not_get_into_the_bin(cloud, running, members):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", members)
    cloud.clock.advance(20)

    recycle(cloud, running)

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")


def test_a_recovered_instance_starts_and_stays(cloud):
    instance = cloud.create(createCdsList=[DISK])
    recycle(cloud, instance, relatedReleaseFlag=True)

    assert cloud.ok("POST", RECOVERY, recovery(instance, instance)) == {}

    assert cloud.status(instance) == "Starting"
    cloud.clock.advance(3 * HOUR)
    assert cloud.status(instance) == "Running"
    assert bin_of(cloud) == []
    cloud.ok("DELETE", f"/v2/instance/{instance}")


def test_a_volume_that_was_to_go_stays_when_the_instance_was_recovered_in_between(cloud):
    instance = cloud.create(createCdsList=[DISK])
    data = data_volume(cloud, instance)
    recycle(cloud, instance, relatedReleaseFlag=True)
    cloud.ok("POST", RECOVERY, recovery(instance))
    cloud.clock.advance(30)

    recycle(cloud, instance)
    cloud.clock.advance(2 * HOUR)
    cloud.clock.run_due()

    assert volume(cloud, data).status == "Available"


def test_a_timed_release_is_forgotten_in_the_bin(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?autorelease", {"releaseTime": at(HOUR)})
    recycle(cloud, running)
    cloud.ok("POST", RECOVERY, recovery(running))

    cloud.clock.advance(2 * HOUR)

    assert cloud.instance(running)["releaseTime"] == ""
    assert cloud.status(running) == "Running"


def test_an_instance_that_the_control_api_took_out_stays(cloud, running):
    recycle(cloud, running)
    cloud.clock.advance(HOUR)
    cloud.account.get(Instance, running).state = "Running"

    cloud.clock.advance(DAY)

    assert cloud.status(running) == "Running"


def test_recovery_is_all_or_nothing(cloud, running):
    recycle(cloud, running)
    other = cloud.create()

    cloud.refused(OperationDenied, "POST", RECOVERY, recovery(running, other))
    cloud.refused(NoSuchObject, "POST", RECOVERY, recovery(running, NOBODY))

    assert cloud.status(running) == "Recycled"


def test_a_prepaid_instance_is_not_recovered(cloud):
    instance = cloud.create(billing=PREPAID)
    cloud.clock.advance(MONTH + 7 * DAY)

    cloud.refused(BadRequest, "POST", RECOVERY, recovery(instance))


@pytest.mark.parametrize("state", NOT_RECYCLED)
def test_what_is_not_in_the_bin_is_neither_recovered_nor_deleted_there(cloud, running, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(OperationDenied, "POST", RECOVERY, recovery(running))
    cloud.refused(NoSuchObject, "DELETE", bin_place(running))


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, InappropriateJSON),
        ({"instanceIds": []}, BadRequest),
        (recovery(*(f"i-{number:08}" for number in range(101))), BadRequest),
        ({"instanceIds": ["i-12345678"]}, InappropriateJSON),
    ],
)
def test_recovery_names_1_to_100_instances(cloud, body, error):
    cloud.refused(error, "POST", RECOVERY, body)


def test_an_instance_of_the_bin_is_deleted_for_good(cloud, running):
    recycle(cloud, running)

    assert cloud.ok("DELETE", bin_place(running)) == {}

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")
    cloud.refused(NoSuchObject, "DELETE", bin_place(running))


def test_the_same_token_deletes_once(cloud, running):
    recycle(cloud, running)
    cloud.ok("DELETE", bin_place(running) + "?clientToken=t")

    assert cloud.ok("DELETE", bin_place(running) + "?clientToken=t") == {}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["second", "first"]),
        ({"maxKeys": 0, "marker": "", "name": "", "paymentTiming": ""}, ["second", "first"]),
        ({"name": "first"}, ["first"]),
        ({"name": "fir"}, []),
        ({"paymentTiming": "Postpaid"}, ["second", "first"]),
        ({"paymentTiming": "Prepaid"}, []),
        ({"recycleBegin": at(130)}, ["second"]),
        ({"recycleEnd": at(130)}, ["first"]),
        ({"instanceId": NOBODY}, []),
    ],
)
def test_the_bin_is_filtered(cloud, filters, found):
    names = {}
    for name in ("first", "second"):
        instance = cloud.create(name=name)
        names[instance] = name
        cloud.clock.advance(10)
        recycle(cloud, instance)
    cloud.create(name="third")

    assert [names[each] for each in ids(bin_of(cloud, **filters))] == found


def test_the_bin_is_shown_page_by_page(cloud):
    instances = [cloud.create() for _ in range(3)]
    for each in instances:
        recycle(cloud, each)

    first = cloud.ok("POST", "/v2/recycle/instance", {"maxKeys": 2})
    second = cloud.ok("POST", "/v2/recycle/instance", {"maxKeys": 2, "marker": first["nextMarker"]})

    assert ids(first["instances"]) == [instances[2], instances[1]]
    assert (first["isTruncated"], first["maxKeys"], first["marker"]) == (True, 2, "")
    assert ids(second["instances"]) == [instances[0]]
    assert "nextMarker" not in second


@pytest.mark.parametrize(
    "filters", [{"recycleBegin": "yesterday"}, {"paymentTiming": "bidding"}, {"maxKeys": -1}, {"marker": "no marker"}]
)
def test_a_filter_that_says_nothing_is_refused(cloud, running, filters):
    cloud.refused(BadRequest, "POST", "/v2/recycle/instance", filters)
