"""Instances of HPAS are made."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.shared.errors import InsufficientBalance
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.cloud import encrypted
from tests.services.hpas.orders import ORDER, ask, listed, new_instances, new_subnet, shown

CREATE = "/?action=CreateInstances"
COUPON = {"name": "kept", "reservedInstancePeriod": 3, "reservedInstancePeriodUnit": "month"}


@pytest.mark.parametrize("host", ["hpas.bj.baidubce.com", "127.0.0.1:8080"])
def test_instances_are_made_with_what_belongs_to_them(cloud, host):
    subnet_id = new_subnet(cloud)
    key = cloud.ok("POST", "/v2/keypair", {"name": "pair"})["keypair"]["keypairId"]
    cloud.host = host
    order = ORDER | {
        "subnetId": subnet_id,
        "name": "model",
        "purchaseNum": 2,
        "applicationName": "app",
        "autoSeqSuffix": True,
    }
    order |= {"keypairId": key, "password": encrypted("Passw0rd!"), "internalIps": ["10.0.0.8", "10.0.0.9"]}

    made = ask(cloud, "CreateInstances", order | {"reservedInstance": COUPON, "enableJumboFrame": True})

    first, second = (shown(cloud, each) for each in made["hpasIds"])
    assert (first["status"], first["name"], second["name"]) == ("Creating", "model-1", "model-2")
    titles = [cloud.account.get(HpasInstance, each).application_name for each in made["hpasIds"]]
    assert titles == ["app-1", "app-2"]
    assert [each["internalIp"] for each in (first, second)] == ["10.0.0.8", "10.0.0.9"]
    assert (first["keypairName"], first["ehcClusterName"], first["enableJumboFrame"]) == ("pair", "default", True)
    assert [
        (each["nicType"], each["securityGroupType"], len(each["securityGroupIds"])) for each in first["nicInfo"]
    ] == [("primary", "normal", 1)]
    assert [(each["volumeType"], each["volumeSizeInGiB"], each["volumeStatus"]) for each in first["volumeInfo"]] == [
        ("System", 400, "InUse")
    ]
    cloud.clock.advance(120)
    assert [each["status"] for each in listed(cloud)] == ["Active", "Active"]
    reserved = ask(cloud, "DescribeHPASReservedInstances", {})["reservedHpasList"]
    assert [each["reservedHpasId"] for each in reserved] == made["couponHpasIds"][::-1]
    assert [(each["name"], each["reservedHpasPeriod"]) for each in reserved] == [("kept-2", 3), ("kept-1", 3)]


REFUSED = (
    (NoSuchObject, {"imageId": "m-nobody00"}),
    (NoSuchObject, {"subnetId": "sbn-nobody000000"}),
    (NoSuchObject, {"keypairId": "k-nobody00"}),
    (NoSuchObject, {"ehcClusterId": "ehc-nobody00"}),
    (NoSuchObject, {"securityGroupIds": ["g-nobody000000"]}),
    (NoSuchObject, {"securityGroupIds": ["esg-nobody0000"], "securityGroupType": "enterprise"}),
    (BadRequest, {"appType": "chess"}),
    (BadRequest, {"appPerformanceLevel": "11k"}),
    (BadRequest, {"appType": "unixbench_indexscore", "appPerformanceLevel": "1.6k"}),
    (BadRequest, {"name": "1st"}),
    (BadRequest, {"applicationName": "A"}),
    (BadRequest, {"zoneName": "cn-bj-b"}),
    (BadRequest, {"zoneName": "mars"}),
    (BadRequest, {"password": "Passw0rd!"}),
    (BadRequest, {"rootDiskSizeInGb": 99}),
    (BadRequest, {"rootDiskSizeInGb": 2049}),
    (BadRequest, {"rootDiskStorageType": "tape"}),
    (BadRequest, {"dataVolumes": [{"volumeType": "hp1", "volumeSizeInGiB": 50}]}),
    (BadRequest, {"billingModel": {"chargeType": "Spotpaid"}}),
    (BadRequest, {"billingModel": {"spotStrategy": "SpotAsPriceGo"}}),
    (BadRequest, {"billingModel": {"chargeType": "Prepaid", "period": 10, "periodUnit": "month"}}),
    (BadRequest, {"billingModel": {"chargeType": "Prepaid", "period": 1, "autoRenew": True, "autoRenewPeriod": 10}}),
    (BadRequest, {"internalIps": ["10.0.0.8", "10.0.0.9"]}),
    (BadRequest, {"reservedInstance": COUPON | {"reservedInstancePeriod": 2}}),
    (BadRequest, {"reservedInstance": COUPON | {"purchaseNum": 101}}),
    (BadRequest, {"reservedInstance": {"name": "1st"}}),
    (BadRequest, {"securityGroupType": "odd"}),
)
"""What is refused of an order, and how."""


def test_an_order_that_cannot_be_met_is_refused(cloud):
    subnet_id = new_subnet(cloud)

    for error, members in REFUSED:
        cloud.refused(error, "POST", CREATE, ORDER | {"subnetId": subnet_id} | members)


def test_what_the_account_or_the_subnet_does_not_allow_is_refused(cloud):
    subnet_id = new_subnet(cloud, cidr="10.0.0.0/29")
    order = ORDER | {"subnetId": subnet_id}
    new_instances(cloud, subnet_id, internalIps=["10.0.0.2"])

    cloud.refused(PrivateIpInUse, "POST", CREATE, order | {"internalIps": ["10.0.0.2"]})
    cloud.refused(SubnetHasNoMoreIp, "POST", CREATE, order | {"purchaseNum": 9})
    cloud.set_facts(**{"hpas.applicationStock": {"cn-bj-a/llama2_7B_train": 1}})
    cloud.refused(OperationDenied, "POST", CREATE, order | {"purchaseNum": 2})
    cloud.set_facts(balance=100)
    cloud.refused(InsufficientBalance, "POST", CREATE, order)
    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", CREATE, order)
