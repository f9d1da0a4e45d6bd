"""Snapshots of whole instances."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bce_emulator.engine import steps
from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.instance_snapshot import errors, manage
from bce_emulator.services.bcc.instance_snapshot.lifecycle import QUIET, STATES
from bce_emulator.services.bcc.instance_snapshot.resource import InstanceSnapshot
from bce_emulator.services.bcc.snapshot.errors import SnapshotLimitExceeded, SnapshotNameInvalid
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from tests.cloud import Cloud
from tests.control.test_slices import Clients, together
from tests.disks import TAG, attached_volume, new_volume, snapshot, system_disk, volume, volume_status

GROUPS = "/v2/snapshot/insnap"
NOWHERE = "ins-nobody00"
DAY = 86_400


def take(cloud: Cloud, instance_id: str, **members: Any) -> dict[str, Any]:
    """What taking a snapshot of an instance answers, when it is over."""
    made: dict[str, Any] = cloud.ok("POST", f"{GROUPS}/create", {"instanceId": instance_id, "name": "whole"} | members)
    cloud.clock.advance(60)
    return made


def groups(cloud: Cloud, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("POST", f"{GROUPS}/list", filters)["instanceSnapshots"]
    return found


def group_ids(cloud: Cloud, **filters: Any) -> list[str]:
    return [each["instanceSnapshotId"] for each in groups(cloud, **filters)]


@pytest.fixture
def with_disks(cloud) -> tuple[str, str]:
    """An instance with a local disk and a data volume, and the data volume."""
    instance = cloud.create(ephemeralDisks=[{"sizeInGB": 50}])
    return instance, attached_volume(cloud, instance)


def test_every_disk_is_taken_while_the_instance_waits(cloud, with_disks):
    instance, data = with_disks
    order = {"instanceId": instance, "name": "whole", "desc": "of a test", "retentionInDays": 0, "tags": [TAG]}

    made = cloud.ok("POST", f"{GROUPS}/create?clientToken=t", order)

    assert re.fullmatch(r"ins-[A-Za-z0-9]{8}", made["inSnapshotId"])
    (during,) = groups(cloud)
    assert (during["instanceSnapshotStatus"], cloud.status(instance)) == ("creating", "SnapshotProcessing")
    assert {each["snapshotStatus"] for each in during["snapshots"]} == {"Creating"}
    assert volume_status(cloud, data) == "SnapshotProcessing"
    cloud.refused(OperationDenied, "POST", f"{GROUPS}/create", order)
    cloud.clock.advance(60)
    assert (cloud.status(instance), volume_status(cloud, data)) == ("Running", "InUse")
    (after,) = groups(cloud)
    shown = {
        "snapshotId": made["snapshotIds"][1],
        "snapshotName": "whole",
        "snapshotSizeInGiB": 20,
        "snapshotStatus": "Available",
        "volumeId": data,
        "instanceSnapshotId": made["inSnapshotId"],
        "creationMethod": "MANUAL",
        "description": "of a test",
        "createdTime": after["createdTime"],
        "expiredTime": "",
        "encrypted": False,
        "imageId": "",
        "includeDataVolumes": None,
        "progress": None,
        "tags": None,
    }
    system = {"snapshotId": made["snapshotIds"][0], "snapshotSizeInGiB": 40, "volumeId": instance}
    assert after == {
        "instanceSnapshotId": made["inSnapshotId"],
        "instanceSnapshotName": "whole",
        "instanceSnapshotSizeInGiB": 60,
        "createdTime": after["createdTime"],
        "instanceSnapshotStatus": "active",
        "instanceId": instance,
        "snapshots": [shown | system, shown],
    }
    seen = snapshot(cloud, made["snapshotIds"][1])
    assert (seen["insnapId"], seen["tags"]) == (made["inSnapshotId"], [TAG])


def test_some_disks_can_be_named_and_the_instance_waits_all_the_same(cloud, with_disks):
    instance, data = with_disks

    made = cloud.ok("POST", f"{GROUPS}/create", {"instanceId": instance, "name": "part", "volumes": [data, data]})

    assert len(made["snapshotIds"]) == 1
    assert cloud.status(instance) == "SnapshotProcessing"
    assert volume_status(cloud, system_disk(cloud, instance)) == "InUse"


def test_it_is_in_error_if_a_disk_could_not_be_taken(cloud, running):
    made = cloud.ok("POST", f"{GROUPS}/create", {"instanceId": running, "name": "whole"})
    failed = cloud.account.get(Snapshot, made["snapshotIds"][0])
    failed.pending, failed.state = None, "CreatedFailed"

    cloud.clock.advance(60)

    assert groups(cloud)[0]["instanceSnapshotStatus"] == "error"


def test_it_goes_with_its_snapshots_and_with_the_last_of_them(cloud, with_disks):
    instance, data = with_disks
    deleted, kept = take(cloud, instance), take(cloud, instance, volumes=[data])
    expired = take(cloud, instance, retentionInDays=1)
    assert groups(cloud)[0]["snapshots"][0]["expiredTime"] == "2026-01-02T00:03:30Z"
    single = f"/v2/snapshot/{deleted['snapshotIds'][1]}"
    cloud.refused(OperationDenied, "DELETE", single)
    assert volume(cloud, data)["snapshotNum"] == "3"

    assert cloud.ok("POST", f"{GROUPS}/delete", {"deleteInsnapIds": [deleted["inSnapshotId"]] * 2}) == {}

    (status,) = (
        each["instanceSnapshotStatus"] for each in groups(cloud, instanceSnapshotIds=[deleted["inSnapshotId"]])
    )
    assert status == "deleting"
    cloud.clock.advance(10)
    cloud.refused(NoSuchObject, "GET", single)
    assert group_ids(cloud) == [expired["inSnapshotId"], kept["inSnapshotId"]]
    cloud.clock.advance(DAY)
    assert group_ids(cloud) == [kept["inSnapshotId"]]
    assert volume(cloud, data)["snapshotNum"] == "1"


def test_a_release_takes_those_along_of_which_nothing_stays(cloud, with_disks):
    instance, data = with_disks
    of_system = take(cloud, instance, volumes=[system_disk(cloud, instance)])["inSnapshotId"]
    of_data, whole = (take(cloud, instance, **each)["inSnapshotId"] for each in ({"volumes": [data]}, {}))
    order = {"instanceId": instance, "relatedReleaseFlag": True, "deleteImmediate": True}

    gone = cloud.ok("POST", f"/v2/instance/delete?instanceId={instance}", order)

    assert gone["successResources"]["insnapIds"] == [of_system]
    assert group_ids(cloud) == [whole, of_data]
    assert [len(each["snapshots"]) for each in groups(cloud)] == [1, 1]


def test_a_release_with_snapshots_takes_all_along(cloud, with_disks):
    instance, _ = with_disks
    whole = take(cloud, instance)["inSnapshotId"]
    order = {"relatedReleaseFlag": True, "deleteCdsSnapshotFlag": True, "deleteImmediate": True}

    gone = cloud.ok("POST", f"/v2/instance/delete?instanceId={instance}", order)

    assert gone["successResources"]["insnapIds"] == [whole]
    assert groups(cloud) == []


@pytest.mark.parametrize(
    ("count", "names"),
    [(1, ["new"]), (2, ["new1", "new2"]), (10, ["new01", "new10"]), (100, ["new001", "new100"])],
)
def test_several_are_renamed_with_a_number(cloud, running, count, names):
    account = cloud.account
    ids = [
        account.add(InstanceSnapshot(id=f"ins-{number:08}", name="old", instance_id=running, state="active")).id
        for number in range(count)
    ]

    cloud.ok("POST", f"{GROUPS}/rename", {"insnapIds": ids, "name": "new"})

    named = [account.get(InstanceSnapshot, each).name for each in ids]
    assert sorted({named[0], named[-1]}) == names


def test_they_are_listed_by_page_and_filter(cloud, running):
    other = cloud.create()
    first, second = (take(cloud, each)["inSnapshotId"] for each in (running, other))

    page = cloud.ok("POST", f"{GROUPS}/list", {"marker": "-1", "maxKeys": 1})
    assert (page["marker"], page["isTruncated"], page["nextMarker"], page["maxKeys"]) == ("", True, first, 1)
    last = cloud.ok("POST", f"{GROUPS}/list", {"marker": first})
    assert (last["maxKeys"], last["isTruncated"], "nextMarker" in last) == (10, False, False)
    for filters, found in [
        ({}, [second, first]),
        ({"instanceIds": [running, "i-nobody00"]}, [first]),
        ({"instanceSnapshotIds": [second, NOWHERE]}, [second]),
        ({"instanceIds": [running], "instanceSnapshotIds": [second]}, []),
    ]:
        assert group_ids(cloud, **filters) == found, filters


def test_those_of_another_account_are_denied(cloud):
    other = cloud.emulator.accounts.open("test-other").in_region("bj")
    theirs = other.add(InstanceSnapshot(id="ins-theirs00", name="theirs", instance_id="i-theirs00", state="active"))

    for call, member in (("delete", "deleteInsnapIds"), ("rename", "insnapIds")):
        body = {member: [theirs.id], "name": "ours"}
        cloud.refused(errors.SnapshotOfAnotherAccount, "POST", f"{GROUPS}/{call}", body)
    other.remove(theirs)
    cloud.refused(errors.NoSnapshotFits, "POST", f"{GROUPS}/delete", {"deleteInsnapIds": [theirs.id]})


def test_many_accounts_are_asked_some_at_a_time(cloud, monkeypatch):
    for number in range(9):
        cloud.emulator.accounts.open(f"test-{number}").in_region("bj")
    monkeypatch.setattr(manage, "ASKED_AT_ONCE", 3)
    monkeypatch.setattr(steps, "SECONDS", 0.0)

    async def run(clients: Clients) -> None:
        answer, served = await clients.meanwhile(
            clients.call("POST", f"{GROUPS}/delete", {"deleteInsnapIds": [NOWHERE]})
        )
        assert answer.json()["code"] == errors.NoSnapshotFits().code
        assert served >= 3

    together(cloud, run)


def test_what_cannot_be_is_refused(cloud, with_disks):
    instance, data = with_disks
    made = take(cloud, instance)["inSnapshotId"]
    loose = new_volume(cloud)
    local = next(each["id"] for each in cloud.instance(instance)["volumes"] if each["type"] == "Ephemeral")
    order = {"instanceId": instance, "name": "whole"}
    many = [made] * 101
    for error, call, body in [
        (errors.InstanceIdEmpty, "create", {"name": "whole"}),
        (errors.NameEmpty, "create", {"instanceId": "i-nobody00"}),
        (NoSuchObject, "create", order | {"instanceId": "i-nobody00", "name": "1st"}),
        (NoSuchObject, "create", order | {"volumes": ["v-nobody00"]}),
        (BadRequest, "create", order | {"volumes": [data, loose]}),
        (BadRequest, "create", order | {"volumes": [local]}),
        (BadRequest, "create", order | {"retentionInDays": 10_001}),
        (SnapshotNameInvalid, "create", order | {"name": "1st"}),
        (errors.DeleteIdsEmpty, "delete", {}),
        (errors.TooManyDeleteIds, "delete", {"deleteInsnapIds": many}),
        (errors.NoSnapshotFits, "delete", {"deleteInsnapIds": [made, NOWHERE]}),
        (errors.RenameIdsEmpty, "rename", {"insnapIds": [], "name": "new"}),
        (errors.TooManyRenameIds, "rename", {"insnapIds": many, "name": "new"}),
        (errors.NoSnapshotFits, "rename", {"insnapIds": [made, NOWHERE], "name": "1st"}),
        (errors.NameEmpty, "rename", {"insnapIds": [made]}),
        (SnapshotNameInvalid, "rename", {"insnapIds": [made], "name": "1st"}),
        (errors.MaxKeysOutOfRange, "list", {"maxKeys": 0}),
        (errors.MaxKeysOutOfRange, "list", {"maxKeys": 101}),
        (BadRequest, "list", {"marker": NOWHERE}),
        (InappropriateJSON, "list", {"maxKeys": "ten"}),
    ]:
        cloud.refused(error, "POST", f"{GROUPS}/{call}", body)
    cloud.set_facts(**{"bcc.manualSnapshotQuota": 1})
    cloud.refused(SnapshotLimitExceeded, "POST", f"{GROUPS}/create", order)
    cloud.account.get(Instance, instance).state = "Scaling"
    cloud.refused(OperationDenied, "POST", f"{GROUPS}/create", order)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", f"{GROUPS}/create", order)
    group = cloud.account.get(InstanceSnapshot, made)
    for state in set(STATES) - set(QUIET):
        group.state = state
        cloud.refused(OperationDenied, "POST", f"{GROUPS}/delete", {"deleteInsnapIds": [made]})
        cloud.refused(OperationDenied, "POST", f"{GROUPS}/rename", {"insnapIds": [made], "name": "new"})
