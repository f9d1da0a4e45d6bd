"""Look at flavors and their RAIDs, and at the zones that have them. https://cloud.baidu.com/doc/BBC/s/Bjwvxu9ul"""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bbc.offerings import GHZ, Flavor, Raid, flavor_named, flavor_ordered, flavors
from bce_emulator.services.bbc.settings import stock
from bce_emulator.services.shared.regions import check_zone, zones

DOC = "https://cloud.baidu.com/doc/BBC/s/Bjwvxu9ul"
ProductType = Literal["Prepaid", "Postpaid"]


class FlavorLook(Model):
    """Which flavor to look at."""

    flavor_id: str


class ListZoneFlavorsRequest(Model):
    """Which zone, and how servers would be paid for, which changes nothing."""

    zone_name: str = ""
    product_type: ProductType | None = None


class ListFlavorZonesRequest(Model):
    """Which flavor, and how servers would be paid for, which changes nothing."""

    flavor_id: str = ""
    product_type: ProductType | None = None


class FlavorView(TypedDict):
    """A flavor."""

    flavorId: str
    cpuCount: int
    cpuType: str
    memoryCapacityInGB: int
    disk: str
    networkCard: str
    others: str


class RaidView(TypedDict):
    """A RAID; sizes are GB."""

    raidId: str
    raid: str
    sysSwapSize: int
    sysRootSize: int
    sysHomeSize: int
    sysDiskSize: int
    dataDiskSize: int


class DiskInfoView(TypedDict):
    """A RAID among those of a zone's flavor; sizes are GB."""

    raidId: str
    raid: str
    raidDisplay: str
    description: str
    dataDiskName: str
    sysAndHomeSize: int
    dataDiskSize: int


class ZoneFlavorView(TypedDict):
    """A flavor that a zone has, how many servers of it are left, and its RAIDs by their names."""

    id: str
    type: str
    count: int
    cpu: int
    cpuGhz: str
    memory: int
    sataInfo: str
    diskInfos: dict[str, DiskInfoView]


class ListFlavorsResponse(TypedDict):
    """All flavors."""

    flavors: list[FlavorView]


class GetFlavorRaidResponse(TypedDict):
    """The RAIDs of a flavor."""

    flavorId: str
    raids: list[RaidView]


class ListZoneFlavorsResponse(TypedDict):
    """The flavors of a zone."""

    bbcFlavorInfoList: list[ZoneFlavorView]


class ListFlavorZonesResponse(TypedDict):
    """The zones that have a flavor."""

    zoneNames: list[str]


@operation("GET /v1/flavor", doc=DOC)
def list_flavors(_account: AccountRegion) -> ListFlavorsResponse:
    """List the flavors."""
    return {"flavors": [_show(flavor) for flavor in flavors().values()]}


@operation("GET /v1/flavor/{flavorId}", errors=[NoSuchObject], doc=DOC)
def get_flavor_detail(_account: AccountRegion, request: FlavorLook) -> FlavorView:
    """Look at one flavor."""
    return _show(flavor_named(request.flavor_id))


@operation("GET /v1/flavorRaid/{flavorId}", errors=[NoSuchObject], doc=DOC)
def get_flavor_raid(_account: AccountRegion, request: FlavorLook) -> GetFlavorRaidResponse:
    """List the RAIDs of a flavor."""
    flavor = flavor_named(request.flavor_id)
    return {"flavorId": flavor.id, "raids": [_show_raid(raid) for raid in flavor.raids]}


@operation("POST /v1/order/flavor", basis="client")
def list_zone_flavors(account: AccountRegion, request: ListZoneFlavorsRequest) -> ListZoneFlavorsResponse:
    """List the flavors that a zone has servers of; without a zone, the first one."""
    check_zone(account.region, request.zone_name)
    zone = request.zone_name or zones(account.region)[0]
    counted = [(flavor, stock(account, zone, flavor.id)) for flavor in flavors().values()]
    return {"bbcFlavorInfoList": [_show_in_zone(flavor, count) for flavor, count in counted if count]}


@operation("POST /v1/order/flavorZone", basis="client")
def list_flavor_zones(account: AccountRegion, request: ListFlavorZonesRequest) -> ListFlavorZonesResponse:
    """List the zones that have servers of a flavor."""
    flavor = flavor_ordered(request.flavor_id)
    return {"zoneNames": [zone for zone in zones(account.region) if stock(account, zone, flavor.id)]}


def _show(flavor: Flavor) -> FlavorView:
    return {
        "flavorId": flavor.id,
        "cpuCount": flavor.cpu_count,
        "cpuType": flavor.cpu_type,
        "memoryCapacityInGB": flavor.memory_gb,
        "disk": flavor.disk,
        "networkCard": flavor.network_card,
        "others": flavor.others,
    }


def _show_raid(raid: Raid) -> RaidView:
    return {
        "raidId": raid.id,
        "raid": raid.name,
        "sysSwapSize": raid.swap_gb,
        "sysRootSize": raid.root_gb,
        "sysHomeSize": raid.home_gb,
        "sysDiskSize": raid.system_gb,
        "dataDiskSize": raid.data_gb,
    }


def _show_in_zone(flavor: Flavor, count: int) -> ZoneFlavorView:
    return {
        "id": flavor.id,
        "type": flavor.id.split("-")[1],
        "count": count,
        "cpu": flavor.cpu_count,
        "cpuGhz": GHZ,
        "memory": flavor.memory_gb,
        "sataInfo": flavor.disk,
        "diskInfos": {raid.name: _show_disks(flavor, raid) for raid in flavor.raids},
    }


def _show_disks(flavor: Flavor, raid: Raid) -> DiskInfoView:
    return {
        "raidId": raid.id,
        "raid": raid.name,
        "raidDisplay": raid.name,
        "description": flavor.disk,
        "dataDiskName": "data",
        "sysAndHomeSize": raid.root_gb + raid.home_gb,
        "dataDiskSize": raid.data_gb,
    }
