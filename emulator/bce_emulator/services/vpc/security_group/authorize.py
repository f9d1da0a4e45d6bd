"""Add, remove and change single rules of a security group."""

from __future__ import annotations

from typing import Annotated

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.security_group.errors import (
    InvalidProtocolException,
    NoSuchRule,
    RuleCIDRAddressError,
    RuleDuplicated,
    RuleNotExist,
    RuleNumberExceededLimit,
    RulePortInvalid,
    RulePortOrderInvalid,
    RulePortRangeInvalid,
    RuleRemarkTooLong,
    VersionMismatch,
)
from bce_emulator.services.vpc.security_group.resource import Rule, SecurityGroup
from bce_emulator.services.vpc.security_group.rules import (
    FORM_ERRORS,
    PROTOCOLS,
    RuleModel,
    check_form,
    check_groups_of,
    check_number,
    check_unique,
    rule_of,
    same,
    set_rules,
    with_id,
)

WITH_PORTS = frozenset({"tcp", "udp"})


class RuleRequest(Model):
    """A security group, one rule, and the version the caller knows of the group."""

    client_token: ClientToken = ""
    sg_version: Annotated[int | None, IN_QUERY] = None
    security_group_id: str
    rule: RuleModel


class AuthorizeSecurityGroupRuleRequest(RuleRequest):
    """Which rule to add to which security group."""


class RevokeSecurityGroupRuleRequest(RuleRequest):
    """Which rule to remove from which security group: all of it is described, its id counts for nothing."""


class UpdateSecurityGroupRuleRequest(Model):
    """Which rule to change, and what of it; what is left out stays. Only the remark can become empty."""

    client_token: ClientToken = ""
    sg_version: Annotated[int | None, IN_QUERY] = None
    security_group_rule_id: str
    remark: str | None = None
    protocol: str = ""
    port_range: str = ""
    source_ip: str = ""
    source_group_id: str = ""
    dest_ip: str = ""
    dest_group_id: str = ""


class DeleteSecurityGroupRuleRequest(Model):
    """Which rule to delete, and the version the caller knows of its group."""

    client_token: ClientToken = ""
    sg_version: int | None = None
    security_group_rule_id: str


@operation(
    "PUT /v2/securityGroup/{securityGroupId}?authorizeRule",
    errors=[*FORM_ERRORS, NoSuchObject, VersionMismatch, RuleDuplicated, RuleNumberExceededLimit],
    doc="https://cloud.baidu.com/doc/BCC/s/pjwvynxvl",
    product="bcc",
)
def authorize_security_group_rule(account: AccountRegion, request: AuthorizeSecurityGroupRuleRequest) -> None:
    """Add a rule to a security group."""
    rule = rule_of(request.rule)
    group = account.get(SecurityGroup, request.security_group_id)
    check_version(group, request.sg_version)
    check_groups_of(account, rule)
    check_unique((*group.rules, rule))
    check_number(account, (*group.rules, rule))
    set_rules(account, group, (*group.rules, with_id(account, rule)))


@operation(
    "PUT /v2/securityGroup/{securityGroupId}?revokeRule",
    errors=[*FORM_ERRORS, NoSuchObject, VersionMismatch, RuleNotExist],
    doc="https://cloud.baidu.com/doc/BCC/s/yjwvynxk0",
    product="bcc",
)
def revoke_security_group_rule(account: AccountRegion, request: RevokeSecurityGroupRuleRequest) -> None:
    """Remove the rule of a security group that is the same as the one described."""
    described = same(rule_of(request.rule))
    group = account.get(SecurityGroup, request.security_group_id)
    check_version(group, request.sg_version)
    kept = tuple(rule for rule in group.rules if same(rule) != described)
    if len(kept) == len(group.rules):
        raise RuleNotExist
    set_rules(account, group, kept)


@operation(
    "PUT /v2/securityGroup/rule/update",
    errors=[
        NoSuchRule,
        NoSuchObject,
        VersionMismatch,
        InvalidProtocolException,
        RulePortInvalid,
        RulePortRangeInvalid,
        RulePortOrderInvalid,
        RuleCIDRAddressError,
        RuleRemarkTooLong,
        RuleDuplicated,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/5kechtl76",
    product="bcc",
)
def update_security_group_rule(account: AccountRegion, request: UpdateSecurityGroupRuleRequest) -> None:
    """Change a rule in place; it keeps its id."""
    group, rule = find_rule(account, request.security_group_rule_id, NoSuchRule)
    check_version(group, request.sg_version)
    changed = _changed(rule, request)._replace(updated=account.clock.now())
    check_form(changed)
    check_groups_of(account, changed)
    rules = tuple(changed if each.id == rule.id else each for each in group.rules)
    check_unique(rules)
    set_rules(account, group, rules)


@operation(
    "DELETE /v2/securityGroup/rule/{securityGroupRuleId}",
    errors=[NoSuchObject, VersionMismatch],
    doc="https://cloud.baidu.com/doc/BCC/s/hkd5m6n0k",
    product="bcc",
)
def delete_security_group_rule(account: AccountRegion, request: DeleteSecurityGroupRuleRequest) -> None:
    """Remove a rule by its id."""
    group, rule = find_rule(account, request.security_group_rule_id, NoSuchObject)
    check_version(group, request.sg_version)
    set_rules(account, group, tuple(each for each in group.rules if each.id != rule.id))


def find_rule(account: AccountRegion, rule_id: str, missing: type[NoSuchObject]) -> tuple[SecurityGroup, Rule]:
    """The rule with this id and the group it is in, or the error that says there is none."""
    for group in account.all(SecurityGroup):
        for rule in group.rules:
            if rule.id == rule_id:
                return group, rule
    raise missing(f"no security group of account {account.name} in {account.region} has a rule with this id")


def check_version(group: SecurityGroup, version: int | None) -> None:
    """Refuse a caller who does not know the latest change of the group; without a version nothing is compared."""
    if version is not None and version != group.version:
        raise VersionMismatch(f"the version of {group.id} is {group.version}")


def _changed(rule: Rule, request: UpdateSecurityGroupRuleRequest) -> Rule:
    protocol = request.protocol or rule.protocol
    if protocol not in PROTOCOLS or (protocol == "icmp" and rule.protocol in WITH_PORTS):
        raise InvalidProtocolException
    has_source = bool(request.source_ip or request.source_group_id)
    has_dest = bool(request.dest_ip or request.dest_group_id)
    return rule._replace(
        remark=rule.remark if request.remark is None else request.remark,
        protocol=protocol,
        port_range=request.port_range or rule.port_range,
        source_ip=request.source_ip if has_source else rule.source_ip,
        source_group_id=request.source_group_id if has_source else rule.source_group_id,
        dest_ip=request.dest_ip if has_dest else rule.dest_ip,
        dest_group_id=request.dest_group_id if has_dest else rule.dest_group_id,
    )
