"""What applications are on offer, and how many instances for one are left."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.hpas.billing import NO_PREPAY, POSTPAID
from bce_emulator.services.hpas.offerings import APPLICATIONS, Application, application_ordered
from bce_emulator.services.hpas.settings import stock
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import check_zone, zones


class DescribeSpecsRequest(Model):
    """Which applications, where, and whether for reserved instances; what is empty is any."""

    zone_name: str = ""
    app_type: str = ""
    app_performance_level: str = ""
    is_coupon: bool = False


class DescribeInstanceInventoryQuantityRequest(Model):
    """Of which application, and where; a cluster is as large as its zone."""

    app_type: str
    app_performance_level: str
    zone_name: str
    ehc_cluster_id: str = ""


class HpasSpecView(TypedDict):
    """An application in a zone, and what an instance for it has."""

    appType: str
    description: str
    name: str
    appPerformanceLevel: str
    chargeType: str
    appImageFamily: str
    zoneName: str
    eniQuota: int
    eriQuota: int
    ephemeralDiskInGb: int
    ephemeralDiskCount: int
    ephemeralDiskType: str
    nicIpv4Quota: int
    nicIpv6Quota: int
    cpuCount: int
    memoryCapacityInGB: int
    gpuCardCount: int
    enableJumboFrame: bool
    cdsDataCount: int
    needEhcClusterId: bool


class DescribeSpecsResponse(TypedDict):
    """The applications, zone by zone."""

    requestId: str
    hpasSpecs: list[HpasSpecView]


class DescribeInstanceInventoryQuantityResponse(TypedDict):
    """How many instances are left."""

    inventoryQuantity: int


@operation("POST /?action=DescribeSpecs", basis="client")
def describe_specs(account: AccountRegion, request: DescribeSpecsRequest, call: Call) -> DescribeSpecsResponse:
    """List the applications that fit all filters."""
    check_zone(account.region, request.zone_name)
    charge_type = NO_PREPAY if request.is_coupon else POSTPAID
    specs = [
        _show(application, zone, charge_type)
        for zone in zones(account.region)
        for application in APPLICATIONS
        if request.zone_name in {"", zone}
        and request.app_type in {"", application.app_type}
        and request.app_performance_level in {"", application.level}
    ]
    return {"requestId": call.request_id, "hpasSpecs": specs}


@operation("POST /?action=DescribeInstanceInventoryQuantity", basis="client")
def describe_instance_inventory_quantity(
    account: AccountRegion, request: DescribeInstanceInventoryQuantityRequest
) -> DescribeInstanceInventoryQuantityResponse:
    """Show how many instances for an application are left in a zone."""
    application = application_ordered(request.app_type, request.app_performance_level)
    if request.zone_name not in zones(account.region):
        raise BadRequest(not_offered("zoneName", request.zone_name, zones(account.region)))
    return {"inventoryQuantity": stock(account, request.zone_name, application.app_type)}


def _show(application: Application, zone: str, charge_type: str) -> HpasSpecView:
    return {
        "appType": application.app_type,
        "description": "",
        "name": application.title,
        "appPerformanceLevel": application.level,
        "chargeType": charge_type,
        "appImageFamily": "",
        "zoneName": zone,
        "eniQuota": application.max_nics,
        "eriQuota": 0,
        "ephemeralDiskInGb": 0,
        "ephemeralDiskCount": 0,
        "ephemeralDiskType": "",
        "nicIpv4Quota": application.max_addresses,
        "nicIpv6Quota": application.max_addresses,
        "cpuCount": application.cpu_count,
        "memoryCapacityInGB": application.memory_gb,
        "gpuCardCount": application.gpu_cards,
        "enableJumboFrame": True,
        "cdsDataCount": application.max_volumes,
        "needEhcClusterId": False,
    }
