"""Look at VPCs."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import default_vpc, make_subnet, make_vpc, names, vpc


def test_the_default_vpc_is_as_documented(cloud):
    found = vpc(cloud, default_vpc(cloud))

    assert found["name"] == found["description"] == "default"
    assert found["isDefault"] is True
    assert found["cidr"] == "192.168.0.0/16"
    assert found["subnets"][0]["cidr"] == "192.168.0.0/20"
    assert [each["name"] for each in found["subnets"]] == [
        "系统预定义子网",
        *(f"系统预定义子网{zone}" for zone in "BCDE"),
    ]


def test_a_vpc_shows_its_subnets_oldest_first(cloud):
    vpc_id = make_vpc(cloud)
    first = make_subnet(cloud, vpc_id)
    second = make_subnet(cloud, vpc_id, cidr="10.0.2.0/24")

    assert [each["subnetId"] for each in vpc(cloud, vpc_id)["subnets"]] == [first, second]


def test_a_list_has_no_subnets(cloud):
    assert "subnets" not in cloud.ok("GET", "/v1/vpc")["vpcs"][0]


def test_a_vpc_that_is_not_there_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v1/vpc/vpc-nothing")


def test_filters_are_all_to_hold(cloud):
    one, two = make_vpc(cloud, name="one"), make_vpc(cloud, name="two")

    assert names(cloud.ok("GET", "/v1/vpc")["vpcs"]) == ["two", "one", "default"]
    assert names(cloud.ok("GET", "/v1/vpc?isDefault=false")["vpcs"]) == ["two", "one"]
    assert names(cloud.ok("GET", "/v1/vpc?isDefault=true")["vpcs"]) == ["default"]
    assert names(cloud.ok("GET", f"/v1/vpc?vpcIds={one},{two}&isDefault=")["vpcs"]) == ["two", "one"]
    assert names(cloud.ok("GET", f"/v1/vpc?vpcIds={one}&isDefault=true")["vpcs"]) == []
    cloud.refused(BadRequest, "GET", "/v1/vpc?isDefault=perhaps")


def test_a_list_comes_in_pages(cloud):
    for name in ("one", "two"):
        make_vpc(cloud, name=name)

    first = cloud.ok("GET", "/v1/vpc?maxKeys=2")
    rest = cloud.ok("GET", f"/v1/vpc?maxKeys=2&marker={first['nextMarker']}")

    assert first["isTruncated"] is True
    assert first["maxKeys"] == 2
    assert names(first["vpcs"]) == ["two", "one"]
    assert rest["isTruncated"] is False
    assert "nextMarker" not in rest
    assert names(rest["vpcs"]) == ["default"]


def test_accounts_do_not_see_each_other(cloud):
    vpc_id = make_vpc(cloud)
    cloud.access_key = "test2"

    assert cloud.call("GET", f"/v1/vpc/{vpc_id}").status != 200
