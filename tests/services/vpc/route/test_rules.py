"""Make, change and remove the rules of a route table."""

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
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.route.errors import RouteRuleExceedQuota, RouteRuleRepeated
from bce_emulator.services.vpc.route.next_hop import NEXT_HOPS, NextHopKind
from tests.network import SUBNET_CIDR, make_subnet, make_vpc, subnet
from tests.services.vpc.nic.nics import new_eni

EVERYWHERE = "0.0.0.0/0"
GATEWAYS = [f"eni-gateway0000{number}" for number in range(3)]
BALANCED = [{"nexthopId": gateway, "nexthopType": "dcGateway", "pathType": "ecmp"} for gateway in GATEWAYS]
WITH_STANDBY = [
    {"nexthopId": GATEWAYS[1], "nexthopType": "dcGateway", "pathType": "ha:active"},
    {"nexthopId": GATEWAYS[2], "nexthopType": "", "pathType": "ha:standby"},
]


@pytest.fixture
def vpc(cloud) -> str:
    return make_vpc(cloud, enableIpv6=True)


@pytest.fixture
def place(cloud, vpc) -> str:
    return make_subnet(cloud, vpc, enableIpv6=True)


@pytest.fixture
def table(cloud, vpc, place) -> str:
    return cloud.ok("GET", f"/v1/route?vpcId={vpc}")["routeTableId"]


@pytest.fixture
def card(cloud, place) -> str:
    return new_eni(cloud, subnetId=place)


@pytest.fixture
def body(table, card) -> dict[str, Any]:
    ranges = {"sourceAddress": EVERYWHERE, "destinationAddress": "8.8.8.0/24"}
    return {"routeTableId": table, "nexthopType": "enic", "nexthopId": card} | ranges


@pytest.fixture
def gateways(cloud, place, monkeypatch) -> None:
    """Cards that stand for dedicated gateways."""
    monkeypatch.setitem(NEXT_HOPS, "dcGateway", NextHopKind(Nic, lambda account, card: card.vpc_id))
    for gateway in GATEWAYS:
        cloud.account.requested_ids[Nic] = gateway
        new_eni(cloud, subnetId=place)


def rules(cloud, table: str) -> dict[str, dict[str, Any]]:
    rendered = cloud.ok("GET", f"/v1/route/rule?routeTableId={table}")["routeRules"]
    return {rule["routeRuleId"]: rule for rule in rendered}


def paths(cloud, table: str) -> dict[str, str]:
    return {rule["nexthopId"]: rule["pathType"] for rule in rules(cloud, table).values()}


def test_a_rule_shows_what_was_asked_for(cloud, table, card, body):
    response = cloud.ok("POST", "/v1/route/rule", body | {"description": "out"})

    assert response["routeRuleIds"] == []
    assert rules(cloud, table) == {
        response["routeRuleId"]: {
            "routeRuleId": response["routeRuleId"],
            "routeTableId": table,
            "sourceAddress": EVERYWHERE,
            "destinationAddress": "8.8.8.0/24",
            "nexthopId": card,
            "nexthopType": "enic",
            "description": "out",
            "pathType": "normal",
        }
    }


def test_a_route_with_several_lines_has_a_rule_for_each(cloud, gateways, table, body):
    response = cloud.ok("POST", "/v1/route/rule", body | {"nexthopType": "", "nexthopId": "", "nextHopList": BALANCED})

    assert response["routeRuleId"] == ""
    assert set(response["routeRuleIds"]) == set(rules(cloud, table))
    assert paths(cloud, table) == dict.fromkeys(GATEWAYS, "ecmp")


def test_the_standby_line_becomes_the_active_one(cloud, gateways, table, body):
    active, standby = cloud.ok("POST", "/v1/route/rule", body | {"nextHopList": WITH_STANDBY})["routeRuleIds"]

    cloud.ok("PUT", f"/v1/route/rule/{active}?switchRouteHA&clientToken=a")

    assert paths(cloud, table) == dict(zip(GATEWAYS[1:], ("ha:standby", "ha:active"), strict=True))
    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{active}?switchRouteHA")
    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{active}")
    cloud.ok("PUT", f"/v1/route/rule/{standby}?clientToken=b")
    assert paths(cloud, table) == dict(zip(GATEWAYS[1:], ("ha:active", "ha:standby"), strict=True))


def test_a_single_rule_has_nothing_to_change_places_with(cloud, body):
    rule_id = cloud.ok("POST", "/v1/route/rule", body)["routeRuleId"]

    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{rule_id}?switchRouteHA")
    cloud.ok("PUT", f"/v1/route/rule/{rule_id}")


def test_without_a_standby_nothing_changes_places(cloud, gateways, body):
    active, standby = cloud.ok("POST", "/v1/route/rule", body | {"nextHopList": WITH_STANDBY})["routeRuleIds"]
    cloud.ok("DELETE", f"/v1/route/rule/{standby}")

    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{active}?switchRouteHA")


@pytest.mark.parametrize("source", [SUBNET_CIDR, "10.0.1.7/32", "10.0.1.128/25"])
def test_traffic_may_come_from_within_a_subnet(cloud, body, source):
    cloud.ok("POST", "/v1/route/rule", body | {"sourceAddress": source})


@pytest.mark.parametrize("destination", ["10.0.0.0/24", "10.0.0.0/8"])
def test_what_comes_from_everywhere_may_lead_into_the_vpc(cloud, body, destination):
    cloud.ok("POST", "/v1/route/rule", body | {"sourceAddress": EVERYWHERE, "destinationAddress": destination})


def test_with_an_open_relay_traffic_may_come_from_elsewhere(cloud, vpc, body):
    foreign = body | {"sourceAddress": "172.16.0.0/24"}
    cloud.refused(BadRequest, "POST", "/v1/route/rule", foreign)

    cloud.ok("PUT", f"/v1/vpc/openRelay/{vpc}")

    cloud.ok("POST", "/v1/route/rule", foreign)


@pytest.mark.parametrize("version", ["6", 6, 0, ""])
def test_a_rule_may_be_for_ipv6(cloud, table, place, body, version):
    members = {"sourceAddress": subnet(cloud, place)["ipv6Cidr"], "destinationAddress": "::/0", "ipVersion": version}

    rule_id = cloud.ok("POST", "/v1/route/rule", body | members)["routeRuleId"]

    assert rules(cloud, table)[rule_id]["destinationAddress"] == "::/0"


@pytest.mark.parametrize(
    ("kind", "make"), [("custom", lambda cloud, **members: cloud.create(**members)), ("enic", new_eni)]
)
def test_a_next_hop_is_in_the_vpc_and_can_go_before_its_rule(cloud, place, table, body, kind, make):
    hop, elsewhere = make(cloud, subnetId=place), make(cloud)
    cloud.refused(OperationDenied, "POST", "/v1/route/rule", body | {"nexthopType": kind, "nexthopId": elsewhere})
    rule_id = cloud.ok("POST", "/v1/route/rule", body | {"nexthopType": kind, "nexthopId": hop})["routeRuleId"]
    cloud.refused(OperationDenied, "PUT", f"/v1/route/rule/{rule_id}", {"nexthopId": elsewhere})

    cloud.ok("DELETE", f"/v1/eni/{hop}" if kind == "enic" else f"/v2/instance/{hop}")
    cloud.clock.advance(60)

    assert rules(cloud, table)[rule_id]["nexthopId"] == ""
    cloud.ok("PUT", f"/v1/route/rule/{rule_id}", {"description": "leads nowhere"})
    cloud.refused(NoSuchObject, "PUT", f"/v1/route/rule/{rule_id}", {"nexthopId": hop})


@pytest.mark.parametrize("kind", ["custom", "vpn", "nat", "dcGateway", "peerConn", "ipv6gateway", "enic", "havip"])
def test_a_next_hop_is_there(cloud, body, kind):
    cloud.refused(NoSuchObject, "POST", "/v1/route/rule", body | {"nexthopType": kind, "nexthopId": "nothing"})
    cloud.refused(BadRequest, "POST", "/v1/route/rule", body | {"nexthopType": kind, "nexthopId": ""})


@pytest.mark.parametrize("version", ["5", "6", 46])
def test_the_version_of_a_rule_is_that_of_its_addresses(cloud, body, version):
    cloud.refused(BadRequest, "POST", "/v1/route/rule", body | {"ipVersion": version})


def test_only_the_default_gateway_has_no_id(cloud, table, body):
    default = {"nexthopType": "defaultGateway", "nexthopId": body["nexthopId"]}
    cloud.refused(BadRequest, "POST", "/v1/route/rule", body | default)
    rule_id = cloud.ok("POST", "/v1/route/rule", body)["routeRuleId"]
    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{rule_id}", {"nexthopType": "custom"})

    cloud.ok("PUT", f"/v1/route/rule/{rule_id}", {"nexthopType": "defaultGateway"})

    assert rules(cloud, table)[rule_id] == rules(cloud, table)[rule_id] | {
        "nexthopId": "",
        "nexthopType": "defaultGateway",
    }


@pytest.mark.parametrize(
    "members",
    [
        {"sourceAddress": "10.0.0.0/16"},
        {"sourceAddress": "10.0.2.0/24"},
        {"sourceAddress": "10.0.1.1/24"},
        {"sourceAddress": SUBNET_CIDR, "destinationAddress": "10.0.0.0/24"},
        {"sourceAddress": SUBNET_CIDR, "destinationAddress": "10.0.0.0/8"},
        {"destinationAddress": "somewhere"},
        {"destinationAddress": "::/0"},
        {"ipVersion": "6"},
        {"nexthopType": ""},
        {"nexthopType": "tunnel"},
        {"description": "d" * 201},
        {"nextHopList": BALANCED[:1]},
        {"nextHopList": WITH_STANDBY[:1]},
        {"nextHopList": [*WITH_STANDBY, *BALANCED[:1]]},
        {"nextHopList": BALANCED[:1] * 2},
        {"nextHopList": [BALANCED[0], BALANCED[1] | {"nexthopType": "vpn"}]},
        {"nextHopList": [BALANCED[0], BALANCED[1] | {"pathType": "normal"}]},
    ],
)
def test_a_value_that_breaks_its_rule_is_refused(cloud, body, members):
    cloud.refused(BadRequest, "POST", "/v1/route/rule", body | members)


@pytest.mark.parametrize("member", ["routeTableId", "sourceAddress", "destinationAddress"])
def test_a_required_member_is_needed(cloud, body, member):
    cloud.refused(InappropriateJSON, "POST", "/v1/route/rule", {key: body[key] for key in body if key != member})


def test_a_rule_of_the_same_ranges_is_repeated(cloud, body):
    cloud.ok("POST", "/v1/route/rule", body)

    cloud.refused(RouteRuleRepeated, "POST", "/v1/route/rule", body | {"nexthopType": "defaultGateway"})


def test_a_table_has_so_many_rules(cloud, gateways, body):
    cloud.set_facts(routeRuleQuota=2)
    cloud.ok("POST", "/v1/route/rule", body)
    another = body | {"destinationAddress": "9.9.9.0/24"}

    cloud.refused(RouteRuleExceedQuota, "POST", "/v1/route/rule", another | {"nextHopList": WITH_STANDBY})

    cloud.ok("POST", "/v1/route/rule", another)


def test_the_same_token_makes_one_rule(cloud, body):
    target = "/v1/route/rule?clientToken=once"

    assert cloud.ok("POST", target, body) == cloud.ok("POST", target, body)
    cloud.refused(IdempotentParameterMismatch, "POST", target, body | {"nexthopType": "defaultGateway"})


def test_a_rule_is_changed_and_what_is_empty_stays(cloud, table, place, body):
    rule_id = cloud.ok("POST", "/v1/route/rule", body | {"description": "out"})["routeRuleId"]
    other = new_eni(cloud, subnetId=place)

    cloud.ok("PUT", f"/v1/route/rule/{rule_id}", {"sourceAddress": "", "destinationAddress": "", "nexthopId": other})
    cloud.ok("PUT", f"/v1/route/rule/{rule_id}", {"destinationAddress": "9.9.9.0/24", "nexthopType": "enic"})

    rule = rules(cloud, table)[rule_id]
    assert (rule["sourceAddress"], rule["destinationAddress"]) == (EVERYWHERE, "9.9.9.0/24")
    assert (rule["nexthopId"], rule["nexthopType"], rule["description"]) == (other, "enic", "out")


def test_a_rule_may_be_changed_to_what_it_is(cloud, body):
    rule_id = cloud.ok("POST", "/v1/route/rule", body)["routeRuleId"]

    cloud.ok("PUT", f"/v1/route/rule/{rule_id}", body | {"description": "same"})


def test_a_rule_is_not_changed_to_the_ranges_of_another(cloud, body):
    cloud.ok("POST", "/v1/route/rule", body)
    rule_id = cloud.ok("POST", "/v1/route/rule", body | {"destinationAddress": "9.9.9.0/24"})["routeRuleId"]

    cloud.refused(RouteRuleRepeated, "PUT", f"/v1/route/rule/{rule_id}", {"destinationAddress": "8.8.8.0/24"})


def test_a_line_of_several_is_not_changed(cloud, gateways, body):
    line = cloud.ok("POST", "/v1/route/rule", body | {"nextHopList": BALANCED})["routeRuleIds"][0]

    cloud.refused(BadRequest, "PUT", f"/v1/route/rule/{line}", {"description": "new"})


def test_a_rule_is_removed(cloud, table, body):
    rule_id = cloud.ok("POST", "/v1/route/rule", body)["routeRuleId"]

    cloud.ok("DELETE", f"/v1/route/rule/{rule_id}?clientToken=a")

    assert rules(cloud, table) == {}


@pytest.mark.parametrize(
    ("method", "target"),
    [
        ("PUT", "/v1/route/rule/rr-nothing"),
        ("PUT", "/v1/route/rule/rr-nothing?switchRouteHA"),
        ("DELETE", "/v1/route/rule/rr-nothing"),
    ],
)
def test_a_rule_that_is_not_there_is_not_found(cloud, method, target):
    cloud.refused(NoSuchObject, method, target)


def test_a_table_that_is_not_there_is_not_found(cloud, body):
    cloud.refused(NoSuchObject, "POST", "/v1/route/rule", body | {"routeTableId": "rt-nothing"})
