"""Create load balancers of both families."""

from __future__ import annotations

from typing import Literal, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import months_later
from bce_emulator.engine.declare.models import ClientToken, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import ApiError, BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.blb.balancer.addresses import CARRIER
from bce_emulator.services.blb.balancer.resource import (
    APPLICATION,
    BALANCER_QUOTA,
    NORMAL,
    LoadBalancer,
)
from bce_emulator.services.blb.balancer.rules import (
    BlbBilling,
    check_description,
    check_name,
    check_reason,
    level_and_months,
)
from bce_emulator.services.blb.errors import (
    InvalidParameter,
    MissingParameter,
    QuotaExceeded,
    RealNameAuthenticationRequired,
)
from bce_emulator.services.blb.lbdc.resource import EXCLUSIVE, Lbdc, layers_of
from bce_emulator.services.shared.billing import renewal_months
from bce_emulator.services.shared.regions import region_word
from bce_emulator.services.shared.standing import require_real_name
from bce_emulator.services.shared.tags import TagModel, tags_of
from bce_emulator.services.shared.term import await_expiry
from bce_emulator.services.vpc.address.private import check_address, follow, free_addresses, free_ipv6_address
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.quotas import check_quota
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet
from bce_emulator.services.vpc.vpc.resource import Vpc

ERRORS: list[type[ApiError]] = [
    InvalidParameter,
    MissingParameter,
    NoSuchObject,
    RealNameAuthenticationRequired,
    OperationDenied,
    PrivateIpInUse,
    SubnetHasNoMoreIp,
    QuotaExceeded,
]


class CreateLoadBalancerRequest(Model):
    """Where the load balancer is, what it is called, what it can do, and how it is paid for."""

    client_token: ClientToken = ""
    name: str = ""
    desc: str = ""
    vpc_id: str
    subnet_id: str
    address: str = ""
    eip: str = ""
    tags: tuple[TagModel, ...] = ()
    billing: BlbBilling = BlbBilling()
    performance_level: str = ""
    auto_renew_length: int = 0
    auto_renew_time_unit: str = "month"
    resource_group_id: str = ""
    allow_delete: LenientBool = True
    allow_modify: LenientBool = True
    modification_protection_reason: str = ""
    allocate_ipv6: LenientBool = False
    layer4_cluster_id: str = ""
    layer7_cluster_id: str = ""


class CreateBlbRequest(CreateLoadBalancerRequest):
    """The ordinary load balancer to make."""

    type: Literal["normal", "ipv6"] = "normal"


class CreateAppBlbRequest(CreateLoadBalancerRequest):
    """The application load balancer to make."""

    type: Literal["application", "ipv6Application"] = "application"


class CreateLoadBalancerResponse(TypedDict):
    """The load balancer that was made; ``ipv6`` is its second address, if it has one."""

    blbId: str
    name: str
    desc: str
    address: str
    ipv6: NotRequired[str]


@operation("POST /v1/blb", errors=ERRORS, doc="https://cloud.baidu.com/doc/BLB/s/njwvxnv79")
def create_blb(account: AccountRegion, request: CreateBlbRequest) -> CreateLoadBalancerResponse:
    """Make an ordinary load balancer."""
    return _create(account, request, request.type)


@operation("POST /v1/appblb", errors=ERRORS, doc="https://cloud.baidu.com/doc/BLB/s/6jwvxnyhi")
def create_app_blb(account: AccountRegion, request: CreateAppBlbRequest) -> CreateLoadBalancerResponse:
    """Make an application load balancer."""
    return _create(account, request, request.type)


def _create(account: AccountRegion, request: CreateLoadBalancerRequest, type_: str) -> CreateLoadBalancerResponse:
    level, months = level_and_months(request.performance_level, request.billing)
    renewal = (
        renewal_months(request.auto_renew_length, request.auto_renew_time_unit) if request.auto_renew_length else 0
    )
    check_name(request.name)
    check_description(request.desc)
    check_reason(request.modification_protection_reason)
    vpc, subnet = account.get(Vpc, request.vpc_id), account.get(Subnet, request.subnet_id)
    if subnet.vpc_id != vpc.id:
        raise BadRequest(f"{subnet.id} is not in {vpc.id}")
    clusters = _clusters(account, request)
    only_ipv6 = type_ in {NORMAL[1], APPLICATION[1]}
    if (only_ipv6 or request.allocate_ipv6) and not subnet.ipv6_cidr:
        raise BadRequest(f"{subnet.id} has no IPv6 addresses")
    if request.address and only_ipv6:
        raise BadRequest("the address of an IPv6 load balancer is given by the subnet")
    require_real_name(account)
    for cluster in clusters:
        account.check(cluster, "carry")
    if request.address:
        check_address(account, subnet, request.address)
    if request.eip:
        address_service().check_bind(account, "ipv6" if only_ipv6 else "ipv4", request.eip)
    check_quota(account, BALANCER_QUOTA, len(account.collection(LoadBalancer)) + 1, QuotaExceeded)
    private_ip = "" if only_ipv6 else request.address or free_addresses(account, subnet, 1)[0]
    if private_ip and not request.address:
        follow(subnet, private_ip)
    new_id = account.new_id(LoadBalancer)
    balancer = account.add(
        LoadBalancer(
            id=new_id,
            blb_type=type_,
            name=request.name or _default_name(account, new_id),
            desc=request.desc,
            vpc_id=vpc.id,
            subnet_id=subnet.id,
            private_ip=private_ip,
            ipv6=free_ipv6_address(account, subnet) if only_ipv6 or request.allocate_ipv6 else "",
            performance_level=level,
            payment=request.billing.payment_timing,
            billing_method=request.billing.billing_method or "",
            expires=months_later(account.clock.now(), months) if months else None,
            auto_renew_months=renewal if months else 0,
            allow_delete=request.allow_delete,
            allow_modify=request.allow_modify,
            protection_reason=request.modification_protection_reason,
            tags=tags_of(request.tags),
            layer4_cluster_id=request.layer4_cluster_id,
            layer7_cluster_id=request.layer7_cluster_id,
            resource_group_id=request.resource_group_id,
        )
    )
    account.change(balancer, "create")
    await_expiry(account, balancer)
    if request.eip:
        address_service().bind(account, CARRIER, balancer, balancer.address, request.eip)
    made: CreateLoadBalancerResponse = {
        "blbId": balancer.id,
        "name": balancer.name,
        "desc": balancer.desc,
        "address": balancer.address,
    }
    return made | {"ipv6": balancer.ipv6} if balancer.ipv6 and balancer.private_ip else made


def _clusters(account: AccountRegion, request: CreateLoadBalancerRequest) -> list[Lbdc]:
    """The dedicated clusters that a load balancer is to be on, or the refusal; it can be on exclusive ones too."""
    found = []
    for layers, cluster_id in (("4Layer", request.layer4_cluster_id), ("7Layer", request.layer7_cluster_id)):
        exclusive = cluster_id in account.setting(EXCLUSIVE)
        cluster = account.get(Lbdc, cluster_id) if cluster_id and not exclusive else None
        if cluster_id and layers != (cluster.cluster_type if cluster else layers_of(cluster_id)):
            raise BadRequest(f"{cluster_id} is not of the type {layers}")
        found += [cluster] if cluster else []
    return found


def _default_name(account: AccountRegion, balancer_id: str) -> str:
    """What a load balancer is called that nobody has named: by its region and its id."""
    return f"BLB-{region_word(account.region)}-{balancer_id.partition('-')[2]}"
