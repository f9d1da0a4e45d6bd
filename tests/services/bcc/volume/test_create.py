"""Making volumes, by all three calls."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
    QualifyNotPass,
)
from bce_emulator.services.bcc.instance.errors import CannotAttachVolume
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import (
    DiskAttachedQuotaExceeded,
    DiskNameInvalid,
    DiskQuotaExceeded,
    DiskSizeInvalid,
    VolumeInAnotherZone,
)
from bce_emulator.services.bcc.volume.resource import Volume
from tests.cloud import LINUX, SPEC
from tests.disks import (
    POSTPAID,
    PREPAID,
    TAG,
    attached_volume,
    new_snapshot,
    new_volume,
    new_volume_cluster,
    volume,
    volume_status,
)

CALLS = ["/v2/volume", "/v2/volume/syncCreate", "/v3/volume"]
every_call = pytest.mark.parametrize("target", CALLS)
THIRD_NAMES = {"cdsSizeInGB": "volumeSizeInGB", "name": "volumeName"}


def order(target, **members):
    body = {"cdsSizeInGB": 20, "billing": POSTPAID} | members
    return {THIRD_NAMES.get(name, name) if "v3" in target else name: value for name, value in body.items()}


@every_call
def test_a_volume_is_available_in_the_end(cloud, target):
    response = cloud.ok("POST", target, order(target, name="data", description="for logs", zoneName="cn-bj-b"))
    cloud.clock.advance(20)

    seen = volume(cloud, response["volumeIds"][0])
    assert response["warningList"] == []
    assert (seen["status"], seen["attachments"]) == ("Available", [])
    assert (seen["name"], seen["desc"], seen["diskSizeInGB"], seen["zoneName"]) == ("data", "for logs", 20, "cn-bj-b")
    assert (seen["storageType"], seen["type"], seen["isSystemVolume"]) == ("hp1", "Cds", False)
    assert (seen["paymentTiming"], seen["expireTime"], seen["snapshotNum"]) == ("Postpaid", "", "0")


def test_a_volume_is_being_created_for_a_while(cloud):
    volume_id = cloud.ok("POST", "/v2/volume", order("/v2/volume"))["volumeIds"][0]

    assert volume_status(cloud, volume_id) == "Creating"
    cloud.clock.advance(19)
    assert volume_status(cloud, volume_id) == "Creating"
    cloud.clock.advance(1)
    assert volume_status(cloud, volume_id) == "Available"


def test_a_volume_for_an_instance_is_created_attached_and_in_use(cloud, running):
    volume_id = cloud.ok("POST", "/v2/volume", order("/v2/volume", instanceId=running))["volumeIds"][0]

    statuses = []
    for seconds in (0, 20, 10):
        cloud.clock.advance(seconds)
        statuses.append(volume_status(cloud, volume_id))

    assert statuses == ["Creating", "Attaching", "InUse"]
    assert volume(cloud, volume_id)["attachments"][0]["instanceId"] == running


@pytest.mark.parametrize(("instance", "status"), [(False, "Available"), (True, "InUse")])
def test_the_call_that_waits_answers_when_the_volume_is_there(cloud, running, instance, status):
    members = {"instanceId": running} if instance else {}

    response = cloud.ok("POST", "/v2/volume/syncCreate", order("", **members))

    assert volume_status(cloud, response["volumeIds"][0]) == status
    assert response["volumes"] == [
        {"volumeId": response["volumeIds"][0], "volumeUuid": "", "name": "", "sizeGb": 20},
    ]


def test_several_volumes_have_a_number_behind_their_name(cloud):
    volume_ids = cloud.ok("POST", "/v2/volume", order("", name="data", purchaseCount=3))["volumeIds"]

    assert [volume(cloud, each)["name"] for each in volume_ids] == ["data-1", "data-2", "data-3"]


def test_everything_else_that_was_ordered_shows(cloud):
    volume_id = new_volume(
        cloud,
        enableDeleteProtection="true",
        deleteWithInstance=True,
        deleteAutoSnapshot=True,
        encryptKey="key",
        cdsExtraIo=100,
        tags=[TAG],
        resGroupIds=["RESG-1"],
        clusterId=(own := new_volume_cluster(cloud, storageType="enhanced_ssd_pl1")),
        storageType="enhanced_ssd_pl1",
        cdsSizeInGB=50,
    )

    seen = volume(cloud, volume_id)
    assert (seen["enableDeleteProtection"], seen["deleteWithInstance"], seen["deleteAutoSnapshot"]) == (True,) * 3
    assert (seen["encrypted"], seen["encryptKey"], seen["cdsExtraIo"]) == (True, "key", 100)
    assert (seen["tags"], seen["resGroupInfos"][0]["groupId"], seen["clusterId"]) == ([TAG], "RESG-1", own)


def test_what_go_and_java_send_for_what_is_not_set_is_not_given(cloud):
    nothing = {
        "cdsExtraIo": 0, "shareSnapshotId": "", "enableDeleteProtection": False, "instanceId": "", "encryptKey": "",
        "renewTimeUnit": "", "renewTime": 0, "relationTag": None, "tags": None, "clusterId": "", "chargeType": "",
        "autoSnapshotPolicy": None, "purchaseCount": 0, "snapshotId": "", "zoneName": "", "storageType": "",
    }  # fmt: skip

    volume_id = new_volume(cloud, **nothing)

    assert volume_status(cloud, volume_id) == "Available"


@pytest.mark.parametrize("wrap", [lambda policy: policy, lambda policy: [policy]])
def test_a_volume_can_be_made_with_a_policy(cloud, wrap):
    policy = {"name": "daily", "timePoints": [1], "repeatWeekdays": [0], "retentionDays": 7}
    policy_id = cloud.ok("POST", "/v2/asp", policy)["aspId"]

    volume_id = new_volume(cloud, autoSnapshotPolicy=wrap({"id": policy_id}))

    assert volume(cloud, volume_id)["autoSnapshotPolicy"]["id"] == policy_id
    assert volume(cloud, volume_id)["autoSnapshotPolicyInfos"][0]["name"] == "daily"


def test_a_prepaid_volume_ends_when_what_was_paid_for_ends(cloud):
    volume_id = new_volume(cloud, billing=PREPAID)

    assert volume(cloud, volume_id)["paymentTiming"] == "Prepaid"
    assert volume(cloud, volume_id)["expireTime"] == "2026-02-01T00:00:00Z"


@pytest.mark.parametrize(
    ("members", "payment"),
    [
        ({"chargeType": "Prepaid", "billing": {"reservation": PREPAID["reservation"]}}, "Prepaid"),
        ({"chargeType": "Postpaid", "billing": {}}, "Postpaid"),
        ({"chargeType": "Postpaid", "billing": PREPAID}, "Prepaid"),
    ],
)
def test_a_charge_type_counts_where_the_billing_says_none(cloud, members, payment):
    volume_id = new_volume(cloud, **members)

    assert volume(cloud, volume_id)["paymentTiming"] == payment


@every_call
def test_a_volume_from_a_snapshot_has_at_least_its_size(cloud, target):
    source = new_snapshot(cloud, new_volume(cloud))

    volume_id = [
        cloud.ok("POST", target, order(target, snapshotId=source, cdsSizeInGB=size))["volumeIds"][0]
        for size in (0, 20, 30)
    ]

    assert [volume(cloud, each)["diskSizeInGB"] for each in volume_id] == [20, 20, 30]
    assert volume(cloud, volume_id[0])["sourceSnapshotId"] == source
    cloud.refused(DiskSizeInvalid, "POST", target, order(target, snapshotId=source, cdsSizeInGB=10))


@every_call
@pytest.mark.parametrize("status", ["Creating", "CreatedFailed", "NotAvailable"])
def test_only_an_available_snapshot_makes_a_volume(cloud, target, status):
    source = new_snapshot(cloud, new_volume(cloud))
    cloud.account.get(Snapshot, source).state = status

    cloud.refused(OperationDenied, "POST", target, order(target, snapshotId=source))


@every_call
def test_the_snapshot_of_a_system_disk_makes_no_volume(cloud, target, running):
    source = new_snapshot(cloud, running)

    cloud.refused(BadRequest, "POST", target, order(target, snapshotId=source, cdsSizeInGB=50))


@every_call
@pytest.mark.parametrize(
    ("error", "members"),
    [
        (DiskNameInvalid, {"name": "1st"}),
        (DiskSizeInvalid, {"cdsSizeInGB": 4}),
        (DiskSizeInvalid, {"cdsSizeInGB": 32766}),
        (DiskSizeInvalid, {"cdsSizeInGB": 0}),
        (BadRequest, {"storageType": "tape"}),
        (BadRequest, {"zoneName": "cn-gz-a"}),
        (BadRequest, {"purchaseCount": 6}),
        (BadRequest, {"billing": {"paymentTiming": "Spotpaid"}}),
        (BadRequest, {"billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 10}}}),
        (BadRequest, {"billing": PREPAID, "renewTime": 10, "renewTimeUnit": "month"}),
        (InappropriateJSON, {"cdsSizeInGB": "20"}),
        (NoSuchObject, {"instanceId": "i-nobody00"}),
        (NoSuchObject, {"snapshotId": "s-nobody00"}),
    ],
)
def test_an_order_that_cannot_be_filled_is_refused(cloud, target, error, members):
    cloud.refused(error, "POST", target, order(target, **members))


@pytest.mark.parametrize(
    ("target", "error", "members"),
    [
        ("/v2/volume", NoSuchObject, {"autoSnapshotPolicy": {"id": "asp-nobody0"}}),
        ("/v3/volume", NoSuchObject, {"autoSnapshotPolicyId": "asp-nobody0"}),
        ("/v2/volume", NoSuchObject, {"shareSnapshotId": "s-nobody00"}),
        ("/v2/volume", BadRequest, {"billing": PREPAID, "deleteWithInstance": True}),
        ("/v2/volume", BadRequest, {"billing": None, "chargeType": "Prepaid"}),
        ("/v2/volume", BadRequest, {"billing": {}, "chargeType": "Prepaid"}),
    ],
)
def test_what_only_one_generation_knows_is_checked_too(cloud, target, error, members):
    cloud.refused(error, "POST", target, order(target, **members))


@every_call
def test_who_is_not_verified_makes_no_volume(cloud, target):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", target, order(target))


@every_call
@pytest.mark.parametrize("facts", [{"volumeQuota": 1}, {"volumeCapacityGB": 39}])
def test_no_more_volumes_are_made_than_the_quota_allows(cloud, target, facts):
    cloud.set_facts(**facts)
    new_volume(cloud)

    cloud.refused(DiskQuotaExceeded, "POST", target, order(target))


@every_call
def test_volume_and_instance_are_in_one_zone(cloud, target, running):
    cloud.refused(VolumeInAnotherZone, "POST", target, order(target, instanceId=running, zoneName="cn-bj-b"))


@every_call
def test_an_instance_that_is_busy_gets_no_volume(cloud, target, running):
    cloud.account.get(Instance, running).state = "Starting"

    cloud.refused(CannotAttachVolume, "POST", target, order(target, instanceId=running))


@every_call
def test_an_instance_gets_no_more_volumes_than_its_spec_takes(cloud, target, running):
    for _ in range(3):
        attached_volume(cloud, running, purchaseCount=4)

    cloud.refused(DiskAttachedQuotaExceeded, "POST", target, order(target, instanceId=running, purchaseCount=4))
    cloud.ok("POST", target, order(target, instanceId=running, purchaseCount=3))


@every_call
def test_the_same_token_makes_the_same_volume(cloud, target):
    first = cloud.ok("POST", f"{target}?clientToken=once", order(target))
    again = cloud.ok("POST", f"{target}?clientToken=once", order(target))

    assert again == first
    cloud.refused(IdempotentParameterMismatch, "POST", f"{target}?clientToken=once", order(target, cdsSizeInGB=21))


def test_the_third_generation_has_names_of_its_own(cloud):
    body = {"volumeSizeInGB": 50, "storageType": "Cloud_SSD_Enhanced", "billing": POSTPAID}
    volume_id = cloud.ok("POST", "/v3/volume", body)["volumeIds"][0]

    seen = cloud.ok("GET", f"/v3/volume/{volume_id}")["volume"]

    assert (seen["storageType"], seen["volumeStatus"], seen["volumeType"]) == ("Cloud_SSD_Enhanced", "Creating", "DATA")
    assert volume(cloud, volume_id)["storageType"] == "enhanced_ssd_pl1"


CREATE_INSTANCE = [
    ("/v2/instanceBySpec", {"spec": SPEC}),
    ("/v2/instance", {"cpuCount": 1, "memoryCapacityInGB": 2}),
    ("/v2/instance/bid", {"spec": SPEC, "bidModel": "market"}),
]
every_create = pytest.mark.parametrize(("target", "hardware"), CREATE_INSTANCE)


@every_create
def test_an_instance_can_come_with_volumes_from_a_snapshot(cloud, target, hardware):
    source = new_snapshot(cloud, new_volume(cloud))
    body = {"imageId": LINUX, "createCdsList": [{"snapshotId": source}, {"snapshotId": source, "cdsSizeInGB": 25}]}

    instance_id = cloud.ok("POST", target, body | hardware)["instanceIds"][0]

    listed = cloud.ok("GET", f"/v2/volume?instanceId={instance_id}&usageFilter=data")["volumes"]
    assert [(each["diskSizeInGB"], each["sourceSnapshotId"]) for each in listed] == [(25, source), (20, source)]


@every_create
@pytest.mark.parametrize(
    ("error", "state", "disk"),
    [
        (OperationDenied, "Creating", {}),
        (BadRequest, "Available", {"cdsSizeInGB": 10}),
        (NoSuchObject, "Available", {"snapshotId": "s-nobody00"}),
    ],
)
def test_an_instance_does_not_come_with_volumes_from_an_unfit_snapshot(cloud, target, hardware, error, state, disk):
    source = new_snapshot(cloud, new_volume(cloud))
    cloud.account.get(Snapshot, source).state = state
    body = {"imageId": LINUX, "createCdsList": [{"snapshotId": source} | disk]}

    cloud.refused(error, "POST", target, body | hardware)


def test_an_instance_does_not_come_with_volumes_from_a_system_disk(cloud, running):
    source = new_snapshot(cloud, running)
    body = {"imageId": LINUX, "spec": SPEC, "createCdsList": [{"snapshotId": source, "cdsSizeInGB": 60}]}

    cloud.refused(BadRequest, "POST", "/v2/instanceBySpec", body)


def test_the_system_disk_of_an_instance_is_in_use_from_the_first_second(cloud):
    body = {"spec": SPEC, "imageId": LINUX, "createCdsList": [{"cdsSizeInGB": 20}]}
    instance_id = cloud.ok("POST", "/v2/instanceBySpec", body)["instanceIds"][0]

    volumes = cloud.account.where(Volume, "instance_id", instance_id)

    assert [each.status for each in volumes] == ["InUse", "Creating"]
