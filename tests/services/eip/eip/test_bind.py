"""Binding EIPs: what the EIP and what its target show."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.eip.eip.errors import EipNotFound
from bce_emulator.services.eip.eip.lifecycle import BINDED
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.vpc.subnet.resource import Subnet
from tests.cloud import Cloud
from tests.services.eip.eip.addresses import BOUND, bind, bound_eip, eip, new_eip, status, target

ON_AN_EIP = ["bind", "unbind", "direct", "unDirect"]


def secondary_ip(cloud: Cloud, instance_id: str) -> str:
    body = {"instanceId": instance_id, "secondaryPrivateIpAddressCount": 1, "allocateMultiIpv6Addr": False}
    address: str = cloud.ok("PUT", "/v2/instance/batchAddIp", body)["privateIps"][0]
    return address


def public_ips(cloud: Cloud, instance_id: str) -> dict[str, str]:
    """The public addresses of an instance by the private ones."""
    nic = cloud.instance(instance_id)["nicInfo"]
    return {each["privateIp"]: each["eip"] for each in (*nic["ips"], *nic["ipv6s"])}


def test_an_eip_and_its_instance_tell_the_same_story_all_the_way(cloud, running):
    address = new_eip(cloud)

    told = []
    for change in (
        lambda: bind(cloud, address, running),
        lambda: cloud.clock.advance(BOUND),
        lambda: cloud.ok("PUT", f"/v1/eip/{address}?unbind"),
        lambda: cloud.clock.advance(BOUND),
    ):
        change()
        found, shown = eip(cloud, address), cloud.instance(running)
        told.append((found["status"], found["instanceType"], found["instanceId"], shown["publicIp"]))
        assert shown["networkCapacityInMbps"] == (100 if shown["publicIp"] else 0)

    assert told == [
        ("binding", "BCC", running, address),
        ("binded", "BCC", running, address),
        ("unbinding", "BCC", running, address),
        ("available", "", "", ""),
    ]


def test_the_first_read_at_pace_0_shows_the_end():
    cloud = Cloud(pace="instant")
    instance, address = cloud.create(), new_eip(cloud)

    bind(cloud, address, instance)
    assert status(cloud, address) == "binded"

    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    assert status(cloud, address) == "available"


def test_the_card_of_an_instance_shows_its_eip(cloud, running):
    address = bound_eip(cloud, running)

    shown = cloud.instance(running)["nicInfo"]["ips"][0]

    assert (shown["eip"], shown["eipId"]) == (address, eip(cloud, address)["eipId"])
    assert (shown["eipSize"], shown["eipType"], shown["eipStatus"]) == ("100", "normal", "binded")


def test_each_address_of_an_instance_has_its_own_eip(cloud, running):
    secondary = secondary_ip(cloud, running)
    first, second = new_eip(cloud), new_eip(cloud)

    bind(cloud, first, running, instanceIp=secondary)
    bind(cloud, second, running)

    primary = cloud.instance(running)["internalIp"]
    assert public_ips(cloud, running) == {primary: second, secondary: first}
    (card,) = cloud.ok("GET", f"/v2/eni/{running}")["enis"]
    shown = {each["privateIpAddress"]: each["publicIpAddress"] for each in card["privateIpSet"]}
    assert shown == public_ips(cloud, running)


def test_an_eip_of_an_address_that_is_taken_away_is_free(cloud, running):
    secondary = secondary_ip(cloud, running)
    address = new_eip(cloud)
    bind(cloud, address, running, instanceIp=secondary)

    cloud.ok("PUT", "/v2/instance/batchDelIp", {"instanceId": running, "privateIps": [secondary]})

    assert status(cloud, address) == "available"


def test_an_ipv6_eip_belongs_to_an_ipv6_address(cloud):
    subnet = next(iter(cloud.account.all(Subnet)))
    subnet.ipv6_cidr = "2001:db8:1::/64"
    instance = cloud.create(subnetId=subnet.id, isOpenIpv6=True)
    address = new_eip(cloud, ipVersion="ipv6")

    bind(cloud, address, instance)
    assert public_ips(cloud, instance)[cloud.instance(instance)["ipv6"]] == address

    cloud.ok("POST", "/v2/instance/delIpv6", {"instanceId": instance})
    assert eip(cloud, address)["status"] == "available"


def test_an_ipv6_eip_is_not_bound_to_what_has_no_ipv6_address(cloud, running):
    address = new_eip(cloud, ipVersion="ipv6")

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?bind", target(running))


@pytest.mark.parametrize("word", ["ENI", "eni"])
def test_an_eip_is_bound_to_a_card_by_its_id(cloud, running, word):
    card = cloud.instance(running)["nicInfo"]["eniId"]
    address = new_eip(cloud)

    bind(cloud, address, card, word)

    found = eip(cloud, address)
    assert (found["instanceType"], found["instanceId"]) == ("ENI", card)
    assert cloud.instance(running)["publicIp"] == address


def test_an_eip_moves_with_its_instance_to_another_subnet(cloud, running):
    address = bound_eip(cloud, running)
    other = cloud.ok(
        "POST",
        "/v1/subnet",
        {
            "name": "other",
            "zoneName": "cn-bj-a",
            "cidr": "192.168.200.0/24",
            "vpcId": cloud.instance(running)["vpcId"],
        },
    )["subnetId"]

    cloud.ok("PUT", "/v2/subnet/changeSubnet", {"instanceId": running, "subnetId": other})
    assert cloud.instance(running)["publicIp"] == address

    cloud.clock.advance(60)
    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.clock.advance(BOUND)
    assert cloud.instance(running)["publicIp"] == ""


@pytest.mark.parametrize("action", ON_AN_EIP)
def test_an_address_that_is_no_eip_is_not_found(cloud, running, action):
    cloud.refused(EipNotFound, "PUT", f"/v1/eip/203.0.113.9?{action}", target(running))


@pytest.mark.parametrize("action", ON_AN_EIP)
def test_an_eip_in_the_recycle_bin_is_not_found(cloud, running, action):
    address = new_eip(cloud)
    cloud.ok("DELETE", f"/v1/eip/{address}?releaseToRecycle=true")

    cloud.refused(EipNotFound, "PUT", f"/v1/eip/{address}?{action}", target(running))


@pytest.mark.parametrize("word", ["BCC", "BBC", "DCC", "ENI", "BLB", "NAT", "VPN"])
def test_a_target_that_is_not_there_is_not_found(cloud, word):
    cloud.refused(NoSuchObject, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", target("i-nobody00", word))


@pytest.mark.parametrize("wrong", [{"instanceType": "CDS"}, {"instanceIp": "10.9.9.9"}, {"instanceIp": "any"}])
def test_a_wrong_type_and_an_address_of_another_are_bad_requests(cloud, running, wrong):
    cloud.refused(BadRequest, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", target(running) | wrong)


@pytest.mark.parametrize("missing", ["instanceType", "instanceId"])
def test_type_and_id_are_required(cloud, running, missing):
    body = {name: value for name, value in target(running).items() if name != missing}

    cloud.refused(InappropriateJSON, "PUT", f"/v1/eip/{new_eip(cloud)}?bind", body)


def test_a_target_that_has_an_eip_gets_no_other(cloud, running):
    bound_eip(cloud, running)
    card = cloud.instance(running)["nicInfo"]["eniId"]
    other = new_eip(cloud)

    for again in (target(running), target(card, "ENI")):
        cloud.refused(OperationDenied, "PUT", f"/v1/eip/{other}?bind", again)


def test_what_is_expired_or_in_a_subnet_for_nat_gets_no_eip(cloud, running):
    address, subnet = new_eip(cloud), cloud.account.get(Subnet, cloud.instance(running)["subnetId"])

    subnet.subnet_type = "BCC_NAT"
    for word, target_id in (("BCC", running), ("ENI", cloud.instance(running)["nicInfo"]["eniId"])):
        cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?bind", target(target_id, word))

    subnet.subnet_type = "BCC"
    prepaid = cloud.create(billing={"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1}})
    cloud.clock.advance(32 * 86_400)
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?bind", target(prepaid))


@pytest.mark.parametrize("state", [each for each in Eip.lifecycle.states if each not in {"available", "recycled"}])
def test_only_an_available_eip_is_bound(cloud, running, state):
    address = new_eip(cloud)
    cloud.account.find_by(Eip, "address", address).state = state

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?bind", target(running))


@pytest.mark.parametrize("action", ["unbind", "direct", "unDirect"])
def test_what_is_not_bound_is_neither_unbound_nor_direct(cloud, action):
    address = new_eip(cloud)

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?{action}")


def test_an_expired_eip_is_unbound_only_if_it_is_bound(cloud):
    address = new_eip(cloud)
    cloud.account.find_by(Eip, "address", address).state = "paused"

    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{address}?unbind")


def test_an_eip_is_direct_until_it_is_not_or_is_unbound(cloud, running):
    address = bound_eip(cloud, running)
    made = cloud.account.find_by(Eip, "address", address)

    cloud.ok("PUT", f"/v1/eip/{address}?direct")
    assert made.is_direct
    cloud.ok("PUT", f"/v1/eip/{address}?unDirect")
    assert not made.is_direct

    cloud.ok("PUT", f"/v1/eip/{address}?direct")
    cloud.ok("PUT", f"/v1/eip/{address}?unbind")
    cloud.clock.advance(BOUND)
    assert not made.is_direct


def test_only_instances_and_cards_see_their_eip_themselves(cloud):
    address = new_eip(cloud)
    made = cloud.account.find_by(Eip, "address", address)
    made.state, made.instance_type = BINDED, "BLB"

    assert cloud.call("PUT", f"/v1/eip/{address}?direct").code == OperationDenied.code
