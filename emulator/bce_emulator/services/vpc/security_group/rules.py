"""Rules of security groups: how they are asked for, what they are checked for, and which two are the same."""

from __future__ import annotations

from typing import Literal, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.cidr import Network, parse_network
from bce_emulator.services.shared.ports import ALL_PORTS, MAX_PORT
from bce_emulator.services.vpc.security_group.errors import (
    ProtocolInvalid,
    RuleCIDRAddressError,
    RuleDuplicated,
    RuleNumberExceededLimit,
    RulePortInvalid,
    RulePortOrderInvalid,
    RulePortRangeInvalid,
    RuleRemarkTooLong,
)
from bce_emulator.services.vpc.security_group.resource import RULES, Rule, SecurityGroup

ALL = "all"
PROTOCOLS = frozenset({"tcp", "udp", "icmp", ALL})
DIRECTIONS = ("ingress", "egress")
EVERYWHERE = {"IPv4": "0.0.0.0/0", "IPv6": "::/0"}
MAX_REMARK = 200

FORM_ERRORS = [
    RulePortInvalid,
    RulePortRangeInvalid,
    RulePortOrderInvalid,
    RuleCIDRAddressError,
    RuleRemarkTooLong,
    ProtocolInvalid,
]
"""How the form of a rule in a request can be wrong."""


class RuleModel(Model):
    """A rule in a request. An id in it is ignored: the rule gets its own."""

    direction: Literal["ingress", "egress"]
    ethertype: Literal["IPv4", "IPv6"] = "IPv4"
    protocol: str = ""
    port_range: str = ""
    source_ip: str = ""
    source_group_id: str = ""
    dest_ip: str = ""
    dest_group_id: str = ""
    remark: str = ""


class Same(NamedTuple):
    """What two rules of a group must not have in common."""

    remark: str
    protocol: str
    direction: str
    ports: tuple[int, int]
    network: Network | None
    group_id: str


def rule_of(model: RuleModel) -> Rule:
    """The rule that a request describes, without an id, or the refusal of its form.

    What is left out stands for everything, and is shown as ``all`` and ``1-65535``.
    """
    if (model.protocol or ALL) not in PROTOCOLS:
        raise ProtocolInvalid
    source_ip, dest_ip = model.source_ip, model.dest_ip
    if model.direction == "ingress" and not model.source_group_id:
        source_ip = source_ip or ALL
    if model.direction == "egress" and not model.dest_group_id:
        dest_ip = dest_ip or ALL
    rule = Rule(
        id="",
        direction=model.direction,
        ethertype=model.ethertype,
        protocol=model.protocol or ALL,
        port_range=model.port_range or ALL_PORTS,
        source_ip=source_ip,
        source_group_id=model.source_group_id,
        dest_ip=dest_ip,
        dest_group_id=model.dest_group_id,
        remark=model.remark,
    )
    check_form(rule)
    return rule


def check_form(rule: Rule) -> None:
    """Refuse ports, addresses and remarks that break the rule for them."""
    if len(rule.remark) > MAX_REMARK:
        raise RuleRemarkTooLong(f"a remark has at most {MAX_REMARK} characters")
    if rule.source_ip and rule.source_group_id:
        raise BadRequest("sourceIp and sourceGroupId exclude each other")
    if rule.dest_ip and rule.dest_group_id:
        raise BadRequest("destIp and destGroupId exclude each other")
    ports_of(rule.port_range)
    for address in (rule.source_ip, rule.dest_ip):
        network_of(address, rule.ethertype)


def ports_of(text: str) -> tuple[int, int]:
    """The first and the last port of a range such as ``80`` or ``1-65535``."""
    first, dash, last = text.partition("-")
    low, high = _port(first), _port(last if dash else first)
    if not (1 <= low <= MAX_PORT and 1 <= high <= MAX_PORT):
        raise RulePortRangeInvalid(f"{text!r} is not within 1 to {MAX_PORT}")
    if low > high:
        raise RulePortOrderInvalid(f"{text!r} runs backwards")
    return low, high


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise RulePortInvalid(f"{text!r} is not the number of a port")
    return int(text) if len(text) < 10 else MAX_PORT + 1


def network_of(text: str, ethertype: str) -> Network | None:
    """The network that a rule names; ``all`` is every address, and the empty text is none."""
    if not text:
        return None
    try:
        network = parse_network(EVERYWHERE[ethertype] if text == ALL else text, strict=False)
    except ValueError:
        raise RuleCIDRAddressError(f"{text!r} is no address and no CIDR") from None
    if ethertype != f"IPv{network.version}":
        raise RuleCIDRAddressError(f"{text!r} is not {ethertype}")
    return network


def same(rule: Rule) -> Same:
    """What makes a rule the same as another, however its ports and addresses are written."""
    incoming = rule.direction == "ingress"
    return Same(
        rule.remark,
        rule.protocol,
        rule.direction,
        ports_of(rule.port_range),
        network_of(rule.source_ip if incoming else rule.dest_ip, rule.ethertype),
        rule.source_group_id if incoming else rule.dest_group_id,
    )


def check_unique(rules: tuple[Rule, ...]) -> None:
    """Refuse two rules of a group that are the same."""
    if len({same(rule) for rule in rules}) < len(rules):
        raise RuleDuplicated


def check_number(account: AccountRegion, rules: tuple[Rule, ...]) -> None:
    """Refuse more rules than a group holds."""
    most = account.setting(RULES)
    for direction in DIRECTIONS:
        if sum(rule.direction == direction for rule in rules) > most:
            raise RuleNumberExceededLimit(f"a security group has at most {most} rules for {direction}")


def check_groups_of(account: AccountRegion, rule: Rule) -> None:
    """Refuse a rule for a group that does not exist."""
    for group_id in (rule.source_group_id, rule.dest_group_id):
        if group_id:
            account.get(SecurityGroup, group_id)


def with_id(account: AccountRegion, rule: Rule) -> Rule:
    """A rule as it enters a group."""
    now = account.clock.now()
    return rule._replace(id=f"r-{account.new_text('security group rule', 'lower')}", created=now, updated=now)


def set_rules(account: AccountRegion, group: SecurityGroup, rules: tuple[Rule, ...]) -> None:
    """Give a group other rules; its version goes up."""
    group.rules = rules
    group.version += 1
    group.updated = account.clock.now()


def default_rules(account: AccountRegion) -> tuple[Rule, ...]:
    """The rules of a default security group: everything in and out."""
    return tuple(
        with_id(
            account,
            Rule(
                id="",
                direction=direction,
                ethertype=ethertype,
                source_ip=ALL if direction == "ingress" else "",
                dest_ip=ALL if direction == "egress" else "",
            ),
        )
        for direction in DIRECTIONS
        for ethertype in EVERYWHERE
    )
