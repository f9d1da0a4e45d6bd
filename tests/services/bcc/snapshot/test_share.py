"""Copying snapshots to other regions and sharing them with other accounts."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.snapshot.errors import RemoteCopyDenied, SnapshotCannotCopy
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import DiskSizeInvalid
from tests.disks import new_snapshot, new_volume, volume
from tests.services.bcc.image.images import as_account

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
    response = cloud.ok(method, f"/v2/snapshot/remote_copy/{taken}", COPY)

    there = cloud.account.in_region("gz")
    copy = there.get(Snapshot, response["result"][0]["snapshotId"])
    assert response["result"][0]["region"] == "gz"
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
    response = cloud.ok("POST", "/v2/snapshot/unShare", body)

    assert response == {"sourceSnapshotId": taken, "shareSnapshotId": ""}
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
    unset = cloud.ok("POST", SHARES, {"marker": "", "maxKeys": 0})
    assert (unset["maxKeys"], len(unset["result"])) == (10, 2)
    cloud.ok("DELETE", f"/v2/snapshot/{taken}")
    assert shared_with(cloud) == set()


@pytest.fixture
def other(cloud):
    """The account that snapshots are shared with."""
    return as_account(cloud, "test-other")


@pytest.fixture
def received(other, cloud, taken) -> str:
    """The id of a snapshot that the other account received."""
    share(cloud, taken, other.access_key)
    return other.ok("POST", SHARES, {})["result"][0]["snapshotId"]


def test_the_other_account_sees_the_share_and_makes_a_volume_of_it(cloud, other, taken, received):
    rendered = other.ok("POST", SHARES, {})["result"]

    assert rendered == cloud.ok("POST", SHARES, {})["result"]
    assert (rendered[0]["sourceAccountId"], rendered[0]["sourceSnapshotId"]) == (cloud.access_key, taken)
    assert (rendered[0]["name"], rendered[0]["sizeInGB"], rendered[0]["isSourceDeleted"]) == ("before", 20, False)
    created = volume(other, new_volume(other, cdsSizeInGB=0, shareSnapshotId=received))
    assert (created["diskSizeInGB"], created["shareSnapshotId"], created["sourceSnapshotId"]) == (20, received, "")


def test_a_volume_of_a_share_is_not_smaller_than_the_snapshot(other, received):
    other.refused(DiskSizeInvalid, "POST", "/v2/volume", {"cdsSizeInGB": 19, "shareSnapshotId": received})


def test_the_other_account_gives_a_share_back(cloud, other, taken, received):
    response = other.ok("POST", "/v2/snapshot/unShare", {"shareSnapshotId": received})

    assert response == {"sourceSnapshotId": taken, "shareSnapshotId": received}
    assert shared_with(cloud) == shared_with(other) == set()


def test_a_share_that_is_taken_back_is_gone_for_the_other_account(cloud, other, taken, received):
    share(cloud, taken)

    assert shared_with(other) == set()
    other.refused(NoSuchObject, "POST", "/v2/volume", {"shareSnapshotId": received})


def test_a_share_of_an_owner_who_was_reset_has_no_source(cloud, other, received):
    cloud.emulator.accounts.reset(cloud.access_key)

    assert other.ok("POST", SHARES, {})["result"][0]["isSourceDeleted"] is True
    other.refused(NoSuchObject, "POST", "/v2/volume", {"shareSnapshotId": received})


def test_what_was_received_is_not_shared_on(cloud, other, received):
    assert share(other, received, "anna") == {"snapshotId": received}

    assert shared_with(other) == {other.access_key}


def test_a_snapshot_is_not_shared_with_its_own_account(cloud, taken):
    body = {"snapshotId": taken, "accountIds": [cloud.access_key]}

    cloud.refused(BadRequest, "POST", "/v2/snapshot/share", body)


def test_to_end_a_share_something_is_named(cloud):
    cloud.refused(NoSuchObject, "POST", "/v2/snapshot/unShare", {})
