"""Reserved ranges of subnets."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.subnet.errors import SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet_ip_reserve.resource import ReservedRange
from tests.network import make_subnet, make_vpc, subnet
from tests.services.vpc.nic.nics import eni, new_eni, private_ips

RESERVE = "/v1/subnet/ipreserve"


@pytest.fixture
def place(cloud) -> str:
    """A subnet with 13 addresses to give, from 10.0.1.2 to 10.0.1.14."""
    return make_subnet(cloud, make_vpc(cloud, enableIpv6=True), cidr="10.0.1.0/28", enableIpv6=True)


def reserve(cloud, subnet_id: str, cidr: str, version: int = 4, **members: Any) -> str:
    body = {"subnetId": subnet_id, "ipCidr": cidr, "ipVersion": version} | members
    made: str = cloud.ok("POST", RESERVE, body)["ipReserveId"]
    return made


def counts(cloud, subnet_id: str) -> tuple[int, int]:
    shown = subnet(cloud, subnet_id)
    return shown["availableIp"], shown["availableUnreservedIp"]


def test_a_reserved_range_is_given_to_who_names_an_address_of_it_only(cloud, place):
    reserve(cloud, place, "10.0.1.0/29")

    assert counts(cloud, place) == (13, 7)
    assert private_ips(cloud, new_eni(cloud, subnetId=place)) == ["10.0.1.8"]
    named = new_eni(cloud, subnetId=place, privateIpSet=[{"privateIpAddress": "10.0.1.3"}])
    assert private_ips(cloud, named) == ["10.0.1.3"]
    assert counts(cloud, place) == (11, 6)
    rest = {"name": "card", "subnetId": place, "privateIpSet": [{}] * 7}
    cloud.refused(SubnetHasNoMoreIp, "POST", "/v1/eni", rest)


def test_a_range_that_is_free_again_is_handed_out(cloud, place):
    range_id = reserve(cloud, place, "10.0.1.2")

    cloud.ok("DELETE", f"{RESERVE}/{range_id}")

    assert counts(cloud, place) == (13, 13)
    assert private_ips(cloud, new_eni(cloud, subnetId=place)) == ["10.0.1.2"]
    cloud.refused(NoSuchObject, "DELETE", f"{RESERVE}/{range_id}")


def test_ipv6_ranges_are_not_handed_out_either(cloud, place):
    six = subnet(cloud, place)["ipv6Cidr"].partition("/")[0]

    reserve(cloud, place, f"{six}/96", 6)

    card = new_eni(cloud, subnetId=place, ipv6PrivateIpSet=[{}])
    assert eni(cloud, card)["ipv6PrivateIpSet"][0]["privateIpAddress"] == f"{six.removesuffix('::')}:0:1::"
    assert counts(cloud, place) == (12, 12)
    cloud.ok("DELETE", f"/v1/eni/{card}")
    body = {"name": "test", "enableIpv6": False}
    cloud.refused(BadRequest, "PUT", f"/v1/subnet/{place}?modifyAttribute", body)


def test_ranges_are_listed_and_go_with_their_subnet(cloud, place):
    first = reserve(cloud, place, "10.0.1.8/30", description="of a test")
    other = make_subnet(cloud, make_vpc(cloud))
    second = reserve(cloud, other, "10.0.1.9")

    assert cloud.ok("GET", f"{RESERVE}?subnetId={place}")["ipReserves"] == [
        {
            "ipReserveId": first,
            "subnetId": place,
            "ipCidr": "10.0.1.8/30",
            "ipVersion": "4",
            "description": "of a test",
            "createdTime": "2026-01-01T00:00:00Z",
            "updatedTime": "2026-01-01T00:00:00Z",
        }
    ]
    page = cloud.ok("GET", f"{RESERVE}?maxKeys=1")
    assert (page["marker"], page["nextMarker"], page["ipReserves"][0]["ipReserveId"]) == ("", first, second)
    cloud.refused(NoSuchObject, "GET", f"{RESERVE}?subnetId=sbn-nothing")
    cloud.ok("DELETE", f"/v1/subnet/{place}")
    assert [each.id for each in cloud.account.all(ReservedRange)] == [second]


def test_what_cannot_be_reserved_is_refused(cloud, place):
    reserve(cloud, place, "10.0.1.8/30")
    new_eni(cloud, subnetId=place, privateIpSet=[{"privateIpAddress": "10.0.1.5"}])
    six = subnet(cloud, place)["ipv6Cidr"].partition("/")[0]
    for error, members in (
        (NoSuchObject, {"subnetId": "sbn-nothing"}),
        (OperationDenied, {"ipCidr": "10.0.1.11"}),
        (OperationDenied, {"ipCidr": "10.0.1.0/28"}),
        (OperationDenied, {"ipCidr": "10.0.1.4/31"}),
        (BadRequest, {"ipCidr": "10.0.2.0/28"}),
        (BadRequest, {"ipCidr": "10.0.0.0/16"}),
        (BadRequest, {"ipCidr": "10.0.1.1/28"}),
        (BadRequest, {"ipCidr": "somewhere"}),
        (BadRequest, {"ipVersion": 6}),
        (BadRequest, {"ipVersion": 5}),
        (BadRequest, {"ipCidr": f"{six}/95", "ipVersion": 6}),
        (BadRequest, {"ipCidr": "2001:db9::/96", "ipVersion": 6}),
        (BadRequest, {"description": "d" * 201}),
    ):
        good = {"subnetId": place, "ipCidr": "10.0.1.3", "ipVersion": 4}
        cloud.refused(error, "POST", RESERVE, good | members)
    without = make_subnet(cloud, make_vpc(cloud))
    cloud.refused(BadRequest, "POST", RESERVE, {"subnetId": without, "ipCidr": f"{six}/96", "ipVersion": 6})
