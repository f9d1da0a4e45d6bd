"""Attaching and detaching, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import CannotAttachVolume, CannotDetachVolume
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.volume.errors import (
    DiskAttachedQuotaExceeded,
    DiskNotAttachedInstance,
    DistNotAvailable,
    VolumeInAnotherZone,
)
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, PREPAID, attached_volume, new_volume, system_disk, volume, volume_status

BUSY = [state for state in Instance.lifecycle.states if state not in {"Running", "Stopped"}]


def test_a_volume_is_attached_after_a_while(cloud, running):
    volume_id = new_volume(cloud)

    response = cloud.ok("PUT", f"/v2/volume/{volume_id}?attach", {"instanceId": running})

    assert response["warningList"] == []
    assert response["volumeAttachment"]["instanceId"] == running
    assert response["volumeAttachment"]["device"] == "/dev/vdb"
    assert volume_status(cloud, volume_id) == "Attaching"
    cloud.clock.advance(10)
    assert volume_status(cloud, volume_id) == "InUse"
    assert volume(cloud, volume_id)["attachments"] == [response["volumeAttachment"]]
    assert volume_id in [each["id"] for each in cloud.instance(running)["volumes"]]


def test_each_volume_has_a_device_of_its_own(cloud, running):
    volumes = [attached_volume(cloud, running) for _ in range(2)]
    cloud.ok("PUT", f"/v2/volume/{volumes[0]}?detach", {"instanceId": running})
    cloud.clock.advance(10)

    third = attached_volume(cloud, running)

    assert volume(cloud, volumes[1])["attachments"][0]["device"] == "/dev/vdc"
    assert volume(cloud, third)["attachments"][0]["device"] == "/dev/vdb"


def test_a_volume_is_detached_after_a_while(cloud, running):
    volume_id = attached_volume(cloud, running)

    response = cloud.ok("PUT", f"/v2/volume/{volume_id}?detach", {"instanceId": running})

    assert response == {}
    assert volume_status(cloud, volume_id) == "Detaching"
    cloud.clock.advance(10)
    assert (volume_status(cloud, volume_id), volume(cloud, volume_id)["attachments"]) == ("Available", [])


def test_what_happens_at_release_is_said_when_a_volume_is_attached(cloud, running):
    volume_id = new_volume(cloud)

    body = {"instanceId": running, "deleteWithInstance": True, "deleteAutoSnapshot": True}
    cloud.ok("PUT", f"/v2/volume/{volume_id}?attach", body)

    seen = volume(cloud, volume_id)
    assert (seen["deleteWithInstance"], seen["deleteAutoSnapshot"]) == (True, True)


def test_a_prepaid_volume_does_not_go_with_its_instance(cloud, running):
    volume_id = new_volume(cloud, billing=PREPAID)

    body = {"instanceId": running, "deleteWithInstance": True}

    cloud.refused(BadRequest, "PUT", f"/v2/volume/{volume_id}?attach", body)


def test_a_prepaid_volume_is_renewed_with_an_instance_that_is(cloud):
    instance = cloud.create(billing=PREPAID, autoRenewTime=1, autoRenewTimeUnit="year")

    volume_id = attached_volume(cloud, instance, billing=PREPAID)

    assert (volume(cloud, volume_id)["enableAutoRenew"], volume(cloud, volume_id)["autoRenewTime"]) == (True, 12)


@pytest.mark.parametrize("action", ["attach", "detach"])
def test_an_unknown_volume_is_not_found(cloud, running, action):
    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{NOBODY}?{action}", {"instanceId": running})


def test_an_unknown_instance_is_not_found(cloud):
    volume_id = new_volume(cloud)

    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{volume_id}?attach", {"instanceId": "i-nobody00"})


def test_a_volume_of_another_zone_is_not_attached(cloud, running):
    volume_id = new_volume(cloud, zoneName="cn-bj-b")

    cloud.refused(VolumeInAnotherZone, "PUT", f"/v2/volume/{volume_id}?attach", {"instanceId": running})


@pytest.mark.parametrize("state", [state for state in STATES if state != "Available"])
def test_only_an_available_volume_is_attached(cloud, running, state):
    volume_id = new_volume(cloud)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(DistNotAvailable, "PUT", f"/v2/volume/{volume_id}?attach", {"instanceId": running})


@pytest.mark.parametrize("state", BUSY)
def test_only_a_running_or_stopped_instance_takes_a_volume_or_lets_go_of_one(cloud, running, state):
    free, used = new_volume(cloud), attached_volume(cloud, running)
    cloud.account.get(Instance, running).state = state

    cloud.refused(CannotAttachVolume, "PUT", f"/v2/volume/{free}?attach", {"instanceId": running})
    cloud.refused(CannotDetachVolume, "PUT", f"/v2/volume/{used}?detach", {"instanceId": running})


def test_an_instance_takes_no_more_volumes_than_its_spec_says(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 20, "cdsNum": 15}])
    volume_id = new_volume(cloud)

    cloud.refused(DiskAttachedQuotaExceeded, "PUT", f"/v2/volume/{volume_id}?attach", {"instanceId": instance})


@pytest.mark.parametrize("state", [state for state in STATES if state != "InUse"])
def test_only_a_volume_in_use_is_detached(cloud, running, state):
    volume_id = attached_volume(cloud, running)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(DiskNotAttachedInstance, "PUT", f"/v2/volume/{volume_id}?detach", {"instanceId": running})


def test_a_volume_is_not_detached_from_an_instance_that_does_not_have_it(cloud, running):
    other, volume_id = cloud.create(), attached_volume(cloud, running)

    for instance in (other, "i-nobody00"):
        cloud.refused(DiskNotAttachedInstance, "PUT", f"/v2/volume/{volume_id}?detach", {"instanceId": instance})


def test_a_system_disk_is_not_detached(cloud, running):
    target = f"/v2/volume/{system_disk(cloud, running)}?detach"

    cloud.refused(OperationDenied, "PUT", target, {"instanceId": running})


def test_a_volume_outlives_its_instance(cloud, running):
    volume_id = attached_volume(cloud, running)

    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert (volume_status(cloud, volume_id), volume(cloud, volume_id)["attachments"]) == ("Available", [])
