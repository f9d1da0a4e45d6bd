"""Secondary private addresses of an instance."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.bcc.instance.lifecycle import LIFECYCLE
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, PrivateIpNotExist, SubnetHasNoMoreIp
from tests.network import make_subnet, make_vpc

ADD, DELETE = "/v2/instance/batchAddIp", "/v2/instance/batchDelIp"
FIXED = ["192.168.0.100", "192.168.0.101"]
GO = {"privateIps": None, "secondaryPrivateIpAddressCount": 0, "allocateMultiIpv6Addr": False}
OTHER_STATES = [state for state in LIFECYCLE.states if state not in {"Running", "Stopped"}]


def secondary(cloud, instance: str) -> list[str]:
    ips = cloud.instance(instance)["nicInfo"]["ips"]
    return [each["privateIp"] for each in ips if each["primary"] == "false"]


@pytest.fixture
def body(running) -> dict[str, Any]:
    return {"instanceId": running}


def test_certain_addresses_are_added(cloud, running, body):
    response = cloud.ok("PUT", ADD, GO | body | {"privateIps": FIXED})

    assert response == {"privateIps": FIXED}
    assert secondary(cloud, running) == FIXED
    listed = cloud.ok("GET", f"/v2/eni/{running}")["enis"][0]["privateIpSet"]
    assert [each["privateIpAddress"] for each in listed if not each["primary"]] == FIXED


def test_so_many_addresses_are_added_that_nothing_else_has(cloud, running, body):
    cloud.create(internalIps=["192.168.0.3"])

    added = cloud.ok("PUT", ADD, GO | body | {"secondaryPrivateIpAddressCount": 2})["privateIps"]

    assert len(added) == 2
    assert not {"192.168.0.3", cloud.instance(running)["internalIp"]} & set(added)


def test_an_address_that_was_added_is_nobody_elses(cloud, body):
    cloud.ok("PUT", ADD, body | {"privateIps": ["192.168.0.4"]})

    addresses = {cloud.instance(cloud.create())["internalIp"] for _ in range(3)}

    assert "192.168.0.4" not in addresses
    cloud.refused(PrivateIpInUse, "PUT", ADD, {"instanceId": cloud.create(), "privateIps": ["192.168.0.4"]})


@pytest.mark.parametrize(
    "members",
    [
        GO,
        {"privateIps": FIXED, "secondaryPrivateIpAddressCount": 2},
        {"secondaryPrivateIpAddressCount": -1},
        {"privateIps": ["192.168.0.100", "192.168.0.100"]},
        {"privateIps": ["192.168.0.100", "192.168.16.4"]},
        {"privateIps": ["192.168.0.1"]},
        {"privateIps": ["there"]},
    ],
)
def test_addresses_that_cannot_be_are_refused_all_together(cloud, body, members):
    cloud.refused(BadRequest, "PUT", ADD, body | members)


def test_ipv6_addresses_are_added_and_deleted(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud, enableIpv6=True), enableIpv6=True)
    instance = cloud.create(subnetId=subnet)
    six = {"instanceId": instance, "allocateMultiIpv6Addr": True}
    network = cloud.ok("GET", f"/v1/subnet/{subnet}")["subnet"]["ipv6Cidr"].split("::")[0]

    added = cloud.ok("PUT", ADD, six | {"secondaryPrivateIpAddressCount": 2})["privateIps"]
    (named,) = cloud.ok("PUT", ADD, six | {"privateIps": [f"{network}::00AB"]})["privateIps"]

    assert named == f"{network}::ab"
    assert cloud.instance(instance)["ipv6Addresses"] == [*added, named]
    assert [each["privateIp"] for each in cloud.instance(instance)["nicInfo"]["ipv6s"]] == [*added, named]
    cloud.refused(PrivateIpInUse, "PUT", ADD, six | {"privateIps": [named]})
    for wrong in ([f"{network}::7", f"{network}::07"], ["192.168.0.9"], ["2001:db8::1"]):
        cloud.refused(BadRequest, "PUT", ADD, six | {"privateIps": wrong})
    cloud.refused(VmMemoryCannotAttachMoreIp, "PUT", ADD, six | {"secondaryPrivateIpAddressCount": 38})
    cloud.ok("PUT", DELETE, {"instanceId": instance, "privateIps": [f"{network}::00AB", added[0]]})
    assert cloud.instance(instance)["ipv6Addresses"] == [added[1]]
    plain = cloud.create()
    cloud.refused(BadRequest, "PUT", ADD, six | {"instanceId": plain, "secondaryPrivateIpAddressCount": 1})


def test_a_nic_has_so_many_addresses(cloud, body):
    cloud.refused(VmMemoryCannotAttachMoreIp, "PUT", ADD, body | {"secondaryPrivateIpAddressCount": 40})

    cloud.ok("PUT", ADD, body | {"secondaryPrivateIpAddressCount": 39})


def test_a_full_subnet_has_no_address_to_add(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud), cidr="10.0.0.0/29")
    instance = cloud.create(subnetId=subnet)

    cloud.refused(SubnetHasNoMoreIp, "PUT", ADD, {"instanceId": instance, "secondaryPrivateIpAddressCount": 5})

    cloud.ok("PUT", ADD, {"instanceId": instance, "secondaryPrivateIpAddressCount": 4})


def test_addresses_are_deleted_and_free_again(cloud, running, body):
    cloud.ok("PUT", ADD, body | {"privateIps": FIXED})

    response = cloud.ok("PUT", DELETE, body | {"privateIps": FIXED[:1]})

    assert response == {"success": True, "status": 200}
    assert secondary(cloud, running) == FIXED[1:]
    cloud.create(internalIps=FIXED[:1])


def test_if_one_address_cannot_be_deleted_none_is(cloud, running, body):
    cloud.ok("PUT", ADD, body | {"privateIps": FIXED})
    primary = cloud.instance(running)["internalIp"]

    for addresses, error in (
        ([FIXED[0], primary], BadRequest),
        ([FIXED[0], "192.168.0.9"], PrivateIpNotExist),
        ([], BadRequest),
    ):
        cloud.refused(error, "PUT", DELETE, body | {"privateIps": addresses})

    cloud.refused(InappropriateJSON, "PUT", DELETE, body | {"privateIps": None})


@pytest.mark.parametrize("target", [ADD, DELETE])
def test_an_instance_that_is_not_there_is_not_found(cloud, target):
    cloud.refused(NoSuchObject, "PUT", target, {"instanceId": "i-nothing", "privateIps": FIXED})


@pytest.mark.parametrize("target", [ADD, DELETE])
@pytest.mark.parametrize("state", OTHER_STATES)
def test_addresses_change_only_while_an_instance_runs_or_is_stopped(cloud, running, body, target, state):
    cloud.account.get(Instance, running).state = state

    cloud.refused(OperationDenied, "PUT", target, body | {"privateIps": FIXED})


def test_the_same_token_adds_once(cloud, body):
    target = f"{ADD}?clientToken=once"

    responses = [cloud.ok("PUT", target, body | {"secondaryPrivateIpAddressCount": 1}) for _ in range(2)]

    assert responses[0] == responses[1]
    cloud.refused(IdempotentParameterMismatch, "PUT", target, body | {"secondaryPrivateIpAddressCount": 2})
