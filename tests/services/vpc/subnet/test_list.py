"""Look at subnets."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import default_vpc, make_subnet, make_vpc, names


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud)


def test_there_is_a_default_subnet_in_each_zone(cloud):
    subnets = cloud.ok("GET", f"/v1/subnet?vpcId={default_vpc(cloud)}")["subnets"]

    zones = [zone["zoneName"] for zone in cloud.ok("GET", "/v2/zone")["zones"]]
    assert sorted(each["zoneName"] for each in subnets) == zones


def test_filters_are_all_to_hold(cloud, vpc):
    one = make_subnet(cloud, vpc, name="one")
    two = make_subnet(cloud, vpc, name="two", cidr="10.0.2.0/24", zoneName="cn-bj-b", subnetType="BBC")

    def found(query: str) -> list[str]:
        return names(cloud.ok("GET", f"/v1/subnet?vpcId={vpc}&{query}")["subnets"])

    assert found("") == ["two", "one"]
    assert found("zoneName=cn-bj-a") == ["one"]
    assert found("subnetType=BBC") == ["two"]
    assert found("subnetType=BBC&zoneName=cn-bj-a") == []
    assert found(f"subnetIds={one},{two}") == ["two", "one"]
    cloud.refused(BadRequest, "GET", "/v1/subnet?subnetType=GPU")


def test_a_list_comes_in_pages(cloud, vpc):
    for number in range(3):
        make_subnet(cloud, vpc, name=f"n{number}", cidr=f"10.0.{number}.0/24")

    first = cloud.ok("GET", f"/v1/subnet?vpcId={vpc}&maxKeys=2")
    rest = cloud.ok("GET", f"/v1/subnet?vpcId={vpc}&maxKeys=2&marker={first['nextMarker']}")

    assert names(first["subnets"]) + names(rest["subnets"]) == ["n2", "n1", "n0"]
    assert (first["isTruncated"], rest["isTruncated"]) == (True, False)


def test_a_subnet_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v1/subnet/sbn-nothing")
