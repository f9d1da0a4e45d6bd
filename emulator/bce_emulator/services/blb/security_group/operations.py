"""Bind security groups to load balancers of either family and look at them. https://cloud.baidu.com/doc/BLB/s/Hluqz2t0n"""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.blb.balancer.reference import CHANGES, BlbLook, BlbRef, begin_change
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.errors import InstanceNotFound
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroup
from bce_emulator.services.vpc.enterprise_security_group.rules import rules_of
from bce_emulator.services.vpc.security_group.membership import chosen_groups, is_in_security_groups
from bce_emulator.services.vpc.security_group.resource import SecurityGroup
from bce_emulator.services.vpc.vpc.resource import Vpc

DOC = "https://intl.cloud.baidu.com/en/doc/BLB/s/Hluqz2t0n-intl-en"
BIND = [*CHANGES, NoSuchObject]

is_in_security_groups(LoadBalancer)


class GroupsRequest(BlbRef):
    """Which security groups."""

    security_group_ids: tuple[str, ...]


class EnterpriseGroupsRequest(BlbRef):
    """Which enterprise security groups."""

    enterprise_security_group_ids: tuple[str, ...]


class BlbRuleView(TypedDict):
    """A rule of a security group."""

    securityGroupRuleId: str
    direction: str
    ethertype: str
    portRange: str
    protocol: str
    sourceGroupId: str
    sourceIp: str
    destGroupId: str
    destIp: str


class BlbGroupView(TypedDict):
    """A security group and its rules."""

    securityGroupId: str
    securityGroupName: str
    securityGroupDesc: str
    vpcName: str
    securityGroupRules: list[BlbRuleView]


class BlbEnterpriseRuleView(TypedDict):
    """A rule of an enterprise security group."""

    enterpriseSecurityGroupRuleId: str
    direction: str
    action: str
    priority: int
    remark: str
    ethertype: str
    portRange: str
    protocol: str
    sourceIp: str
    destIp: str


class BlbEnterpriseGroupView(TypedDict):
    """An enterprise security group and its rules."""

    enterpriseSecurityGroupId: str
    enterpriseSecurityGroupName: str
    enterpriseSecurityGroupDesc: str
    enterpriseSecurityGroupRules: list[BlbEnterpriseRuleView]


class DescribeBlbSecurityGroupsResponse(TypedDict):
    """The security groups of a load balancer."""

    blbSecurityGroups: list[BlbGroupView]


class DescribeBlbEnterpriseSecurityGroupsResponse(TypedDict):
    """The enterprise security groups of a load balancer."""

    enterpriseSecurityGroups: list[BlbEnterpriseGroupView]


@operation("PUT /v1/blb/{blbId}/securitygroup?bind", errors=BIND, doc=DOC)
def bind_blb_security_group(account: AccountRegion, request: GroupsRequest) -> None:
    """Put a load balancer into security groups of its VPC, beside those that it is in."""
    balancer = account.get(LoadBalancer, request.blb_id)
    wanted = (*balancer.security_group_ids, *_named(request.security_group_ids))
    groups = chosen_groups(account, balancer.vpc_id, wanted)
    begin_change(account, balancer)
    balancer.security_group_ids = groups.ordinary


@operation("PUT /v1/blb/{blbId}/securitygroup?unbind", errors=BIND, doc=DOC)
def unbind_blb_security_group(account: AccountRegion, request: GroupsRequest) -> None:
    """Take a load balancer out of security groups, all or none; it can be in none."""
    balancer = account.get(LoadBalancer, request.blb_id)
    left = _without(balancer.security_group_ids, _named(request.security_group_ids))
    begin_change(account, balancer)
    balancer.security_group_ids = left


@operation("PUT /v1/blb/{blbId}/enterprise/securitygroup?bind", errors=BIND, doc=DOC)
def bind_blb_enterprise_security_group(account: AccountRegion, request: EnterpriseGroupsRequest) -> None:
    """Put a load balancer into enterprise security groups, beside those that it is in."""
    balancer = account.get(LoadBalancer, request.blb_id)
    wanted = (*balancer.enterprise_security_group_ids, *_named(request.enterprise_security_group_ids))
    groups = chosen_groups(account, balancer.vpc_id, (), wanted)
    begin_change(account, balancer)
    balancer.enterprise_security_group_ids = groups.enterprise


@operation("PUT /v1/blb/{blbId}/enterprise/securitygroup?unbind", errors=BIND, doc=DOC)
def unbind_blb_enterprise_security_group(account: AccountRegion, request: EnterpriseGroupsRequest) -> None:
    """Take a load balancer out of enterprise security groups, all or none."""
    balancer = account.get(LoadBalancer, request.blb_id)
    left = _without(balancer.enterprise_security_group_ids, _named(request.enterprise_security_group_ids))
    begin_change(account, balancer)
    balancer.enterprise_security_group_ids = left


@operation("GET /v1/blb/{blbId}/securitygroup", errors=[InstanceNotFound], doc=DOC)
def describe_blb_security_groups(account: AccountRegion, request: BlbLook) -> DescribeBlbSecurityGroupsResponse:
    """Show the security groups of a load balancer."""
    balancer = account.get(LoadBalancer, request.blb_id)
    groups = [account.get(SecurityGroup, each) for each in balancer.security_group_ids]
    return {"blbSecurityGroups": [_show(account, group) for group in groups]}


@operation("GET /v1/blb/{blbId}/enterprise/securitygroup", errors=[InstanceNotFound], doc=DOC)
def describe_blb_enterprise_security_groups(
    account: AccountRegion, request: BlbLook
) -> DescribeBlbEnterpriseSecurityGroupsResponse:
    """Show the enterprise security groups of a load balancer."""
    balancer = account.get(LoadBalancer, request.blb_id)
    groups = [account.get(EnterpriseSecurityGroup, each) for each in balancer.enterprise_security_group_ids]
    return {"enterpriseSecurityGroups": [_show_enterprise(account, group) for group in groups]}


def _named(group_ids: tuple[str, ...]) -> tuple[str, ...]:
    if not group_ids:
        raise BadRequest("the list of groups is empty")
    return group_ids


def _without(there: tuple[str, ...], leaving: tuple[str, ...]) -> tuple[str, ...]:
    for group_id in leaving:
        if group_id not in there:
            raise NoSuchObject(f"{group_id[:64]!r} is not bound")
    return tuple(each for each in there if each not in leaving)


def _show(account: AccountRegion, group: SecurityGroup) -> BlbGroupView:
    return {
        "securityGroupId": group.id,
        "securityGroupName": group.name,
        "securityGroupDesc": group.desc,
        "vpcName": account.get(Vpc, group.vpc_id).name,
        "securityGroupRules": [
            {
                "securityGroupRuleId": rule.id,
                "direction": rule.direction,
                "ethertype": rule.ethertype,
                "portRange": rule.port_range,
                "protocol": rule.protocol,
                "sourceGroupId": rule.source_group_id,
                "sourceIp": rule.source_ip,
                "destGroupId": rule.dest_group_id,
                "destIp": rule.dest_ip,
            }
            for rule in group.rules
        ],
    }


def _show_enterprise(account: AccountRegion, group: EnterpriseSecurityGroup) -> BlbEnterpriseGroupView:
    return {
        "enterpriseSecurityGroupId": group.id,
        "enterpriseSecurityGroupName": group.name,
        "enterpriseSecurityGroupDesc": group.desc,
        "enterpriseSecurityGroupRules": [
            {
                "enterpriseSecurityGroupRuleId": rule.id,
                "direction": rule.direction,
                "action": rule.action,
                "priority": rule.priority,
                "remark": rule.remark,
                "ethertype": rule.ethertype,
                "portRange": rule.port_range,
                "protocol": rule.protocol,
                "sourceIp": rule.address if rule.direction == "ingress" else "",
                "destIp": rule.address if rule.direction == "egress" else "",
            }
            for rule in rules_of(account, group.id)
        ],
    }
