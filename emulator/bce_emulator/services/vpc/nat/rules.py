"""What the rules of NAT gateways have in common."""

from __future__ import annotations

from typing import TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.names import check_gateway_name
from bce_emulator.services.vpc.nat.resource import DnatRule, Nat, SnatRule

ACTIVE = "active"
"""The status of every rule, from the start."""

Rule = TypeVar("Rule", SnatRule, DnatRule)


class NatRuleRef(Model):
    """Which rule of which NAT gateway."""

    client_token: ClientToken = ""
    nat_id: str
    rule_id: str


def rule_of(account: AccountRegion, kind: type[Rule], request: NatRuleRef) -> tuple[Nat, Rule]:
    """The NAT gateway and the rule that a request names."""
    nat, rule = account.get(Nat, request.nat_id), account.get(kind, request.rule_id)
    if rule.nat_id != nat.id:
        raise NoSuchObject(f"{rule.id} is a rule of another NAT gateway")
    return nat, rule


def check_rule_name(name: str, *, needed: bool = False) -> None:
    """Refuse what no rule can be called."""
    if name or needed:
        check_gateway_name(name)


def check_public_ip(account: AccountRegion, nat: Nat, address: str) -> None:
    """Refuse a public address that a NAT gateway does not have, or is about to lose."""
    if address not in nat.public_ips or address_service().is_leaving(account, address):
        raise OperationDenied(f"{address[:64]} is not bound to {nat.id}")
