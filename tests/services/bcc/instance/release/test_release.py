"""Release an instance: what goes with it, what stays, and when it is refused."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import IdempotentParameterMismatch, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import DeletionProtection, ReleaseNotPrepay, ReleaseWhileCreating
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.snapshot_chain.resource import SnapshotChain
from bce_emulator.services.bcc.volume.resource import Volume
from tests.cloud import LINUX, SPEC
from tests.disks import attached_volume, new_snapshot, volume, volume_status

FLAGS = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False}
WAYS = [("POST", FLAGS), ("DELETE", None)]
both_ways = pytest.mark.parametrize(("method", "body"), WAYS)
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}
DISKS = [{"cdsSizeInGB": 50, "deleteWithInstance": True}, {"cdsSizeInGB": 60}]


def sizes(cloud) -> dict[int, tuple[str, str]]:
    """The data volumes that are left: size to state and instance."""
    return {each.size_gb: (each.state, each.instance_id) for each in cloud.account.all(Volume)}


@both_ways
@pytest.mark.parametrize("action", ["", "stop", "reboot"])
def test_a_released_instance_is_gone(cloud, running, method, body, action):
    if action:
        cloud.ok("PUT", f"/v2/instance/{running}?{action}")

    response = cloud.ok(method, f"/v2/instance/{running}", body)

    assert response == {}
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")
    assert cloud.ok("GET", "/v2/instance")["instances"] == []
    cloud.clock.advance(100)
    assert cloud.clock.pending == 0


@both_ways
def test_an_unknown_instance_is_not_found(cloud, method, body):
    cloud.refused(NoSuchObject, method, "/v2/instance/i-nobody00", body)


@both_ways
def test_an_instance_is_released_once(cloud, running, method, body):
    cloud.ok(method, f"/v2/instance/{running}", body)

    cloud.refused(NoSuchObject, method, f"/v2/instance/{running}", body)


@both_ways
def test_an_instance_that_is_being_created_is_not_released(cloud, method, body):
    instance_id = cloud.ok("POST", "/v2/instanceBySpec", {"spec": SPEC, "imageId": LINUX})["instanceIds"][0]

    cloud.refused(ReleaseWhileCreating, method, f"/v2/instance/{instance_id}", body)


@both_ways
def test_an_instance_that_scales_is_not_released(cloud, running, method, body):
    cloud.ok("PUT", f"/v2/instanceBySpec/{running}?resize", {"spec": "bcc.g5.c4m16"})

    cloud.refused(OperationDenied, method, f"/v2/instance/{running}", body)


@both_ways
def test_a_prepaid_instance_is_released_only_after_it_has_expired(cloud, method, body):
    instance = cloud.create(billing=PREPAID)

    cloud.refused(ReleaseNotPrepay, method, f"/v2/instance/{instance}", body)
    cloud.account.get(Instance, instance).state = "Expired"

    cloud.ok(method, f"/v2/instance/{instance}", body)


@both_ways
def test_a_protected_instance_is_not_released(cloud, method, body):
    instance = cloud.create(deletionProtection=1)

    cloud.refused(DeletionProtection, method, f"/v2/instance/{instance}", body)


@both_ways
def test_a_recycled_instance_is_not_found(cloud, running, method, body):
    cloud.account.get(Instance, running).state = "Recycled"

    cloud.refused(NoSuchObject, method, f"/v2/instance/{running}", body)


@pytest.mark.parametrize("missing", ["relatedReleaseFlag", "deleteCdsSnapshotFlag"])
def test_both_flags_are_required(cloud, running, missing):
    body = {name: value for name, value in FLAGS.items() if name != missing}

    cloud.refused(InappropriateJSON, "POST", f"/v2/instance/{running}", body)


@pytest.mark.parametrize(
    ("method", "body", "left"),
    [
        ("DELETE", None, {50, 60}),
        ("POST", FLAGS, {50, 60}),
        ("POST", FLAGS | {"relatedReleaseFlag": True}, set()),
        ("POST", FLAGS | {"cdsAttributeActive": True}, {60}),
        ("POST", FLAGS | {"relatedReleaseFlag": True, "cdsAttributeActive": True}, {60}),
    ],
)
def test_data_volumes_go_with_the_instance_or_are_detached(cloud, method, body, left):
    instance = cloud.create(createCdsList=DISKS, ephemeralDisks=[{"sizeInGB": 20}])

    cloud.ok(method, f"/v2/instance/{instance}", body)

    assert sizes(cloud) == dict.fromkeys(left, ("Available", ""))


def test_a_protected_volume_stays(cloud):
    instance = cloud.create(createCdsList=[{"cdsSizeInGB": 50, "enableDeleteProtection": True}])

    cloud.ok("POST", f"/v2/instance/{instance}", FLAGS | {"relatedReleaseFlag": True})

    assert sizes(cloud) == {50: ("Available", "")}


def test_a_volume_that_was_still_being_made_is_available_at_once_and_stays_so(cloud):
    instance = cloud.create(createCdsList=DISKS[1:])
    volume = next(each for each in cloud.account.all(Volume) if each.type == "Cds")
    volume.state = "Creating"
    cloud.account.change(volume, "create_in_use")

    cloud.ok("DELETE", f"/v2/instance/{instance}")
    cloud.clock.advance(100)

    assert sizes(cloud) == {60: ("Available", "")}


def test_an_instance_goes_into_the_recycle_bin_with_its_volumes(cloud):
    instance = cloud.create(createCdsList=DISKS)

    cloud.ok("POST", f"/v2/instance/{instance}", FLAGS | {"bccRecycleFlag": True})

    assert cloud.status(instance) == "Recycled"
    assert {holder for _, holder in sizes(cloud).values()} == {instance}


def test_an_instance_stopped_without_charge_is_gone_at_once(cloud, running):
    cloud.ok("PUT", f"/v2/instance/{running}?stop", {"stopWithNoCharge": True})
    cloud.clock.advance(20)

    cloud.ok("POST", f"/v2/instance/{running}", FLAGS | {"bccRecycleFlag": True})

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{running}")


def with_snapshots(cloud, instance: str, **attributes: bool) -> dict[str, str]:
    """The snapshots of a data volume of an instance: how each was made to its id."""
    disk = attached_volume(cloud, instance)
    if attributes:
        cloud.ok("PUT", f"/v2/volume/{disk}?modify", attributes)
    created = {kind: new_snapshot(cloud, disk) for kind in ("auto", "manual")}
    cloud.account.get(Snapshot, created["auto"]).is_automatic = True
    return created


def snapshots_left(cloud, snapshots: dict[str, str]) -> set[str]:
    return {kind for kind, each in snapshots.items() if cloud.account.find(Snapshot, each)}


@pytest.mark.parametrize("recycled", [False, True])
@pytest.mark.parametrize(
    ("flags", "left"),
    [
        ({"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True}, set()),
        ({"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": False}, {"auto", "manual"}),
        ({"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": True}, {"auto", "manual"}),
        ({"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": True, "cdsAttributeActive": True}, {"manual"}),
    ],
)
def test_snapshots_of_data_volumes_go_if_that_is_asked_for(cloud, running, flags, left, recycled):
    created = with_snapshots(cloud, running, deleteWithInstance=True, deleteAutoSnapshot=True)

    cloud.ok("POST", f"/v2/instance/{running}", flags | {"bccRecycleFlag": recycled})

    if recycled:
        assert snapshots_left(cloud, created) == {"auto", "manual"}
        cloud.clock.advance(2 * 3600)
    assert snapshots_left(cloud, created) == left


def test_the_chain_of_a_system_disk_goes_with_its_instance(cloud, running):
    new_snapshot(cloud, running)

    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert list(cloud.account.all(SnapshotChain)) == []


@pytest.mark.parametrize(
    ("action", "body", "busy"),
    [("resize", {"newCdsSizeInGB": 30}, "Scaling"), ("", None, "SnapshotProcessing")],
)
def test_what_is_under_way_with_a_data_volume_outlives_its_instance(cloud, running, action, body, busy):
    disk = attached_volume(cloud, running)
    if action:
        cloud.ok("PUT", f"/v2/volume/{disk}?{action}", body)
    else:
        cloud.ok("POST", "/v2/snapshot", {"volumeId": disk, "snapshotName": "before"})

    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert volume_status(cloud, disk) == busy
    cloud.clock.advance(60)
    seen = volume(cloud, disk)
    assert (seen["status"], seen["attachments"]) == ("Available", [])
    assert seen["diskSizeInGB"] == (30 if action else 20)


def test_a_volume_that_was_being_made_for_an_instance_outlives_it(cloud, running):
    body = {"cdsSizeInGB": 20, "instanceId": running, "billing": PREPAID}
    disk = cloud.ok("POST", "/v2/volume", body)["volumeIds"][0]

    cloud.ok("DELETE", f"/v2/instance/{running}")
    cloud.clock.advance(20)

    assert volume_status(cloud, disk) == "Available"
    cloud.clock.advance(31 * 86_400)
    assert volume_status(cloud, disk) == "Expired"


def test_a_release_that_is_repeated_with_its_token_is_answered_again(cloud, running):
    target = f"/v2/instance/{running}?clientToken=once"

    first = cloud.ok("POST", target, FLAGS)

    assert cloud.ok("POST", target, FLAGS) == first
    cloud.refused(IdempotentParameterMismatch, "POST", target, FLAGS | {"bccRecycleFlag": True})
