"""Make, change and delete VPN connections, and look at those of a gateway."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.shared.cidr import check_ipv4_address, check_subnets_apart
from bce_emulator.services.vpc.customer_gateway.resource import CustomerGateway
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.vpn.resource import IPSEC, Vpn
from bce_emulator.services.vpc.vpn_conn.resource import Ike, Ipsec, VpnConn
from bce_emulator.services.vpc.vpn_conn.show import VpnConnView, show_vpn_conn

SECRET = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])(?=.*[!@#$%^*()_])[A-Za-z0-9!@#$%^*()_]{8,17}")
LIFE = re.compile(r"([0-9]{1,9})s?")


def _seconds(value: Any) -> Any:
    """Clients send numbers, numbers as texts, or what they were answered."""
    match = LIFE.fullmatch(value) if isinstance(value, str) else None
    return int(match[1]) if match else value


def _or_written(camel: str, snake: str) -> Any:
    """A member that one client writes in snake case."""
    return Field(validation_alias=AliasChoices(camel, snake))


Encryption = Literal["aes", "aes192", "aes256", "3des"]
Authentication = Literal["sha1", "md5"]
Group = Literal["group2", "group5", "group14", "group24"]


class IkeConfig(Model):
    """How the two ends find that they are who they say; the defaults are proposed."""

    ike_version: Annotated[Literal["v1", "v2"], _or_written("ikeVersion", "ike_version")] = "v1"
    ike_mode: Annotated[Literal["main", "aggressive"], _or_written("ikeMode", "ike_mode")] = "main"
    ike_enc_alg: Annotated[Encryption, _or_written("ikeEncAlg", "ike_enc_alg")] = "aes"
    ike_auth_alg: Annotated[Authentication, _or_written("ikeAuthAlg", "ike_auth_alg")] = "sha1"
    ike_pfs: Annotated[Group, _or_written("ikePfs", "ike_pfs")] = "group2"
    ike_life_time: Annotated[
        int, BeforeValidator(_seconds), Field(ge=60, le=86_400), _or_written("ikeLifeTime", "ike_lifeTime")
    ] = 28_800


class IpsecConfig(Model):
    """How the traffic is protected; the defaults are proposed."""

    ipsec_enc_alg: Annotated[Encryption, _or_written("ipsecEncAlg", "ipsec_enc_alg")] = "aes"
    ipsec_auth_alg: Annotated[Authentication, _or_written("ipsecAuthAlg", "ipsec_auth_alg")] = "sha1"
    ipsec_pfs: Annotated[Group, _or_written("ipsecPfs", "ipsec_pfs")] = "group2"
    ipsec_lifetime: Annotated[
        int, BeforeValidator(_seconds), Field(ge=180, le=86_400), _or_written("ipsecLifetime", "ipsec_lifetime")
    ] = 28_800


class TunnelModel(Model):
    """A tunnel as a whole; the other end is a customer gateway or an address."""

    client_token: ClientToken = ""
    vpn_id: str
    vpn_conn_name: str
    description: str = ""
    secret_key: str
    cgw_id: str = ""
    remote_ip: str = ""
    local_subnets: tuple[str, ...]
    remote_subnets: tuple[str, ...]
    ike_config: IkeConfig
    ipsec_config: IpsecConfig


class CreateVpnTunnelRequest(TunnelModel):
    """The tunnel that is to be made."""


class UpdateVpnTunnelRequest(TunnelModel):
    """What the tunnel is from now on."""

    vpn_conn_id: str


class DeleteVpnTunnelRequest(Model):
    """Which tunnel goes."""

    client_token: ClientToken = ""
    vpn_conn_id: str


class SearchVpnTunnelRequest(Model):
    """Of which gateway."""

    vpn_id: str


class CreateVpnTunnelResponse(TypedDict):
    """The id of the tunnel."""

    vpnConnId: str


class SearchVpnTunnelResponse(Page):
    """The tunnels of a gateway."""

    vpnConns: list[VpnConnView]


@operation("POST /v1/vpn/{vpnId}/vpnconn", errors=[NoSuchObject, OperationDenied], basis="client")
def create_vpn_tunnel(account: AccountRegion, request: CreateVpnTunnelRequest) -> CreateVpnTunnelResponse:
    """Make a tunnel, which is active at once; nothing flows through it."""
    vpn = account.get(Vpn, request.vpn_id)
    found = _checked(account, request, vpn)
    account.check(vpn, "add_content")
    if vpn.vpn_type != IPSEC:
        raise OperationDenied(f"{vpn.id} is for SSL clients")
    return {"vpnConnId": account.add(VpnConn(id=account.new_id(VpnConn), vpn_id=vpn.id, **found)).id}


@operation("PUT /v1/vpn/vpnconn/{vpnConnId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/dk2ynpyn7")
def update_vpn_tunnel(account: AccountRegion, request: UpdateVpnTunnelRequest) -> None:
    """Have a tunnel be another one from now on."""
    tunnel = account.get(VpnConn, request.vpn_conn_id)
    if tunnel.vpn_id != request.vpn_id:
        raise NoSuchObject(f"{tunnel.id} is not of {request.vpn_id}")
    for name, value in _checked(account, request, account.get(Vpn, request.vpn_id), tunnel).items():
        setattr(tunnel, name, value)


@operation("DELETE /v1/vpn/vpnconn/{vpnConnId}", errors=[NoSuchObject], basis="client")
def delete_vpn_tunnel(account: AccountRegion, request: DeleteVpnTunnelRequest) -> None:
    """Delete a tunnel."""
    account.remove(account.get(VpnConn, request.vpn_conn_id))


@operation("GET /v1/vpn/vpnconn/{vpnId}", errors=[NoSuchObject], doc="https://cloud.baidu.com/doc/VPC/s/Bk2ynne1n")
def search_vpn_tunnel(account: AccountRegion, request: SearchVpnTunnelRequest) -> SearchVpnTunnelResponse:
    """List the tunnels of a VPN gateway, newest first."""
    vpn = account.get(Vpn, request.vpn_id)
    return page(
        SearchVpnTunnelResponse,
        account,
        VpnConn,
        "vpnConns",
        lambda tunnel: show_vpn_conn(account, tunnel),
        of=("vpn_id", vpn.id),
    )


def _checked(account: AccountRegion, wanted: TunnelModel, vpn: Vpn, but: VpnConn | None = None) -> dict[str, Any]:
    """The fields of the tunnel that a request wants, or the refusal."""
    check_gateway_name(wanted.vpn_conn_name)
    check_description(wanted.description)
    if SECRET.fullmatch(wanted.secret_key) is None:
        raise BadRequest("secretKey is 8 to 17 letters, digits and !@#$%^*()_, some of each")
    gateway = account.get(CustomerGateway, wanted.cgw_id) if wanted.cgw_id else None
    remote_ip = wanted.remote_ip or (gateway.ip if gateway else "")
    if not remote_ip:
        raise BadRequest("cgwId or remoteIp is needed")
    check_ipv4_address(remote_ip, "remoteIp")
    check_subnets_apart(wanted.local_subnets, "localSubnets", wanted.remote_subnets, "remoteSubnets")
    for other in account.where(VpnConn, "vpn_id", vpn.id):
        if other is not but and other.remote_ip == remote_ip:
            raise BadRequest(f"{other.id} leads to {remote_ip}")
    ike, ipsec = wanted.ike_config, wanted.ipsec_config
    return {
        "name": wanted.vpn_conn_name,
        "desc": wanted.description,
        "secret_key": wanted.secret_key,
        "local_subnets": wanted.local_subnets,
        "remote_subnets": wanted.remote_subnets,
        "remote_ip": remote_ip,
        "cgw_id": wanted.cgw_id,
        "ike": Ike(ike.ike_version, ike.ike_mode, ike.ike_enc_alg, ike.ike_auth_alg, ike.ike_pfs, ike.ike_life_time),
        "ipsec": Ipsec(ipsec.ipsec_enc_alg, ipsec.ipsec_auth_alg, ipsec.ipsec_pfs, ipsec.ipsec_lifetime),
    }
