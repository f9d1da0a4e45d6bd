"""Look at dedicated clusters, and at the load balancers on one. https://cloud.baidu.com/doc/BLB/s/rmrlvoy73"""

from __future__ import annotations

from typing import Any, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.balancer.resource import APPLICATION, NORMAL, LoadBalancer
from bce_emulator.services.blb.balancer.show import ROUTE_TYPE
from bce_emulator.services.blb.lbdc.resource import Lbdc
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.vpc.address.public import address_service


class DescribeLbdcsRequest(Model):
    """Filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    id: str = ""
    name: str = ""


class LbdcLook(Model):
    """Which dedicated cluster to look at."""

    id: str


class LbdcSummary(TypedDict):
    """What every look at a dedicated cluster shows."""

    id: str
    name: str
    type: str
    status: str
    ccuCount: int
    createTime: str
    expireTime: str


class LbdcView(LbdcSummary):
    """A dedicated cluster in a list."""

    desc: str


class LbdcInFullView(LbdcSummary):
    """A dedicated cluster alone, with its tags and what goes through it, which is nothing."""

    totalConnectCount: int
    newConnectCps: int
    networkInBps: int
    networkOutBps: int
    httpQps: int
    httpsQps: int
    httpNewConnectCps: int
    httpsNewConnectCps: int
    sslNewConnectCps: int
    tags: list[TagView]


class DescribeLbdcsResponse(Page):
    """One page of dedicated clusters."""

    clusterList: list[LbdcView]


class AssociateBlbView(TypedDict):
    """A load balancer on a cluster; bandwidth is that of its EIP, and what it does not have is left out."""

    blbId: str
    name: str
    status: str
    blbType: str
    address: str
    vpcId: str
    subnetId: str
    publicIp: NotRequired[str]
    eipRouteType: NotRequired[str]
    bandwidth: NotRequired[int]
    ipv6: NotRequired[str]


class DescribeLbdcBlbResponse(TypedDict):
    """The load balancers on a cluster."""

    blbList: list[AssociateBlbView]


@operation("GET /v1/lbdc", doc="https://cloud.baidu.com/doc/BLB/s/rmrlvoy73")
def describe_lbdcs(account: AccountRegion, request: DescribeLbdcsRequest) -> DescribeLbdcsResponse:
    """List the dedicated clusters that fit all filters, newest first."""

    def fits(cluster: Lbdc) -> bool:
        return request.id in {"", cluster.id} and request.name in {"", cluster.name}

    return page(DescribeLbdcsResponse, account, Lbdc, "clusterList", _show, request.marker, request.max_keys, fits)


@operation("GET /v1/lbdc/{id}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BLB/s/imrlvoybg")
def describe_lbdc(account: AccountRegion, request: LbdcLook) -> LbdcInFullView:
    """Look at one dedicated cluster."""
    cluster = account.get(Lbdc, request.id)
    return {
        **_summary(cluster),
        "totalConnectCount": 0,
        "newConnectCps": 0,
        "networkInBps": 0,
        "networkOutBps": 0,
        "httpQps": 0,
        "httpsQps": 0,
        "httpNewConnectCps": 0,
        "httpsNewConnectCps": 0,
        "sslNewConnectCps": 0,
        "tags": show_tags(cluster.tags),
    }


@operation("GET /v1/lbdc/{id}/blb", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/BLB/s/hmrlvoyfy")
def describe_lbdc_blb(account: AccountRegion, request: LbdcLook) -> DescribeLbdcBlbResponse:
    """List the load balancers on a dedicated cluster."""
    cluster = account.get(Lbdc, request.id)
    on_it = [
        *account.where(LoadBalancer, "layer4_cluster_id", cluster.id),
        *account.where(LoadBalancer, "layer7_cluster_id", cluster.id),
    ]
    return {"blbList": [_show_balancer(account, each) for each in on_it]}


def _summary(cluster: Lbdc) -> LbdcSummary:
    return {
        "id": cluster.id,
        "name": cluster.name,
        "type": cluster.cluster_type,
        "status": cluster.status,
        "ccuCount": cluster.ccu_count,
        "createTime": iso(cluster.created),
        "expireTime": iso(cluster.expires),
    }


def _show(cluster: Lbdc) -> LbdcView:
    return {**_summary(cluster), "desc": cluster.desc}


def _show_balancer(account: AccountRegion, balancer: LoadBalancer) -> AssociateBlbView:
    view: dict[str, Any] = {
        "blbId": balancer.id,
        "name": balancer.name,
        "status": balancer.status,
        "blbType": (APPLICATION if balancer.is_application else NORMAL)[0],
        "address": balancer.address,
        "vpcId": balancer.vpc_id,
        "subnetId": balancer.subnet_id,
    }
    public_ip = balancer.public_ip(ipv6=False)
    if public_ip:
        bandwidth = address_service().bandwidth_of(account, public_ip)
        view |= {"publicIp": public_ip, "eipRouteType": ROUTE_TYPE.lower(), "bandwidth": bandwidth}
    if balancer.ipv6:
        view["ipv6"] = balancer.ipv6
    return view  # type: ignore[return-value]
