"""Putting network interfaces on instances, and EIPs on network interfaces."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nic.errors import InstanceBindNotSameVpc
from bce_emulator.services.vpc.subnet.errors import PrivateIpNotExist
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.control.conftest import control_of
from tests.network import default_subnet, make_subnet, make_vpc
from tests.services.eip.eip.addresses import BOUND, bind, eip, new_eip, target
from tests.services.eip.eip.addresses import status as eip_status
from tests.services.vpc.nic.nics import MOVED, attached_eni, eni, new_eni, primary_eni, private_ips, status


def on(instance_id: str) -> dict[str, str]:
    return {"instanceId": instance_id}


def binding(cloud, eni_id: str, address: str) -> dict[str, str]:
    return {"privateIpAddress": private_ips(cloud, eni_id)[0], "publicIpAddress": address}


def bound_to(cloud, eni_id: str) -> str:
    """The address of an EIP that a card has."""
    address = new_eip(cloud)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?bind", binding(cloud, eni_id, address))
    cloud.clock.advance(BOUND)
    return address


def test_a_card_comes_to_an_instance_and_goes_again(cloud, running):
    eni_id = new_eni(cloud)

    seen = []
    for change in (
        lambda: cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", on(running)),
        lambda: cloud.clock.advance(MOVED),
        lambda: cloud.ok("PUT", f"/v1/eni/{eni_id}?detach", on(running)),
        lambda: cloud.clock.advance(MOVED),
    ):
        change()
        found = eni(cloud, eni_id)
        seen.append((found["status"], found["instanceId"], cloud.instance(running)["eniNum"]))
        assert status(cloud, eni_id) == found["status"]

    assert seen == [
        ("attaching", running, "1"),
        ("inuse", running, "1"),
        ("detaching", running, "1"),
        ("available", "", "0"),
    ]


def test_an_instance_lists_its_main_card_first(cloud, running):
    eni_id = attached_eni(cloud, running)

    found = cloud.ok("GET", f"/v2/eni/{running}")["enis"]

    assert [each["eniId"] for each in found] == [primary_eni(cloud, running), eni_id]
    assert {each["status"] for each in found} == {"inuse"}


@pytest.mark.parametrize("action", ["attach", "detach"])
def test_an_instance_that_is_not_there_is_not_found(cloud, action):
    cloud.refused(NoSuchObject, "PUT", f"/v1/eni/{new_eni(cloud)}?{action}", on("i-nobody00"))


def test_card_and_instance_are_in_one_vpc_and_one_zone(cloud, running):
    foreign = new_eni(cloud, subnetId=make_subnet(cloud, make_vpc(cloud)))
    cloud.refused(InstanceBindNotSameVpc, "PUT", f"/v1/eni/{foreign}?attach", on(running))

    elsewhere = new_eni(cloud, subnetId=default_subnet(cloud, "cn-bj-b"))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{elsewhere}?attach", on(running))


def test_a_card_is_on_one_instance_and_an_instance_has_few(cloud, running):
    eni_id = attached_eni(cloud, running)
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{eni_id}?attach", on(cloud.create()))
    attached_eni(cloud, running)

    cloud.refused(LimitExceeded, "PUT", f"/v1/eni/{new_eni(cloud)}?attach", on(running))


def test_only_the_instance_of_a_card_gives_it_back(cloud, running):
    eni_id = attached_eni(cloud, running)
    cloud.refused(BadRequest, "PUT", f"/v1/eni/{eni_id}?detach", on(cloud.create()))

    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{new_eni(cloud)}?detach", on(running))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{primary_eni(cloud, running)}?detach", on(running))


def test_an_instance_that_is_busy_changes_no_cards(cloud, running):
    eni_id, other = attached_eni(cloud, running), new_eni(cloud)
    cloud.ok("PUT", f"/v2/instance/{running}?reboot", {})

    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{eni_id}?detach", on(running))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{other}?attach", on(running))


def test_an_instance_with_cards_stays_in_its_subnet(cloud, running):
    attached_eni(cloud, running)
    body = {"name": "other", "zoneName": "cn-bj-a", "cidr": "192.168.200.0/24"}
    other = cloud.ok("POST", "/v1/subnet", body | {"vpcId": cloud.instance(running)["vpcId"]})["subnetId"]

    cloud.refused(BadRequest, "PUT", "/v2/subnet/changeSubnet", {"instanceId": running, "subnetId": other})


def test_a_card_and_its_eip_tell_the_same_story(cloud):
    eni_id, address = new_eni(cloud), new_eip(cloud)

    seen = []
    for change in (
        lambda: cloud.ok("PUT", f"/v1/eni/{eni_id}?bind", binding(cloud, eni_id, address)),
        lambda: cloud.clock.advance(BOUND),
        lambda: cloud.ok("PUT", f"/v1/eni/{eni_id}?unBind", {"publicIpAddress": address}),
        lambda: cloud.clock.advance(BOUND),
    ):
        change()
        found = eip(cloud, address)
        public = eni(cloud, eni_id)["privateIpSet"][0]["publicIpAddress"]
        seen.append((found["status"], found["instanceType"], found["instanceId"], public))

    assert seen == [
        ("binding", "ENI", eni_id, address),
        ("binded", "ENI", eni_id, address),
        ("unbinding", "ENI", eni_id, address),
        ("available", "", "", ""),
    ]


def test_an_eip_stays_on_a_card_that_moves_and_outlives_it(cloud, running):
    eni_id = attached_eni(cloud, running)
    address = bound_to(cloud, eni_id)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?detach", on(running))
    cloud.clock.advance(MOVED)
    assert eip_status(cloud, address) == "binded"

    cloud.ok("DELETE", f"/v1/eni/{eni_id}")

    assert eip_status(cloud, address) == "available"


def test_the_way_of_binding_does_not_matter_to_unbinding(cloud):
    eni_id, address = new_eni(cloud), new_eip(cloud)
    bind(cloud, address, eni_id, "ENI")
    cloud.clock.advance(BOUND)

    cloud.ok("PUT", f"/v1/eni/{eni_id}?unBind", {"publicIpAddress": address})

    assert eip_status(cloud, address) == "unbinding"


def test_an_eip_has_to_be_there(cloud):
    eni_id, recycled = new_eni(cloud), new_eip(cloud)
    cloud.ok("DELETE", f"/v1/eip/{recycled}?releaseToRecycle=true")

    for address in ("203.0.113.9", recycled):
        cloud.refused(NoSuchObject, "PUT", f"/v1/eni/{eni_id}?bind", binding(cloud, eni_id, address))
        cloud.refused(NoSuchObject, "PUT", f"/v1/eni/{eni_id}?unBind", {"publicIpAddress": address})


def test_an_eip_is_bound_to_an_address_of_the_card(cloud):
    body = {"privateIpAddress": "192.168.0.200", "publicIpAddress": new_eip(cloud)}

    cloud.refused(PrivateIpNotExist, "PUT", f"/v1/eni/{new_eni(cloud)}?bind", body)


def test_only_a_free_eip_and_a_free_address_come_together(cloud):
    eni_id, other = new_eni(cloud), new_eni(cloud)
    address = bound_to(cloud, eni_id)

    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{other}?bind", binding(cloud, other, address))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{eni_id}?bind", binding(cloud, eni_id, new_eip(cloud)))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{other}?unBind", {"publicIpAddress": address})


def test_no_eip_comes_or_goes_while_a_card_is_on_its_way(cloud, running):
    eni_id, free = new_eni(cloud), new_eip(cloud)
    address = bound_to(cloud, eni_id)
    cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", on(running))

    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{eni_id}?unBind", {"publicIpAddress": address})
    other = new_eni(cloud)
    cloud.ok("PUT", f"/v1/eni/{other}?attach", on(running))
    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{other}?bind", binding(cloud, other, free))
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{free}?bind", target(other, "ENI"))


def test_a_card_in_a_subnet_for_nat_has_no_eip(cloud):
    eni_id, address = new_eni(cloud), new_eip(cloud)
    cloud.account.get(Subnet, default_subnet(cloud)).subnet_type = "BCC_NAT"

    cloud.refused(OperationDenied, "PUT", f"/v1/eni/{eni_id}?bind", binding(cloud, eni_id, address))


@pytest.mark.parametrize("end", ["available", "never"])
def test_an_instance_goes_whatever_has_become_of_its_cards(cloud, running, end):
    eni_id = new_eni(cloud)
    control_of(cloud)("POST", "faults", {"operation": "AttachEniInstance", "endIn": end})
    cloud.ok("PUT", f"/v1/eni/{eni_id}?attach", on(running))
    cloud.clock.advance(MOVED)

    cloud.ok("DELETE", f"/v2/instance/{running}")

    assert (eni(cloud, eni_id)["status"], eni(cloud, eni_id)["instanceId"]) == ("available", "")
