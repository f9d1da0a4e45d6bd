"""Make VPN gateways, change what they are called, for how long they are paid for, and release them."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry, ends_with_its_term
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.billing import GatewayBilling, check_free_to_go, end_of_term, renew
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_description, check_gateway_name
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc
from bce_emulator.services.vpc.vpn.content import NO_PRIVATE_ADDRESS
from bce_emulator.services.vpc.vpn.resource import SSL, VPN_QUOTA, Vpn

CONNECTIONS = (5, 10, 20, 50, 100, 200, 500, 1_000)
"""How many SSL clients there can be at a time; the first is what a request gets that does not say it."""

ends_with_its_term(Vpn)


class CreateVpnRequest(Model):
    """Where the gateway is to be, of which type, and how it is paid for."""

    client_token: ClientToken = ""
    vpc_id: str
    subnet_id: str = ""
    vpn_name: str
    type: Literal["IPSec", "SSL"] = "IPSec"
    description: str = ""
    eip: str = ""
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    billing: GatewayBilling
    max_connection: int = 0
    delete_protect: LenientBool = False


class VpnRef(Model):
    """Which VPN gateway."""

    client_token: ClientToken = ""
    vpn_id: str


class UpdateVpnRequest(VpnRef):
    """What the gateway is called and described as from now on; the Go client always sends a name, empty for none."""

    vpn_name: str = ""
    description: str | None = None


class RenewVpnRequest(VpnRef):
    """For how long the gateway is renewed."""

    billing: GatewayBilling


class UpdateVpnReleaseProtectionRequest(VpnRef):
    """Whether the gateway is protected from being released."""

    delete_protect: LenientBool = False


class BindEipRequest(VpnRef):
    """Which EIP to bind, by its address."""

    eip: str


class CreateVpnResponse(TypedDict):
    """The id of the gateway."""

    vpnId: str


@operation(
    "POST /v1/vpn",
    errors=[QualifyNotPass, NoSuchObject, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/tk2y913ko",
)
def create_vpn(account: AccountRegion, request: CreateVpnRequest) -> CreateVpnResponse:
    """Make a VPN gateway for tunnels or for SSL clients, with an EIP that is free or without."""
    require_real_name(account)
    check_gateway_name(request.vpn_name)
    check_description(request.description)
    max_connection = _max_connection(request)
    expires = end_of_term(account, request.billing)
    vpc = account.get(Vpc, request.vpc_id)
    if request.subnet_id and account.get(Subnet, request.subnet_id).vpc_id != vpc.id:
        raise BadRequest(f"{request.subnet_id} is not in {vpc.id}")
    if not account.where(Subnet, "vpc_id", vpc.id):
        raise OperationDenied(f"{vpc.id} has no subnet")
    check_quota(account, VPN_QUOTA, len(account.where(Vpn, "vpc_id", vpc.id)) + 1)
    if request.eip:
        address_service().check_bind(account, "ipv4", request.eip)
    vpn = account.add(
        Vpn(
            id=account.new_id(Vpn),
            name=request.vpn_name,
            desc=request.description,
            vpc_id=vpc.id,
            subnet_id=request.subnet_id,
            vpn_type=request.type,
            max_connection=max_connection,
            payment=request.billing.payment_timing,
            expires=expires,
            delete_protection=request.delete_protect,
            tags=tags_of(request.tags),
        )
    )
    account.change(vpn, "create")
    await_expiry(account, vpn)
    if request.eip:
        address_service().bind(account, "VPN", vpn, NO_PRIVATE_ADDRESS, request.eip)
    return {"vpnId": vpn.id}


@operation("PUT /v1/vpn/{vpnId}?modifyAttribute", errors=[NoSuchObject], basis="client")
def update_vpn(account: AccountRegion, request: UpdateVpnRequest) -> None:
    """Rename a VPN gateway, or describe it anew."""
    vpn = account.get(Vpn, request.vpn_id)
    if request.vpn_name:
        check_gateway_name(request.vpn_name)
    check_description(request.description)
    vpn.name = request.vpn_name or vpn.name
    vpn.desc = vpn.desc if request.description is None else request.description


@operation("PUT /v1/vpn/{vpnId}?purchaseReserved", errors=[NoSuchObject, OperationDenied], basis="client")
def renew_vpn(account: AccountRegion, request: RenewVpnRequest) -> None:
    """Renew a prepaid VPN gateway; one that has expired comes back."""
    renew(account, account.get(Vpn, request.vpn_id), request.billing)


@operation("PUT /v1/vpn/{vpnId}/deleteProtect", errors=[NoSuchObject], basis="client")
def update_vpn_release_protection(account: AccountRegion, request: UpdateVpnReleaseProtectionRequest) -> None:
    """Protect a VPN gateway from being released, or no longer."""
    account.get(Vpn, request.vpn_id).delete_protection = request.delete_protect


@operation(
    "DELETE /v1/vpn/{vpnId}",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/bk2ybhrpv",
)
def release_vpn(account: AccountRegion, request: VpnRef) -> None:
    """Release a VPN gateway without tunnels and SSL server that no route leads to; its EIP is free again."""
    vpn = account.get(Vpn, request.vpn_id)
    account.check(vpn, "release")
    check_free_to_go(account, vpn)
    account.change(vpn, "release")


@operation("PUT /v1/vpn/{vpnId}?bind", errors=[NoSuchObject, OperationDenied], basis="client")
def bind_eip(account: AccountRegion, request: BindEipRequest) -> None:
    """Bind an EIP to a VPN gateway that has none."""
    vpn = account.get(Vpn, request.vpn_id)
    account.check(vpn, "configure")
    address_service().check_bind(account, "ipv4", request.eip)
    address_service().bind(account, "VPN", vpn, NO_PRIVATE_ADDRESS, request.eip)


@operation("PUT /v1/vpn/{vpnId}?unbind", errors=[NoSuchObject, OperationDenied], basis="client")
def unbind_eip(account: AccountRegion, request: VpnRef) -> None:
    """Take the EIP off a VPN gateway; until that is over it is still bound."""
    vpn = account.get(Vpn, request.vpn_id)
    account.check(vpn, "configure")
    if not vpn.public_ip:
        raise OperationDenied(f"{vpn.id} has no EIP")
    address_service().unbind(account, vpn, vpn.public_ip)
    account.change(vpn, "configure")


def _max_connection(request: CreateVpnRequest) -> int:
    if request.type != SSL:
        if request.max_connection:
            raise BadRequest("maxConnection is for the type SSL")
        return 0
    if request.max_connection not in {0, *CONNECTIONS}:
        raise BadRequest(not_offered("maxConnection", request.max_connection, CONNECTIONS))
    return request.max_connection or CONNECTIONS[0]
