"""The IPv6 address of an instance."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network
from typing import Any

import pytest

from bce_emulator.engine.errors import IdempotentParameterMismatch, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.network.errors import (
    GetHostEnableIpv6Exception,
    HasIpv6Already,
    HasNoIpv6Address,
    Ipv6AddressInvalid,
    RequestInvalid,
    VmKernelVersionTooLowException,
    VpcAddIpv6Exception,
    VpcDelIpv6Exception,
)
from bce_emulator.services.bcc.instance.resource import Instance
from tests.network import make_subnet, make_vpc, subnet

ADD, DELETE = "/v2/instance/addIpv6", "/v2/instance/delIpv6"
OTHER_STATES = [state for state in LIFECYCLE.states if state not in {"Running", "Stopped"}]


@pytest.fixture
def place(cloud) -> str:
    """A subnet with IPv6."""
    return make_subnet(cloud, make_vpc(cloud, enableIpv6=True), enableIpv6=True)


@pytest.fixture
def instance(cloud, place) -> str:
    return cloud.create(subnetId=place)


@pytest.fixture
def body(instance) -> dict[str, Any]:
    return {"instanceId": instance, "ipv6Address": "", "reboot": False}


def network(cloud, place: str) -> IPv6Network:
    return IPv6Network(subnet(cloud, place)["ipv6Cidr"])


def test_an_address_of_the_subnet_is_assigned(cloud, place, instance, body):
    address = cloud.ok("POST", ADD, body)["ipv6Address"]

    rendered = cloud.instance(instance)
    assert IPv6Address(address) in network(cloud, place)
    assert rendered["ipv6"] == address
    assert rendered["ipv6Addresses"] == [address]
    assert rendered["status"] == "Running"
    assert cloud.ok("GET", f"/v2/eni/{instance}")["enis"][0]["privateIpSet"][0]["ipv6Address"] == address


def test_no_address_is_assigned_twice(cloud, place):
    created = [cloud.ok("POST", ADD, {"instanceId": cloud.create(subnetId=place)})["ipv6Address"] for _ in range(3)]

    assert len(set(created)) == 3


def test_a_certain_address_is_given_in_its_usual_form(cloud, place, instance, body):
    wanted = network(cloud, place)[0x1234]

    cloud.ok("POST", ADD, body | {"ipv6Address": wanted.exploded.upper()})

    assert cloud.instance(instance)["ipv6"] == str(wanted)


@pytest.mark.parametrize("wanted", ["here", "10.0.1.9", "2001:db9::9", "first", "used"])
def test_an_address_that_cannot_be_is_refused(cloud, place, body, wanted):
    used = cloud.ok("POST", ADD, {"instanceId": cloud.create(subnetId=place)})["ipv6Address"]
    address = {"first": str(network(cloud, place)[0]), "used": used}.get(wanted, wanted)

    cloud.refused(Ipv6AddressInvalid, "POST", ADD, body | {"ipv6Address": address})


def test_an_instance_has_one_address(cloud, body):
    cloud.ok("POST", ADD, body)

    cloud.refused(HasIpv6Already, "POST", ADD, body)


def test_a_subnet_without_ipv6_has_no_address_to_give(cloud, running):
    cloud.refused(RequestInvalid, "POST", ADD, {"instanceId": running})


@pytest.mark.parametrize("by_name", [True, False])
def test_an_address_is_deleted(cloud, instance, body, by_name):
    address = cloud.ok("POST", ADD, body)["ipv6Address"]

    cloud.ok("POST", DELETE, body | ({"ipv6Address": address} if by_name else {}))

    assert cloud.instance(instance)["ipv6"] == ""
    cloud.refused(HasNoIpv6Address, "POST", DELETE, body)


@pytest.mark.parametrize("address", ["here", "2001:db8::9"])
def test_an_address_that_the_instance_does_not_have_is_not_deleted(cloud, body, address):
    cloud.ok("POST", ADD, body)

    cloud.refused(RequestInvalid, "POST", DELETE, body | {"ipv6Address": address})


def test_an_instance_restarts_if_it_is_to(cloud, instance, body):
    for target in (ADD, DELETE):
        cloud.ok("POST", target, body | {"reboot": True})
        assert cloud.status(instance) == "Starting"
        cloud.clock.advance(40)
        assert cloud.status(instance) == "Running"


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"ipv6Kernel": "old"}, VmKernelVersionTooLowException),
        ({"ipv6Kernel": "unknown"}, GetHostEnableIpv6Exception),
        ({"ipv6NetworkWorks": False}, VpcAddIpv6Exception),
    ],
)
def test_there_may_be_no_address_to_give(cloud, body, facts, error):
    cloud.set_facts(**facts)

    cloud.refused(error, "POST", ADD, body)


def test_the_network_may_fail_to_delete(cloud, body):
    cloud.ok("POST", ADD, body)
    cloud.set_facts(ipv6NetworkWorks=False)

    cloud.refused(VpcDelIpv6Exception, "POST", DELETE, body)


@pytest.mark.parametrize("target", [ADD, DELETE])
def test_an_instance_that_is_not_there_is_not_found(cloud, target):
    cloud.refused(NoSuchObject, "POST", target, {"instanceId": "i-nothing"})


@pytest.mark.parametrize("target", [ADD, DELETE])
@pytest.mark.parametrize("reboot", [True, False])
@pytest.mark.parametrize("state", OTHER_STATES)
def test_addresses_change_only_while_an_instance_runs_or_is_stopped(cloud, instance, body, target, reboot, state):
    cloud.account.get(Instance, instance).state = state

    cloud.refused(OperationDenied, "POST", target, body | {"reboot": reboot})


def test_the_same_token_adds_once(cloud, body):
    target = f"{ADD}?clientToken=once"

    assert cloud.ok("POST", target, body) == cloud.ok("POST", target, body)
    cloud.refused(IdempotentParameterMismatch, "POST", target, body | {"reboot": True})
