"""Making, showing, changing and deleting snapshots."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.errors import (
    SnapshotLimitExceeded,
    SnapshotNameInvalid,
    SnapshotOperationForbidden,
)
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.lifecycle import STATES
from bce_emulator.services.bcc.volume.resource import Volume
from tests.disks import (
    NOBODY,
    TAG,
    attached_volume,
    new_snapshot,
    new_volume,
    snapshot,
    system_disk,
    volume,
    volume_status,
)

NOTHING = "s-nobody00"
DAY = 86_400


def order(of, **members):
    return {"volumeId": of, "snapshotName": "before"} | members


@pytest.mark.parametrize(("attached", "status"), [(False, "Available"), (True, "InUse")])
def test_a_snapshot_is_made_while_its_volume_waits(cloud, running, attached, status):
    volume_id = attached_volume(cloud, running) if attached else new_volume(cloud)

    taken = cloud.ok("POST", "/v2/snapshot", order(volume_id, desc="for safety", tags=[TAG]))["snapshotId"]

    during = snapshot(cloud, taken)
    assert (during["status"], during["progress"], volume_status(cloud, volume_id)) == (
        "Creating",
        "0",
        "SnapshotProcessing",
    )
    assert cloud.status(running) == "Running"
    cloud.clock.advance(60)
    after = snapshot(cloud, taken)
    assert (after["status"], after["progress"], volume_status(cloud, volume_id)) == ("Available", "100", status)
    assert (after["volumeId"], after["sizeInGB"], after["createMethod"]) == (volume_id, 20, "manual")
    assert (after["name"], after["desc"], after["tags"], after["expireTime"]) == ("before", "for safety", [TAG], "")
    assert volume(cloud, volume_id)["snapshotNum"] == "1"


@pytest.mark.parametrize("status", ["Running", "Stopped"])
def test_a_snapshot_of_a_system_disk_is_made_while_its_instance_waits(cloud, running, status):
    cloud.account.get(Instance, running).state = status

    taken = cloud.ok("POST", "/v2/snapshot", order(running))["snapshotId"]

    assert cloud.status(running) == "SnapshotProcessing"
    cloud.clock.advance(60)
    assert (cloud.status(running), snapshot(cloud, taken)["status"]) == (status, "Available")
    assert (snapshot(cloud, taken)["volumeId"], snapshot(cloud, taken)["sizeInGB"]) == (running, 40)
    assert volume_status(cloud, system_disk(cloud, running)) == "InUse"


def test_an_instance_shows_that_its_volume_has_a_snapshot(cloud, running):
    volume_id = attached_volume(cloud, running)
    before = cloud.instance(running)

    new_snapshot(cloud, volume_id)

    counts = [
        {each["id"]: each["snapshotNum"] for each in seen["volumes"]}[volume_id]
        for seen in (before, cloud.instance(running))
    ]
    assert counts == ["0", "1"]


def test_a_snapshot_is_deleted_when_its_days_are_over(cloud):
    taken = new_snapshot(cloud, new_volume(cloud), retentionInDays=2)

    assert snapshot(cloud, taken)["expireTime"] == "2026-01-03T00:00:30Z"
    cloud.clock.advance(2 * DAY)
    cloud.refused(NoSuchObject, "GET", f"/v2/snapshot/{taken}")


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (NoSuchObject, {"volumeId": NOBODY}),
        (NoSuchObject, {"volumeId": "i-nobody00"}),
        (SnapshotNameInvalid, {"snapshotName": "1st"}),
        (SnapshotNameInvalid, {"snapshotName": ""}),
        (BadRequest, {"retentionInDays": 10001}),
        (BadRequest, {"retentionInDays": -2}),
        (InappropriateJSON, {"snapshotName": None}),
    ],
)
def test_an_order_that_cannot_be_filled_is_refused(cloud, error, members):
    cloud.refused(error, "POST", "/v2/snapshot", order(new_volume(cloud)) | members)


@pytest.mark.parametrize("days", [-1, 0, None])
def test_a_snapshot_without_days_is_kept(cloud, days):
    taken = new_snapshot(cloud, new_volume(cloud), retentionInDays=days)

    assert snapshot(cloud, taken)["expireTime"] == ""


def test_a_system_disk_is_named_by_its_instance(cloud, running):
    cloud.refused(BadRequest, "POST", "/v2/snapshot", order(system_disk(cloud, running)))


@pytest.mark.parametrize("state", [state for state in STATES if state not in {"Available", "InUse"}])
def test_no_snapshot_is_made_of_a_volume_in_another_status(cloud, state):
    volume_id = new_volume(cloud)
    cloud.account.get(Volume, volume_id).state = state

    cloud.refused(OperationDenied, "POST", "/v2/snapshot", order(volume_id))


@pytest.mark.parametrize("state", [s for s in Instance.lifecycle.states if s not in {"Running", "Stopped"}])
def test_no_snapshot_is_made_of_the_system_disk_of_a_busy_instance(cloud, running, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(OperationDenied, "POST", "/v2/snapshot", order(running))


def test_a_volume_has_no_more_snapshots_than_the_quota_allows(cloud):
    cloud.set_facts(manualSnapshotQuota=1)
    volume_id, other = new_volume(cloud), new_volume(cloud)
    new_snapshot(cloud, volume_id)

    cloud.refused(SnapshotLimitExceeded, "POST", "/v2/snapshot", order(volume_id))
    new_snapshot(cloud, other)


def test_the_same_token_makes_one_snapshot(cloud):
    volume_id, target = new_volume(cloud), "/v2/snapshot?clientToken=once"

    first = cloud.ok("POST", target, order(volume_id))

    assert cloud.ok("POST", target, order(volume_id)) == first
    cloud.refused(IdempotentParameterMismatch, "POST", target, order(volume_id, desc="other"))


def test_snapshots_are_listed_newest_first_by_page_and_by_volume(cloud, running):
    volume_id = new_volume(cloud)
    of_volume = [new_snapshot(cloud, volume_id) for _ in range(2)]
    of_system = new_snapshot(cloud, running)

    def listed(query):
        return [each["id"] for each in cloud.ok("GET", f"/v2/snapshot?{query}")["snapshots"]]

    assert listed("") == [of_system, *of_volume[::-1]]
    assert listed(f"volumeId={volume_id}") == of_volume[::-1]
    assert listed(f"volumeId={running}") == [of_system]
    page = cloud.ok("GET", "/v2/snapshot?maxKeys=1")
    assert (page["isTruncated"], page["nextMarker"]) == (True, of_volume[1])
    cloud.refused(BadRequest, "GET", f"/v2/snapshot?marker={NOTHING}")


def test_usage_counts_all_snapshots(cloud):
    volume_id = new_volume(cloud)
    taken = [new_snapshot(cloud, volume_id) for _ in range(3)]
    cloud.account.get(Snapshot, taken[0]).is_automatic = True

    seen = cloud.ok("POST", "/v2/snapshot/describeSnapshotsUsage")

    assert seen == {"snapshotCount": 3, "autoSnapshotCount": 1, "manualSnapshotCount": 2, "snapshotCapacity": 60}


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("GET", f"/v2/snapshot/{NOTHING}", None),
        ("DELETE", f"/v2/snapshot/{NOTHING}", None),
        ("PUT", f"/v2/snapshot/{NOTHING}?modifyAttribute", {"desc": "x"}),
    ],
)
def test_an_unknown_snapshot_is_not_found(cloud, method, target, body):
    cloud.refused(NoSuchObject, method, target, body)


@pytest.mark.parametrize("state", Snapshot.lifecycle.states)
def test_what_is_known_of_a_snapshot_is_changed_whatever_its_status(cloud, state):
    taken = new_snapshot(cloud, new_volume(cloud))
    cloud.account.get(Snapshot, taken).state = state

    body = {"snapshotName": "after", "desc": "for safety", "retentionInDays": 1}
    cloud.ok("PUT", f"/v2/snapshot/{taken}?modifyAttribute", body)

    seen = snapshot(cloud, taken)
    assert (seen["name"], seen["desc"], seen["expireTime"]) == ("after", "for safety", "2026-01-02T00:00:30Z")


def test_what_is_not_named_stays(cloud):
    taken = new_snapshot(cloud, new_volume(cloud), desc="for safety", retentionInDays=1)

    cloud.ok("PUT", f"/v2/snapshot/{taken}?modifyAttribute", {"snapshotName": "", "retentionInDays": -1})

    seen = snapshot(cloud, taken)
    assert (seen["name"], seen["desc"], seen["expireTime"]) == ("before", "for safety", "")


def test_a_name_that_breaks_the_rule_is_refused(cloud):
    taken = new_snapshot(cloud, new_volume(cloud))

    cloud.refused(SnapshotNameInvalid, "PUT", f"/v2/snapshot/{taken}?modifyAttribute", {"snapshotName": "1st"})


@pytest.mark.parametrize("state", ["Available", "CreatedFailed"])
def test_a_finished_snapshot_is_deleted(cloud, state):
    volume_id = new_volume(cloud)
    taken = new_snapshot(cloud, volume_id)
    cloud.account.get(Snapshot, taken).state = state

    cloud.ok("DELETE", f"/v2/snapshot/{taken}")

    cloud.refused(NoSuchObject, "GET", f"/v2/snapshot/{taken}")
    assert volume(cloud, volume_id)["snapshotNum"] == "0"


@pytest.mark.parametrize("state", ["Creating", "NotAvailable"])
def test_an_unfinished_snapshot_is_not_deleted(cloud, state):
    taken = new_snapshot(cloud, new_volume(cloud))
    cloud.account.get(Snapshot, taken).state = state

    cloud.refused(SnapshotOperationForbidden, "DELETE", f"/v2/snapshot/{taken}")
