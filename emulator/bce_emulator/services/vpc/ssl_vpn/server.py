"""Make, change, delete and look at the SSL server of a VPN gateway."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import check_ipv4_address, check_subnets_apart
from bce_emulator.services.vpc.names import check_gateway_name
from bce_emulator.services.vpc.ssl_vpn.resource import SslVpnServer
from bce_emulator.services.vpc.ssl_vpn.show import SslVpnServerView, show_ssl_vpn_server
from bce_emulator.services.vpc.vpn.resource import SSL, Vpn


class SslVpnServerModel(Model):
    """What clients of the server reach, and from where."""

    client_token: ClientToken = ""
    vpn_id: str
    ssl_vpn_server_name: str
    local_subnets: tuple[str, ...]
    remote_subnet: str
    client_dns: str = ""


class CreateSslVpnServerRequest(SslVpnServerModel):
    """The server that is to be made."""

    interface_type: Literal["tap", "tun"] = "tap"


class UpdateSslVpnServerRequest(SslVpnServerModel):
    """What the server is from now on."""

    ssl_vpn_server_id: str


class DeleteSslVpnServerRequest(Model):
    """Which server goes."""

    client_token: ClientToken = ""
    vpn_id: str
    ssl_vpn_server_id: str


class QuerySslVpnServerRequest(Model):
    """Of which gateway."""

    vpn_id: str


class CreateSslVpnServerResponse(TypedDict):
    """The id of the server."""

    sslVpnServerId: str


@operation(
    "POST /v1/vpn/{vpnId}/sslVpnServer",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/Jl385fe3r",
)
def create_ssl_vpn_server(account: AccountRegion, request: CreateSslVpnServerRequest) -> CreateSslVpnServerResponse:
    """Make the one SSL server of a VPN gateway."""
    vpn = account.get(Vpn, request.vpn_id)
    _check(request)
    account.check(vpn, "add_content")
    if vpn.vpn_type != SSL:
        raise OperationDenied(f"{vpn.id} is for tunnels")
    if account.where(SslVpnServer, "vpn_id", vpn.id):
        raise OperationDenied(f"{vpn.id} has an SSL server")
    server = SslVpnServer(
        id=account.new_id(SslVpnServer),
        vpn_id=vpn.id,
        name=request.ssl_vpn_server_name,
        interface_type=request.interface_type,
        local_subnets=request.local_subnets,
        remote_subnet=request.remote_subnet,
        client_dns=request.client_dns,
    )
    return {"sslVpnServerId": account.add(server).id}


@operation("PUT /v1/vpn/{vpnId}/sslVpnServer/{sslVpnServerId}", errors=[NoSuchObject], basis="client")
def update_ssl_vpn_server(account: AccountRegion, request: UpdateSslVpnServerRequest) -> None:
    """Have an SSL server be another one from now on; its interface stays."""
    server = _server(account, request.vpn_id, request.ssl_vpn_server_id)
    _check(request)
    server.name, server.client_dns = request.ssl_vpn_server_name, request.client_dns
    server.local_subnets, server.remote_subnet = request.local_subnets, request.remote_subnet


@operation(
    "DELETE /v1/vpn/{vpnId}/sslVpnServer/{sslVpnServerId}", errors=[NoSuchObject, OperationDenied], basis="client"
)
def delete_ssl_vpn_server(account: AccountRegion, request: DeleteSslVpnServerRequest) -> None:
    """Delete an SSL server that has no users."""
    server = _server(account, request.vpn_id, request.ssl_vpn_server_id)
    if users := account.dependents(server):
        raise OperationDenied(f"{server.id} has the users {named(users)}")
    account.remove(server)


@operation("GET /v1/vpn/{vpnId}/sslVpnServer", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/vl3bat97z")
def query_ssl_vpn_server(account: AccountRegion, request: QuerySslVpnServerRequest) -> SslVpnServerView:
    """Look at the SSL server of a VPN gateway."""
    vpn = account.get(Vpn, request.vpn_id)
    return show_ssl_vpn_server(account, account.get_by(SslVpnServer, "vpn_id", vpn.id))


def _check(wanted: SslVpnServerModel) -> None:
    check_gateway_name(wanted.ssl_vpn_server_name)
    check_subnets_apart(wanted.local_subnets, "localSubnets", (wanted.remote_subnet,), "remoteSubnet")
    if wanted.client_dns:
        check_ipv4_address(wanted.client_dns, "clientDns")


def _server(account: AccountRegion, vpn_id: str, server_id: str) -> SslVpnServer:
    server = account.get(SslVpnServer, server_id)
    if server.vpn_id != vpn_id:
        raise NoSuchObject(f"{server.id} is not of {vpn_id}")
    return server
