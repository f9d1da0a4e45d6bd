"""Look at the ACLs of a VPC, or at the rules of one subnet: those that were made, then the default ones."""

from __future__ import annotations

from typing import NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.vpc.acl.resource import AclRule
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

DEFAULTS = ("ingress", "egress")
"""The directions of the default rules, which every subnet has: they have no id, and nobody can change them."""
DEFAULT_POSITION = 32769


class QueryAclRequest(Model):
    """Of which VPC."""

    vpc_id: str


class QueryAclRulesRequest(Model):
    """Of which subnet."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    subnet_id: str


class AclRuleView(TypedDict):
    """A rule; a default one has no id."""

    id: NotRequired[str]
    subnetId: str
    description: str
    protocol: str
    sourceIpAddress: str
    destinationIpAddress: str
    sourcePort: str
    destinationPort: str
    position: int
    ipVersion: int
    direction: str
    action: str


class AclEntryView(TypedDict):
    """A subnet and its rules."""

    subnetId: str
    subnetName: str
    subnetCidr: str
    aclRules: list[AclRuleView]


class QueryAclResponse(TypedDict):
    """A VPC, and the rules of each of its subnets."""

    vpcId: str
    vpcName: str
    vpcCidr: str
    aclEntrys: list[AclEntryView]


class QueryAclRulesResponse(Page):
    """One page of the rules of a subnet."""

    aclRules: list[AclRuleView]


@operation("GET /v1/acl", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Qjwvyu6w3")
def query_acl(account: AccountRegion, request: QueryAclRequest) -> QueryAclResponse:
    """Show the rules of all subnets of a VPC, in the order in which they count."""
    vpc = account.get(Vpc, request.vpc_id)
    subnets = sorted(account.where(Subnet, "vpc_id", vpc.id), key=lambda subnet: subnet.serial)
    return {
        "vpcId": vpc.id,
        "vpcName": vpc.name,
        "vpcCidr": vpc.cidr,
        "aclEntrys": [
            {
                "subnetId": subnet.id,
                "subnetName": subnet.name,
                "subnetCidr": subnet.cidr,
                "aclRules": [
                    *map(show_rule, sorted(account.where(AclRule, "subnet_id", subnet.id), key=_position)),
                    *(_default(subnet, direction) for direction in DEFAULTS),
                ],
            }
            for subnet in subnets
        ],
    }


@operation("GET /v1/acl/rule", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/fjwvyu6hr")
def query_acl_rules(account: AccountRegion, request: QueryAclRulesRequest) -> QueryAclRulesResponse:
    """List the rules of a subnet, newest first, and at the end the default ones, whose markers are their directions."""
    subnet = account.get(Subnet, request.subnet_id)
    past = request.marker in DEFAULTS
    response = page(
        QueryAclRulesResponse,
        account,
        AclRule,
        "aclRules",
        show_rule,
        "" if past else request.marker,
        request.max_keys,
        lambda _: not past,
        of=("subnet_id", subnet.id),
    )
    if past:
        response["marker"] = request.marker
    if response["isTruncated"]:
        return response
    left = list(DEFAULTS[DEFAULTS.index(request.marker) if past else 0 :])
    while left and len(response["aclRules"]) < response["maxKeys"]:
        response["aclRules"].append(_default(subnet, left.pop(0)))
    if left:
        response["isTruncated"], response["nextMarker"] = True, left[0]
    return response


def show_rule(rule: AclRule) -> AclRuleView:
    """A rule by the API's member names."""
    return {
        "id": rule.id,
        "subnetId": rule.subnet_id,
        "description": rule.desc,
        "protocol": rule.protocol,
        "sourceIpAddress": rule.source,
        "destinationIpAddress": rule.destination,
        "sourcePort": rule.source_port,
        "destinationPort": rule.destination_port,
        "position": rule.position,
        "ipVersion": rule.ip_version,
        "direction": rule.direction,
        "action": rule.action,
    }


def _position(rule: AclRule) -> tuple[int, int]:
    return rule.position, rule.serial


def _default(subnet: Subnet, direction: str) -> AclRuleView:
    return {
        "subnetId": subnet.id,
        "description": "",
        "protocol": "all",
        "sourceIpAddress": "0.0.0.0/0",
        "destinationIpAddress": "0.0.0.0/0",
        "sourcePort": "0-65535",
        "destinationPort": "0-65535",
        "position": DEFAULT_POSITION,
        "ipVersion": 4,
        "direction": direction,
        "action": "allow",
    }
