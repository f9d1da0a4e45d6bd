"""Limits on traffic through gateways."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.account import references
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.gateway_limit_rule.limited import LIMITED, is_limited
from bce_emulator.services.vpc.gateway_limit_rule.resource import GatewayLimitRule
from bce_emulator.services.vpc.nic.resource import Nic
from tests.services.vpc.nic.nics import new_eni

RULES = "/v1/gateway/limitrule"
CSN = {
    "ipVersion": "4",
    "name": "branch",
    "description": "of a test",
    "serviceType": "csn",
    "subServiceType": "LOCAL",
    "resourceId": "csn-1",
    "direction": "egress",
    "cidr": "10.0.0.0/8",
    "bandwidth": 100,
}


def new_rule(cloud, **members: Any) -> str:
    made: str = cloud.ok("POST", RULES, CSN | members)["glrId"]
    return made


def rules(cloud, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cloud.ok("GET", f"{RULES}{query}")["result"]
    return found


def test_a_rule_has_what_was_asked_for(cloud):
    rule_id = new_rule(cloud, subServiceType="PEER_CLOUD", peerRegion="gz")

    times = {"createdTime": "2026-01-01T00:00:00Z", "updatedTime": "2026-01-01T00:00:00Z"}
    shown = CSN | {"subServiceType": "PEER_CLOUD", "glrId": rule_id, "enable": True} | times
    assert rules(cloud) == [shown]
    assert rule_id.startswith("glr-")


def test_rules_are_found_by_parts_and_come_in_pages(cloud):
    first, second = new_rule(cloud), new_rule(cloud, name="office", resourceId="csn-2")

    for query, ids in (
        ("?name=off", [second]),
        (f"?glrId={first[:-2]}", [first]),
        ("?resourceId=csn-", [second, first]),
        ("?serviceType=cs", []),
        ("?serviceType=csn&name=branch", [first]),
    ):
        assert [each["glrId"] for each in rules(cloud, query)] == ids, query
    assert cloud.ok("GET", f"{RULES}?maxKeys=1")["nextMarker"] == first


def test_a_rule_is_changed_and_removed(cloud):
    target = f"{RULES}/{new_rule(cloud)}"
    cloud.clock.advance(60)

    cloud.ok("PUT", target, {"name": "office", "bandwidth": 200})
    cloud.ok("PUT", target, {"description": ""})

    shown = rules(cloud)[0]
    assert (shown["name"], shown["bandwidth"], shown["description"]) == ("office", 200, "")
    assert shown["updatedTime"] == "2026-01-01T00:01:00Z"
    cloud.refused(BadRequest, "PUT", target, {"bandwidth": 0})
    cloud.ok("DELETE", target)
    assert rules(cloud) == []
    cloud.refused(NoSuchObject, "DELETE", target)
    cloud.refused(NoSuchObject, "PUT", target, {"name": "new"})


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (BadRequest, {"ipVersion": "6"}),
        (BadRequest, {"name": "n" * 66}),
        (BadRequest, {"description": "d" * 201}),
        (BadRequest, {"serviceType": "nat"}),
        (BadRequest, {"subServiceType": ""}),
        (BadRequest, {"subServiceType": "PEER_EDGE"}),
        (BadRequest, {"peerRegion": "gz"}),
        (BadRequest, {"direction": "ingress"}),
        (BadRequest, {"cidr": "10.0.0.1/8"}),
        (BadRequest, {"bandwidth": 0}),
        (OperationDenied, {}),
        (NoSuchObject, {"serviceType": "peerconn", "subServiceType": "", "resourceId": "peerconn-nothing"}),
        (NoSuchObject, {"serviceType": "et", "subServiceType": "", "resourceId": "dcgw-nothing"}),
    ],
)
def test_what_no_rule_can_be_is_refused(cloud, error, members):
    new_rule(cloud)

    cloud.refused(error, "POST", RULES, CSN | members)


def test_a_rule_keeps_to_its_gateway_and_goes_with_it(cloud, monkeypatch):
    """Cards stand for a kind of gateway: one that is called so can have no rules, others have 100 Mbps."""
    monkeypatch.setattr(GatewayLimitRule, "foreign_keys", ())
    for service_type in ("peerconn", "et"):
        monkeypatch.delitem(LIMITED, service_type, raising=False)
    references._references_to.cache_clear()
    is_limited("et", Nic, bandwidth=lambda account, card: 100, refusal=lambda account, card: card.name[4:])
    with pytest.raises(ValueError, match="et is declared twice"):
        is_limited("et", Nic, bandwidth=lambda account, card: 100)
    card, without = new_eni(cloud), new_eni(cloud, name="card-without")
    rule = CSN | {"serviceType": "et", "subServiceType": "", "resourceId": card}

    cloud.refused(BadRequest, "POST", RULES, rule | {"bandwidth": 101})
    cloud.refused(OperationDenied, "POST", RULES, rule | {"resourceId": without})
    rule_id = cloud.ok("POST", RULES, rule)["glrId"]
    cloud.refused(BadRequest, "PUT", f"{RULES}/{rule_id}", {"bandwidth": 101})
    cloud.account.get(Nic, card).name = "card-closed"
    cloud.refused(OperationDenied, "PUT", f"{RULES}/{rule_id}", {"bandwidth": 50})
    cloud.ok("DELETE", f"/v1/eni/{card}")

    assert rules(cloud) == []
    references._references_to.cache_clear()
