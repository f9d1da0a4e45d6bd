"""Secondary addresses of instances of HPAS."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.services.hpas.orders import NOBODY, ask, new_instances, new_subnet, shown

ASSIGN, UNASSIGN = "/?action=AssignPrivateIpAddresses", "/?action=UnassignPrivateIpAddresses"


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
