"""EIPs on NAT gateways: both tell the same story, whichever call binds them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.eip.eip.addresses import MONTH, PREPAID, bind, bound_eip, eip, new_eip
from tests.services.eip.eip.addresses import status as eip_status
from tests.services.vpc.nat.gateways import BOUND, nat, new_nat, rules, status


def test_it_is_configured_while_addresses_come_and_go(cloud):
    nat_id = new_nat(cloud)
    one, two = new_eip(cloud), new_eip(cloud)

    told = []
    for action, members in [("bind", {"eips": [one], "dnatEips": [two]}), ("unbind", {"bindEips": [one]})]:
        cloud.ok("PUT", f"/v1/nat/{nat_id}?{action}", members | {"bindEips": members.get("bindEips")})
        for seconds in (0, BOUND):
            cloud.clock.advance(seconds)
            found = nat(cloud, nat_id)
            told.append((found["status"], found["eips"], found["dnatEips"], eip_status(cloud, one)))

    assert told == [
        ("configuring", [one], [two], "binding"),
        ("active", [one], [two], "binded"),
        ("configuring", [one], [two], "unbinding"),
        ("unconfigured", [], [two], "available"),
    ]


def test_the_calls_of_eips_do_the_same(cloud):
    nat_id = new_nat(cloud)
    one, two = new_eip(cloud), new_eip(cloud)

    for address in (one, two):
        bind(cloud, address, nat_id, "NAT")
    assert status(cloud, nat_id) == "configuring"
    cloud.clock.advance(BOUND)

    assert (status(cloud, nat_id), nat(cloud, nat_id)["bindEips"]) == ("active", [one, two])
    cloud.ok("PUT", f"/v1/eip/{one}?resize", {"newBandwidthInMbps": 9})
    cloud.clock.advance(BOUND + 2)
    cloud.ok("PUT", f"/v1/eip/{one}?unbind")
    cloud.clock.advance(BOUND)
    assert (status(cloud, nat_id), nat(cloud, nat_id)["bindEips"]) == ("active", [two])
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{one}?unbind")


def test_an_ipv6_one_has_ipv6_addresses(cloud):
    nat_id, address = new_nat(cloud, ipVersion="v6"), new_eip(cloud, ipVersion="ipv6")

    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?bind", {"bindEips": [new_eip(cloud)]})
    cloud.ok("PUT", f"/v1/nat/{nat_id}?bind", {"bindEips": [address]})
    cloud.clock.advance(BOUND)

    assert eip(cloud, address)["instanceId"] == nat_id
    rule = {"ruleName": "out", "publicIpsAddress": [address], "sourceCIDR": "2001:db8::/64"}
    cloud.ok("POST", f"/v1/nat/{nat_id}/snatRule", rule)
    cloud.refused(BadRequest, "POST", f"/v1/nat/{nat_id}/snatRule", rule | {"sourceCIDR": "10.0.0.0/8"})


def test_what_cannot_be_bound_or_unbound_is_refused(cloud, running):
    five = [new_eip(cloud) for _ in range(5)]
    nat_id, other = new_nat(cloud, bindEips=five[:4]), new_nat(cloud)
    elsewhere, free = bound_eip(cloud, running), new_eip(cloud)
    group = {"bandwidthInMbps": 20, "billing": {"paymentTiming": "Postpaid"}, "eipCount": 1}
    group_id = cloud.ok("POST", "/v1/eipgroup", group)["id"]
    shared = next(each["eip"] for each in cloud.ok("GET", "/v1/eip")["eipList"] if each["shareGroupId"] == group_id)
    for action, wrong, error in [
        ("bind", [], BadRequest),
        ("bind", ["203.0.113.9"], NoSuchObject),
        ("bind", [elsewhere], OperationDenied),
        ("bind", [five[0]], OperationDenied),
        ("bind", [shared], OperationDenied),
        ("bind", [five[4], free], LimitExceeded),
        ("unbind", [], BadRequest),
        ("unbind", ["203.0.113.9"], NoSuchObject),
        ("unbind", [five[0], elsewhere], OperationDenied),
        ("unbind", [free], OperationDenied),
    ]:
        cloud.refused(error, "PUT", f"/v1/nat/{nat_id}?{action}", {"bindEips": wrong})
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{other}?bind", {"bindEips": [free, shared]})
    cloud.ok("PUT", f"/v1/nat/{other}?bind", {"bindEips": [shared]})

    bind(cloud, five[4], nat_id, "NAT")
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?unbind", {"bindEips": [five[0]]})
    cloud.clock.advance(BOUND)
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{free}?bind", {"instanceType": "NAT", "instanceId": nat_id})


@pytest.mark.parametrize("recycled", [False, True])
def test_an_address_in_use_stays_and_rules_end_with_one_that_goes_all_the_same(cloud, recycled):
    one = new_eip(cloud, billing=PREPAID)
    two = new_eip(cloud)
    nat_id = new_nat(cloud, bindEips=[one, two])
    source = {"ruleName": "out", "sourceCIDR": "192.168.0.0/24"}
    first = cloud.ok("POST", f"/v1/nat/{nat_id}/snatRule", source | {"publicIpsAddress": [one, two]})["ruleId"]
    cloud.ok("POST", f"/v1/nat/{nat_id}/snatRule", source | {"publicIpsAddress": [one]})
    to = {"privateIpAddress": "192.168.0.9", "protocol": "all"}
    cloud.ok("POST", f"/v1/nat/{nat_id}/dnatRule", to | {"publicIpAddress": one})
    cloud.refused(OperationDenied, "PUT", f"/v1/nat/{nat_id}?unbind", {"bindEips": [one]})
    cloud.refused(OperationDenied, "PUT", f"/v1/eip/{two}?unbind")

    if recycled:
        cloud.account.account.settings["eip.recycleQuota"] = 2
        cloud.clock.advance(MONTH)
        cloud.ok("DELETE", f"/v1/eip/{one}?releaseToRecycle=true")
    else:
        cloud.clock.advance(MONTH + 7 * 86_400)

    assert {rule_id: rule["publicIpsAddress"] for rule_id, rule in rules(cloud, nat_id, "snatRule").items()} == {
        first: [two]
    }
    assert rules(cloud, nat_id, "dnatRule") == {}
    assert (status(cloud, nat_id), nat(cloud, nat_id)["bindEips"]) == ("active", [two])
