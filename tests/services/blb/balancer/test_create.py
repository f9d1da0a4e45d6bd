"""Making load balancers of both families."""

from __future__ import annotations

import re

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import (
    InvalidParameter,
    MissingParameter,
    QuotaExceeded,
    RealNameAuthenticationRequired,
)
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc, subnet
from tests.services.blb.balancer.balancers import (
    BY_CAPACITY,
    FAMILIES,
    PREPAID,
    balancer,
    body,
    ipv6_network,
    new_balancer,
)
from tests.services.eip.eip.addresses import eip, new_eip

BOTH = pytest.mark.parametrize("family", FAMILIES)


@BOTH
def test_a_new_one_is_being_created_and_then_available(cloud, family):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    made = cloud.ok("POST", f"/v1/{family}", body(cloud, desc="front", tags=tags, allowModify=False))
    free = subnet(cloud, default_subnet(cloud))["availableIp"]
    assert re.fullmatch(r"lb-[0-9a-f]{8}", made["blbId"])
    assert made["name"] == f"BLB-beijing-{made['blbId'][3:]}"

    found = balancer(cloud, made["blbId"], family)

    extra = {"subnetName": found.get("subnetName"), "subnetCider": "192.168.0.0/20", "supportAcl": True}
    assert found == made | {
        "address": "192.168.0.2",
        "desc": "front",
        "status": "creating",
        "vpcId": default_vpc(cloud),
        "subnetId": default_subnet(cloud),
        "tags": tags,
        "allowDelete": True,
        "allowModify": False,
        "modificationProtectionReason": "",
        "paymentTiming": "Postpaid",
        "layer4ClusterExclusive": False,
        "layer7ClusterExclusive": False,
        "cidr": "192.168.0.0/16",
        "vpcName": "default",
        "createTime": "2026-01-01T00:00:00Z",
        "listener": [],
    } | (extra if family == "appblb" else {})
    cloud.clock.advance(4)
    assert balancer(cloud, made["blbId"], family)["status"] == "available"
    cloud.ok("DELETE", f"/v1/{family}/{made['blbId']}")
    assert subnet(cloud, default_subnet(cloud))["availableIp"] == free + 1


@BOTH
def test_what_cannot_be_made_is_refused(cloud, family):
    taken = new_balancer(cloud, family, address="192.168.0.9")
    bound = new_eip(cloud)
    new_balancer(cloud, family, eip=bound)
    other = make_vpc(cloud)
    small = make_subnet(cloud, other, cidr="10.0.2.0/29")
    at = {"vpcId": other, "subnetId": small}
    for _ in range(5):
        new_balancer(cloud, family, **at)
    for wrong, error in [
        ({"subnetId": None}, MissingParameter),
        ({"vpcId": 5}, InvalidParameter),
        ({"name": "1st"}, InvalidParameter),
        ({"desc": "d" * 451}, InvalidParameter),
        ({"desc": "描" * 151}, InvalidParameter),
        ({"modificationProtectionReason": "r" * 129}, InvalidParameter),
        ({"type": "huge"}, InvalidParameter),
        ({"performanceLevel": "huge"}, InvalidParameter),
        ({"performanceLevel": "unlimited"}, InvalidParameter),
        ({"performanceLevel": "small1", "billing": BY_CAPACITY}, InvalidParameter),
        ({"performanceLevel": "unlimited", "billing": PREPAID}, InvalidParameter),
        ({"billing": PREPAID | {"reservation": {"reservationLength": 10}}}, InvalidParameter),
        ({"autoRenewLength": 10}, InvalidParameter),
        ({"vpcId": other}, InvalidParameter),
        ({"allocateIpv6": True}, InvalidParameter),
        ({"address": "10.9.9.9"}, InvalidParameter),
        ({"address": "192.168.0.9"}, PrivateIpInUse),
        ({"vpcId": "vpc-nobody000000"}, NoSuchObject),
        ({"subnetId": "sbn-nobody000000"}, NoSuchObject),
        ({"eip": "203.0.113.9"}, NoSuchObject),
        ({"eip": bound}, OperationDenied),
        (at, SubnetHasNoMoreIp),
    ]:
        cloud.refused(error, "POST", f"/v1/{family}", body(cloud) | wrong)
    cloud.set_facts(**{"blb.loadBalancerQuota": 7})
    cloud.refused(QuotaExceeded, "POST", f"/v1/{family}", body(cloud))
    cloud.set_facts(realNameVerified=False)
    cloud.refused(RealNameAuthenticationRequired, "POST", f"/v1/{family}", body(cloud))
    assert balancer(cloud, taken, family)["address"] == "192.168.0.9"


@BOTH
def test_its_public_address_tells_the_same_story_everywhere(cloud, family):
    address = new_eip(cloud)
    made = new_balancer(cloud, family, eip=address)
    cloud.clock.advance(3)

    listed = cloud.ok("GET", f"/v1/{family}?blbId={made}")["blbList"][0]
    for view in (balancer(cloud, made, family), listed):
        assert (view["publicIp"], view["eipRouteType"]) == (address, "BGP")
    shown = eip(cloud, address)
    assert (shown["instanceType"], shown["instanceId"], shown["status"]) == ("BLB", made, "binded")

    cloud.ok("DELETE", f"/v1/{family}/{made}")
    assert (eip(cloud, address)["status"], eip(cloud, address).get("instanceId", "")) == ("available", "")


def test_one_can_have_an_ipv6_address_or_nothing_else(cloud):
    network = ipv6_network(cloud)
    both = new_balancer(cloud, **network, allocateIpv6=True)
    only = new_balancer(cloud, "appblb", **network, type="ipv6Application")

    assert balancer(cloud, both)["ipv6"].endswith("::2")
    assert balancer(cloud, only, "appblb")["address"].endswith("::3")
    wrong = body(cloud, **network, type="ipv6", address="10.0.1.9")
    cloud.refused(InvalidParameter, "POST", "/v1/blb", wrong)
    cloud.refused(OperationDenied, "POST", "/v1/blb", wrong | {"address": "", "eip": new_eip(cloud)})
    six = new_eip(cloud, ipVersion="ipv6")
    cloud.ok("PUT", f"/v1/eip/{six}?bind", {"instanceType": "BLB", "instanceId": both})
    assert balancer(cloud, both)["publicIpv6"] == six
    assert balancer(cloud, both)["eipV6RouteType"] == "BGP"


def test_it_has_a_level_and_a_term(cloud):
    spec = new_balancer(cloud, performanceLevel="small2", billing=PREPAID, autoRenewLength=1)
    used = new_balancer(cloud, billing=BY_CAPACITY)

    found = balancer(cloud, spec)
    assert (found["performanceLevel"], found["paymentTiming"]) == ("small2", "Prepaid")
    assert found["expireTime"] == "2026-02-01T00:00:00Z"
    assert (balancer(cloud, used)["performanceLevel"], balancer(cloud, used)["billingMethod"]) == (
        "unlimited",
        "ByCapacityUnit",
    )
