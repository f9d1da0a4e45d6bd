"""Look at ACLs."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import CIDR, SUBNET_CIDR, default_subnet, make_subnet, make_vpc
from tests.services.vpc.acl.acls import RULE, WEB, add, rules

DEFAULT = {
    "description": "",
    "protocol": "all",
    "sourceIpAddress": "0.0.0.0/0",
    "destinationIpAddress": "0.0.0.0/0",
    "sourcePort": "0-65535",
    "destinationPort": "0-65535",
    "position": 32769,
    "ipVersion": 4,
    "action": "allow",
}


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


@pytest.fixture
def place(cloud, vpc) -> str:
    return make_subnet(cloud, vpc)


def defaults(subnet: str) -> list[dict[str, object]]:
    return [DEFAULT | {"subnetId": subnet, "direction": direction} for direction in ("ingress", "egress")]


@pytest.mark.parametrize("find", [default_subnet, lambda cloud: make_subnet(cloud, make_vpc(cloud))])
def test_a_subnet_has_its_default_rules_at_once(cloud, find):
    place = find(cloud)

    assert cloud.ok("GET", f"{RULE}?subnetId={place}")["aclRules"] == defaults(place)


def test_a_vpc_shows_the_rules_of_its_subnets_in_the_order_in_which_they_count(cloud, vpc, place):
    other = make_subnet(cloud, vpc, cidr="10.0.2.0/24", name="other")
    add(cloud, WEB | {"subnetId": place}, WEB | {"subnetId": place, "position": 3}, WEB | {"subnetId": other})
    positions = {place: [3, 20], other: [20]}

    shown = cloud.ok("GET", f"/v1/acl?vpcId={vpc}")

    entries = shown.pop("aclEntrys")
    assert shown == {"vpcId": vpc, "vpcName": "test", "vpcCidr": CIDR}
    assert [(each["subnetId"], each["subnetName"], each["subnetCidr"]) for each in entries] == [
        (place, "test", SUBNET_CIDR),
        (other, "other", "10.0.2.0/24"),
    ]
    for entry in entries:
        subnet = entry["subnetId"]
        assert [rule["position"] for rule in entry["aclRules"][:-2]] == positions[subnet]
        assert entry["aclRules"][-2:] == defaults(subnet)


def test_the_rules_of_a_subnet_come_in_pages_to_the_last_default_one(cloud, place):
    add(cloud, WEB | {"subnetId": place}, WEB | {"subnetId": place, "position": 3})
    found, marker = [], ""
    for _ in range(4):
        page = cloud.ok("GET", f"{RULE}?subnetId={place}&maxKeys=1&marker={marker}")
        found += page["aclRules"]
        assert (len(page["aclRules"]), page["marker"]) == (1, marker)
        marker = page.get("nextMarker", "")

    assert (marker, page["isTruncated"]) == ("", False)
    assert found == [*rules(cloud, place), *defaults(place)]
    assert cloud.ok("GET", f"{RULE}?subnetId={place}&maxKeys=3&marker=-1")["nextMarker"] == "egress"


def test_what_is_looked_at_is_there(cloud, place):
    for target in ("/v1/acl?vpcId=vpc-nothing", f"{RULE}?subnetId=sbn-nothing"):
        cloud.refused(NoSuchObject, "GET", target)
    for target in ("/v1/acl", RULE, f"{RULE}?subnetId={place}&marker=ar-nothing"):
        cloud.refused(BadRequest, "GET", target)
