"""Apply for EIPs: one, or several at once."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, QualifyNotPass
from bce_emulator.services.eip.eip.errors import LimitExceeded
from bce_emulator.services.eip.eip.resource import Eip, check_quota
from bce_emulator.services.eip.payment import (
    EipBilling,
    IpVersion,
    Payment,
    RouteType,
    check_bandwidth,
    check_name,
    check_tags,
    payment_of,
)
from bce_emulator.services.shared.billing import renewal_months
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.address.public import new_public_address, new_public_ipv6_address

MAX_AT_ONCE = 100


class EipRequest(Model):
    """How broad an EIP is, and how it is paid for."""

    client_token: ClientToken = ""
    name: str = ""
    bandwidth_in_mbps: int
    billing: EipBilling
    route_type: RouteType = "BGP"
    auto_renew_time_unit: str = "month"
    auto_renew_time: int = 0
    tags: tuple[TagModel, ...] = ()
    resource_group_id: str = ""
    idc: str = ""


class ApplyForEipRequest(EipRequest):
    """The EIP to have."""

    ip_version: IpVersion = "ipv4"
    delete_protect: bool = False


class BatchCreateEipRequest(EipRequest):
    """The EIPs to have; their addresses follow each other anyway."""

    count: int = 1
    continuous: bool = False


class ApplyForEipResponse(TypedDict):
    """The address that was given."""

    eip: str


class BatchCreateEipResponse(TypedDict):
    """The addresses that were given."""

    eips: list[str]


@operation("POST /v1/eip", errors=[QualifyNotPass, LimitExceeded], doc="https://cloud.baidu.com/doc/EIP/s/Wjwvz30fv")
def apply_for_eip(account: AccountRegion, request: ApplyForEipRequest) -> ApplyForEipResponse:
    """Get a public address."""
    payment, renewal = _check(account, request, 1)
    eip = _make(account, request, payment, renewal, request.name, request.ip_version)
    eip.delete_protection = request.delete_protect
    return {"eip": eip.address}


@operation("POST /v1/eip?action=batch", errors=[QualifyNotPass, LimitExceeded], basis="client")
def batch_create_eip(account: AccountRegion, request: BatchCreateEipRequest) -> BatchCreateEipResponse:
    """Get several public addresses, all or none."""
    if not 1 <= request.count <= MAX_AT_ONCE:
        raise BadRequest(f"count is 1 to {MAX_AT_ONCE}")
    payment, renewal = _check(account, request, request.count)
    name = request.name or default_name(account)
    names = [f"{name}-{index + 1}" for index in range(request.count)] if request.count > 1 else [name]
    return {"eips": [_make(account, request, payment, renewal, each, "ipv4").address for each in names]}


def default_name(account: AccountRegion) -> str:
    """What an EIP is called that nobody has named."""
    return f"EIP{round(account.clock.now() * 1000)}"


def new_address(account: AccountRegion, ip_version: str) -> str:
    """An address that nothing has had."""
    make = new_public_address if ip_version == "ipv4" else new_public_ipv6_address
    while account.find_by(Eip, "address", address := make(account)) is not None:
        pass
    return address


def _check(account: AccountRegion, request: EipRequest, count: int) -> tuple[Payment, int]:
    """How the EIPs are paid for and by how many months they renew themselves, or the refusal."""
    payment = payment_of(request.billing)
    renewal = renewal_months(request.auto_renew_time, request.auto_renew_time_unit) if request.auto_renew_time else 0
    check_bandwidth(request.bandwidth_in_mbps, request.route_type, payment.method)
    check_name(request.name)
    check_tags(request.tags)
    require_real_name(account)
    check_quota(account, count)
    return payment, renewal if payment.months else 0


def _make(
    account: AccountRegion, request: EipRequest, payment: Payment, renewal: int, name: str, ip_version: IpVersion
) -> Eip:
    eip = account.add(
        Eip(
            id=account.new_id(Eip),
            name=name or default_name(account),
            address=new_address(account, ip_version),
            ip_version=ip_version,
            route_type=request.route_type,
            bandwidth=request.bandwidth_in_mbps,
            payment=payment.timing,
            billing_method=payment.method,
            expires=months_later(account.clock.now(), payment.months) if payment.months else None,
            auto_renew_months=renewal,
            tags=tags_of(request.tags),
        )
    )
    account.change(eip, "create")
    await_expiry(account, eip)
    return eip
