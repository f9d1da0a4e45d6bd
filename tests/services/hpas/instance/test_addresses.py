"""Secondary addresses of instances of HPAS, and IPv6 addresses."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet, shown

ASSIGN, UNASSIGN = "/?action=AssignPrivateIpAddresses", "/?action=UnassignPrivateIpAddresses"
ASSIGN_SIX, UNASSIGN_SIX = "/?action=AssignIpv6Addresses", "/?action=UnAssignIpv6Addresses"


def test_addresses_come_and_go_all_or_none(cloud):
    (one,) = new_instances(cloud, new_subnet(cloud, cidr="10.0.0.0/28"), internalIps=["10.0.0.3"])
    wanted = {"hpasId": one}

    added = ask(cloud, "AssignPrivateIpAddresses", wanted | {"privateIps": ["10.0.0.8"], "secondaryPrivateIpCount": 1})
    more = ask(cloud, "AssignPrivateIpAddresses", wanted | {"secondaryPrivateIpCount": 1})
    assert added["privateIps"] == ["10.0.0.8"]
    seen = shown(cloud, one)["nicInfo"][0]["ipv4s"]
    assert [(each["privateIp"], each["primary"]) for each in seen] == [
        ("10.0.0.3", True), ("10.0.0.8", False), (more["privateIps"][0], False)
    ]  # fmt: skip
    for error, members in (
        (NoSuchObject, {"hpasId": NOBODY, "secondaryPrivateIpCount": 1}), (BadRequest, {}),
        (BadRequest, {"secondaryPrivateIpCount": -1}), (PrivateIpInUse, {"privateIps": ["10.0.0.9", "10.0.0.3"]}),
        (SubnetHasNoMoreIp, {"secondaryPrivateIpCount": 20}), (VmMemoryCannotAttachMoreIp, {"secondaryPrivateIpCount": 99}),
    ):  # fmt: skip
        cloud.refused(error, "POST", ASSIGN, wanted | members)
    for error, members in (
        (NoSuchObject, {"privateIps": ["10.0.0.8", "10.0.0.14"]}), (NoSuchObject, {"hpasId": NOBODY, "privateIps": ["1"]}),
        (BadRequest, {"privateIps": []}), (BadRequest, {"privateIps": ["10.0.0.3"]}),
    ):  # fmt: skip
        cloud.refused(error, "POST", UNASSIGN, wanted | members)
    ask(cloud, "UnassignPrivateIpAddresses", wanted | {"privateIps": ["10.0.0.8"]})
    assert len(shown(cloud, one)["nicInfo"][0]["ipv4s"]) == 2
    ask(cloud, "RebootInstances", {"hpasIds": [one]})
    cloud.refused(OperationDenied, "POST", ASSIGN, wanted | {"secondaryPrivateIpCount": 1})
    cloud.refused(OperationDenied, "POST", UNASSIGN, wanted | {"privateIps": more["privateIps"]})


@pytest.fixture
def six(cloud):
    """The id of an instance in a subnet with IPv6, and the subnet's range."""
    vpc_id = cloud.ok("POST", "/v1/vpc", {"name": "six", "cidr": "10.6.0.0/16", "enableIpv6": True})["vpcId"]
    order = {"name": "six", "cidr": "10.6.1.0/24", "vpcId": vpc_id, "zoneName": "cn-bj-a", "enableIpv6": True}
    subnet_id = cloud.ok("POST", "/v1/subnet", order)["subnetId"]
    (one,) = new_instances(cloud, subnet_id)
    return one, IPv6Network(cloud.ok("GET", f"/v1/subnet/{subnet_id}")["subnet"]["ipv6Cidr"])


def sixes(cloud, hpas_id):
    return [each["ipv6Address"] for each in shown(cloud, hpas_id)["nicInfo"][0]["ipv6s"]]


def test_ipv6_addresses_come_and_go_all_or_none(cloud, six):
    one, network = six
    wanted, named = {"hpasId": one}, [str(network[16]), str(network[17])]

    assert ask(cloud, "AssignIpv6Addresses", wanted | {"ipv6Addresses": named})["ipv6Addresses"] == named[::-1]
    more = ask(cloud, "AssignIpv6Addresses", wanted | {"ipv6AddressCount": 2, "reboot": True})["ipv6Addresses"]
    assert sixes(cloud, one) == [*named[::-1], *more]
    assert all(IPv6Address(each) in network for each in more)
    assert shown(cloud, one)["status"] == "Reboot"
    cloud.refused(OperationDenied, "POST", ASSIGN_SIX, wanted | {"ipv6AddressCount": 1})
    cloud.refused(OperationDenied, "POST", UNASSIGN_SIX, wanted | {"ipv6Addresses": named})
    cloud.clock.advance(60)
    ask(cloud, "UnAssignIpv6Addresses", wanted | {"ipv6Addresses": [named[0].upper(), *more], "reboot": True})
    assert sixes(cloud, one) == named[1:]
    assert shown(cloud, one)["status"] == "Reboot"


def test_wrong_ipv6_addresses_are_refused(cloud, six):
    one, network = six
    wanted = {"hpasId": one}
    old = ask(cloud, "AssignPrivateIpAddresses", wanted | {"secondaryPrivateIpCount": 1})["privateIps"]
    new = ask(cloud, "AssignIpv6Addresses", wanted | {"ipv6AddressCount": 1})["ipv6Addresses"]
    (without,) = new_instances(cloud, new_subnet(cloud))

    for error, members in (
        (NoSuchObject, {"hpasId": NOBODY, "ipv6AddressCount": 1}), (BadRequest, {}), (BadRequest, {"ipv6AddressCount": -1}),
        (BadRequest, {"hpasId": without, "ipv6AddressCount": 1}), (BadRequest, {"ipv6Addresses": ["2001:db8::1"]}),
        (BadRequest, {"ipv6Addresses": ["six"]}), (PrivateIpInUse, {"ipv6Addresses": new}),
        (BadRequest, {"ipv6Addresses": [str(network[16]), str(network[16]).upper()]}),
        (VmMemoryCannotAttachMoreIp, {"ipv6AddressCount": 99}),
    ):  # fmt: skip
        cloud.refused(error, "POST", ASSIGN_SIX, wanted | members)
    for error, members in (
        (NoSuchObject, {"hpasId": NOBODY, "ipv6Addresses": new}), (BadRequest, {"ipv6Addresses": []}),
        (NoSuchObject, {"ipv6Addresses": [*new, str(network[16])]}), (NoSuchObject, {"ipv6Addresses": [*new, *old]}),
    ):  # fmt: skip
        cloud.refused(error, "POST", UNASSIGN_SIX, wanted | members)
    cloud.refused(NoSuchObject, "POST", UNASSIGN, wanted | {"privateIps": [*old, *new]})
    ask(cloud, "StopInstances", {"hpasIds": [one]})
    cloud.clock.advance(30)
    cloud.refused(OperationDenied, "POST", ASSIGN_SIX, wanted | {"ipv6AddressCount": 1, "reboot": True})
    cloud.refused(OperationDenied, "POST", UNASSIGN_SIX, wanted | {"ipv6Addresses": new, "reboot": True})
    assert sixes(cloud, one) == new
