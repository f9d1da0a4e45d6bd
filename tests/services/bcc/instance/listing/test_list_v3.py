"""Instances listed in the words of version 3."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.keypair.resource import Keypair

LIST = "/v3/instance/list"


def listed(cloud, **filters) -> list[str]:
    return [each["instanceId"] for each in cloud.ok("POST", LIST, filters)["instances"]]


@pytest.fixture
def two(cloud) -> tuple[str, str]:
    """An ordinary instance, and one that every filter of the table below finds."""
    account = cloud.account
    account.add(Keypair(id="k-key00000", name="key"))
    account.add(DeploySet(id="dset-apart000", name="apart"))
    ordinary = cloud.create()
    special = cloud.create(
        name="web", zoneName="cn-bj-b", internalIps=["192.168.16.9"], networkCapacityInMbps=1, dedicatedHostId="d-host0000",
        autoRenewTime=1, billing={"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}}, keypairId="k-key00000", deployId="dset-apart000", resGroupId="group-1",
        tags=[{"tagKey": "team", "tagValue": "web"}],
    )  # fmt: skip
    return ordinary, special


@pytest.mark.parametrize(
    "filters",
    [
        {"instanceName": "web"},
        {"privateIpAddress": "192.168.16.9"},
        {"dedicatedHostId": "d-host0000"},
        {"zoneName": "cn-bj-b"},
        {"autoRenew": True},
        {"keypairId": "k-key00000"},
        {"keypairName": "key"},
        {"deploymentSetId": "dset-apart000"},
        {"deploymentSetName": "apart"},
        {"resGroupId": "group-1"},
        {"tag": {"tagKey": "team", "tagValue": "web"}},
        {"tag": {"tagKey": "team", "tagValue": ""}},
        {"tag": {"tagKey": "team"}},
        {"tag": {"tagKey": "", "tagValue": "web"}},
        {"instanceName": "web", "vpcName": "default", "keypairName": ""},
    ],
)
def test_a_filter_finds_the_instances_that_fit(cloud, two, filters):
    assert listed(cloud, **filters) == [two[1]]


@pytest.mark.parametrize("tag", [{"tagKey": "", "tagValue": ""}, {"tagKey": None, "tagValue": None}, {}, None])
def test_a_tag_that_is_empty_filters_nothing(cloud, two, tag):
    assert listed(cloud, tag=tag, maxKeys=3) == [two[1], two[0]]


@pytest.mark.parametrize("tag", [{"tagKey": "team", "tagValue": "ops"}, {"tagKey": "web", "tagValue": ""}])
def test_a_tag_that_no_instance_has_finds_none(cloud, two, tag):
    assert listed(cloud, tag=tag) == []


def test_filters_are_all_to_hold(cloud, two):
    assert listed(cloud, instanceName="web", zoneName="cn-bj-a") == []
    assert listed(cloud, vpcName="default") == [two[1], two[0]]
    assert listed(cloud, instanceId=two[0]) == [two[0]]
    special = cloud.instance(two[1])
    assert listed(cloud, subnetId=special["subnetId"]) == [two[1]]
    assert listed(cloud, publicIpAddress=special["publicIp"]) == [two[1]]
    assert listed(cloud, subnetName="系统预定义子网") == [two[0]]
    assert listed(cloud, subnetName="系统预定义子网B") == [two[1]]


def test_an_instance_is_shown_with_the_types_of_version_3(cloud, two):
    data = cloud.create(createCdsList=[{"cdsSizeInGB": 50}])

    rendered = cloud.ok("POST", LIST, {"instanceId": data})["instances"][0]

    assert (rendered["cpu"], rendered["memory"], rendered["cardCount"]) == (2, 8, 0)
    assert rendered["networkCapacityInMbps"] == {"internetMaxBandwidthOut": 0, "internetChargeType": ""}
    assert rendered["nicInfo"]["ips"] == [{"primary": True, "privateIp": rendered["privateIpAddress"]}]
    assert [each["volumeSizeInGb"] for each in rendered["dataVolumes"]] == [50]
    assert (rendered["osName"], rendered["osType"], rendered["status"]) == ("Ubuntu", "linux", "Running")
    assert (rendered["expireTime"], rendered["deployId"]) == ("", [])


def test_a_list_comes_in_pages(cloud, two):
    first = cloud.ok("POST", LIST, {"maxKeys": 1})

    second = cloud.ok("POST", LIST, {"maxKeys": 1, "marker": first["nextMarker"]})

    assert [each["instanceId"] for each in first["instances"] + second["instances"]] == [two[1], two[0]]
    assert (first["isTruncated"], second["isTruncated"]) == (True, False)


@pytest.mark.parametrize("page", [{"maxKeys": 0}, {"marker": "i-nobody00"}])
def test_a_page_that_makes_no_sense_is_refused(cloud, running, page):
    cloud.refused(BadRequest, "POST", LIST, page)


def test_disks_have_the_types_of_version_3(cloud):
    cloud.create(createCdsList=[{"cdsSizeInGB": 50}], ephemeralDisks=[{"sizeInGB": 20, "storageType": "local-nvme"}])

    disks = cloud.ok("POST", LIST, {})["instances"][0]["dataVolumes"]

    assert [disk["storageType"] for disk in disks] == ["Local_NVME", "Cloud_Premium"]
