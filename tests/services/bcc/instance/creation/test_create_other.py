"""Instances made by label, and in the words of version 3."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.cloud import LINUX, PASSWORD, SPEC, encrypted

LABEL, V3 = "/v2/instanceByLabel", "/v3/instance"


def test_an_instance_by_label_is_like_one_by_spec(cloud):
    constraints = [{"labelKey": "rack", "labelValue": "7", "operatorName": "equal"}]
    body = {"spec": SPEC, "imageId": LINUX, "name": "web", "labelConstraints": constraints, "requestToken": ""}

    response = cloud.ok("POST", LABEL, body)

    assert response["warningList"] == []
    assert cloud.instance(response["instanceIds"][0])["spec"] == SPEC


@pytest.mark.parametrize(
    ("constraint", "error"),
    [({"labelKey": "rack", "operatorName": "like"}, BadRequest), ({"labelValue": "7"}, InappropriateJSON)],
)
def test_a_constraint_names_a_label_and_how_to_compare_it(cloud, constraint, error):
    cloud.refused(error, "POST", LABEL, {"spec": SPEC, "imageId": LINUX, "labelConstraints": [constraint]})


def test_the_words_of_version_3_mean_what_those_of_version_2_mean(cloud):
    subnet = next(each for each in cloud.account.all(Subnet) if each.zone == "cn-bj-b")
    body = {
        "instanceSpec": SPEC,
        "imageId": LINUX,
        "systemVolume": {"storageType": "Cloud_SSD_General", "volumeSize": 60},
        "dataVolumes": [
            {"storageType": "Cloud_Premium", "volumeSize": 5},
            {"storageType": "Cloud_SSD_Enhanced", "volumeSize": 50, "encryptKey": "key-1"},
            {"storageType": "Local_SSD", "volumeSize": 20},
        ],
        "instanceName": "web",
        "hostName": "web-host",
        "password": encrypted(PASSWORD),
        "billing": {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}},
        "subnetId": subnet.id,
        "privateIpAddresses": [f"{subnet.cidr.rsplit('.', 1)[0]}.9"],
        "associatedResourceTag": True,
        "tags": [{"tagKey": "team", "tagValue": "web"}],
        "autoRenewTime": 1,
        "internetAccessible": {"internetMaxBandwidthOut": 5, "internetChargeType": "TRAFFIC_POSTPAID_BY_HOUR"},
        "userData": "data",
        "deployIdList": None,
        "requestToken": "",
    }

    response = cloud.ok("POST", V3, body)

    assert list(response) == ["instanceIds"]
    instance = cloud.instance(response["instanceIds"][0])
    assert (instance["name"], instance["hostname"], instance["zoneName"]) == ("web", "web-host", "cn-bj-b")
    assert (instance["internalIp"], instance["networkCapacityInMbps"]) == (body["privateIpAddresses"][0], 5)
    assert (instance["paymentTiming"], instance["autoRenew"], instance["tags"]) == ("Prepaid", True, body["tags"])
    assert [(each["storageType"], each["diskSizeInGB"]) for each in instance["volumes"]] == [
        ("cloud_hp1", 60),
        ("local-ssd", 20),
        ("hp1", 5),
        ("enhanced_ssd_pl1", 50),
    ]


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"instanceSpec": "bcc.g5.c3m3"}, BadRequest),
        ({"instanceSpec": None}, InappropriateJSON),
        ({"systemVolume": {"storageType": "Local_SSD"}}, BadRequest),
        ({"dataVolumes": [{"storageType": "hp1", "volumeSize": 50}]}, BadRequest),
        ({"dataVolumes": [{"storageType": "Cloud_Premium", "volumeSize": 4}]}, BadRequest),
        ({"password": PASSWORD}, BadRequest),
    ],
)
def test_what_version_3_does_not_offer_is_refused(cloud, members, error):
    cloud.refused(error, "POST", V3, {"instanceSpec": SPEC, "imageId": LINUX} | members)
