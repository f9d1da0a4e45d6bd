"""How an EIP is shown. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.eip.bandwidth_package.resource import ACCELERATION, BandwidthPackage
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.eip.group.resource import EipGroup
from bce_emulator.services.shared.tags import TagView, show_tags


class PackageView(TypedDict):
    """What packages add to the bandwidth of an EIP or a group."""

    bwShortId: str
    bwBandwidthInMbps: int
    domesticBwShortId: str
    domesticBwBandwidthInMbps: int


class EipView(PackageView):
    """An EIP; what it has none of is an empty text."""

    name: str
    eip: str
    eipId: str
    status: str
    eipInstanceType: str
    instanceType: str
    instanceId: str
    shareGroupId: str
    bandwidthInMbps: int
    paymentTiming: str
    billingMethod: str
    createTime: str
    expireTime: str
    region: str
    routeType: str
    poolType: str
    tags: list[TagView]
    deleteProtect: bool
    nativeGroup: bool
    originalBandwidth: int
    originProductType: str
    originSubProductType: str


def eip_renderer(account: AccountRegion) -> Callable[[Eip], EipView]:
    """Shows EIPs, each anew only if it or what it shows of others has changed."""
    return account.renderer(show_eip, EipGroup, BandwidthPackage)


def show_eip(account: AccountRegion, eip: Eip) -> EipView:
    """An EIP by the API's member names; in a group it has the group's bandwidth and is paid for by it."""
    group = account.find(EipGroup, eip.group_id) if eip.group_id else None
    was_alone = group is not None and not eip.is_native
    return {
        "name": eip.name,
        "eip": eip.address,
        "eipId": eip.id,
        "status": eip.status,
        "eipInstanceType": "shared" if group else "normal",
        "instanceType": eip.instance_type,
        "instanceId": eip.instance_id,
        "shareGroupId": eip.group_id,
        "bandwidthInMbps": group.bandwidth if group else eip.bandwidth,
        **show_packages(account, eip.id),
        "paymentTiming": "" if group else eip.payment,
        "billingMethod": "" if group else eip.billing_method,
        "createTime": iso(eip.created),
        "expireTime": "" if eip.expires is None else iso(eip.expires),
        "region": account.region,
        "routeType": eip.route_type,
        "poolType": "public",
        "tags": show_tags(eip.tags),
        "deleteProtect": eip.delete_protection,
        "nativeGroup": eip.is_native,
        "originalBandwidth": eip.bandwidth if was_alone else 0,
        "originProductType": eip.payment if was_alone else "",
        "originSubProductType": eip.billing_method if was_alone else "",
    }


def show_packages(account: AccountRegion, target_id: str) -> PackageView:
    """The bandwidth and the acceleration package of an EIP or a group."""
    packages = {each.type: each for each in account.where(BandwidthPackage, "target_id", target_id)}
    acceleration = packages.pop(ACCELERATION, None)
    bandwidth = next(iter(packages.values()), None)
    return {
        "bwShortId": bandwidth.id if bandwidth else "",
        "bwBandwidthInMbps": bandwidth.bandwidth if bandwidth else 0,
        "domesticBwShortId": acceleration.id if acceleration else "",
        "domesticBwBandwidthInMbps": acceleration.bandwidth if acceleration else 0,
    }
