"""What a route can lead to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bce_emulator.engine.account import references
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.route.next_hop import NEXT_HOPS, is_next_hop
from bce_emulator.services.vpc.route.resource import RouteRule
from tests.network import default_vpc
from tests.services.vpc.nic.nics import eni, new_eni


@pytest.fixture
def named_kind(monkeypatch) -> Iterator[None]:
    """For one test, rules can name cards by their MAC addresses, and then keep them; peer connections lend the word."""
    monkeypatch.setattr(RouteRule, "foreign_keys", RouteRule.foreign_keys)
    monkeypatch.setattr(Nic, "gone", Nic.gone)
    others = {word: hop for word, hop in NEXT_HOPS.items() if word != "peerConn"}
    monkeypatch.setattr("bce_emulator.services.vpc.route.next_hop.NEXT_HOPS", others)
    references._references_to.cache_clear()
    is_next_hop("peerConn", Nic, named_by="mac")
    yield
    references._references_to.cache_clear()


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="enic is declared twice"):
        is_next_hop("enic", Nic)


def test_a_rule_keeps_what_it_names_by_whichever_field_and_leads_nowhere_when_it_goes_all_the_same(cloud, named_kind):
    card = new_eni(cloud)
    mac = eni(cloud, card)["macAddress"]
    table = cloud.ok("GET", f"/v1/route?vpcId={default_vpc(cloud)}")["routeTableId"]
    rule = {"routeTableId": table, "sourceAddress": "0.0.0.0/0", "destinationAddress": "8.8.8.0/24"}
    rule_id = cloud.ok("POST", "/v1/route/rule", rule | {"nexthopType": "peerConn", "nexthopId": mac})["routeRuleId"]
    account = cloud.account

    assert [each.id for each in account.dependents(account.get(Nic, card))] == [rule_id]

    account.remove(account.get(Nic, card))
    assert account.get(RouteRule, rule_id).next_hop_id == ""
