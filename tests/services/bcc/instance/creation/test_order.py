"""What an order of instances brings about beside them, and what refuses it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc.instance.errors import InstanceTypeNotSupportException, ZoneSoldOut
from bce_emulator.services.bcc.snapshot.resource import Snapshot
from bce_emulator.services.bcc.volume.errors import DiskQuotaExceeded
from tests.cloud import LINUX, SPEC, Cloud
from tests.disks import PREPAID, TAG, new_snapshot, new_volume, volume
from tests.network import make_subnet, make_vpc

CREATE = "/v2/instanceBySpec"
DISKS = [{"cdsSizeInGB": 50, "cdsNum": 2}]
POLICY = {"name": "nightly", "timePoints": [1], "repeatWeekdays": [0, 1, 2, 3, 4, 5, 6], "retentionDays": 7}
BY_SPEC = {"spec": SPEC, "imageId": LINUX}
IN_V3 = {"instanceSpec": SPEC, "imageId": LINUX}
ROUTES = pytest.mark.parametrize(
    ("target", "machine", "policy", "ipv6"),
    [
        (CREATE, BY_SPEC, "aspId", "isOpenIpv6"),
        ("/v2/instance", BY_SPEC, "aspId", "isOpenIpv6"),
        ("/v3/instance", IN_V3, "autoSnapshotPolicyId", "ipv6"),
    ],
)


def make(cloud: Cloud, target: str, body: dict) -> dict:
    """An instance, made by any of the calls, when it runs."""
    instance_id = cloud.ok("POST", target, body)["instanceIds"][0]
    cloud.clock.advance(60)
    return cloud.instance(instance_id)


@ROUTES
def test_a_policy_is_given_to_the_disks(cloud, target, machine, policy, ipv6):
    policy_id = cloud.ok("POST", "/v2/asp", POLICY)["aspId"]

    created = make(cloud, target, machine | {policy: policy_id})

    assert [each["autoSnapshotPolicy"]["id"] for each in created["volumes"]] == [policy_id]
    cloud.clock.advance(86_400)
    assert [each["createMethod"] for each in cloud.ok("GET", "/v2/snapshot")["snapshots"]] == ["auto"]


@ROUTES
def test_an_unknown_policy_is_not_found(cloud, target, machine, policy, ipv6):
    cloud.refused(NoSuchObject, "POST", target, machine | {policy: "asp-nobody00"})


@ROUTES
def test_an_address_of_ipv6_comes_from_the_subnet(cloud, target, machine, policy, ipv6):
    vpc = make_vpc(cloud, enableIpv6=True)
    subnet = make_subnet(cloud, vpc, enableIpv6=True)

    created = make(cloud, target, machine | {ipv6: True, "subnetId": subnet, "purchaseCount": 2})

    prefix = cloud.ok("GET", f"/v1/subnet/{subnet}")["subnet"]["ipv6Cidr"].removesuffix("/64")
    others = {each["ipv6"] for each in cloud.ok("GET", "/v2/instance")["instances"]}
    assert created["ipv6"].startswith(prefix)
    assert len(others) == 2


@ROUTES
def test_a_subnet_without_ipv6_gives_no_such_address(cloud, target, machine, policy, ipv6):
    cloud.refused(BadRequest, "POST", target, machine | {ipv6: True})


@pytest.mark.parametrize("with_disks", [False, True])
def test_data_disks_are_renewed_with_their_instance_if_that_is_ordered(cloud, with_disks):
    renewal = {"autoRenewTimeUnit": "month", "autoRenewTime": 1, "cdsAutoRenew": with_disks}
    instance = cloud.create(billing=PREPAID, createCdsList=[DISKS[0]], **renewal)
    disks = [each["id"] for each in cloud.instance(instance)["volumes"] if each["type"] == "Cds"]
    shown = [cloud.ok("GET", f"/v2/volume/{disk}")["volume"] for disk in disks]

    cloud.clock.advance(32 * 86_400)

    created = cloud.instance(instance)
    assert {(each["enableAutoRenew"], each["autoRenewTime"]) for each in shown} == {(with_disks, int(with_disks))}
    assert created["status"] == "Running"
    assert {each["status"] for each in created["volumes"] if each["type"] == "Cds"} == {
        "InUse" if with_disks else "Expired"
    }


@pytest.mark.parametrize(
    "members", [{"deletionProtection": 1}, {"enableDeleteProtection": True}, {"enableDeleteProtection": "true"}]
)
def test_an_instance_is_protected_from_the_start_in_either_spelling(cloud, members):
    assert cloud.instance(cloud.create(**members))["deletionProtection"] == 1


def test_a_local_disk_that_would_not_be_made_is_refused(cloud):
    assert cloud.status(cloud.create(localDiskSizeInGB=0)) == "Running"

    cloud.refused(BadRequest, "POST", CREATE, BY_SPEC | {"localDiskSizeInGB": 40})


def test_a_postpaid_instance_does_not_renew_itself(cloud):
    assert cloud.instance(cloud.create(autoRenewTime=1))["autoRenew"] is False


def test_fewer_instances_are_made_if_fewer_will_do(cloud):
    cloud.set_facts(stock={SPEC: 2})

    instance_ids = cloud.ok("POST", CREATE, BY_SPEC | {"purchaseCount": 5, "purchaseMinCount": 2})["instanceIds"]

    assert len(instance_ids) == 2
    cloud.refused(ZoneSoldOut, "POST", CREATE, BY_SPEC | {"purchaseCount": 5, "purchaseMinCount": 3})
    cloud.refused(ZoneSoldOut, "POST", CREATE, BY_SPEC | {"purchaseCount": 5})


@pytest.mark.parametrize("quota", [{"volumeQuota": 4}, {"volumeCapacityGB": 200}])
def test_data_disks_count_as_volumes_of_the_account(cloud, quota):
    cloud.set_facts(**quota)

    cloud.create(purchaseCount=2, createCdsList=DISKS)

    cloud.refused(DiskQuotaExceeded, "POST", CREATE, BY_SPEC | {"createCdsList": DISKS})


@pytest.mark.parametrize(
    ("target", "machine"),
    [
        ("/v2/instance", BY_SPEC | {"createCdsList": DISKS}),
        ("/v2/instanceByLabel", BY_SPEC | {"createCdsList": DISKS}),
        ("/v2/instance/bid", BY_SPEC | {"createCdsList": DISKS}),
        ("/v3/instance", IN_V3 | {"dataVolumes": [{"volumeSize": 50}]}),
    ],
)
def test_no_call_makes_more_volumes_than_the_account_may_have(cloud, target, machine):
    cloud.set_facts(volumeQuota=0)

    cloud.refused(DiskQuotaExceeded, "POST", target, machine)


@pytest.mark.parametrize(
    "members",
    [
        {"purchaseCount": 2, "purchaseMinCount": 3},
        {"internetChargeType": "BY_THE_WORD"},
        {"autoRenewTime": 10},
        {"autoRenewTime": 1, "autoRenewTimeUnit": "week"},
        {"ephemeralDisks": [{"sizeInGB": 0}]},
        {"ephemeralDisks": [{"sizeInGB": 20, "storageType": "floppy"}]},
        {"createCdsList": [{"cdsSizeInGB": 50, "name": "1st"}]},
        {"keepImageLogin": True},
    ],
)
def test_a_member_that_means_nothing_is_refused(cloud, members):
    cloud.refused(BadRequest, "POST", CREATE, BY_SPEC | members)


def test_how_many_groups_an_instance_has_is_a_fact(cloud):
    cloud.set_facts(securityGroupQuotaOfInstance=1)
    groups = [cloud.ok("POST", "/v2/securityGroup", {"name": "web"})["securityGroupId"] for _ in range(2)]

    cloud.refused(BadRequest, "POST", CREATE, BY_SPEC | {"securityGroupIds": groups})


def test_a_disk_made_of_an_encrypted_snapshot_is_encrypted(cloud):
    taken = new_snapshot(cloud, new_volume(cloud, encryptKey="key"))

    instance = cloud.instance(cloud.create(createCdsList=[{"snapshotId": taken}]))

    assert [volume(cloud, each["id"])["encryptKey"] for each in instance["volumes"]] == ["", "key"]
    assert cloud.account.get(Snapshot, taken).encrypt_key == "key"


def test_tags_are_carried_to_every_disk_if_that_is_ordered(cloud):
    instance = cloud.instance(cloud.create(tags=[TAG], relationTag=True, createCdsList=DISKS))

    assert [each["tags"] for each in instance["volumes"]] == [[TAG]] * 3


@pytest.mark.parametrize(
    ("members", "charged"),
    [
        ({}, "BANDWIDTH_POSTPAID_BY_HOUR"),
        ({"internetChargeType": "TRAFFIC_POSTPAID_BY_HOUR"}, "TRAFFIC_POSTPAID_BY_HOUR"),
        ({"billing": PREPAID}, "BANDWIDTH_PREPAID"),
    ],
)
def test_a_public_address_is_charged_for_as_ordered(cloud, members, charged):
    cloud.create(networkCapacityInMbps=5, **members)

    rendered = cloud.ok("POST", "/v3/instance/list", {})["instances"][0]
    assert rendered["networkCapacityInMbps"] == {"internetMaxBandwidthOut": 5, "internetChargeType": charged}


SIZE = {"imageId": LINUX, "cpuCount": 4, "memoryCapacityInGB": 16}


@pytest.mark.parametrize(
    ("members", "rendered", "image"),
    [
        ({}, ("", "", "0"), "Custom"),
        ({"cardCount": 0}, ("", "", "0"), "Custom"),
        ({"gpuCard": "P40", "cardCount": 2}, ("P40", "", "2"), "GpuBccCustom"),
        ({"gpuCard": "P4", "cardCount": "1"}, ("P4", "", "1"), "GpuBccCustom"),
        ({"fpgaCard": "KU115", "cardCount": 0}, ("", "KU115", "1"), "FpgaBccCustom"),
    ],
)
def test_an_order_by_size_can_name_cards(cloud, members, rendered, image):
    created = make(cloud, "/v2/instance", SIZE | members)

    assert (created["gpuCard"], created["fpgaCard"], created["cardCount"]) == rendered
    response = cloud.ok("POST", "/v2/image", {"imageName": "mine", "instanceId": created["id"]})
    assert cloud.ok("GET", f"/v2/image/{response['imageId']}")["image"]["type"] == image


@pytest.mark.parametrize(
    "members",
    [
        {"gpuCard": "P40", "fpgaCard": "KU115"},
        {"gpuCard": "Voodoo"},
        {"gpuCard": "P40", "cardCount": "many"},
        {"gpuCard": "P40", "cardCount": 17},
    ],
)
def test_cards_that_cannot_be_are_refused(cloud, members):
    cloud.refused(BadRequest, "POST", "/v2/instance", SIZE | members)


def test_an_instance_with_cards_keeps_its_size_and_is_charged_for(cloud):
    created = make(cloud, "/v2/instance", SIZE | {"fpgaCard": "KU115"})["id"]

    cloud.refused(BadRequest, "PUT", f"/v2/instanceBySpec/{created}?resize", {"spec": SPEC})
    cloud.refused(InstanceTypeNotSupportException, "PUT", f"/v2/instance/{created}?stop", {"stopWithNoCharge": True})
