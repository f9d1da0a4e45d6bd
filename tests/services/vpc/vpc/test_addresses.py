"""Addresses in use in a VPC."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.network import default_subnet, default_vpc, make_subnet, make_vpc

KNOWN = {
    "privateIpAddress": "192.168.0.9",
    "cidr": "192.168.0.0/20",
    "privateIpAddressType": "BCC",
    "createdTime": "2026-01-01T00:00:00Z",
}


@pytest.fixture
def used(cloud) -> str:
    """The default VPC with three addresses in use, one of them secondary."""
    cloud.create(internalIps=["192.168.0.9"])
    other = cloud.create(internalIps=["192.168.16.5"], zoneName="cn-bj-b")
    cloud.ok("PUT", "/v2/instance/batchAddIp", {"instanceId": other, "privateIps": ["192.168.16.100"]})
    return default_vpc(cloud)


def test_addresses_in_use_come_lowest_first(cloud, used):
    response = cloud.ok("GET", f"/v1/vpc/resourceIp?vpcId={used}")

    assert response == {
        "result": [
            {"ip": address, "resourceType": "bcc"} for address in ("192.168.0.9", "192.168.16.5", "192.168.16.100")
        ],
        "pageNo": 1,
        "pageSize": 100,
        "totalCount": 3,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pageNo=2&pageSize=2", ["192.168.16.100"]),
        ("pageNo=3&pageSize=2", []),
        ("resourceType=blb", []),
        ("resourceType=bcc&pageSize=1", ["192.168.0.9"]),
    ],
)
def test_addresses_are_chosen_by_page_and_product(cloud, used, query, found):
    response = cloud.ok("GET", f"/v1/vpc/resourceIp?vpcId={used}&{query}")

    assert [each["ip"] for each in response["result"]] == found


def test_addresses_are_chosen_by_subnet(cloud, used):
    target = f"/v1/vpc/resourceIp?vpcId={used}&subnetId={default_subnet(cloud)}"

    assert [each["ip"] for each in cloud.ok("GET", target)["result"]] == ["192.168.0.9"]


@pytest.mark.parametrize("query", ["", "vpcId={vpc}&pageNo=0", "vpcId={vpc}&pageSize=1001", "vpcId={vpc}&pageNo=a"])
def test_a_page_that_cannot_be_is_refused(cloud, used, query):
    cloud.refused(BadRequest, "GET", "/v1/vpc/resourceIp?" + query.format(vpc=used))


def test_a_subnet_of_another_vpc_is_refused(cloud, used):
    subnet = make_subnet(cloud, make_vpc(cloud))

    cloud.refused(BadRequest, "GET", f"/v1/vpc/resourceIp?vpcId={used}&subnetId={subnet}")


@pytest.mark.parametrize(
    "query",
    [
        "privateIpAddresses=192.168.0.9,192.168.0.10",
        "privateIpAddresses=192.168.0.10&privateIpAddresses=192.168.0.9",
        "privateIpRange=192.168.0.1-192.168.0.50",
        "privateIpRange=192.168.0.9-192.168.0.9&privateIpAddresses=192.168.16.5",
    ],
)
def test_what_has_an_address_is_listed_and_free_ones_are_left_out(cloud, used, query):
    assert cloud.ok("GET", f"/v1/vpc/{used}/privateIpAddressInfo?{query}") == {"vpcPrivateIpAddresses": [KNOWN]}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "privateIpAddresses=here",
        "privateIpRange=192.168.0.1",
        "privateIpRange=192.168.0.9-192.168.0.1",
        "privateIpRange=192.168.0.0-192.168.0.100",
    ],
)
def test_addresses_that_cannot_be_are_refused(cloud, used, query):
    cloud.refused(BadRequest, "GET", f"/v1/vpc/{used}/privateIpAddressInfo?{query}")


@pytest.mark.parametrize("target", ["/v1/vpc/resourceIp?vpcId=vpc-1", "/v1/vpc/vpc-1/privateIpAddressInfo"])
def test_a_vpc_that_is_not_there_is_not_found(cloud, target):
    cloud.refused(NoSuchObject, "GET", target)
