"""Whose traffic a rule can limit, by the word for it (``serviceType``): a kind joins in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.gateway_limit_rule.resource import GatewayLimitRule

ELSEWHERE = "csn"
"""The word for a product that is not emulated: any id may be one of its own."""


def _never(_account: AccountRegion, _gateway: Any) -> str:
    return ""


class LimitedKind(NamedTuple):
    """A kind of gateway: the field that rules name it by, its bandwidth in Mbps, and why it can have no rule, if so."""

    kind: type[Resource]
    named_by: str
    bandwidth: Callable[[AccountRegion, Any], int]
    refusal: Callable[[AccountRegion, Any], str]


LIMITED: dict[str, LimitedKind] = {}
"""Every kind of gateway, by its word."""


def is_limited(
    service_type: str,
    kind: type[Resource],
    *,
    named_by: str = "id",
    bandwidth: Callable[[AccountRegion, Any], int],
    refusal: Callable[[AccountRegion, Any], str] = _never,
) -> None:
    """Declare that rules can limit the traffic of a kind of gateway; they go with it."""
    if service_type in LIMITED:
        raise ValueError(f"{service_type} is declared twice")
    LIMITED[service_type] = LimitedKind(kind, named_by, bandwidth, refusal)
    key = ForeignKey("resource_id", kind.type_key(), OnDelete.CASCADE, named_by)
    GatewayLimitRule.foreign_keys = (*GatewayLimitRule.foreign_keys, key)


def check_bandwidth(account: AccountRegion, resource_id: str, bandwidth: int) -> None:
    """Refuse a bandwidth for a gateway below that of a rule that it has."""
    for rule in account.where(GatewayLimitRule, "resource_id", resource_id):
        if rule.bandwidth > bandwidth:
            raise OperationDenied(f"{rule.id} lets {rule.bandwidth} Mbps through")


def check_limited(account: AccountRegion, service_type: str, resource_id: str, bandwidth: int) -> None:
    """Refuse a rule for a gateway that is not there, cannot have one, or has less bandwidth itself."""
    if service_type == ELSEWHERE:
        return
    limited = LIMITED.get(service_type)
    gateway = account.find_by(limited.kind, limited.named_by, resource_id) if limited else None
    if limited is None or gateway is None:
        raise NoSuchObject(f"there is no {service_type} of this id")
    if refusal := limited.refusal(account, gateway):
        raise OperationDenied(refusal)
    if bandwidth > limited.bandwidth(account, gateway):
        raise BadRequest(f"bandwidth is at most {limited.bandwidth(account, gateway)}, as that of the gateway")
