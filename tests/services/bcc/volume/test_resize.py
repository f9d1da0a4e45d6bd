"""Resizing, its progress, and rolling back."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    NoSuchObject,
    OperationDenied,
    UnknownPath,
)
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.errors import SnapshotOperationForbidden
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import (
    DiskIdIsEmpty,
    DiskQuotaExceededByResize,
    DiskSizeInvalid,
    NoProgressToList,
)
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import NOBODY, attached_volume, new_snapshot, new_volume, system_disk, volume, volume_status


def test_a_volume_has_its_new_size_and_type_when_the_resize_is_done(cloud):
    volume_id = new_volume(cloud)

    body = {"newCdsSizeInGB": 100, "newVolumeType": "enhanced_ssd_pl1", "newExtraIO": 50}
    response = cloud.ok("PUT", f"/v2/volume/{volume_id}?resize", body)

    during = volume(cloud, volume_id)
    assert response == {"warningList": []}
    assert (during["status"], during["extendStatus"], during["diskSizeInGB"]) == ("Scaling", "Extending", 20)
    cloud.clock.advance(60)
    after = volume(cloud, volume_id)
    assert (after["status"], after["extendStatus"], after["diskSizeInGB"]) == ("Available", "", 100)
    assert (after["storageType"], after["cdsExtraIo"]) == ("enhanced_ssd_pl1", 50)


def test_a_volume_in_use_is_in_use_again_after_a_resize(cloud, running):
    volume_id = attached_volume(cloud, running)

    cloud.ok("PUT", f"/v2/volume/{volume_id}?resize", {"newCdsSizeInGB": 30})
    cloud.clock.advance(60)

    assert (volume_status(cloud, volume_id), volume(cloud, volume_id)["diskSizeInGB"]) == ("InUse", 30)


def test_the_system_disk_can_grow(cloud, running):
    disk = system_disk(cloud, running)

    cloud.ok("PUT", f"/v2/volume/{disk}?resize", {"newCdsSizeInGB": 60})
    cloud.clock.advance(60)

    assert volume(cloud, disk)["diskSizeInGB"] == 60


def test_progress_is_reported_in_percent(cloud):
    volume_id = new_volume(cloud)
    cloud.ok("PUT", f"/v2/volume/{volume_id}?resize", {"newCdsSizeInGB": 30})

    seen = []
    for seconds in (0, 30, 29):
        cloud.clock.advance(seconds)
        seen.append(cloud.ok("GET", f"/v2/volume/progress/{volume_id}")["progress"])

    assert seen == [0, 50, 98]
    cloud.clock.advance(1)
    cloud.refused(NoProgressToList, "GET", f"/v2/volume/progress/{volume_id}")


@pytest.mark.parametrize(
    ("error", "body"),
    [
        (BadRequest, {}),
        (BadRequest, {"newExtraIO": 10}),
        (BadRequest, {"newVolumeType": "tape"}),
        (DiskSizeInvalid, {"newCdsSizeInGB": 20}),
        (DiskSizeInvalid, {"newCdsSizeInGB": 19}),
        (DiskSizeInvalid, {"newCdsSizeInGB": 32766}),
        (DiskSizeInvalid, {"newVolumeType": "enhanced_ssd_pl1"}),
    ],
)
def test_a_size_or_type_that_cannot_be_had_is_refused(cloud, error, body):
    cloud.refused(error, "PUT", f"/v2/volume/{new_volume(cloud)}?resize", body)


def test_an_unknown_volume_is_not_found(cloud):
    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{NOBODY}?resize", {"newCdsSizeInGB": 30})
    cloud.refused(NoSuchObject, "GET", f"/v2/volume/progress/{NOBODY}")
    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{NOBODY}?rollback", {"snapshotId": "s-nobody00"})


@pytest.mark.parametrize("path", ["/v2/volume/", "/v1/volume/", "/v2/volume/%20"])
def test_a_blank_id_is_none(cloud, path):
    cloud.refused(DiskIdIsEmpty, "PUT", f"{path}?resize", {"newCdsSizeInGB": 30})


@pytest.mark.parametrize("query", ["", "?attach", "?detach", "?rename"])
def test_a_path_without_an_id_is_none_where_no_error_is_documented_for_it(cloud, query):
    cloud.refused(UnknownPath, "PUT", f"/v2/volume/{query}", {})


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"Available", "InUse"}])
def test_a_volume_in_another_status_is_not_resized(cloud, state):
    volume_id = new_volume(cloud)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(OperationDenied, "PUT", f"/v2/volume/{volume_id}?resize", {"newCdsSizeInGB": 30})


def test_a_local_disk_keeps_its_size(cloud):
    instance = cloud.create(ephemeralDisks=[{"sizeInGB": 20}])
    disks = cloud.ok("GET", f"/v2/volume?instanceId={instance}")["volumes"]
    local = next(each["id"] for each in disks if each["type"] == "Ephemeral")

    cloud.refused(OperationDenied, "PUT", f"/v2/volume/{local}?resize", {"newCdsSizeInGB": 30})


def test_a_resize_stays_within_the_quota_and_counts_at_once(cloud):
    first, second = new_volume(cloud), new_volume(cloud)
    cloud.set_facts(volumeCapacityGB=60)
    cloud.ok("PUT", f"/v2/volume/{first}?resize", {"newCdsSizeInGB": 35})

    cloud.refused(DiskQuotaExceededByResize, "PUT", f"/v2/volume/{second}?resize", {"newCdsSizeInGB": 26})


def test_the_same_token_resizes_once(cloud):
    target = f"/v2/volume/{new_volume(cloud)}?resize&clientToken=once"

    first = cloud.ok("PUT", target, {"newCdsSizeInGB": 30})

    assert cloud.ok("PUT", target, {"newCdsSizeInGB": 30}) == first
    cloud.refused(IdempotentParameterMismatch, "PUT", target, {"newCdsSizeInGB": 31})


def test_a_volume_is_rolled_back_for_a_while(cloud):
    volume_id = new_volume(cloud)
    source = new_snapshot(cloud, volume_id)

    cloud.ok("PUT", f"/v2/volume/{volume_id}?rollback", {"snapshotId": source})

    assert volume_status(cloud, volume_id) == "SnapshotProcessing"
    cloud.clock.advance(60)
    assert volume_status(cloud, volume_id) == "Available"


@pytest.mark.parametrize("status", ["Running", "Stopped"])
@pytest.mark.parametrize("named_by", ["instance", "volume"])
def test_a_system_disk_is_rolled_back_and_its_instance_waits(cloud, running, named_by, status):
    source = new_snapshot(cloud, running)
    cloud.account.get(Instance, running).state = status
    named = running if named_by == "instance" else system_disk(cloud, running)

    cloud.ok("PUT", f"/v2/volume/{named}?rollback", {"snapshotId": source})

    assert cloud.status(running) == "SnapshotProcessing"
    cloud.clock.advance(60)
    assert (cloud.status(running), volume_status(cloud, system_disk(cloud, running))) == (status, "InUse")


@pytest.mark.parametrize("state", [state for state in STATES if state != "Available"])
def test_a_volume_in_another_status_is_not_rolled_back(cloud, state):
    volume_id = new_volume(cloud)
    source = new_snapshot(cloud, volume_id)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(OperationDenied, "PUT", f"/v2/volume/{volume_id}?rollback", {"snapshotId": source})


def test_a_system_disk_of_a_busy_instance_is_not_rolled_back(cloud, running):
    source = new_snapshot(cloud, running)
    cloud.account.get(Instance, running).state = "Starting"

    cloud.refused(OperationDenied, "PUT", f"/v2/volume/{running}?rollback", {"snapshotId": source})


@pytest.mark.parametrize(
    ("state", "error"),
    [
        ("Creating", OperationDenied),
        ("CreatedFailed", SnapshotOperationForbidden),
        ("NotAvailable", SnapshotOperationForbidden),
    ],
)
def test_no_volume_is_rolled_back_to_an_unusable_snapshot(cloud, state, error):
    volume_id = new_volume(cloud)
    source = new_snapshot(cloud, volume_id)
    cloud.account.get(Snapshot, source).state = state

    cloud.refused(error, "PUT", f"/v2/volume/{volume_id}?rollback", {"snapshotId": source})


def test_no_volume_is_rolled_back_to_the_snapshot_of_another(cloud):
    source, other = new_snapshot(cloud, new_volume(cloud)), new_volume(cloud)

    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{other}?rollback", {"snapshotId": source})
    cloud.refused(NoSuchObject, "PUT", f"/v2/volume/{other}?rollback", {"snapshotId": "s-nobody00"})
