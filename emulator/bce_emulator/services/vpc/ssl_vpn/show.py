"""How an SSL server is shown."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer
from bce_emulator.services.vpc.vpn.resource import Vpn


class SslVpnServerView(TypedDict):
    """An SSL server; ``maxConnection`` is that of its gateway."""

    vpnId: str
    sslVpnServerId: str
    sslVpnServerName: str
    status: str
    interfaceType: str
    localSubnets: list[str]
    remoteSubnet: str
    clientDns: str
    maxConnection: int


def show_ssl_vpn_server(account: AccountRegion, server: SslVpnServer) -> SslVpnServerView:
    """An SSL server by the API's member names."""
    vpn = account.find(Vpn, server.vpn_id)
    return {
        "vpnId": server.vpn_id,
        "sslVpnServerId": server.id,
        "sslVpnServerName": server.name,
        "status": server.status,
        "interfaceType": server.interface_type,
        "localSubnets": list(server.local_subnets),
        "remoteSubnet": server.remote_subnet,
        "clientDns": server.client_dns,
        "maxConnection": vpn.max_connection if vpn else 0,
    }
