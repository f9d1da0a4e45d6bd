"""Look at enterprise security groups."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.enterprise_security_group.resource import (
    EnterpriseSecurityGroup,
    EnterpriseSecurityGroupRule,
)
from bce_emulator.services.vpc.enterprise_security_group.rules import rules_of
from bce_emulator.services.vpc.security_group.membership import groups_of_instance


class QueryEnterpriseSecurityGroupListRequest(Model):
    """Perhaps whose groups to list."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""


class EnterpriseRuleView(TypedDict):
    """A rule; what it does not name is an empty text."""

    enterpriseSecurityGroupRuleId: str
    remark: str
    direction: str
    ethertype: str
    portRange: str
    sourcePortRange: str
    protocol: str
    sourceIp: str
    destIp: str
    localIp: str
    remoteIpSet: str
    remoteIpGroup: str
    action: str
    priority: int
    createdTime: str
    updatedTime: str


class EnterpriseSecurityGroupView(TypedDict):
    """An enterprise security group and its rules."""

    id: str
    name: str
    desc: str
    rules: list[EnterpriseRuleView]
    tags: list[TagView]
    createdTime: str
    updatedTime: str


class QueryEnterpriseSecurityGroupListResponse(Page):
    """One page of the groups."""

    enterpriseSecurityGroups: list[EnterpriseSecurityGroupView]


@operation("GET /v1/enterprise/security", doc="https://cloud.baidu.com/doc/VPC/s/Cl5jbuluf")
def query_enterprise_security_group_list(
    account: AccountRegion, request: QueryEnterpriseSecurityGroupListRequest
) -> QueryEnterpriseSecurityGroupListResponse:
    """List the enterprise security groups, newest first, or those that something is in."""
    wanted = groups_of_instance(account, request.instance_id).enterprise if request.instance_id else ()
    return page(
        QueryEnterpriseSecurityGroupListResponse,
        account,
        EnterpriseSecurityGroup,
        "enterpriseSecurityGroups",
        account.renderer(show_enterprise_security_group, EnterpriseSecurityGroupRule),
        request.marker,
        request.max_keys,
        (lambda group: group.id in wanted) if request.instance_id else None,
    )


def show_enterprise_security_group(
    account: AccountRegion, group: EnterpriseSecurityGroup
) -> EnterpriseSecurityGroupView:
    """A group by the API's member names."""
    return {
        "id": group.id,
        "name": group.name,
        "desc": group.desc,
        "rules": [show_enterprise_rule(rule) for rule in rules_of(account, group.id)],
        "tags": show_tags(group.tags),
        "createdTime": iso(group.created),
        "updatedTime": iso(group.updated),
    }


def show_enterprise_rule(rule: EnterpriseSecurityGroupRule) -> EnterpriseRuleView:
    """A rule by the API's member names."""
    incoming = rule.direction == "ingress"
    return {
        "enterpriseSecurityGroupRuleId": rule.id,
        "remark": rule.remark,
        "direction": rule.direction,
        "ethertype": rule.ethertype,
        "portRange": rule.port_range,
        "sourcePortRange": rule.source_port_range,
        "protocol": rule.protocol,
        "sourceIp": rule.address if incoming else "",
        "destIp": "" if incoming else rule.address,
        "localIp": rule.local_ip,
        "remoteIpSet": rule.ip_set_id,
        "remoteIpGroup": rule.ip_group_id,
        "action": rule.action,
        "priority": rule.priority,
        "createdTime": iso(rule.created),
        "updatedTime": iso(rule.updated),
    }
