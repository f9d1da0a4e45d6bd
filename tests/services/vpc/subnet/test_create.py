"""Create a subnet, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    QualifyNotPass,
)
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.subnet.errors import CidrConflict
from tests.network import SUBNET_CIDR, ZONE, make_subnet, make_vpc, subnet

SECONDARY = "172.16.0.0/16"


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


@pytest.fixture
def body(vpc) -> dict:
    return {"name": "test", "zoneName": ZONE, "cidr": SUBNET_CIDR, "vpcId": vpc}


def add_secondary(cloud, vpc_id: str) -> None:
    cloud.ok("PUT", f"/v1/vpc/{vpc_id}?modifyAttribute", {"name": "test", "secondaryCidr": [SECONDARY]})


def test_a_new_subnet_shows_what_was_asked_for(cloud, vpc):
    tags = [{"tagKey": "team", "tagValue": "red"}]

    found = subnet(cloud, make_subnet(cloud, vpc, description="for tests", subnetType="BBC", tags=tags))

    assert found.pop("subnetId").startswith("sbn-")
    assert found == {
        "name": "test",
        "zoneName": ZONE,
        "cidr": SUBNET_CIDR,
        "ipv6Cidr": "",
        "vpcId": vpc,
        "subnetType": "BBC",
        "description": "for tests",
        "createdTime": "2026-01-01T00:00:00Z",
        "availableIp": 253,
        "availableUnreservedIp": 253,
        "tags": tags,
    }


def test_members_that_go_leaves_empty_are_absent(cloud, body):
    cloud.ok("POST", "/v1/subnet", body | {"subnetType": "", "vpcSecondaryCidr": "", "tags": None, "description": ""})


def test_addresses_in_use_are_not_available(cloud, vpc):
    place = make_subnet(cloud, vpc)

    cloud.create(subnetId=place, purchaseCount=2)

    assert subnet(cloud, place)["availableIp"] == 251


def test_a_full_subnet_has_no_address_available(cloud, vpc):
    place = make_subnet(cloud, vpc, cidr="10.0.0.0/29")

    cloud.create(subnetId=place, purchaseCount=5)

    assert subnet(cloud, place)["availableIp"] == 0


def test_a_subnet_has_a_part_of_the_ipv6_range(cloud):
    vpc_id = make_vpc(cloud, enableIpv6=True)

    first = make_subnet(cloud, vpc_id, enableIpv6=True)
    second = make_subnet(cloud, vpc_id, enableIpv6=True, cidr="10.0.2.0/24")

    assert subnet(cloud, first)["ipv6Cidr"].endswith("/64")
    assert subnet(cloud, first)["ipv6Cidr"] != subnet(cloud, second)["ipv6Cidr"]


def test_a_subnet_in_a_secondary_range_names_it(cloud, vpc, body):
    add_secondary(cloud, vpc)
    cloud.refused(BadRequest, "POST", "/v1/subnet", body | {"cidr": "172.16.1.0/24"})

    place = make_subnet(cloud, vpc, cidr="172.16.1.0/24", vpcSecondaryCidr=SECONDARY)

    assert subnet(cloud, place)["cidr"] == "172.16.1.0/24"


@pytest.mark.parametrize("cidr", ["10.0.1.0/24", "10.0.1.128/25", "10.0.0.0/16"])
def test_a_range_that_overlaps_a_neighbour_is_refused(cloud, vpc, body, cidr):
    make_subnet(cloud, vpc)

    cloud.refused(CidrConflict, "POST", "/v1/subnet", body | {"cidr": cidr})


@pytest.mark.parametrize(
    "members",
    [
        {"cidr": "10.1.0.0/24"},
        {"cidr": "10.0.0.0/8"},
        {"cidr": "10.0.0.0/30"},
        {"cidr": "10.0.1.1/24"},
        {"cidr": "nowhere"},
        {"cidr": ""},
        {"vpcSecondaryCidr": SECONDARY},
        {"zoneName": "cn-bj-z"},
        {"zoneName": ""},
        {"name": "default"},
        {"description": "d" * 201},
        {"subnetType": "GPU"},
        {"enableIpv6": True},
    ],
)
def test_a_value_that_breaks_its_rule_is_refused(cloud, body, members):
    cloud.refused(BadRequest, "POST", "/v1/subnet", body | members)


@pytest.mark.parametrize("member", ["name", "zoneName", "cidr", "vpcId"])
def test_a_required_member_is_needed(cloud, body, member):
    cloud.refused(InappropriateJSON, "POST", "/v1/subnet", {key: body[key] for key in body if key != member})


def test_a_vpc_that_is_not_there_is_not_found(cloud, body):
    cloud.refused(NoSuchObject, "POST", "/v1/subnet", body | {"vpcId": "vpc-nothing"})


def test_a_vpc_has_so_many_subnets(cloud, vpc, body):
    for number in range(10):
        make_subnet(cloud, vpc, cidr=f"10.0.{number}.0/24")

    cloud.refused(LimitExceeded, "POST", "/v1/subnet", body | {"cidr": "10.0.10.0/24"})


def test_an_account_that_is_not_verified_makes_no_subnet(cloud, body):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/subnet", body)


def test_the_same_token_makes_one_subnet(cloud, body):
    target = "/v1/subnet?clientToken=once"

    responses = [cloud.ok("POST", target, body) for _ in range(2)]

    assert responses[0] == responses[1]
    cloud.refused(IdempotentParameterMismatch, "POST", target, body | {"name": "other"})
