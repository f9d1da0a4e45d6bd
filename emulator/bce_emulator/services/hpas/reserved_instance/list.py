"""List reserved instances."""

from __future__ import annotations

from collections.abc import Callable

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster
from bce_emulator.services.hpas.billing import NO_PREPAY
from bce_emulator.services.hpas.numbered import NumberedPage, numbered
from bce_emulator.services.hpas.reserved_instance.resource import HpasReservedInstance
from bce_emulator.services.shared.tags import TagView, show_tags


class ReservedFilters(Model):
    """Filters are all to hold; empty ones hold for every reserved instance."""

    reserved_hpas_ids: tuple[str, ...] = ()
    name: str = ""
    zone_name: str = ""
    reserved_hpas_status: str = ""
    app_type: str = ""


class DescribeReservedInstancesRequest(ReservedFilters):
    """Which page by its number."""

    page_no: int = 1
    page_size: int = 0


class DescribeHPASReservedInstancesRequest(ReservedFilters):
    """Which page by its marker, and of what is used for which instance: none is for one in particular."""

    hpas_id: str = ""
    marker: str = ""
    max_keys: int = 0


class HpasReservedInstanceView(TypedDict):
    """A reserved instance."""

    reservedHpasId: str
    name: str
    zoneName: str
    appType: str
    offeringType: str
    status: str
    reservedHpasPeriod: int
    appPerformanceLevel: str
    createTime: str
    expireTime: str
    tags: list[TagView]
    hpasId: str
    hpasName: str
    deductInstance: bool
    ehcClusterId: str
    ehcClusterName: str


class DescribeHPASReservedInstancesResponse(Page):
    """One page of the reserved instances."""

    reservedHpasList: list[HpasReservedInstanceView]


class DescribeReservedInstancesResponse(NumberedPage):
    """One page of the reserved instances."""

    reservedHpasList: list[HpasReservedInstanceView]


@operation("POST /?action=DescribeHPASReservedInstances", name="DescribeHPASReservedInstances", basis="client")
def describe_hpas_reserved_instances(
    account: AccountRegion, request: DescribeHPASReservedInstancesRequest
) -> DescribeHPASReservedInstancesResponse:
    """List the reserved instances that fit all filters, newest first."""
    fits = _filter(request)
    return page(
        DescribeHPASReservedInstancesResponse,
        account,
        HpasReservedInstance,
        "reservedHpasList",
        account.renderer(_show, EhcCluster),
        request.marker,
        request.max_keys or MAX_KEYS,
        lambda each: fits(each) and not request.hpas_id,
    )


@operation("POST /?action=DescribeReservedInstances", basis="client")
def describe_reserved_instances(
    account: AccountRegion, request: DescribeReservedInstancesRequest
) -> DescribeReservedInstancesResponse:
    """List the reserved instances that fit all filters, newest first, on numbered pages."""
    view, found = numbered(account, HpasReservedInstance, _filter(request), request.page_no, request.page_size)
    return {**view, "reservedHpasList": [account.rendered(each, _show, EhcCluster) for each in found]}


def _filter(request: ReservedFilters) -> Callable[[HpasReservedInstance], bool]:
    def fits(each: HpasReservedInstance) -> bool:
        return (
            (not request.reserved_hpas_ids or each.id in request.reserved_hpas_ids)
            and request.name in each.name
            and request.zone_name in {"", each.zone}
            and request.reserved_hpas_status.casefold() in {"", each.status.casefold()}
            and request.app_type in {"", each.app_type}
        )

    return fits


def _show(account: AccountRegion, each: HpasReservedInstance) -> HpasReservedInstanceView:
    return {
        "reservedHpasId": each.id,
        "name": each.name,
        "zoneName": each.zone,
        "appType": each.app_type,
        "offeringType": NO_PREPAY,
        "status": each.status,
        "reservedHpasPeriod": each.months,
        "appPerformanceLevel": each.level,
        "createTime": iso(each.created),
        "expireTime": iso(each.expires),
        "tags": show_tags(each.tags),
        "hpasId": "",
        "hpasName": "",
        "deductInstance": False,
        "ehcClusterId": each.ehc_cluster_id,
        "ehcClusterName": account.get(EhcCluster, each.ehc_cluster_id).name,
    }
