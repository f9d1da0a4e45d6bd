"""Create NAT gateways, change what they are called, how large they are and for how long they are paid for."""

from __future__ import annotations

from typing import Literal

from pydantic import PositiveInt

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientInt, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied, QualifyNotPass
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry, ends_with_its_term
from bce_emulator.services.vpc.billing import GatewayBilling, check_free_to_go, end_of_term, renew
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.names import check_gateway_name
from bce_emulator.services.vpc.nat.bind import NatEips, bind_eips, check_eips
from bce_emulator.services.vpc.nat.errors import NoSuchNat, RequestNameEmpty
from bce_emulator.services.vpc.nat.resource import DEFAULT_TIMEOUTS, NAT_QUOTA, Nat, SessionTimeouts, max_addresses
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.vpc.resource import Vpc

CU_COUNTS = range(1, 101)

ends_with_its_term(Nat)


class SessionConfig(Model):
    """After how many seconds of silence a session is forgotten; the defaults are proposed."""

    tcp_timeout: PositiveInt = DEFAULT_TIMEOUTS.tcp
    udp_timeout: PositiveInt = DEFAULT_TIMEOUTS.udp
    icmp_timeout: PositiveInt = DEFAULT_TIMEOUTS.icmp


class CreateNatRequest(NatEips):
    """The VPC of the NAT gateway, its size and its EIPs."""

    client_token: ClientToken = ""
    name: str = ""
    vpc_id: str
    spec: Literal["small", "medium", "large"] | None = None
    cu_num: LenientInt = 0
    ip_version: Literal["v4", "v6"] = "v4"
    billing: GatewayBilling
    session_config: SessionConfig = SessionConfig()
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    delete_protect: bool = False


class NatRef(Model):
    """Which NAT gateway."""

    client_token: ClientToken = ""
    nat_id: str


class ModifyNatRequest(NatRef):
    """What the NAT gateway is called from now on."""

    name: str = ""


class ResizeNatRequest(NatRef):
    """How many capacity units the NAT gateway has from now on."""

    cu_num: LenientInt


class PurchaseReservedNatRequest(NatRef):
    """For how long the NAT gateway is renewed."""

    billing: GatewayBilling


class UpdateNatReleaseProtectionSwitchRequest(NatRef):
    """Whether the NAT gateway is protected."""

    delete_protect: bool


class CreateNatResponse(TypedDict):
    """The NAT gateway that was made."""

    natId: str


@operation(
    "POST /v1/nat",
    errors=[QualifyNotPass, RequestNameEmpty, NoSuchObject, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/Xjwvyul3d",
)
def create_nat(account: AccountRegion, request: CreateNatRequest) -> CreateNatResponse:
    """Make a NAT gateway, with EIPs or without, of one of two kinds: normal by spec, enhanced by cuNum."""
    _check_name(request.name)
    if (request.spec is None) == (request.cu_num == 0):
        raise BadRequest("either spec or cuNum is needed")
    if request.cu_num:
        _check_cu_count(request.cu_num)
    expires = end_of_term(account, request.billing)
    require_real_name(account)
    vpc = account.get(Vpc, request.vpc_id)
    check_quota(account, NAT_QUOTA, len(account.where(Nat, "vpc_id", vpc.id)) + 1)
    check_eips(account, request, request.ip_version, max_addresses(request.spec or "", request.cu_num))
    config = request.session_config
    nat = account.add(
        Nat(
            id=account.new_id(Nat),
            name=request.name,
            vpc_id=vpc.id,
            spec=request.spec or "",
            cu_count=request.cu_num,
            ip_version=request.ip_version,
            timeouts=SessionTimeouts(config.tcp_timeout, config.udp_timeout, config.icmp_timeout),
            payment=request.billing.payment_timing,
            expires=expires,
            delete_protection=request.delete_protect,
            tags=tags_of(request.tags),
        )
    )
    bind_eips(account, nat, request)
    account.change(nat, "create")
    await_expiry(account, nat)
    return {"natId": nat.id}


@operation("PUT /v1/nat/{natId}", errors=[NoSuchNat, RequestNameEmpty])
def modify_nat(account: AccountRegion, request: ModifyNatRequest) -> None:
    """Rename a NAT gateway."""
    nat = account.get(Nat, request.nat_id)
    _check_name(request.name)
    nat.name = request.name


@operation("PUT /v1/nat/{natId}?resize", errors=[NoSuchNat, OperationDenied])
def resize_nat(account: AccountRegion, request: ResizeNatRequest) -> None:
    """Give an enhanced NAT gateway more or fewer capacity units."""
    nat = account.get(Nat, request.nat_id)
    _check_cu_count(request.cu_num)
    if nat.spec:
        raise OperationDenied(f"{nat.id} is a normal NAT gateway")
    if len(nat.public_ips) > max_addresses("", request.cu_num):
        raise OperationDenied(f"{nat.id} has more EIPs than so many capacity units allow")
    account.change(nat, "resize")
    nat.cu_count = request.cu_num


@operation("PUT /v1/nat/{natId}?purchaseReserved", errors=[NoSuchNat, OperationDenied])
def purchase_reserved_nat(account: AccountRegion, request: PurchaseReservedNatRequest) -> None:
    """Renew a prepaid NAT gateway; one that has expired comes back."""
    renew(account, account.get(Nat, request.nat_id), request.billing)


@operation("PUT /v1/nat/{natId}/deleteProtect", errors=[NoSuchNat])
def update_nat_release_protection_switch(
    account: AccountRegion, request: UpdateNatReleaseProtectionSwitchRequest
) -> None:
    """Protect a NAT gateway from being released, or no longer."""
    account.get(Nat, request.nat_id).delete_protection = request.delete_protect


@operation(
    "DELETE /v1/nat/{natId}",
    errors=[NoSuchNat, OperationDenied],
    doc="https://cloud.baidu.com/doc/VPC/s/yjwvyujjq",
)
def release_nat(account: AccountRegion, request: NatRef) -> None:
    """Release a NAT gateway that no route leads to; its rules go with it, and its EIPs are free again."""
    nat = account.get(Nat, request.nat_id)
    account.check(nat, "release")
    check_free_to_go(account, nat)
    account.change(nat, "release")


def _check_name(name: str) -> None:
    if not name:
        raise RequestNameEmpty
    check_gateway_name(name)


def _check_cu_count(count: int) -> None:
    if count not in CU_COUNTS:
        raise BadRequest(f"cuNum is {CU_COUNTS[0]} to {CU_COUNTS[-1]}")
