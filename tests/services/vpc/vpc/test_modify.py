"""Change a VPC."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.network import default_vpc, make_subnet, make_vpc, vpc

SECONDARY = ["10.1.0.0/16", "172.16.0.0/24"]


@pytest.fixture
def vpc_id(cloud) -> str:
    return make_vpc(cloud, description="first")


def modify(vpc_id: str) -> tuple[str, str]:
    return "PUT", f"/v1/vpc/{vpc_id}?modifyAttribute"


def test_a_vpc_is_renamed_and_described(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "renamed", "description": ""})

    found = vpc(cloud, vpc_id)
    assert (found["name"], found["description"]) == ("renamed", "")


def test_what_is_not_given_stays(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "test", "secondaryCidr": SECONDARY, "enableIpv6": True})
    before = vpc(cloud, vpc_id)

    cloud.ok(*modify(vpc_id), {"name": "test", "description": None, "secondaryCidr": None, "enableIpv6": None})

    assert vpc(cloud, vpc_id) == before
    assert before["description"] == "first"


def test_the_default_vpc_keeps_its_name(cloud):
    cloud.ok(*modify(default_vpc(cloud)), {"name": "default", "description": "ours"})

    assert vpc(cloud, default_vpc(cloud))["description"] == "ours"


def test_secondary_ranges_take_the_place_of_those_there_are(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "test", "secondaryCidr": SECONDARY})
    assert vpc(cloud, vpc_id)["secondaryCidr"] == SECONDARY

    cloud.ok(*modify(vpc_id), {"name": "test", "secondaryCidr": SECONDARY[1:]})

    assert vpc(cloud, vpc_id)["secondaryCidr"] == SECONDARY[1:]


@pytest.mark.parametrize(
    "secondary", [["10.0.0.0/24"], ["10.0.0.0/8"], ["10.1.0.0/16", "10.1.0.0/20"], ["10.1.0.1/16"], ["10.0.0.0/30"]]
)
def test_a_secondary_range_that_overlaps_is_refused(cloud, vpc_id, secondary):
    cloud.refused(BadRequest, *modify(vpc_id), {"name": "test", "secondaryCidr": secondary})


def test_a_secondary_range_with_a_subnet_stays(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "test", "secondaryCidr": SECONDARY})
    make_subnet(cloud, vpc_id, cidr="10.1.0.0/24", vpcSecondaryCidr="10.1.0.0/16")

    cloud.refused(BadRequest, *modify(vpc_id), {"name": "test", "secondaryCidr": SECONDARY[1:]})


def test_a_vpc_has_so_many_secondary_ranges(cloud, vpc_id):
    ranges = [f"10.{number}.0.0/16" for number in range(1, 7)]

    cloud.refused(LimitExceeded, *modify(vpc_id), {"name": "test", "secondaryCidr": ranges})

    cloud.ok(*modify(vpc_id), {"name": "test", "secondaryCidr": ranges[:5]})


def test_ipv6_is_switched_on_and_off(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "test", "enableIpv6": True})
    assert vpc(cloud, vpc_id)["ipv6Cidr"]

    cloud.ok(*modify(vpc_id), {"name": "test", "enableIpv6": False})

    assert vpc(cloud, vpc_id)["ipv6Cidr"] == ""


def test_ipv6_stays_while_a_subnet_has_it(cloud, vpc_id):
    cloud.ok(*modify(vpc_id), {"name": "test", "enableIpv6": True})
    make_subnet(cloud, vpc_id, enableIpv6=True)

    cloud.refused(BadRequest, *modify(vpc_id), {"name": "test", "enableIpv6": False})


@pytest.mark.parametrize("body", [{"name": "default"}, {"name": ""}, {"name": "test", "description": "d" * 201}])
def test_a_value_that_breaks_its_rule_is_refused(cloud, vpc_id, body):
    cloud.refused(BadRequest, *modify(vpc_id), body)


def test_a_name_is_needed(cloud, vpc_id):
    cloud.refused(InappropriateJSON, *modify(vpc_id), {"description": "d"})


def test_the_relay_is_opened_and_closed(cloud, vpc_id):
    cloud.ok("PUT", f"/v1/vpc/openRelay/{vpc_id}?clientToken=a")
    assert vpc(cloud, vpc_id)["relay"] is True

    cloud.ok("PUT", f"/v1/vpc/shutdownRelay/{vpc_id}?clientToken=b")

    assert vpc(cloud, vpc_id)["relay"] is False
    cloud.refused(OperationDenied, "PUT", f"/v1/vpc/shutdownRelay/{vpc_id}")


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/v1/vpc/vpc-nothing?modifyAttribute", {"name": "test"}),
        ("/v1/vpc/openRelay/vpc-nothing", None),
        ("/v1/vpc/shutdownRelay/vpc-nothing", None),
    ],
)
def test_a_vpc_that_is_not_there_is_not_found(cloud, target, body):
    cloud.refused(NoSuchObject, "PUT", target, body)
