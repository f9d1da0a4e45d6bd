"""How load balancers are shown. https://cloud.baidu.com/doc/BLB/s/Pjwvxnxdm"""

from __future__ import annotations

from typing import Any, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.blb.balancer.lifecycle import PAUSED
from bce_emulator.services.blb.balancer.resource import SHARED, LoadBalancer
from bce_emulator.services.blb.listener.resource import Listener
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.shared.term import KEPT
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

ROUTE_TYPE = "BGP"
"""The line that is shown of every public address."""


class LoadBalancerView(TypedDict):
    """A load balancer as both lists and both details show it; what it does not have is left out."""

    blbId: str
    name: str
    desc: str
    address: str
    status: str
    vpcId: str
    subnetId: str
    tags: list[TagView]
    allowDelete: bool
    allowModify: bool
    modificationProtectionReason: str
    paymentTiming: str
    billingMethod: NotRequired[str]
    publicIp: NotRequired[str]
    eipRouteType: NotRequired[str]
    publicIpv6: NotRequired[str]
    eipV6RouteType: NotRequired[str]
    layer4ClusterId: NotRequired[str]
    layer7ClusterId: NotRequired[str]
    layer4ClusterExclusive: bool
    layer7ClusterExclusive: bool


class ListenerRef(TypedDict):
    """A listener of a load balancer."""

    port: str
    type: str
    description: str


class LoadBalancerInFullView(LoadBalancerView):
    """A load balancer alone."""

    cidr: str
    vpcName: str
    createTime: str
    listener: list[ListenerRef]
    performanceLevel: NotRequired[str]
    expireTime: NotRequired[str]
    releaseTime: NotRequired[str]
    ipv6: NotRequired[str]


class AppLoadBalancerInFullView(LoadBalancerInFullView):
    """An application load balancer alone; ``subnetCider`` is spelled so."""

    subnetName: str
    subnetCider: str
    supportAcl: bool


def show_balancer(_account: AccountRegion, balancer: LoadBalancer) -> LoadBalancerView:
    """A load balancer in a list."""
    view: dict[str, Any] = {
        "blbId": balancer.id,
        "name": balancer.name,
        "desc": balancer.desc,
        "address": balancer.address,
        "status": balancer.status,
        "vpcId": balancer.vpc_id,
        "subnetId": balancer.subnet_id,
        "tags": show_tags(balancer.tags),
        "allowDelete": balancer.allow_delete,
        "allowModify": balancer.allow_modify,
        "modificationProtectionReason": balancer.protection_reason,
        "paymentTiming": balancer.payment,
        "layer4ClusterExclusive": bool(balancer.layer4_cluster_id),
        "layer7ClusterExclusive": bool(balancer.layer7_cluster_id),
    }
    ipv4, ipv6 = balancer.public_ip(ipv6=False), balancer.public_ip(ipv6=True)
    only_if_there = {
        "billingMethod": balancer.billing_method,
        "publicIp": ipv4,
        "eipRouteType": ipv4 and ROUTE_TYPE,
        "publicIpv6": ipv6,
        "eipV6RouteType": ipv6 and ROUTE_TYPE,
        "layer4ClusterId": balancer.layer4_cluster_id,
        "layer7ClusterId": balancer.layer7_cluster_id,
    }
    view |= {name: value for name, value in only_if_there.items() if value}
    return view  # type: ignore[return-value]


def show_in_full(account: AccountRegion, balancer: LoadBalancer) -> LoadBalancerInFullView:
    """An ordinary load balancer alone."""
    vpc = account.get(Vpc, balancer.vpc_id)
    listeners = sorted(account.where(Listener, "blb_id", balancer.id), key=lambda each: (each.port, each.protocol))
    view: dict[str, Any] = {
        **show_balancer(account, balancer),
        "cidr": vpc.cidr,
        "vpcName": vpc.name,
        "createTime": iso(balancer.created),
        "listener": [
            {"port": str(each.port), "type": each.protocol, "description": each.description} for each in listeners
        ],
    }
    if balancer.performance_level != SHARED:
        view["performanceLevel"] = balancer.performance_level
    if balancer.expires is not None:
        view["expireTime"] = iso(balancer.expires)
        if balancer.state == PAUSED:
            view["releaseTime"] = iso(balancer.expires + KEPT)
    if balancer.ipv6:
        view["ipv6"] = balancer.ipv6
    return view  # type: ignore[return-value]


def show_application_in_full(account: AccountRegion, balancer: LoadBalancer) -> AppLoadBalancerInFullView:
    """An application load balancer alone."""
    subnet = account.get(Subnet, balancer.subnet_id)
    return {
        **show_in_full(account, balancer),
        "subnetName": subnet.name,
        "subnetCider": subnet.cidr,
        "supportAcl": balancer.support_acl,
    }
