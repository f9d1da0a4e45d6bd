"""Releasing volumes, by all three calls."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import DiskStatusCannotBeDeleted, SystemDiskCannotBeDeleted
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, PREPAID, attached_volume, new_snapshot, new_volume, system_disk, volume_status


def release(volume_id, call):
    """Method, target and body of a call that releases a volume."""
    if call == "deletePrepay":
        return "POST", "/v2/volume/deletePrepay", {"volumeId": volume_id}
    return call, f"/v2/volume/{volume_id}", {} if call == "POST" else None


every_call = pytest.mark.parametrize("call", ["POST", "DELETE", "deletePrepay"])


@every_call
def test_a_released_volume_is_gone_after_a_while(cloud, call):
    volume_id = new_volume(cloud, billing=PREPAID)

    cloud.ok(*release(volume_id, call))

    assert volume_status(cloud, volume_id) == "Deleting"
    cloud.clock.advance(10)
    cloud.refused(NoSuchObject, "GET", f"/v2/volume/{volume_id}")
    assert cloud.ok("GET", "/v2/volume")["volumes"] == []


@every_call
def test_an_unknown_volume_is_not_found(cloud, call):
    cloud.refused(NoSuchObject, *release(NOBODY, call))


@every_call
def test_a_system_disk_is_not_released(cloud, running, call):
    cloud.refused(SystemDiskCannotBeDeleted, *release(system_disk(cloud, running), call))


@every_call
@pytest.mark.parametrize("state", [s for s in STATES if s not in {"Available", "Expired", "Error"}])
def test_a_volume_in_another_status_is_not_released(cloud, call, state):
    volume_id = new_volume(cloud, billing=PREPAID)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(DiskStatusCannotBeDeleted, *release(volume_id, call))


@every_call
@pytest.mark.parametrize("state", ["Available", "Expired", "Error"])
def test_a_volume_that_nobody_needs_is_released(cloud, call, state):
    volume_id = new_volume(cloud, billing=PREPAID)
    cloud.account.get(Volume, volume_id).state = state

    cloud.ok(*release(volume_id, call))

    assert volume_status(cloud, volume_id) == "Deleting"


@every_call
def test_a_protected_volume_is_not_released(cloud, call):
    volume_id = new_volume(cloud, billing=PREPAID, enableDeleteProtection=True)

    cloud.refused(OperationDenied, *release(volume_id, call))


def test_the_call_for_prepaid_volumes_releases_no_postpaid_one(cloud):
    cloud.refused(BadRequest, *release(new_volume(cloud), "deletePrepay"))


def test_the_call_for_prepaid_volumes_says_what_it_released(cloud):
    volume_id = new_volume(cloud, billing=PREPAID)

    response = cloud.ok(*release(volume_id, "deletePrepay"))

    assert response == {"successResources": {"volumeIds": [volume_id]}, "failResources": {"volumeIds": []}}


@pytest.mark.parametrize(
    ("method", "body", "attribute", "left"),
    [
        ("DELETE", None, True, {"by hand", "by policy"}),
        ("POST", {}, True, {"by hand", "by policy"}),
        ("POST", {"autoSnapshot": "on"}, False, {"by hand"}),
        ("POST", {"manualSnapshot": "on"}, False, {"by policy"}),
        ("POST", {"autoSnapshot": "on", "manualSnapshot": "on", "recycle": "off"}, False, set()),
        ("POST", {"cdsAttributeActive": True}, True, {"by hand"}),
        ("POST", {"cdsAttributeActive": True}, False, {"by hand", "by policy"}),
    ],
)
def test_snapshots_go_with_their_volume_if_that_is_asked_for(cloud, method, body, attribute, left):
    volume_id = new_volume(cloud, deleteAutoSnapshot=attribute)
    names = {new_snapshot(cloud, volume_id): "by hand", (automatic := new_snapshot(cloud, volume_id)): "by policy"}
    cloud.account.get(Snapshot, automatic).is_automatic = True

    cloud.ok(method, f"/v2/volume/{volume_id}", body)

    assert {names[each["id"]] for each in cloud.ok("GET", "/v2/snapshot")["snapshots"]} == left


def test_a_switch_is_on_or_off(cloud):
    cloud.refused(BadRequest, "POST", f"/v2/volume/{new_volume(cloud)}", {"recycle": "yes"})


def test_a_volume_in_use_is_released_once_detached(cloud, running):
    volume_id = attached_volume(cloud, running)
    cloud.refused(DiskStatusCannotBeDeleted, "DELETE", f"/v2/volume/{volume_id}")
    cloud.ok("PUT", f"/v2/volume/{volume_id}?detach", {"instanceId": running})
    cloud.clock.advance(10)

    cloud.ok("DELETE", f"/v2/volume/{volume_id}")

    assert volume_status(cloud, volume_id) == "Deleting"
