"""Secondary private addresses of servers."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bbc.instance.errors import AddressesExceedLimit, AddressesNotThere
from bce_emulator.services.vpc.nic.errors import EniStatusNotAllowed
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from tests.network import make_subnet, make_vpc
from tests.services.bbc.servers import NOBODY, elsewhere, new_server, server

ADD, DELETE, ACROSS = ("/v1/instance/batchAddIp", "/v1/instance/batchDelIp", "/v1/instance/batchAddIpCrossSubnet")


def card_of(cloud, server_id):
    return cloud.ok("GET", f"/v1/vpcPort/{server_id}")


def subnet_beside(cloud, server_id, **members):
    """A further subnet of a server's VPC and zone."""
    card = card_of(cloud, server_id)
    order = {"name": "more", "cidr": "192.168.200.0/24", "vpcId": card["vpcId"], "zoneName": card["zoneName"]}
    with elsewhere(cloud):
        return cloud.ok("POST", "/v1/subnet", order | members)["subnetId"]


def test_addresses_are_added_and_deleted(cloud):
    server_id = new_server(cloud)
    primary = server(cloud, server_id)["internalIp"]
    named = {"instanceId": server_id, "privateIps": ["192.168.0.70", "192.168.0.80"]}

    assert cloud.ok("PUT", ADD, named) == {"privateIps": named["privateIps"]}
    (free,) = cloud.ok("PUT", ADD, {"instanceId": server_id, "secondaryPrivateIpAddressCount": 1})["privateIps"]

    shown = [each["privateIpAddress"] for each in card_of(cloud, server_id)["privateIpSet"]]
    assert shown == [primary, *named["privateIps"], free]
    cloud.ok("PUT", DELETE, {"instanceId": server_id, "privateIps": [free, "192.168.0.70"]})
    assert [each["privateIpAddress"] for each in card_of(cloud, server_id)["privateIpSet"]] == [primary, "192.168.0.80"]
    reply = cloud.refused(
        AddressesNotThere, "PUT", DELETE, {"instanceId": server_id, "privateIps": [free, "192.168.0.80", "192.168.0.9"]}
    )
    assert reply.body["message"] == f"The ips [{free}, 192.168.0.9] is invalid"
    for addresses in ([primary], []):
        cloud.refused(BadRequest, "PUT", DELETE, {"instanceId": server_id, "privateIps": addresses})


def test_what_cannot_be_added_is_refused(cloud):
    server_id = new_server(cloud)
    small = subnet_beside(cloud, server_id, cidr="192.168.201.0/29")
    in_small = new_server(cloud, subnetId=small)
    for error, members in [
        (PrivateIpInUse, {"privateIps": [server(cloud, server_id)["internalIp"]]}),
        (AddressesExceedLimit, {"secondaryPrivateIpAddressCount": 40}),
        (BadRequest, {"privateIps": ["192.168.0.70", "192.168.0.70"]}),
        (BadRequest, {"privateIps": ["192.168.0.70"], "secondaryPrivateIpAddressCount": 1}),
        (BadRequest, {}),
        (NoSuchObject, {"instanceId": NOBODY, "secondaryPrivateIpAddressCount": 1}),
        (SubnetHasNoMoreIp, {"instanceId": in_small, "secondaryPrivateIpAddressCount": 9}),
    ]:
        cloud.refused(error, "PUT", ADD, {"instanceId": server_id} | members)
    six = {"instanceId": server_id, "secondaryPrivateIpAddressCount": 1, "allocateMultiIpv6Addr": True}
    cloud.refused(BadRequest, "PUT", ADD, six)


def test_ipv6_addresses_are_added_and_deleted(cloud):
    with elsewhere(cloud):
        subnet = make_subnet(cloud, make_vpc(cloud, enableIpv6=True), enableIpv6=True)
    server_id = new_server(cloud, subnetId=subnet)

    added = cloud.ok(
        "PUT", ADD, {"instanceId": server_id, "secondaryPrivateIpAddressCount": 2, "allocateMultiIpv6Addr": True}
    )

    shown = [each["ipv6Address"] for each in card_of(cloud, server_id)["privateIpSet"]]
    assert shown == ["", *added["privateIps"]]
    cloud.ok("PUT", DELETE, {"instanceId": server_id, "privateIps": added["privateIps"]})
    assert len(card_of(cloud, server_id)["privateIpSet"]) == 1


def test_a_card_takes_addresses_of_other_subnets(cloud):
    server_id = new_server(cloud)
    card, there = card_of(cloud, server_id), subnet_beside(cloud, server_id)

    def across(**members):
        return {"instanceId": server_id, "singleEniAndSubentIps": [{"eniId": card["eniId"]} | members]}

    wanted = {"privateIp": "192.168.200.9", "subnetId": there}
    added = cloud.ok("PUT", ACROSS, across(ipAndSubnets=[wanted], subnetId=there, secondaryPrivateIpAddressCount=1))

    assert added["privateIps"][0] == "192.168.200.9"
    shown = {each["privateIpAddress"]: each["subnetId"] for each in card_of(cloud, server_id)["privateIpSet"]}
    assert shown == {server(cloud, server_id)["internalIp"]: card["subnetId"]} | dict.fromkeys(
        added["privateIps"], there
    )
    with elsewhere(cloud):
        eni = cloud.ok("POST", "/v1/eni", {"name": "card", "subnetId": there, "privateIpSet": [{"primary": True}]})[
            "eniId"
        ]
    small = subnet_beside(cloud, server_id, cidr="192.168.201.0/29")
    cloud.ok("PUT", ADD, {"instanceId": server_id, "secondaryPrivateIpAddressCount": 31})
    for error, members in [
        (PrivateIpInUse, {"ipAndSubnets": [wanted]}),
        (SubnetHasNoMoreIp, {"subnetId": small, "secondaryPrivateIpAddressCount": 6}),
        (AddressesExceedLimit, {"subnetId": there, "secondaryPrivateIpAddressCount": 9}),
        (BadRequest, {"subnetId": there, "eniId": eni, "secondaryPrivateIpAddressCount": 1}),
        (BadRequest, {"secondaryPrivateIpAddressCount": 1}),
        (NoSuchObject, {"subnetId": there, "eniId": "eni-nobody000000", "secondaryPrivateIpAddressCount": 1}),
        (NoSuchObject, {"subnetId": "sbn-nobody000000", "secondaryPrivateIpAddressCount": 1}),
    ]:
        cloud.refused(error, "PUT", ACROSS, across(**members))
    cloud.refused(BadRequest, "PUT", ACROSS, {"instanceId": server_id, "singleEniAndSubentIps": []})
    with elsewhere(cloud):
        cloud.ok("PUT", f"/v1/eni/{eni}?attach", {"instanceId": server_id})
    attaching = across(subnetId=there, eniId=eni, secondaryPrivateIpAddressCount=1)
    cloud.refused(EniStatusNotAllowed, "PUT", ACROSS, attaching)
    cloud.clock.advance(10)
    assert len(cloud.ok("PUT", ACROSS, attaching)["privateIps"]) == 1
