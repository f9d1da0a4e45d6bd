"""Change a shared bandwidth: its name, its bandwidth, how many EIPs it has, and for how long it is paid for."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.eip.bandwidth_package.create import check_bandwidth_beside_packages
from bce_emulator.services.eip.eip.errors import EipNotFound, LimitExceeded
from bce_emulator.services.eip.group.create import check_group_bandwidth
from bce_emulator.services.eip.group.expiry import prolong
from bce_emulator.services.eip.group.members import (
    MBPS_OF_EACH_ADDED,
    add_members,
    check_new_members,
    fits,
    members_of,
    refresh_members,
    release_members,
)
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.eip.payment import EipBilling, check_name, months_reserved

RESIZE_ERRORS = [NoSuchObject, OperationDenied, LimitExceeded]


class GroupRef(Model):
    """Which shared bandwidth."""

    client_token: ClientToken = ""
    id: str


class ResizeEipGroupCountV2Request(GroupRef):
    """How many more EIPs the shared bandwidth is to have."""

    eip_add_count: int = 0
    eipv6_add_count: Annotated[int, Field(alias="eipv6AddCount")] = 0

    @property
    def adds(self) -> bool:
        """Whether it names a number of EIPs to add."""
        return self.eip_add_count != 0 or self.eipv6_add_count != 0


class ResizeEipGroupBandwidthRequest(ResizeEipGroupCountV2Request):
    """The bandwidth from now on, or how many more EIPs there are to be, or which ones no longer."""

    bandwidth_in_mbps: int | None = None
    release_ips: tuple[str, ...] = ()


class UpdateEipGroupRequest(GroupRef):
    """What the shared bandwidth is called from now on."""

    name: str


class PurchaseReservedEipGroupRequest(GroupRef):
    """For how long the shared bandwidth is renewed."""

    billing: EipBilling


@operation("PUT /v1/eipgroup/{id}?resize", errors=[*RESIZE_ERRORS, EipNotFound], basis="client")
def resize_eip_group_bandwidth(account: AccountRegion, request: ResizeEipGroupBandwidthRequest) -> None:
    """Give a shared bandwidth another bandwidth, or more EIPs, or fewer."""
    group = account.get(EipGroup, request.id)
    asked = (request.bandwidth_in_mbps is not None, bool(request.release_ips), request.adds)
    if sum(asked) > 1:
        raise BadRequest("bandwidthInMbps, releaseIps and the numbers of further EIPs each stand alone")
    if request.release_ips:
        release_members(account, group, request.release_ips)
        return
    if request.bandwidth_in_mbps is None:
        _add(account, group, request)
        return
    check_group_bandwidth(request.bandwidth_in_mbps, group.route_type)
    check_bandwidth_beside_packages(account, group, request.bandwidth_in_mbps)
    if not fits(group.route_type, request.bandwidth_in_mbps, len(members_of(account, group))):
        raise BadRequest("the bandwidth is not enough for the EIPs that are there")
    account.check(group, "change")
    if group.payment == "Prepaid" and request.bandwidth_in_mbps < group.bandwidth:
        raise OperationDenied("what is paid for ahead cannot get less")
    group.bandwidth = request.bandwidth_in_mbps
    refresh_members(account, group)


@operation("PUT /v2/eipgroup/{id}?resize", errors=RESIZE_ERRORS, basis="client")
def resize_eip_group_count_v2(account: AccountRegion, request: ResizeEipGroupCountV2Request) -> None:
    """Give a shared bandwidth more EIPs."""
    _add(account, account.get(EipGroup, request.id), request)


@operation("PUT /v1/eipgroup/{id}?update", errors=[NoSuchObject], basis="client")
def update_eip_group(account: AccountRegion, request: UpdateEipGroupRequest) -> None:
    """Rename a shared bandwidth."""
    if not request.name:
        raise BadRequest("name is empty")
    check_name(request.name)
    account.get(EipGroup, request.id).name = request.name


@operation(
    "PUT /v1/eipgroup/{id}?purchaseReserved",
    errors=[NoSuchObject, OperationDenied],
    basis="client",
)
def purchase_reserved_eip_group(account: AccountRegion, request: PurchaseReservedEipGroupRequest) -> None:
    """Renew a prepaid shared bandwidth; one that has expired comes back."""
    group = account.get(EipGroup, request.id)
    months = months_reserved(request.billing)
    if group.payment != "Prepaid":
        raise OperationDenied(f"{group.id} is not paid for ahead")
    account.check(group, "renew")
    prolong(account, group, months)


def _add(account: AccountRegion, group: EipGroup, request: ResizeEipGroupCountV2Request) -> None:
    ipv4, ipv6 = request.eip_add_count, request.eipv6_add_count
    if ipv4 + ipv6 <= 0:
        raise BadRequest("eipAddCount or eipv6AddCount is more than 0")
    total = len(members_of(account, group)) + ipv4 + ipv6
    if total * MBPS_OF_EACH_ADDED.get(group.route_type, 5) >= group.bandwidth:
        raise BadRequest("the bandwidth is not enough for so many EIPs")
    account.check(group, "change")
    check_new_members(account, ipv4, ipv6, len(members_of(account, group, "ipv6")))
    add_members(account, group, ipv4, ipv6)
