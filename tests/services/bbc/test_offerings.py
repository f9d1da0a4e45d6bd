"""What public examples of servers name is on offer: those of the Terraform provider and of the Go SDK."""

from __future__ import annotations

import pytest

from tests.services.bbc.servers import elsewhere, new_server, server

SUBNETS = {"cn-bj-b": "系统预定义子网B", "cn-bj-d": "系统预定义子网D"}


@pytest.mark.parametrize(
    ("flavor", "raid"), [("BBC-I4-01S", "Raid5"), ("BBC-I4-HC04S", "NoRaid"), ("BBC-G4-PDDAS", "NoRaid")]
)
def test_a_server_is_made_as_in_an_example(cloud, flavor, raid):
    raids = {each["raid"]: each["raidId"] for each in cloud.ok("GET", f"/v1/flavorRaid/{flavor}")["raids"]}

    made = new_server(
        cloud, flavorId=flavor, raidId=raids[raid], imageId="m-i2aoqIlx", zoneName="cn-bj-d", rootDiskSizeInGb=40
    )

    assert server(cloud, made)["flavorId"] == flavor
    assert cloud.ok("GET", "/v1/flavor/BBC-I4-HC04S")["cpuCount"] == 96


def test_an_example_finds_the_system_image_of_centos(cloud):
    found = cloud.ok("GET", "/v1/image?imageType=BbcSystem")["images"]

    assert "m-i2aoqIlx" in [image["id"] for image in found if image["osName"] == "CentOS"]


@pytest.mark.parametrize("zone", SUBNETS)
def test_the_subnet_of_a_zone_has_the_name_that_examples_look_for(cloud, zone):
    with elsewhere(cloud):
        found = cloud.ok("GET", f"/v1/subnet?zoneName={zone}")["subnets"]

    assert [each["name"] for each in found] == [SUBNETS[zone]]
