"""What a route can lead to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bce_emulator.engine.account import references
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.route.next_hop import NEXT_HOPS, is_next_hop
from bce_emulator.services.vpc.route.resource import RouteRule
from tests.network import default_vpc
from tests.services.vpc.nic.nics import new_eni


@pytest.fixture
def kept_cards(monkeypatch) -> Iterator[None]:
    """For one test, cards are a kind of next hop that its rules keep."""
    monkeypatch.setattr(RouteRule, "foreign_keys", RouteRule.foreign_keys)
    monkeypatch.setattr(Nic, "gone", Nic.gone)
    monkeypatch.delitem(NEXT_HOPS, "peerConn", raising=False)
    references._references_to.cache_clear()
    is_next_hop("peerConn", Nic)
    yield
    references._references_to.cache_clear()


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="enic is declared twice"):
        is_next_hop("enic", Nic)


def test_a_rule_keeps_its_next_hop_and_leads_nowhere_when_that_goes_all_the_same(cloud, kept_cards):
    card = new_eni(cloud)
    table = cloud.ok("GET", f"/v1/route?vpcId={default_vpc(cloud)}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "8.8.8.0/24"}
    rule_id = cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "peerConn", "nexthopId": card})["routeRuleId"]
    account = cloud.account

    assert [each.id for each in account.dependents(account.get(Nic, card))] == [rule_id]

    account.remove(account.get(Nic, card))
    assert account.get(RouteRule, rule_id).next_hop_id == ""
