"""Automatic snapshot policies."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, NoSuchObject
from bce_emulator.services.bcc.auto_snapshot_policy.errors import (
    MissingParameter,
    PolicyNameInvalid,
    PolicyVolumeTypeInvalid,
    RepeatWeekdaysInvalid,
    RetentionDaysInvalid,
    TimePointsInvalid,
)
from bce_emulator.services.bcc.volume.errors import PolicyVolumeStatusInvalid
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, attached_volume, system_disk, volume

POLICY = {"name": "daily", "timePoints": [22, 1], "repeatWeekdays": [6, 0], "retentionDays": 7}
NOTHING = "asp-nobody0"
HOUR, WEEK = 3_600, 7 * 86_400


@pytest.fixture
def policy(cloud):
    """The id of a policy."""
    return cloud.ok("POST", "/v2/asp", POLICY)["aspId"]


@pytest.fixture
def used(cloud, running):
    """The id of a volume in use."""
    return attached_volume(cloud, running, name="data")


def seen(cloud, policy_id):
    return cloud.ok("GET", f"/v2/asp/{policy_id}")["autoSnapshotPolicy"]


def attach(cloud, policy_id, *volume_ids, **members):
    return cloud.ok("PUT", f"/v2/asp/{policy_id}?attach", {"volumeIds": list(volume_ids)} | members)


@pytest.mark.parametrize("form", [int, str])
def test_a_policy_is_shown_in_numbers_and_in_order(cloud, form):
    body = POLICY | {
        "timePoints": [form(hour) for hour in POLICY["timePoints"]],
        "repeatWeekdays": [form(day) for day in POLICY["repeatWeekdays"]],
        "retentionDays": form(7),
    }

    policy_id = cloud.ok("POST", "/v2/asp", body)["aspId"]

    rendered = seen(cloud, policy_id)
    assert policy_id.startswith("asp-")
    assert (rendered["timePoints"], rendered["repeatWeekdays"], rendered["retentionDays"]) == ([1, 22], [0, 6], 7)
    assert (rendered["name"], rendered["status"], rendered["volumeCount"]) == ("daily", "active", 0)
    assert (rendered["createdTime"], rendered["lastExecuteTime"]) == ("2026-01-01T00:00:00Z", "")


def test_a_policy_is_changed_as_a_whole(cloud, policy):
    cloud.clock.advance(10)

    body = {"aspId": policy, "name": "weekly", "timePoints": [3], "repeatWeekdays": [1], "retentionDays": -1}
    cloud.ok("PUT", "/v2/asp/update", body)

    rendered = seen(cloud, policy)
    assert (rendered["name"], rendered["timePoints"], rendered["repeatWeekdays"]) == ("weekly", [3], [1])
    assert (rendered["retentionDays"], rendered["updatedTime"]) == (-1, "2026-01-01T00:00:10Z")


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (PolicyNameInvalid, {"name": "1st"}),
        (TimePointsInvalid, {"timePoints": [24]}),
        (TimePointsInvalid, {"timePoints": [-1]}),
        (RepeatWeekdaysInvalid, {"repeatWeekdays": [7]}),
        (RetentionDaysInvalid, {"retentionDays": 0}),
        (RetentionDaysInvalid, {"retentionDays": 10001}),
        (BadRequest, {"timePoints": []}),
        (BadRequest, {"repeatWeekdays": []}),
        (InappropriateJSON, {"timePoints": None}),
        (InappropriateJSON, {"retentionDays": "a week"}),
    ],
)
def test_a_policy_that_says_nothing_is_refused(cloud, policy, error, members):
    cloud.refused(error, "POST", "/v2/asp", POLICY | members)
    cloud.refused(error, "PUT", "/v2/asp/update", POLICY | {"aspId": policy} | members)


def test_the_same_token_makes_one_policy(cloud):
    target = "/v2/asp?clientToken=once"

    first = cloud.ok("POST", target, POLICY)

    assert cloud.ok("POST", target, POLICY) == first
    cloud.refused(IdempotentParameterMismatch, "POST", target, POLICY | {"name": "other"})


def test_policies_are_listed_by_page_by_name_and_by_volume(cloud, policy, used):
    other = cloud.ok("POST", "/v2/asp", POLICY | {"name": "other"})["aspId"]
    attach(cloud, policy, used)

    def listed(query):
        return [each["id"] for each in cloud.ok("GET", f"/v2/asp?{query}")["autoSnapshotPolicys"]]

    assert listed("") == [other, policy]
    assert listed("aspName=other") == [other]
    assert listed("volumeName=data") == [policy]
    assert listed("volumeName=none") == []
    assert cloud.ok("GET", "/v2/asp?maxKeys=1")["nextMarker"] == policy


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", f"/v2/asp/{NOTHING}", None),
        ("DELETE", f"/v2/asp/{NOTHING}", None),
        ("PUT", "/v2/asp/update", POLICY | {"aspId": NOTHING}),
        ("PUT", f"/v2/asp/{NOTHING}?attach", {"volumeIds": [NOBODY]}),
        ("PUT", f"/v2/asp/{NOTHING}?detach", {"volumeIds": [NOBODY]}),
    ],
)
def test_an_unknown_policy_is_not_found(cloud, method, target, body):
    cloud.refused(NoSuchObject, method, target, body)


def test_volumes_take_a_policy_and_lose_it(cloud, running, policy, used):
    disk = system_disk(cloud, running)

    attach(cloud, policy, used, disk, deleteAutoSnapshot=True)

    assert volume(cloud, used)["autoSnapshotPolicy"]["id"] == policy
    assert volume(cloud, used)["deleteAutoSnapshot"] is True
    assert seen(cloud, policy)["volumeCount"] == 2
    cloud.ok("PUT", f"/v2/asp/{policy}?detach", {"volumeIds": [used]})
    assert "autoSnapshotPolicy" not in volume(cloud, used)
    assert seen(cloud, policy)["volumeCount"] == 1


def test_a_volume_has_the_policy_that_it_took_last(cloud, policy, used):
    other = cloud.ok("POST", "/v2/asp", POLICY)["aspId"]
    attach(cloud, policy, used, deleteAutoSnapshot=True)

    attach(cloud, other, used)
    cloud.ok("PUT", f"/v2/asp/{policy}?detach", {"volumeIds": [used]})

    assert volume(cloud, used)["autoSnapshotPolicy"]["id"] == other
    assert volume(cloud, used)["deleteAutoSnapshot"] is True


def test_volumes_lose_a_policy_that_is_deleted(cloud, policy, used):
    attach(cloud, policy, used)

    cloud.ok("DELETE", f"/v2/asp/{policy}")

    assert "autoSnapshotPolicy" not in volume(cloud, used)
    cloud.refused(NoSuchObject, "GET", f"/v2/asp/{policy}")


@pytest.mark.parametrize("key", ["attach", "detach"])
def test_volumes_are_named_and_known(cloud, policy, used, key):
    for body in ({}, {"volumeIds": None}, {"volumeIds": []}):
        cloud.refused(MissingParameter, "PUT", f"/v2/asp/{policy}?{key}", body)
    cloud.refused(NoSuchObject, "PUT", f"/v2/asp/{policy}?{key}", {"volumeIds": [used, NOBODY]})


@pytest.mark.parametrize("state", [state for state in STATES if state != "InUse"])
def test_only_volumes_in_use_take_a_policy(cloud, policy, used, running, state):
    cloud.account.get(Volume, used).state = state

    body = {"volumeIds": [system_disk(cloud, running), used]}

    cloud.refused(PolicyVolumeStatusInvalid, "PUT", f"/v2/asp/{policy}?attach", body)


def test_a_local_disk_takes_no_policy(cloud, policy):
    instance = cloud.create(ephemeralDisks=[{"sizeInGB": 20}])
    disks = cloud.ok("GET", f"/v2/volume?instanceId={instance}")["volumes"]
    local = next(each["id"] for each in disks if each["type"] == "Ephemeral")

    cloud.refused(PolicyVolumeTypeInvalid, "PUT", f"/v2/asp/{policy}?attach", {"volumeIds": [local]})


def test_a_policy_makes_snapshots_at_its_hours(cloud, policy, running, used):
    attach(cloud, policy, used, system_disk(cloud, running))

    cloud.clock.advance(WEEK)

    taken = cloud.ok("GET", f"/v2/snapshot?volumeId={used}")["snapshots"]
    hours = ["2026-01-04T22", "2026-01-04T01", "2026-01-03T22", "2026-01-03T01"]
    assert [each["createTime"][:13] for each in taken] == hours
    assert {(each["createMethod"], each["status"]) for each in taken} == {("auto", "Available")}
    assert taken[0]["expireTime"] == "2026-01-11T22:00:00Z"
    assert len(cloud.ok("GET", f"/v2/snapshot?volumeId={running}")["snapshots"]) == 4
    assert seen(cloud, policy)["lastExecuteTime"] == "2026-01-04T22:00:00Z"


@pytest.mark.parametrize(("quota", "kept"), [(0, 0), (2, 2)])
def test_the_oldest_automatic_snapshot_makes_room(cloud, policy, used, quota, kept):
    cloud.set_facts(automaticSnapshotQuota=quota)
    attach(cloud, policy, used)

    cloud.clock.advance(WEEK)

    taken = cloud.ok("GET", "/v2/snapshot")["snapshots"]
    assert [each["createTime"][:13] for each in taken] == ["2026-01-04T22", "2026-01-04T01"][:kept]


def test_a_volume_that_is_busy_is_passed_over(cloud, policy, used):
    attach(cloud, policy, used)
    cloud.account.get(Volume, used).state = "Error"

    cloud.clock.advance(WEEK)

    assert cloud.ok("GET", "/v2/snapshot")["snapshots"] == []


def test_a_policy_that_no_volume_has_rests(cloud, policy, used):
    attach(cloud, policy, used)

    cloud.ok("PUT", f"/v2/asp/{policy}?detach", {"volumeIds": [used]})
    cloud.clock.advance(WEEK)

    assert cloud.ok("GET", "/v2/snapshot")["snapshots"] == []
