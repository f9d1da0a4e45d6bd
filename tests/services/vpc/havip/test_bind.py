"""What HaVips are bound to, and what is bound to them."""

from __future__ import annotations

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.network import make_subnet, make_vpc
from tests.services.eip.eip.addresses import BOUND, bind, bound_eip, eip, new_eip
from tests.services.eip.eip.addresses import status as eip_status
from tests.services.vpc.havip.havips import havip, new_havip
from tests.services.vpc.nic.nics import new_eni


def members(cloud, havip_id) -> dict[str, bool]:
    return {each["instanceId"]: each["master"] for each in havip(cloud, havip_id)["bindedInstances"]}


def test_it_is_bound_to_instances_and_network_interfaces_and_the_first_is_its_master(cloud, running):
    havip_id, card = new_havip(cloud), new_eni(cloud)

    for ids, type_ in [([running], "SERVER"), ([card], "ENI")]:
        cloud.ok("PUT", f"/v1/havip/{havip_id}?attach", {"instanceIds": ids, "instanceType": type_})

    found = havip(cloud, havip_id)
    assert (found["status"], found["bindedInstances"]) == (
        "binded",
        [
            {"instanceId": running, "instanceType": "SERVER", "master": True},
            {"instanceId": card, "instanceType": "ENI", "master": False},
        ],
    )
    cloud.refused(OperationDenied, "DELETE", f"/v1/havip/{havip_id}")
    for ids, type_ in [([running], "ENI"), ([card], "SERVER")]:
        wrong = {"instanceIds": ids, "instanceType": type_}
        cloud.refused(OperationDenied, "PUT", f"/v1/havip/{havip_id}?detach", wrong)
    cloud.ok("PUT", f"/v1/havip/{havip_id}?detach", {"instanceIds": [running], "instanceType": "BCC"})
    assert members(cloud, havip_id) == {card: True}
    cloud.ok("PUT", f"/v1/havip/{havip_id}?detach", {"instanceIds": [card], "instanceType": "ENI"})
    assert havip(cloud, havip_id)["status"] == "available"
    cloud.refused(
        OperationDenied, "PUT", f"/v1/havip/{havip_id}?detach", {"instanceIds": [card], "instanceType": "ENI"}
    )


def test_what_goes_or_moves_away_leaves_it(cloud, running):
    stays, moves, card = cloud.create(), cloud.create(), new_eni(cloud)
    havip_id = new_havip(cloud)
    for ids, type_ in [([running, stays, moves], "BCC"), ([card], "ENI")]:
        cloud.ok("PUT", f"/v1/havip/{havip_id}?attach", {"instanceIds": ids, "instanceType": type_})

    cloud.ok("DELETE", f"/v2/instance/{running}")
    cloud.ok("DELETE", f"/v1/eni/{card}")
    elsewhere = {"instanceId": moves, "subnetId": make_subnet(cloud, make_vpc(cloud))}
    cloud.ok("PUT", "/v2/vpc/changeVpc", elsewhere)
    cloud.clock.advance(60)

    assert members(cloud, havip_id) == {stays: True}
    cloud.ok("DELETE", f"/v2/instance/{stays}")
    cloud.clock.advance(60)
    assert havip(cloud, havip_id)["status"] == "available"


def test_what_it_cannot_be_bound_to_is_refused(cloud, running):
    cards = [new_eni(cloud) for _ in range(5)]
    foreign = new_eni(cloud, subnetId=make_subnet(cloud, make_vpc(cloud)))
    havip_id = new_havip(cloud)
    cloud.ok("PUT", f"/v1/havip/{havip_id}?attach", {"instanceIds": cards[:4], "instanceType": "ENI"})
    for action, ids, type_, error in [
        ("attach", [], "ENI", BadRequest),
        ("attach", [running, running], "BCC", BadRequest),
        ("attach", [f"eni-{number}" for number in range(6)], "ENI", BadRequest),
        ("attach", [running], "POD", BadRequest),
        ("attach", ["i-nobody"], "SERVER", NoSuchObject),
        ("attach", ["eni-nobody000000"], "ENI", NoSuchObject),
        ("attach", [running, cards[4]], "BCC", NoSuchObject),
        ("attach", [cards[4], foreign], "ENI", OperationDenied),
        ("attach", [cards[4], cards[0]], "ENI", OperationDenied),
        ("attach", [cards[4], new_eni(cloud)], "ENI", LimitExceeded),
        ("detach", [], "ENI", BadRequest),
        ("detach", [cards[0], cards[4]], "ENI", OperationDenied),
    ]:
        cloud.refused(error, "PUT", f"/v1/havip/{havip_id}?{action}", {"instanceIds": ids, "instanceType": type_})
    cloud.refused(InappropriateJSON, "PUT", f"/v1/havip/{havip_id}?attach", {"instanceIds": [running]})


def test_it_has_one_eip_which_both_show(cloud, running):
    havip_id, address, other = new_havip(cloud), new_eip(cloud), new_eip(cloud)
    path = f"/v1/havip/{havip_id}"
    cloud.refused(OperationDenied, "PUT", f"{path}?unbindPublicIp")
    for wrong, error in [
        ("203.0.113.9", NoSuchObject),
        (bound_eip(cloud, running), OperationDenied),
        (new_eip(cloud, ipVersion="ipv6"), OperationDenied),
    ]:
        cloud.refused(error, "PUT", f"{path}?bindPublicIp", {"publicIpAddress": wrong})

    cloud.ok("PUT", f"{path}?bindPublicIp", {"publicIpAddress": address})

    assert havip(cloud, havip_id)["publicIpAddress"] == address
    assert (eip(cloud, address)["instanceType"], eip(cloud, address)["instanceId"]) == ("HAVIP", havip_id)
    cloud.refused(OperationDenied, "PUT", f"{path}?bindPublicIp", {"publicIpAddress": other})
    cloud.refused(OperationDenied, "PUT", f"{path}?unbindPublicIp")
    cloud.clock.advance(BOUND)
    cloud.refused(OperationDenied, "DELETE", path)
    cloud.ok("PUT", f"{path}?unbindPublicIp")
    assert havip(cloud, havip_id)["publicIpAddress"] == address
    cloud.clock.advance(BOUND)
    assert (havip(cloud, havip_id)["publicIpAddress"], eip_status(cloud, address)) == ("", "available")
    bind(cloud, other, havip_id, "HAVIP")
    assert havip(cloud, havip_id)["publicIpAddress"] == other


def test_nothing_in_a_subnet_behind_nat_has_an_eip(cloud):
    subnet = make_subnet(cloud, make_vpc(cloud), subnetType="BCC_NAT")

    cloud.refused(
        OperationDenied,
        "PUT",
        f"/v1/havip/{new_havip(cloud, subnetId=subnet)}?bindPublicIp",
        {"publicIpAddress": new_eip(cloud)},
    )
