"""Releases for money back, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.errors import (
    DeletionProtection,
    InsufficientCredit,
    RefundStatusNotSupported,
    ReleaseWhileCreating,
    TooManyRefunds,
)
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from tests.disks import new_snapshot
from tests.services.bcc.instance.billing_cases import DAY, DISK, MONTH, NOBODY, PREPAID, data_volume, volume

ONE, MANY = "/v2/instance/delete", "/v2/instance/batchRefundResource"
NOTHING = {"instanceId": "", "eip": "", "insnapIds": [], "snapshotIds": [], "volumeIds": []}
NOT_REFUNDED = [state for state in LIFECYCLE.states if LIFECYCLE.find("refund", state) is None]


@pytest.fixture
def prepaid(cloud) -> str:
    return cloud.create(billing=PREPAID)


def test_a_prepaid_instance_and_its_prepaid_volume_are_gone_at_once(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    data = data_volume(cloud, instance)

    response = cloud.ok("POST", ONE, {"instanceId": instance})

    assert response == {
        "successResources": NOTHING | {"instanceId": instance, "volumeIds": [data]},
        "failResources": NOTHING,
        "instanceRefundFlag": True,
    }
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{instance}")
    assert volume(cloud, data) is None


def test_the_answer_names_the_snapshots_that_go_with_the_volumes(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    taken = new_snapshot(cloud, data_volume(cloud, instance))

    response = cloud.ok("POST", ONE, {"instanceId": instance, "deleteCdsSnapshotFlag": True})

    assert response["successResources"]["snapshotIds"] == [taken]
    cloud.refused(NoSuchObject, "GET", f"/v2/snapshot/{taken}")


def test_the_id_may_stand_in_the_query(cloud, prepaid):
    cloud.ok("POST", f"{ONE}?instanceId={prepaid}", {"relatedReleaseFlag": True})

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{prepaid}")


@pytest.mark.parametrize("with_data", [True, False])
def test_a_postpaid_volume_goes_if_the_flag_says_so(cloud, with_data):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    data = volume(cloud, data_volume(cloud, instance))
    data.payment = "Postpaid"

    cloud.ok("POST", ONE, {"instanceId": instance, "relatedReleaseFlag": with_data})

    assert (volume(cloud, data.id) is None) is with_data


def test_an_expired_instance_goes_into_the_bin_with_its_prepaid_volume(cloud):
    instance = cloud.create(billing=PREPAID, createCdsList=[DISK])
    data = data_volume(cloud, instance)
    cloud.clock.advance(MONTH)

    cloud.ok("POST", ONE, {"instanceId": instance})

    assert cloud.status(instance) == "Recycled"
    assert volume(cloud, data).instance_id == instance
    cloud.clock.advance(7 * DAY)
    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{instance}")
    assert volume(cloud, data) is None


@pytest.mark.parametrize(("immediate", "found"), [(True, "NoSuchObject"), (False, "")])
def test_an_instance_paid_for_by_use_is_released_by_the_same_call(cloud, running, immediate, found):
    cloud.ok("POST", ONE, {"instanceId": running, "deleteImmediate": immediate})

    assert cloud.call("GET", f"/v2/instance/{running}").code == found


def test_several_instances_are_refunded_at_once(cloud, prepaid):
    other = cloud.create(billing=PREPAID)

    assert cloud.ok("POST", MANY, {"instanceIds": [prepaid, other, prepaid]}) == {"failedInstanceIds": []}

    for instance in (prepaid, other):
        cloud.refused(NoSuchObject, "GET", f"/v2/instance/{instance}")


def test_one_that_cannot_be_refunded_holds_back_all(cloud, prepaid):
    other = cloud.create(billing=PREPAID, deletionProtection=1)

    cloud.refused(DeletionProtection, "POST", MANY, {"instanceIds": [prepaid, other]})

    assert cloud.status(prepaid) == "Running"


def test_a_protected_instance_is_not_given_back(cloud):
    instance = cloud.create(billing=PREPAID, deletionProtection=1)

    cloud.refused(DeletionProtection, "POST", ONE, {"instanceId": instance})


def test_nothing_is_given_back_when_the_quota_is_used_up(cloud, prepaid):
    cloud.set_facts(refundQuotaUsedUp=True)

    cloud.refused(InsufficientCredit, "POST", ONE, {"instanceId": prepaid})
    cloud.refused(InsufficientCredit, "POST", MANY, {"instanceIds": [prepaid]})


@pytest.mark.parametrize(("state", "error"), [("Creating", ReleaseWhileCreating), ("Scaling", OperationDenied)])
def test_an_instance_that_is_changing_is_not_given_back(cloud, prepaid, state, error):
    cloud.account.get(Instance, prepaid).state = state

    cloud.refused(error, "POST", ONE, {"instanceId": prepaid})


@pytest.mark.parametrize("state", NOT_REFUNDED)
def test_several_are_refunded_only_in_some_statuses(cloud, prepaid, state):
    cloud.account.get(Instance, prepaid).state = state

    cloud.refused(RefundStatusNotSupported, "POST", MANY, {"instanceIds": [prepaid]})


@pytest.mark.parametrize(
    ("target", "body", "error"),
    [
        (ONE, {}, BadRequest),
        (ONE, {"instanceId": NOBODY}, NoSuchObject),
        (MANY, {"instanceIds": None}, InappropriateJSON),
        (MANY, {"instanceIds": []}, BadRequest),
        (MANY, {"instanceIds": [NOBODY]}, NoSuchObject),
        (MANY, {"instanceIds": [f"i-{number:08}" for number in range(21)]}, TooManyRefunds),
    ],
)
def test_a_request_names_instances_that_exist(cloud, target, body, error):
    cloud.refused(error, "POST", target, body)


def test_an_instance_paid_for_by_use_is_not_refunded(cloud, running):
    cloud.refused(BadRequest, "POST", MANY, {"instanceIds": [running]})


def test_the_same_token_gives_the_same_answer(cloud, prepaid):
    first = cloud.ok("POST", f"{ONE}?clientToken=t", {"instanceId": prepaid})

    assert cloud.ok("POST", f"{ONE}?clientToken=t", {"instanceId": prepaid}) == first
