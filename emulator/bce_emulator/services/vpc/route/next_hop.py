"""What a route can lead to, by the word that rules have for it (``nexthopType``): a kind joins in a file of its own.

A rule that leads to something keeps it from being deleted (``account.dependents`` names the rule), unless its kind says
otherwise. When it goes all the same, because it expires, the rule stays and leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import when_gone
from bce_emulator.engine.account.resource import ForeignKey, Resource
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.vpc.route.resource import RouteRule


class NextHopKind(NamedTuple):
    """A kind of resource that routes can lead to, and in which VPC it is."""

    kind: type[Resource]
    vpc_of: Callable[[AccountRegion, Any], str]


NEXT_HOPS: dict[str, NextHopKind] = {}
"""Every kind of next hop, by its word."""


def _vpc_id(_account: AccountRegion, resource: Any) -> str:
    vpc_id: str = resource.vpc_id
    return vpc_id


def is_next_hop(
    next_hop_type: str,
    kind: type[Resource],
    *,
    vpc_of: Callable[[AccountRegion, Any], str] = _vpc_id,
    outlived: bool = False,
) -> None:
    """Declare that routes can lead to resources of a kind; what its rules outlive can be deleted before them."""
    if next_hop_type in NEXT_HOPS:
        raise ValueError(f"{next_hop_type} is declared twice")
    NEXT_HOPS[next_hop_type] = NextHopKind(kind, vpc_of)
    if not outlived:
        RouteRule.foreign_keys = (*RouteRule.foreign_keys, ForeignKey("next_hop_id", kind.type_key()))

    def let_rules_lead_nowhere(account: AccountRegion, resource: Resource) -> None:
        for rule in account.where(RouteRule, "next_hop_id", resource.id):
            rule.next_hop_id = ""

    when_gone(kind)(let_rules_lead_nowhere)


def check_next_hop(account: AccountRegion, vpc_id: str, next_hop_type: str, next_hop_id: str) -> None:
    """Refuse a next hop that is not there, or not in the VPC of the route table."""
    declared = NEXT_HOPS.get(next_hop_type)
    found = account.find(declared.kind, next_hop_id) if declared else None
    if declared is None or found is None:
        raise NoSuchObject(f"there is no {next_hop_type} of this id")
    if declared.vpc_of(account, found) != vpc_id:
        raise OperationDenied("the next hop is in another VPC")
