"""How an EIP is shown. https://cloud.baidu.com/doc/EIP/s/Mjwvz2wnn-en"""

from __future__ import annotations

from typing_extensions import TypedDict

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.services.eip.eip.resource import Eip
from bce_emulator.services.shared.tags import TagView, show_tags


class EipView(TypedDict):
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
    bwShortId: str
    bwBandwidthInMbps: int
    domesticBwShortId: str
    domesticBwBandwidthInMbps: int
    paymentTiming: str
    billingMethod: str
    createTime: str
    expireTime: str
    region: str
    routeType: str
    poolType: str
    tags: list[TagView]
    deleteProtect: bool


def show_eip(account: AccountRegion, eip: Eip) -> EipView:
    """An EIP by the API's member names."""
    return {
        "name": eip.name,
        "eip": eip.address,
        "eipId": eip.id,
        "status": eip.status,
        "eipInstanceType": "normal",
        "instanceType": "",
        "instanceId": "",
        "shareGroupId": "",
        "bandwidthInMbps": eip.bandwidth,
        "bwShortId": "",
        "bwBandwidthInMbps": 0,
        "domesticBwShortId": "",
        "domesticBwBandwidthInMbps": 0,
        "paymentTiming": eip.payment,
        "billingMethod": eip.billing_method,
        "createTime": iso(eip.created),
        "expireTime": "" if eip.expires is None else iso(eip.expires),
        "region": account.region,
        "routeType": eip.route_type,
        "poolType": "public",
        "tags": show_tags(eip.tags),
        "deleteProtect": eip.delete_protection,
    }
