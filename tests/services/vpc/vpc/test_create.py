"""Create a VPC, as a client sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, QualifyNotPass
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from tests.network import CIDR, make_vpc, vpc

BODY = {"name": "test", "cidr": CIDR}


def test_a_new_vpc_shows_what_was_asked_for(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]

    vpc_id = make_vpc(cloud, description="for tests", tags=tags)

    assert vpc(cloud, vpc_id) == {
        "vpcId": vpc_id,
        "name": "test",
        "cidr": CIDR,
        "ipv6Cidr": "",
        "createdTime": "2026-01-01T00:00:00Z",
        "description": "for tests",
        "isDefault": False,
        "relay": False,
        "subnets": [],
        "secondaryCidr": [],
        "tags": tags,
    }


def test_a_vpc_is_born_with_a_route_table_and_a_default_group(cloud):
    vpc_id = make_vpc(cloud)

    table = cloud.ok("GET", f"/v1/route?vpcId={vpc_id}")
    groups = cloud.account.where(SecurityGroup, "vpc_id", vpc_id)
    assert table["routeTableId"].startswith("rt-")
    assert table["vpcId"] == vpc_id
    assert [group.is_default for group in groups] == [True]


def test_a_vpc_with_ipv6_has_a_range_of_its_own(cloud):
    first, second = make_vpc(cloud, enableIpv6=True), make_vpc(cloud, enableIpv6=True)

    assert vpc(cloud, first)["ipv6Cidr"].endswith("::/56")
    assert vpc(cloud, first)["ipv6Cidr"] != vpc(cloud, second)["ipv6Cidr"]


def test_vpcs_may_share_addresses(cloud):
    assert make_vpc(cloud, cidr="192.168.0.0/16") != make_vpc(cloud, cidr="192.168.0.0/16")


@pytest.mark.parametrize("cidr", ["10.0.0.0/8", "172.16.0.0/28", "8.8.8.0/24"])
def test_a_range_has_a_mask_of_8_to_28_bits(cloud, cidr):
    assert vpc(cloud, make_vpc(cloud, cidr=cidr))["cidr"] == cidr


@pytest.mark.parametrize(
    "members",
    [
        {"cidr": "10.0.0.0/7"},
        {"cidr": "10.0.0.0/29"},
        {"cidr": "10.0.0.1/16"},
        {"cidr": "10.0.0.0"},
        {"cidr": "everything"},
        {"cidr": "fd00::/16"},
        {"cidr": "127.0.0.0/8"},
        {"cidr": "169.254.0.0/16"},
        {"cidr": "224.0.0.0/8"},
        {"cidr": "0.0.0.0/8"},
        {"cidr": ""},
        {"name": ""},
        {"name": "default"},
        {"name": "n" * 66},
        {"name": "a\nb"},
        {"description": "d" * 201},
    ],
)
def test_a_value_that_breaks_its_rule_is_refused(cloud, members):
    cloud.refused(BadRequest, "POST", "/v1/vpc", BODY | members)


@pytest.mark.parametrize("body", [{"name": "test"}, {"cidr": CIDR}, BODY | {"cidr": 10}, BODY | {"tags": "a"}])
def test_a_body_of_the_wrong_form_is_refused(cloud, body):
    cloud.refused(InappropriateJSON, "POST", "/v1/vpc", body)


def test_an_account_has_so_many_vpcs_with_the_default_one(cloud):
    for _ in range(9):
        make_vpc(cloud)

    cloud.refused(LimitExceeded, "POST", "/v1/vpc", BODY)

    cloud.set_facts(vpcQuota=11)
    make_vpc(cloud)


def test_an_account_that_is_not_verified_makes_no_vpc(cloud):
    cloud.set_facts(realNameVerified=False)

    cloud.refused(QualifyNotPass, "POST", "/v1/vpc", BODY)


def test_the_same_token_makes_one_vpc(cloud):
    target = "/v1/vpc?clientToken=once"

    responses = [cloud.ok("POST", target, BODY) for _ in range(2)]

    assert responses[0] == responses[1]
    assert len(cloud.ok("GET", "/v1/vpc")["vpcs"]) == 2
    cloud.refused(IdempotentParameterMismatch, "POST", target, BODY | {"name": "other"})
