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
    """A kind of resource that routes can lead to: the field that rules name it by, and in which VPC it is."""

    kind: type[Resource]
    named_by: str
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
    named_by: str = "id",
    vpc_of: Callable[[AccountRegion, Any], str] = _vpc_id,
    outlived: bool = False,
) -> None:
    """Declare that routes can lead to resources of a kind.

    ``named_by`` is the field that holds what rules name it by, as the interface of a peer connection. What may be
    ``outlived`` by its rules can be deleted while there are some.
    """
    if next_hop_type in NEXT_HOPS:
        raise ValueError(f"{next_hop_type} is declared twice")
    NEXT_HOPS[next_hop_type] = NextHopKind(kind, named_by, vpc_of)
    if not outlived:
        key = ForeignKey("next_hop_id", kind.type_key(), target_field=named_by)
        RouteRule.foreign_keys = (*RouteRule.foreign_keys, key)

    def let_rules_lead_nowhere(account: AccountRegion, resource: Resource) -> None:
        name = getattr(resource, named_by)
        for rule in account.where(RouteRule, "next_hop_id", name) if name else ():
            rule.next_hop_id = ""

    when_gone(kind)(let_rules_lead_nowhere)


def check_next_hop(account: AccountRegion, vpc_id: str, next_hop_type: str, name: str) -> None:
    """Refuse a next hop that is not there, or not in the VPC of the route table."""
    declared = NEXT_HOPS.get(next_hop_type)
    found = account.find_by(declared.kind, declared.named_by, name) if declared else None
    if declared is None or found is None:
        raise NoSuchObject(f"there is no {next_hop_type} of this id")
    if declared.vpc_of(account, found) != vpc_id:
        raise OperationDenied("the next hop is in another VPC")
