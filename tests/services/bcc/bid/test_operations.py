"""Instances at a bid, as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.bcc.bid.errors import BidOrderMissing, BidOrderUnknown
from bce_emulator.services.bcc.image.resource import Image
from bce_emulator.services.bcc.instance.errors import ZoneSoldOut
from bce_emulator.services.shared.errors import InsufficientBalance, QuotaLimitExceeded
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.cloud import LINUX, SPEC

BID, PRICE, CANCEL = "/v2/instance/bid", "/v2/instance/bidPrice", "/v2/instance/cancelBidOrder"
ORDER = {"imageId": LINUX, "instanceType": "N5", "cpuCount": 2, "memoryCapacityInGB": 8}
LOW = ORDER | {"bidModel": "custom", "bidPrice": "0.01"}


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"bidModel": "market", "bidPrice": ""},
        {"spec": SPEC, "bidModel": "custom", "bidPrice": "0.11"},
        {"billing": {"paymentTiming": "", "reservation": None}},
    ],
)
def test_a_bid_that_is_high_enough_gets_its_instances_at_once(cloud, members):
    response = cloud.ok("POST", BID, ORDER | {"purchaseCount": 2} | members)

    assert len(response["orderId"]) == 32
    cloud.clock.advance(60)
    for instance in response["instanceIds"]:
        rendered = cloud.instance(instance)
        assert (rendered["status"], rendered["paymentTiming"]) == ("Running", "bidding")
    cloud.refused(BidOrderUnknown, "POST", CANCEL, {"orderId": response["orderId"]})


def test_a_bid_that_is_too_low_waits_and_can_be_cancelled_once(cloud):
    order = cloud.ok("POST", BID, LOW)
    assert order["instanceIds"] == []

    assert cloud.ok("POST", CANCEL, {"orderId": order["orderId"]}) == {"orderId": order["orderId"]}

    cloud.refused(BidOrderUnknown, "POST", CANCEL, {"orderId": order["orderId"]})


@pytest.mark.parametrize("body", [None, {}, {"orderId": ""}, {"orderId": None}])
def test_to_cancel_takes_an_order(cloud, body):
    cloud.refused(BidOrderMissing, "POST", CANCEL, body)


def test_an_instance_at_a_bid_does_not_get_into_the_bin(cloud):
    instance = cloud.ok("POST", BID, ORDER)["instanceIds"][0]
    cloud.clock.advance(60)
    flags = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False, "bccRecycleFlag": True}

    cloud.ok("POST", f"/v2/instance/{instance}", flags)

    cloud.refused(NoSuchObject, "GET", f"/v2/instance/{instance}")


def test_what_is_sold_at_a_bid_is_listed(cloud):
    zones = cloud.ok("POST", "/v2/instance/bidFlavor")["zoneResources"]

    (row,) = zones[0]["bccResources"]
    flavor = next(each for each in row["flavors"] if each["spec"] == SPEC)
    assert len(zones) == 5
    assert (row["instanceType"], flavor["cpuCount"], flavor["memoryCapacityInGB"]) == ("N5", 2, 8)


def test_the_market_asks_less_than_the_price_by_the_hour(cloud):
    response = cloud.ok("POST", PRICE, {"spec": SPEC, "zoneName": "cn-bj-a", "purchaseCount": 2})

    assert response == {
        "money": "0.32000",
        "count": "2",
        "perMoney": "0.16000",
        "originalMoney": "1.15200",
        "perOriginalMoney": "0.57600",
    }


@pytest.mark.parametrize(
    "members",
    [
        {"rootDiskSizeInGb": 100},
        {"networkCapacityInMbps": 5},
        {"createCdsList": [{"cdsSizeInGB": 50, "storageType": "hp1", "enableDeleteProtection": "false"}]},
    ],
)
def test_disks_and_bandwidth_cost_more(cloud, members):
    plain = ORDER | {"spec": None, "rootDiskSizeInGb": 0, "purchaseCount": 0}

    with_more = cloud.ok("POST", PRICE, plain | members)["money"]

    assert float(with_more) > float(cloud.ok("POST", PRICE, plain)["money"])


@pytest.mark.parametrize(
    "body",
    [
        {"spec": "bcc.g5.c3m8"},
        {"instanceType": "N9", "cpuCount": 2, "memoryCapacityInGB": 8},
        {"cpuCount": 3, "memoryCapacityInGB": 8},
        {"spec": SPEC, "zoneName": "cn-gz-a"},
        {"spec": SPEC, "networkCapacityInMbps": 201},
    ],
)
def test_what_is_not_sold_has_no_price(cloud, body):
    cloud.refused(BadRequest, "POST", PRICE, body)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, InappropriateJSON),
        (ORDER | {"imageId": "m-nobody00"}, NoSuchObject),
        (ORDER | {"cpuCount": 3}, BadRequest),
        (ORDER | {"bidModel": "auction"}, BadRequest),
        (ORDER | {"bidModel": "custom"}, BadRequest),
        (ORDER | {"bidModel": "custom", "bidPrice": "cheap"}, BadRequest),
        (ORDER | {"bidModel": "custom", "bidPrice": "NaN"}, BadRequest),
        (ORDER | {"bidModel": "custom", "bidPrice": "-1"}, BadRequest),
    ],
)
def test_an_order_that_is_none_is_refused(cloud, body, error):
    cloud.refused(error, "POST", BID, body)


@pytest.mark.parametrize(
    ("facts", "error"), [({"realNameVerified": False}, QualifyNotPass), ({"stock": {"cn-bj-a": 0}}, ZoneSoldOut)]
)
def test_a_bid_needs_a_good_standing_and_stock(cloud, facts, error):
    cloud.set_facts(**facts)

    cloud.refused(error, "POST", BID, ORDER)


def test_a_bid_needs_addresses(cloud, running):
    subnet = next(each for each in cloud.account.all(Subnet) if each.zone == "cn-bj-a")
    subnet.cidr = "192.168.0.0/29"

    cloud.refused(SubnetHasNoMoreIp, "POST", BID, ORDER | {"purchaseCount": 6})


def test_the_same_token_bids_once(cloud):
    first = cloud.ok("POST", f"{BID}?clientToken=t", LOW)

    assert cloud.ok("POST", f"{BID}?clientToken=t", LOW) == first


def test_an_image_that_is_not_available_makes_no_instance(cloud):
    cloud.account.get(Image, LINUX).state = "Error"

    cloud.refused(OperationDenied, "POST", BID, ORDER)


def test_a_bid_wants_a_balance_too(cloud):
    cloud.set_facts(balance=100)

    cloud.refused(InsufficientBalance, "POST", BID, ORDER)


def test_an_address_that_is_in_use_is_refused_to_a_bid_too(cloud):
    taken = cloud.instance(cloud.create())["internalIp"]

    cloud.refused(PrivateIpInUse, "POST", BID, ORDER | {"internalIps": [taken]})


def test_a_bid_wants_the_public_address_that_its_instance_is_to_have(cloud):
    cloud.set_facts(**{"eip.eipQuota": 0})

    cloud.refused(QuotaLimitExceeded, "POST", BID, ORDER | {"networkCapacityInMbps": 5})
