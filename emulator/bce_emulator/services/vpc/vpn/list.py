"""Look at VPN gateways: one, or all of a VPC that fit some filters; each with its tunnels and its SSL server."""

from __future__ import annotations

from typing import Literal, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.shared.tags import TagView, show_tags
from bce_emulator.services.shared.times import beijing_time
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer
from bce_emulator.services.vpc.ssl_vpn.show import SslVpnServerView, show_ssl_vpn_server
from bce_emulator.services.vpc.vpc.resource import Vpc
from bce_emulator.services.vpc.vpn.resource import Vpn
from bce_emulator.services.vpc.vpn_conn.resource import VpnConn
from bce_emulator.services.vpc.vpn_conn.show import VpnConnView, show_vpn_conn


class QueryVpnListRequest(Model):
    """Of which VPC; filters are all to hold."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    vpc_id: str
    eip: str = ""
    type: Literal["IPSec", "SSL"] | None = None


class SearchForVpnDetailsRequest(Model):
    """Which gateway to look at."""

    vpn_id: str


class VpnView(TypedDict):
    """A VPN gateway; bandwidth is that of its EIP, and only what is paid for ahead expires."""

    vpnId: str
    vpnName: str
    description: str
    status: str
    type: str
    vpcId: str
    eip: str
    bandwidthInMbps: int
    maxConnection: int
    paymentTiming: str
    createTime: str
    expiredTime: str
    deleteProtect: bool
    tags: list[TagView]
    vpnConnNum: int
    vpnConns: list[VpnConnView]
    sslVpnServer: NotRequired[SslVpnServerView]


class QueryVpnListResponse(Page):
    """One page of the VPN gateways."""

    vpns: list[VpnView]


@operation("GET /v1/vpn", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/zk2ydcivt")
def query_vpn_list(account: AccountRegion, request: QueryVpnListRequest) -> QueryVpnListResponse:
    """List the VPN gateways of a VPC that fit all filters, newest first."""
    vpc = account.get(Vpc, request.vpc_id)

    def fits(vpn: Vpn) -> bool:
        return request.eip in {"", vpn.public_ip} and request.type in {None, vpn.vpn_type}

    return page(
        QueryVpnListResponse,
        account,
        Vpn,
        "vpns",
        lambda vpn: _show(account, vpn),
        request.marker,
        request.max_keys,
        fits,
        of=("vpc_id", vpc.id),
    )


@operation("GET /v1/vpn/{vpnId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/zk2ydcivt")
def search_for_vpn_details(account: AccountRegion, request: SearchForVpnDetailsRequest) -> VpnView:
    """Look at one VPN gateway."""
    return _show(account, account.get(Vpn, request.vpn_id))


def _show(account: AccountRegion, vpn: Vpn) -> VpnView:
    tunnels = account.where(VpnConn, "vpn_id", vpn.id)
    view: VpnView = {
        "vpnId": vpn.id,
        "vpnName": vpn.name,
        "description": vpn.desc,
        "status": vpn.status,
        "type": vpn.vpn_type,
        "vpcId": vpn.vpc_id,
        "eip": vpn.public_ip,
        "bandwidthInMbps": vpn.public_bandwidth,
        "maxConnection": vpn.max_connection,
        "paymentTiming": vpn.payment,
        "createTime": beijing_time(vpn.created),
        "expiredTime": iso(vpn.expires) if vpn.expires else "",
        "deleteProtect": vpn.delete_protection,
        "tags": show_tags(vpn.tags),
        "vpnConnNum": len(tunnels),
        "vpnConns": [show_vpn_conn(account, each) for each in tunnels],
    }
    for server in account.where(SslVpnServer, "vpn_id", vpn.id):
        view["sslVpnServer"] = show_ssl_vpn_server(account, server)
    return view
