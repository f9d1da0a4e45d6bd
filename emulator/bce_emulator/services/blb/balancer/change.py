"""Change load balancers: names, descriptions, protection; release them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import LenientBool
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.blb.balancer.reference import (
    CHANGES,
    BlbRef,
    application,
    begin_change,
    check_change,
    ordinary,
)
from bce_emulator.services.blb.balancer.resource import LoadBalancer
from bce_emulator.services.blb.balancer.rules import check_description, check_name, check_reason
from bce_emulator.services.blb.errors import InstanceNotFound, LastOperationNotFinished
from bce_emulator.services.vpc.address.private import free_ipv6_address
from bce_emulator.services.vpc.subnet.resource import Subnet

RELEASE = [InstanceNotFound, LastOperationNotFinished, OperationDenied]


class UpdateBlbRequest(BlbRef):
    """What is to be different; the rest stays."""

    name: str | None = None
    desc: str | None = None
    allow_delete: LenientBool | None = None
    allocate_ipv6: LenientBool | None = None


class UpdateBlbModifyProtectionRequest(BlbRef):
    """Whether the load balancer may be changed in the console, and why not; the API changes it anyway."""

    allow_modify: LenientBool
    modification_protection_reason: str = ""


class UpdateBlbAclRequest(BlbRef):
    """Whether the load balancer keeps to the ACL of its subnet."""

    support_acl: LenientBool = True


@operation("PUT /v1/blb/{blbId}", errors=CHANGES, doc="https://cloud.baidu.com/doc/BLB/s/njwvxnv79")
def update_blb(account: AccountRegion, request: UpdateBlbRequest) -> None:
    """Rename an ordinary load balancer, describe it anew, protect it, or give it an IPv6 address."""
    _update(account, request, ordinary(account, request.blb_id))


@operation("PUT /v1/appblb/{blbId}", errors=CHANGES, doc="https://cloud.baidu.com/doc/BLB/s/6jwvxnyhi")
def update_app_blb(account: AccountRegion, request: UpdateBlbRequest) -> None:
    """Rename an application load balancer, describe it anew, protect it, or give it an IPv6 address."""
    _update(account, request, application(account, request.blb_id))


@operation("PUT /v1/blb/modification_protection/{blbId}", errors=CHANGES)
def update_blb_modify_protection(account: AccountRegion, request: UpdateBlbModifyProtectionRequest) -> None:
    """Protect a load balancer of either family from changes in the console, or no longer."""
    balancer = account.get(LoadBalancer, request.blb_id)
    check_reason(request.modification_protection_reason)
    begin_change(account, balancer)
    balancer.allow_modify = request.allow_modify
    balancer.protection_reason = request.modification_protection_reason


@operation("PUT /v1/blb/acl/{blbId}", errors=CHANGES)
def update_blb_acl(account: AccountRegion, request: UpdateBlbAclRequest) -> None:
    """Have a load balancer of either family keep to the ACL of its subnet, or not."""
    balancer = account.get(LoadBalancer, request.blb_id)
    begin_change(account, balancer)
    balancer.support_acl = request.support_acl


@operation("DELETE /v1/blb/{blbId}", errors=RELEASE, doc="https://cloud.baidu.com/doc/BLB/s/njwvxnv79")
def release_blb(account: AccountRegion, request: BlbRef) -> None:
    """Release an ordinary load balancer with all that belongs to it; its EIP is free again."""
    _release(account, ordinary(account, request.blb_id))


@operation("DELETE /v1/appblb/{blbId}", errors=RELEASE, doc="https://cloud.baidu.com/doc/BLB/s/6jwvxnyhi")
def release_app_blb(account: AccountRegion, request: BlbRef) -> None:
    """Release an application load balancer with all that belongs to it; its EIP is free again."""
    _release(account, application(account, request.blb_id))


def _update(account: AccountRegion, request: UpdateBlbRequest, balancer: LoadBalancer) -> None:
    check_name(request.name)
    check_description(request.desc)
    subnet = account.get(Subnet, balancer.subnet_id)
    gets_ipv6 = bool(request.allocate_ipv6) and not balancer.ipv6
    if gets_ipv6 and not subnet.ipv6_cidr:
        raise BadRequest(f"{subnet.id} has no IPv6 addresses")
    check_change(account, balancer)
    ipv6 = free_ipv6_address(account, subnet) if gets_ipv6 else balancer.ipv6
    begin_change(account, balancer)
    balancer.name = request.name or balancer.name
    balancer.desc = balancer.desc if request.desc is None else request.desc
    balancer.allow_delete = balancer.allow_delete if request.allow_delete is None else request.allow_delete
    balancer.ipv6 = ipv6


def _release(account: AccountRegion, balancer: LoadBalancer) -> None:
    account.check(balancer, "release")
    if not balancer.allow_delete:
        raise OperationDenied(f"{balancer.id} is protected")
    if balancer.payment == "Prepaid" and (balancer.expires or 0.0) > account.clock.now():
        raise OperationDenied(f"{balancer.id} is paid for until it expires")
    account.change(balancer, "release")
