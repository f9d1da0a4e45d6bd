"""Copying snapshots to other regions and sharing them with other accounts."""

from __future__ import annotations

import pytest

from emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from emulator.services.bcc.snapshot.copy import SnapshotCannotCopy
from emulator.services.bcc.snapshot.resource import RemoteCopyDenied, Snapshot
from tests.disks import new_snapshot, new_volume

COPY = {"destRegionInfos": [{"name": "copy", "destRegion": "gz"}]}
UNFINISHED = ["Creating", "CreatedFailed", "NotAvailable"]
SHARES = "/v2/snapshot/snapshotShare/list"


@pytest.fixture
def taken(cloud):
    """The id of a snapshot of a data volume."""
    return new_snapshot(cloud, new_volume(cloud))


def share(cloud, snapshot_id, *account_ids):
    return cloud.ok("POST", "/v2/snapshot/share", {"snapshotId": snapshot_id, "accountIds": list(account_ids)})


def shared_with(cloud):
    return {each["accountId"] for each in cloud.ok("POST", SHARES, {"maxKeys": 100})["result"]}


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_copy_is_made_in_another_region(cloud, taken, method):
    answer = cloud.ok(method, f"/v2/snapshot/remote_copy/{taken}", COPY)

    there = cloud.account.in_region("gz")
    copy = there.get(Snapshot, answer["result"][0]["snapshotId"])
    assert answer["result"][0]["region"] == "gz"
    assert (copy.name, copy.size_gb, copy.status) == ("copy", 20, "Creating")
    cloud.clock.advance(60)
    assert copy.status == "Available"


@pytest.mark.parametrize(
    "destinations",
    [
        [],
        [{"name": "copy", "destRegion": "bj"}],
        [{"name": "copy", "destRegion": "moon"}],
        [{"name": "1st", "destRegion": "gz"}],
    ],
)
def test_a_destination_that_is_none_is_refused(cloud, taken, destinations):
    target = f"/v2/snapshot/remote_copy/{taken}"

    cloud.refused(RemoteCopyDenied, "PUT", target, {"destRegionInfos": destinations})


@pytest.mark.parametrize("state", UNFINISHED)
def test_an_unfinished_snapshot_is_neither_copied_nor_shared(cloud, taken, state):
    cloud.account.get(Snapshot, taken).state = state

    cloud.refused(RemoteCopyDenied, "PUT", f"/v2/snapshot/remote_copy/{taken}", COPY)
    cloud.refused(OperationDenied, "POST", "/v2/snapshot/share", {"snapshotId": taken, "accountIds": ["a"]})


def test_an_encrypted_snapshot_is_neither_copied_nor_shared(cloud):
    taken = new_snapshot(cloud, new_volume(cloud, encryptKey="key"))

    cloud.refused(SnapshotCannotCopy, "PUT", f"/v2/snapshot/remote_copy/{taken}", COPY)
    cloud.refused(BadRequest, "POST", "/v2/snapshot/share", {"snapshotId": taken, "accountIds": ["a"]})
    cloud.refused(BadRequest, "POST", "/v2/snapshot/unShare", {"sourceSnapshotId": taken})


def test_an_unknown_snapshot_is_not_found(cloud):
    nothing = "s-nobody00"

    cloud.refused(NoSuchObject, "PUT", f"/v2/snapshot/remote_copy/{nothing}", COPY)
    cloud.refused(NoSuchObject, "POST", "/v2/snapshot/share", {"snapshotId": nothing, "accountIds": ["a"]})
    cloud.refused(NoSuchObject, "POST", "/v2/snapshot/unShare", {"sourceSnapshotId": nothing})


def test_a_snapshot_is_shared_with_those_named_last(cloud, taken):
    assert share(cloud, taken, "anna", "ben") == {"snapshotId": taken}
    assert shared_with(cloud) == {"anna", "ben"}

    share(cloud, taken, "ben", "cleo")
    assert shared_with(cloud) == {"ben", "cleo"}

    share(cloud, taken)
    assert shared_with(cloud) == set()


@pytest.mark.parametrize(("account_ids", "left"), [(["anna"], {"ben"}), (None, set()), ([], set())])
def test_sharing_ends_for_those_named_or_for_all(cloud, taken, account_ids, left):
    share(cloud, taken, "anna", "ben")

    body = {"sourceSnapshotId": taken, "accountIds": account_ids, "shareSnapshotId": ""}
    answer = cloud.ok("POST", "/v2/snapshot/unShare", body)

    assert answer == {"sourceSnapshotId": taken, "shareSnapshotId": ""}
    assert shared_with(cloud) == left


def test_a_snapshot_is_shared_with_a_hundred_accounts_at_most(cloud, taken):
    body = {"snapshotId": taken, "accountIds": [f"account-{number}" for number in range(101)]}

    cloud.refused(BadRequest, "POST", "/v2/snapshot/share", body)


def test_the_snapshot_of_a_system_disk_is_not_shared(cloud, running):
    body = {"snapshotId": new_snapshot(cloud, running), "accountIds": ["anna"]}

    cloud.refused(BadRequest, "POST", "/v2/snapshot/share", body)


def test_shares_are_listed_by_page_and_go_with_their_snapshot(cloud, taken):
    share(cloud, taken, "anna", "ben")

    page = cloud.ok("POST", SHARES, {"marker": "-1", "maxKeys": 1})

    assert (page["isTruncated"], page["maxKeys"], len(page["result"])) == (True, 1, 1)
    assert page["result"][0]["sourceSnapshotId"] == taken
    assert cloud.ok("GET", SHARES)["maxKeys"] == 10
    cloud.ok("DELETE", f"/v2/snapshot/{taken}")
    assert shared_with(cloud) == set()
