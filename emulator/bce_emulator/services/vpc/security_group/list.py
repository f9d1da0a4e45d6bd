"""Show one of the security groups, and list those that fit some filters. BCC and VPC both publish these calls."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.security_group.membership import count_bound, groups_of_instance, member_types
from bce_emulator.services.vpc.security_group.resource import Rule, SecurityGroup


class ListSecurityGroupsRequest(Model):
    """What is listed has to fit all filters."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    vpc_id: str = ""
    security_group_id: str = ""
    security_group_ids: tuple[str, ...] = ()


class GetSecurityGroupDetailRequest(Model):
    """Which security group to show."""

    security_group_id: str


class SecurityGroupRuleView(TypedDict):
    """A rule and the group it is in."""

    securityGroupId: str
    securityGroupUuid: str
    securityGroupRuleId: str
    direction: str
    ethertype: str
    protocol: str
    portRange: str
    sourceIp: str
    sourceGroupId: str
    destIp: str
    destGroupId: str
    remark: str
    createdTime: str
    updatedTime: str


class SecurityGroupView(TypedDict):
    """A security group and its rules."""

    id: str
    name: str
    desc: str
    vpcId: str
    createdTime: str
    updatedTime: str
    sgVersion: int
    bindInstanceNum: int
    rules: list[SecurityGroupRuleView]
    tags: list[TagView]


class ListSecurityGroupsResponse(Page):
    """One page of the security groups."""

    securityGroups: list[SecurityGroupView]


class GetSecurityGroupDetailResponse(SecurityGroupView):
    """One security group, without a member around it."""


@operation("GET /v2/securityGroup", doc="https://cloud.baidu.com/doc/BCC/s/2jwvynx6s", product="bcc")
def list_security_groups(account: AccountRegion, request: ListSecurityGroupsRequest) -> ListSecurityGroupsResponse:
    """List the security groups that fit all filters, newest first."""
    of_instance = groups_of_instance(account, request.instance_id).ordinary if request.instance_id else ()
    wanted = {*request.security_group_ids, request.security_group_id} - {""}

    def fits(group: SecurityGroup) -> bool:
        return (
            (not request.vpc_id or group.vpc_id == request.vpc_id)
            and (not request.instance_id or group.id in of_instance)
            and (not wanted or group.id in wanted)
        )

    return page(
        ListSecurityGroupsResponse,
        account,
        SecurityGroup,
        "securityGroups",
        lambda group: rendered(account, group),
        request.marker,
        request.max_keys,
        fits,
    )


@operation(
    "GET /v2/securityGroup/{securityGroupId}",
    errors=[NoSuchObject],
    doc="https://cloud.baidu.com/doc/VPC/s/4m20c3qkh",
    product="bcc",
)
def get_security_group_detail(
    account: AccountRegion, request: GetSecurityGroupDetailRequest
) -> GetSecurityGroupDetailResponse:
    """Show one security group, without a member around it."""
    return show_security_group(account, account.get(SecurityGroup, request.security_group_id))


def rendered(account: AccountRegion, group: SecurityGroup) -> SecurityGroupView:
    """The JSON of a group, kept until the group or something that can be in it has changed."""
    return account.rendered(group, show_security_group, *member_types())


def show_security_group(account: AccountRegion, group: SecurityGroup) -> SecurityGroupView:
    """A security group by the API's member names."""
    return {
        "id": group.id,
        "name": group.name,
        "desc": group.desc,
        "vpcId": group.vpc_id,
        "createdTime": iso(group.created),
        "updatedTime": iso(group.updated or group.created),
        "sgVersion": group.version,
        "bindInstanceNum": count_bound(account, group),
        "rules": [_show_rule(group, rule) for rule in group.rules],
        "tags": show_tags(group.tags),
    }


def _show_rule(group: SecurityGroup, rule: Rule) -> SecurityGroupRuleView:
    """A rule; its Terraform resource finds it again only if it names its group."""
    return {
        "securityGroupId": group.id,
        "securityGroupUuid": "",
        "securityGroupRuleId": rule.id,
        "direction": rule.direction,
        "ethertype": rule.ethertype,
        "protocol": rule.protocol,
        "portRange": rule.port_range,
        "sourceIp": rule.source_ip,
        "sourceGroupId": rule.source_group_id,
        "destIp": rule.dest_ip,
        "destGroupId": rule.dest_group_id,
        "remark": rule.remark,
        "createdTime": iso(rule.created),
        "updatedTime": iso(rule.updated),
    }
