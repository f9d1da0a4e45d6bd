"""From where to where a rule may lead. https://cloud.baidu.com/doc/VPC/s/Ljwvyugpl"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.cidr import parse_network
from bce_emulator.services.vpc.route.errors import RouteRuleRepeated
from bce_emulator.services.vpc.route.resource import RouteRule, RouteTable
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

EVERYWHERE = "0.0.0.0/0"


def check_ranges(
    account: AccountRegion, table: RouteTable, source: str, destination: str, but: RouteRule | None = None
) -> tuple[str, str]:
    """The ranges as they are kept, or a refusal; ``but`` is the rule that is about to have them."""
    vpc = account.get(Vpc, table.vpc_id)
    start, end = _range(source, "sourceAddress"), _range(destination, "destinationAddress")
    if start.version != end.version:
        raise BadRequest("sourceAddress and destinationAddress are of one IP version")
    subnets = account.where(Subnet, "vpc_id", vpc.id)
    if start.prefixlen and not vpc.relay and not _within(start, _cidrs(start, subnets)):
        raise BadRequest("sourceAddress is not within a subnet of the VPC")
    if start.prefixlen and end.prefixlen and _overlaps(end, _cidrs(end, [vpc])):
        raise BadRequest("destinationAddress overlaps the VPC, and sourceAddress is not 0.0.0.0/0")
    pair = str(start), str(end)
    rules = account.where(RouteRule, "route_table_id", table.id)
    if any((rule.source, rule.destination) == pair for rule in rules if rule is not but):
        raise RouteRuleRepeated("a rule of the table has these ranges")
    return pair


def _range(text: str, member: str) -> IPv4Network | IPv6Network:
    try:
        return parse_network(text)
    except ValueError as error:
        raise BadRequest(f"{member}: {error}") from None


def _cidrs(like: IPv4Network | IPv6Network, owners: Iterable[Vpc | Subnet]) -> list[IPv4Network | IPv6Network]:
    texts: list[str] = []
    for owner in owners:
        if like.version == 6:
            texts += [owner.ipv6_cidr] if owner.ipv6_cidr else []
        else:
            texts += owner.cidrs if isinstance(owner, Vpc) else (owner.cidr,)
    return [ip_network(text) for text in texts]


def _within(inner: IPv4Network | IPv6Network, others: Iterable[IPv4Network | IPv6Network]) -> bool:
    return any(inner.supernet(new_prefix=other.prefixlen) == other for other in _wider(inner, others))


def _overlaps(one: IPv4Network | IPv6Network, others: list[IPv4Network | IPv6Network]) -> bool:
    return _within(one, others) or any(_within(other, [one]) for other in others)


def _wider(
    network: IPv4Network | IPv6Network, others: Iterable[IPv4Network | IPv6Network]
) -> list[IPv4Network | IPv6Network]:
    return [other for other in others if other.prefixlen <= network.prefixlen]
