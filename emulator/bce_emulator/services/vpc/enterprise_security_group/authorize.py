"""Add, change and remove rules of enterprise security groups."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.vpc.enterprise_security_group.errors import (
    EsgResourceNotExist,
    EsgRuleActionEmpty,
    EsgRuleDirectionInvalid,
    EsgRuleEthertypeInvalid,
    EsgRuleIpAddressEmpty,
    EsgRulePortEmpty,
    EsgRuleProtocolEmpty,
    EsgRuleResourceNotExist,
)
from bce_emulator.services.vpc.enterprise_security_group.resource import (
    EnterpriseSecurityGroup,
    EnterpriseSecurityGroupRule,
)
from bce_emulator.services.vpc.enterprise_security_group.rules import (
    DIRECTIONS,
    RULE_ERRORS,
    VERSIONS,
    EnterpriseRuleModel,
    Rule,
    add_rules,
    check_beside,
    check_form,
    check_number,
    network_of,
    rule_of,
    rules_of,
    said_by,
)
from bce_emulator.services.vpc.errors import LimitExceeded


class AuthorizeEnterpriseSecurityGroupRulesRequest(Model):
    """Which rules to add to which group."""

    client_token: ClientToken = ""
    enterprise_security_group_id: str
    rules: tuple[EnterpriseRuleModel, ...]


class UpdateEnterpriseSecurityGroupRulesRequest(Model):
    """Which rule to change, and what of it; a rule stays for its direction and its IP version."""

    client_token: ClientToken = ""
    enterprise_security_group_rule_id: str
    remark: str | None = None
    direction: str = ""
    ethertype: str = ""
    port_range: str | None = None
    source_port_range: str = ""
    protocol: str | None = None
    source_ip: str | None = None
    dest_ip: str | None = None
    local_ip: str | None = None
    remote_ip_set: str = ""
    remote_ip_group: str = ""
    action: str | None = None
    priority: int | None = None


class DeleteEnterpriseSecurityGroupRulesRequest(Model):
    """Which rule to remove."""

    client_token: ClientToken = ""
    enterprise_security_group_rule_id: str


@operation(
    "PUT /v1/enterprise/security/{enterpriseSecurityGroupId}?authorizeRule",
    errors=[EsgResourceNotExist, *RULE_ERRORS],
    doc="https://cloud.baidu.com/doc/VPC/s/Kl5jd2uh0",
)
def authorize_enterprise_security_group_rules(
    account: AccountRegion, request: AuthorizeEnterpriseSecurityGroupRulesRequest
) -> None:
    """Add rules to an enterprise security group, all or none."""
    group = account.get(EnterpriseSecurityGroup, request.enterprise_security_group_id)
    check_number(request.rules)
    if not request.rules:
        raise BadRequest("rules has one rule at least")
    rules = [rule_of(model) for model in request.rules]
    check_beside(account, rules, [said_by(rule) for rule in rules_of(account, group.id)])
    add_rules(account, group, rules)
    group.updated = account.clock.now()


@operation(
    "PUT /v1/enterprise/security/rule/{enterpriseSecurityGroupRuleId}",
    errors=[EsgRuleResourceNotExist, *(error for error in RULE_ERRORS if error is not LimitExceeded)],
    doc="https://cloud.baidu.com/doc/VPC/s/8l5jdu8lx",
)
def update_enterprise_security_group_rules(
    account: AccountRegion, request: UpdateEnterpriseSecurityGroupRulesRequest
) -> None:
    """Change a rule of an enterprise security group; it keeps its id, its direction and its IP version."""
    rule = account.get(EnterpriseSecurityGroupRule, request.enterprise_security_group_rule_id)
    changed = _changed(said_by(rule), request)
    check_form(changed)
    beside = [said_by(each) for each in rules_of(account, rule.group_id) if each is not rule]
    check_beside(account, [changed], beside)
    for name, value in changed._asdict().items():
        setattr(rule, name, value)
    _note_change(account, rule)


@operation(
    "DELETE /v1/enterprise/security/rule/{enterpriseSecurityGroupRuleId}",
    errors=[EsgRuleResourceNotExist],
    doc="https://cloud.baidu.com/doc/VPC/s/jl5jdnohy",
)
def delete_enterprise_security_group_rules(
    account: AccountRegion, request: DeleteEnterpriseSecurityGroupRulesRequest
) -> None:
    """Remove a rule by its id."""
    rule = account.get(EnterpriseSecurityGroupRule, request.enterprise_security_group_rule_id)
    _note_change(account, rule)
    account.remove(rule)


def _note_change(account: AccountRegion, rule: EnterpriseSecurityGroupRule) -> None:
    group = account.get(EnterpriseSecurityGroup, rule.group_id)
    rule.updated = group.updated = account.clock.now()


def _changed(rule: Rule, request: UpdateEnterpriseSecurityGroupRulesRequest) -> Rule:
    """The rule as a request would have it; a direction and an IP version are looked at, and count for nothing."""
    if request.direction and request.direction not in DIRECTIONS:
        raise EsgRuleDirectionInvalid
    if request.ethertype and request.ethertype not in VERSIONS:
        raise EsgRuleEthertypeInvalid
    if request.protocol == "":
        raise EsgRuleProtocolEmpty
    if request.port_range == "":
        raise EsgRulePortEmpty
    if request.action == "":
        raise EsgRuleActionEmpty
    given: dict[str, Any] = {
        "remark": request.remark,
        "protocol": request.protocol,
        "port_range": request.port_range,
        "source_port_range": request.source_port_range or None,
        "local_ip": request.local_ip,
        "action": request.action,
        "priority": request.priority,
    }
    for each in (request.source_ip, request.dest_ip):
        network_of(each or "", rule.ethertype)
    address = request.source_ip if rule.direction == "ingress" else request.dest_ip
    if address or request.remote_ip_set or request.remote_ip_group:
        given |= {
            "address": address or "",
            "ip_set_id": request.remote_ip_set,
            "ip_group_id": request.remote_ip_group,
        }
    elif address == "":
        raise EsgRuleIpAddressEmpty
    return rule._replace(**{name: value for name, value in given.items() if value is not None})
