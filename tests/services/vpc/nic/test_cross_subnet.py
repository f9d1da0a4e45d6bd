"""Private addresses of other subnets for network interfaces."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.errors import EniIdInvalid, EniStatusNotAllowed
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, ResourceNeedRelease, SubnetHasNoMoreIp
from tests.network import make_subnet, make_vpc, subnet
from tests.services.eip.eip.addresses import new_eip
from tests.services.vpc.nic.nics import NOBODY, eni, new_eni, private_ips

OTHER = "10.0.2.0/28"


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud, enableIpv6=True)


@pytest.fixture
def home(cloud, vpc) -> str:
    return make_subnet(cloud, vpc, enableIpv6=True)


@pytest.fixture
def other(cloud, vpc) -> str:
    """A small subnet beside that of the card."""
    return make_subnet(cloud, vpc, cidr=OTHER, enableIpv6=True)


@pytest.fixture
def card(cloud, home) -> str:
    return new_eni(cloud, subnetId=home, privateIpSet=[{"privateIpAddress": "10.0.1.9"}])


def add(cloud, card: str, **body) -> list[str]:
    added: list[str] = cloud.ok("POST", f"/v1/eni/{card}/privateIp/batchAddCrossSubnet", body)["privateIpAddresses"]
    return added


def test_addresses_of_another_subnet_are_that_subnets(cloud, vpc, home, other, card):
    mine = [{"privateIpAddress": "10.0.2.9", "subnetId": other}, {"privateIpAddress": "", "subnetId": home}]

    added = add(cloud, card, subnetId=other, privateIps=mine, privateIpAddressCount=4)

    assert added == ["10.0.2.9", "10.0.2.2", "10.0.2.3", "10.0.1.10"]
    assert private_ips(cloud, card) == ["10.0.1.9", "10.0.1.10", *added[:3]]
    assert (subnet(cloud, home)["availableIp"], subnet(cloud, other)["availableIp"]) == (253 - 2, 13 - 3)
    used = cloud.ok("GET", f"/v1/vpc/resourceIp?vpcId={vpc}&subnetId={other}")["result"]
    assert [each["ip"] for each in used] == sorted(added[:3])
    assert private_ips(cloud, new_eni(cloud, subnetId=other)) == ["10.0.2.4"]
    cloud.refused(PrivateIpInUse, "POST", f"/v1/eni/{card}/privateIp/batchAddCrossSubnet", {"privateIps": mine[:1]})


def test_the_other_subnet_stays_until_its_addresses_have_gone(cloud, other, card):
    eip = new_eip(cloud)
    first, second = add(cloud, card, subnetId=other, privateIpAddressCount=2)
    (third,) = add(cloud, card, subnetId=other, isIpv6=True, privateIpAddressCount=1)
    cloud.ok("PUT", f"/v1/eni/{card}?bind", {"privateIpAddress": second, "publicIpAddress": eip})
    cloud.clock.advance(60)

    cloud.ok("DELETE", f"/v1/eni/{card}/privateIp/{second}")
    cloud.ok("DELETE", f"/v1/eni/{card}/privateIp/{first}")

    assert cloud.ok("GET", f"/v1/eip?eip={eip}")["eipList"][0]["status"] == "available"
    cloud.refused(ResourceNeedRelease, "DELETE", f"/v1/subnet/{other}")
    assert [each["privateIpAddress"] for each in eni(cloud, card)["ipv6PrivateIpSet"]] == [third]
    cloud.ok("POST", f"/v1/eni/{card}/privateIp/batchDel", {"privateIpAddresses": [third]})
    cloud.ok("DELETE", f"/v1/subnet/{other}")


def test_ipv6_addresses_may_be_of_the_own_subnet_too(cloud, home, other, card):
    places = [{"privateIpAddress": "", "subnetId": home}, {"privateIpAddress": "", "subnetId": other}]

    added = add(cloud, card, isIpv6=True, privateIps=places)

    ranges = [subnet(cloud, each)["ipv6Cidr"].removesuffix("/64") for each in (home, other)]
    assert added == [f"{each}2" for each in ranges]
    assert [each["privateIpAddress"] for each in eni(cloud, card)["ipv6PrivateIpSet"]] == added


def test_what_cannot_be_added_is_refused(cloud, other, card):
    elsewhere = make_subnet(cloud, make_vpc(cloud))
    twice = [{"privateIpAddress": "10.0.2.9", "subnetId": other}] * 2
    six = subnet(cloud, other)["ipv6Cidr"].removesuffix("::/64")
    spelled_twice = [{"privateIpAddress": f"{six}{end}", "subnetId": other} for end in ("::b5", "::0:B5")]
    target = f"/v1/eni/{card}/privateIp/batchAddCrossSubnet"
    for error, body in (
        (BadRequest, {}),
        (BadRequest, {"subnetId": other, "privateIpAddressCount": 11}),
        (BadRequest, {"privateIpAddressCount": 1}),
        (BadRequest, {"privateIps": twice}),
        (BadRequest, {"isIpv6": True, "privateIps": spelled_twice}),
        (BadRequest, {"privateIps": twice, "privateIpAddressCount": 1}),
        (BadRequest, {"subnetId": elsewhere, "privateIpAddressCount": 1}),
        (BadRequest, {"privateIps": [{"privateIpAddress": "10.0.1.7", "subnetId": other}]}),
        (NoSuchObject, {"subnetId": "sbn-nothing", "privateIpAddressCount": 1}),
    ):
        cloud.refused(error, "POST", target, body)
    one = {"subnetId": other, "privateIpAddressCount": 1}
    cloud.refused(NoSuchObject, "POST", f"/v1/eni/{NOBODY}/privateIp/batchAddCrossSubnet", one)
    cloud.refused(EniIdInvalid, "POST", "/v1/eni/eni-1/privateIp/batchAddCrossSubnet", one)
    add(cloud, card, subnetId=other, privateIpAddressCount=10)
    cloud.refused(SubnetHasNoMoreIp, "POST", target, {"subnetId": other, "privateIpAddressCount": 4})


def test_a_card_has_so_many_addresses_and_none_while_it_is_attached(cloud, home, other, card):
    instance = cloud.create(subnetId=home)
    cloud.ok("PUT", f"/v1/eni/{card}?attach", {"instanceId": instance})
    target = f"/v1/eni/{card}/privateIp/batchAddCrossSubnet"
    cloud.refused(EniStatusNotAllowed, "POST", target, {"subnetId": other, "privateIpAddressCount": 1})
    cloud.clock.advance(60)

    cloud.refused(VmMemoryCannotAttachMoreIp, "POST", target, {"subnetId": other, "privateIpAddressCount": 8})
