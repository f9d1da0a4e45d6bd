"""What a policy can have: its rules, its priority, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientInt, Model
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.blb.app_ip_group.resource import AppIpGroup, AppIpGroupProtocol
from bce_emulator.services.blb.app_policy.resource import (
    FULL_MATCH,
    POLICIES,
    PORT_TYPES,
    RULES,
    SEVEN_LAYER,
    AppPolicy,
    Rule,
)
from bce_emulator.services.blb.app_reference import part_of
from bce_emulator.services.blb.app_server_group.resource import AppServerGroup, AppServerGroupPort
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import check_description
from bce_emulator.services.blb.errors import QuotaExceeded
from bce_emulator.services.blb.listener.resource import Listener

MAX_PRIORITY, MAX_VALUE = 32_768, 100
PRIORITIES = f"priority is 1 to {MAX_PRIORITY}, and each of a listener's policies has another one"


class RuleModel(Model):
    """What a request has to have."""

    key: str
    value: str


class PolicyModel(Model):
    """A policy to have; the numbers 0 and the empty texts that one client always sends are absent."""

    app_server_group_id: str = ""
    app_ip_group_id: str = ""
    backend_port: LenientInt = 0
    port_type: str = ""
    priority: LenientInt = 0
    rule_list: tuple[RuleModel, ...] = ()
    desc: str = ""


class Target(NamedTuple):
    """Where a policy leads, in the fields of a policy."""

    port_type: str
    group_id: str = ""
    port_id: str = ""
    ip_group_id: str = ""
    protocol_id: str = ""
    backend_port: int = 0


def new_policies(
    account: AccountRegion, balancer: LoadBalancer, listener: Listener, wanted: tuple[PolicyModel, ...]
) -> list[dict[str, Any]]:
    """The fields of the policies that a request wants a listener to have, or the refusal."""
    if not wanted:
        raise BadRequest("appPolicyVos is empty")
    there = account.where(AppPolicy, "listener_id", listener.id)
    rules = [rules_of(listener.protocol, each.rule_list) for each in wanted]
    for each in wanted:
        check_description(each.desc)
    priorities = _priorities(there, wanted)
    targets = [_target(account, balancer, listener.protocol, each) for each in wanted]
    return [
        {"desc": each.desc, "rules": own, "priority": priority, **target._asdict()}
        for each, own, priority, target in zip(wanted, rules, priorities, targets, strict=True)
    ]


def check_policy_quotas(
    account: AccountRegion, balancer: LoadBalancer, listener: Listener, wanted: tuple[PolicyModel, ...]
) -> None:
    """Refuse more policies, or rules, than there can be."""
    own = len(account.where(AppPolicy, "listener_id", listener.id)) + len(wanted)
    if listener.protocol not in SEVEN_LAYER and own > 1:
        raise QuotaExceeded(f"a {listener.protocol} listener has one policy")
    most = account.setting(POLICIES)
    if len(account.where(AppPolicy, "blb_id", balancer.id)) + len(wanted) > most:
        raise QuotaExceeded(f"a load balancer has {most} policies at most")
    most = account.setting(RULES)
    if any(len(each.rule_list) > most for each in wanted):
        raise QuotaExceeded(f"a policy has {most} rules at most")


def rules_of(protocol: str, models: tuple[RuleModel, ...]) -> tuple[Rule, ...]:
    """The rules of a policy; without one, everything fits."""
    rules = tuple(Rule(each.key, each.value) for each in models) or (FULL_MATCH,)
    if protocol not in SEVEN_LAYER and rules != (FULL_MATCH,):
        raise BadRequest(f"the policy of a {protocol} listener has the rule * *")
    for rule in rules:
        if not _can_be(rule):
            raise BadRequest("rules are host, uri or *, and their values 1 to 100 characters with one * at most")
    return rules


def check_priorities(priorities: Iterable[int]) -> None:
    """Refuse priorities that policies of one listener cannot have beside each other."""
    all_of_them = list(priorities)
    in_range = all(1 <= each <= MAX_PRIORITY for each in all_of_them)
    if not in_range or len(set(all_of_them)) != len(all_of_them):
        raise BadRequest(PRIORITIES)


def _can_be(rule: Rule) -> bool:
    if rule.key == "*":
        return rule.value == "*"
    if not 1 <= len(rule.value) <= MAX_VALUE or rule.value.count("*") > 1:
        return False
    if rule.key == "host":
        return "*" not in rule.value[1:] and "/" not in rule.value
    return rule.key == "uri" and (rule.value[0] == "/" or rule.value == "*")


def _priorities(there: list[AppPolicy], wanted: tuple[PolicyModel, ...]) -> list[int]:
    """The priorities that were asked for; those without one come after all others."""
    last = max([policy.priority for policy in there] + [each.priority for each in wanted], default=0)
    found = []
    for each in wanted:
        last += not each.priority
        found.append(each.priority or last)
    check_priorities([policy.priority for policy in there] + found)
    return found


def _target(account: AccountRegion, balancer: LoadBalancer, protocol: str, wanted: PolicyModel) -> Target:
    allowed = PORT_TYPES[protocol]
    if bool(wanted.app_server_group_id) == bool(wanted.app_ip_group_id):
        raise BadRequest("a policy leads to either appServerGroupId or appIpGroupId")
    port_type = wanted.port_type or allowed[0]
    if port_type not in allowed:
        raise BadRequest(f"a {protocol} listener leads to ports of the type {' or '.join(allowed)}")
    if wanted.app_ip_group_id:
        return _ip_target(account, balancer, port_type, wanted)
    group = part_of(account, balancer, AppServerGroup, wanted.app_server_group_id)
    ports = account.where(AppServerGroupPort, "group_id", group.id)
    port = next((each for each in ports if (each.port, each.type) == (wanted.backend_port, port_type)), None)
    if port is None:
        raise BadRequest(f"{group.id} has no {port_type} port {wanted.backend_port}")
    return Target(port_type, group_id=group.id, port_id=port.id, backend_port=port.port)


def _ip_target(account: AccountRegion, balancer: LoadBalancer, port_type: str, wanted: PolicyModel) -> Target:
    group = part_of(account, balancer, AppIpGroup, wanted.app_ip_group_id)
    if wanted.backend_port:
        raise BadRequest("the members of an IP group have ports of their own, so backendPort is 0 or absent")
    protocols = account.where(AppIpGroupProtocol, "group_id", group.id)
    protocol = next((each for each in protocols if each.type == port_type), None)
    if protocol is None:
        raise BadRequest(f"{group.id} has no protocol {port_type}")
    return Target(port_type, ip_group_id=group.id, protocol_id=protocol.id)
