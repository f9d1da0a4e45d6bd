"""Ask how many instances are left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.deployset.resource import DeploySet
from bce_emulator.services.bcc.ehc_cluster.resource import EhcCluster
from bce_emulator.services.bcc.instance.creation.create import requested_hardware
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.settings import PLENTY, stock
from bce_emulator.services.shared.offered import not_offered
from bce_emulator.services.shared.regions import check_zone, zones


class GetStockWithSpecRequest(Model):
    """Which spec to look for, under which deploy sets, and for which EHC cluster."""

    spec: str
    deploy_set_ids: tuple[str, ...] = ()
    ehc_cluster_id: str = ""


class GetAvailableStockWithSpecRequest(Model):
    """Which specs to look for, with their system disk on the host or not."""

    spec_list: tuple[str, ...] = ()
    root_on_local: bool | None = None
    deploy_set_ids: tuple[str, ...] = ()
    ehc_cluster_id: str = ""


class WantedFlavor(Model):
    """A spec in a zone."""

    spec: str
    root_on_local: bool = False
    logical_zone: str


class GetInstOccupyStocksOfVmRequest(Model):
    """Which specs to look for, each in a zone."""

    flavors: tuple[WantedFlavor, ...]


class GetInstanceCreateStockRequest(Model):
    """What is to be created: so many cores and so much memory in a zone."""

    zone_name: str = ""
    instance_type: str = ""
    cpu_count: int
    memory_gb: Annotated[int, Field(alias="memoryCapacityInGB")]


class GetInstanceResizeStockRequest(Model):
    """Which instance is to be given so many cores and so much memory."""

    instance_id: str
    cpu_count: int
    memory_gb: Annotated[int, Field(alias="memoryCapacityInGB")]


class ZoneStockView(TypedDict):
    """What is left of a spec in a zone."""

    spec: str
    specId: str
    inventoryQuantity: int
    rootOnLocal: bool
    updatedTime: str
    collectionTime: str
    logicalZone: str


class BbcStockView(TypedDict):
    """What is left of a flavor of a physical server in a zone."""

    flavorId: str
    inventoryQuantity: int
    updatedTime: str
    collectionTime: str
    logicalZone: str


class GetStockWithSpecResponse(TypedDict):
    """What is left of specs in each zone."""

    bccStocks: list[ZoneStockView]


class GetAllStocksResponse(GetStockWithSpecResponse):
    """What is left of everything; physical servers are not emulated here."""

    bbcStocks: list[BbcStockView]


class WantedStockView(TypedDict):
    """What is left of a spec where it is asked for."""

    spec: str
    inventoryQuantity: int
    rootOnLocal: bool
    logicalZone: str


class GetInstOccupyStocksOfVmResponse(TypedDict):
    """What is left of each spec that was asked for."""

    bccStocks: list[WantedStockView]


class SortedFlavorView(TypedDict):
    """A spec and its size."""

    spec: str
    cpuCount: int
    memoryCapacityInGB: int


class SortedFamilyView(TypedDict):
    """The specs of a family, the smaller ones first."""

    specId: str
    flavors: list[SortedFlavorView]


class ZoneFamiliesView(TypedDict):
    """The families of a zone."""

    logicalZone: str
    bccResources: list[SortedFamilyView]


class GetSortedInstFlavorsResponse(TypedDict):
    """The families of each zone."""

    zoneResources: list[ZoneFamiliesView]


class GetInstanceCreateStockResponse(TypedDict):
    """How many instances of a size are left, and the spec that they would have."""

    flavorId: str
    Count: int


@operation("GET /v2/instance/getAllStocks", basis="client")
def get_all_stocks(account: AccountRegion) -> GetAllStocksResponse:
    """List what is left of every spec in every zone."""
    everything = _stocks(account, offerings.specs().values(), zones(account.region))
    return {"bccStocks": everything, "bbcStocks": []}


@operation("POST /v2/instance/getStockWithSpec", errors=[NoSuchObject], basis="client")
def get_stock_with_spec(account: AccountRegion, request: GetStockWithSpecRequest) -> GetStockWithSpecResponse:
    """List what is left of a spec in every zone."""
    return _stock_of(account, request)


@operation("POST /v2/instance/getStockWithDeploySet", errors=[NoSuchObject], basis="client")
def get_stock_with_deploy_set(account: AccountRegion, request: GetStockWithSpecRequest) -> GetStockWithSpecResponse:
    """List what is left of a spec in every zone; a deploy set takes nothing away from it."""
    return _stock_of(account, request)


@operation("POST /v2/instance/getAvailableStockWithSpec", errors=[NoSuchObject], basis="client")
def get_available_stock_with_spec(
    account: AccountRegion, request: GetAvailableStockWithSpecRequest
) -> GetStockWithSpecResponse:
    """List what is left of some specs in every zone; no spec has its system disk on the host."""
    specs = [_spec(name) for name in request.spec_list] or list(offerings.specs().values())
    _check_deploy_sets(account, request.deploy_set_ids)
    where = _zones(account, request.ehc_cluster_id)
    return {"bccStocks": [] if request.root_on_local else _stocks(account, specs, where)}


@operation("POST /v2/instance/stock/getInstOccupyStocksOfVM", basis="client")
def get_inst_occupy_stocks_of_vm(
    account: AccountRegion, request: GetInstOccupyStocksOfVmRequest
) -> GetInstOccupyStocksOfVmResponse:
    """Show what is left of each spec in the zone it is asked for."""
    for flavor in request.flavors:
        _spec(flavor.spec)
        check_zone(account.region, flavor.logical_zone)
    return {
        "bccStocks": [
            {
                "spec": flavor.spec,
                "inventoryQuantity": 0 if flavor.root_on_local else _left(account, flavor.logical_zone, flavor.spec),
                "rootOnLocal": flavor.root_on_local,
                "logicalZone": flavor.logical_zone,
            }
            for flavor in request.flavors
        ]
    }


@operation("POST /v2/instance/stock/getSortedInstFlavors", basis="client")
def get_sorted_inst_flavors(account: AccountRegion) -> GetSortedInstFlavorsResponse:
    """List the specs of each zone by family, the smaller ones first."""
    specs = sorted(
        (spec for spec in offerings.specs().values() if spec.product == "bcc"),
        key=lambda spec: (spec.spec_id, spec.cpu_count, spec.memory_gb),
    )
    families: dict[str, list[SortedFlavorView]] = {}
    for spec in specs:
        flavor: SortedFlavorView = {"spec": spec.spec, "cpuCount": spec.cpu_count, "memoryCapacityInGB": spec.memory_gb}
        families.setdefault(spec.spec_id, []).append(flavor)
    resources: list[SortedFamilyView] = [
        {"specId": spec_id, "flavors": flavors} for spec_id, flavors in families.items()
    ]
    return {"zoneResources": [{"logicalZone": zone, "bccResources": resources} for zone in zones(account.region)]}


@operation("POST /v2/instance/stock/createInstance", basis="client")
def get_instance_create_stock(
    account: AccountRegion, request: GetInstanceCreateStockRequest
) -> GetInstanceCreateStockResponse:
    """Show how many instances with so many cores and so much memory are left in a zone."""
    check_zone(account.region, request.zone_name)
    zone = request.zone_name or zones(account.region)[0]
    return _stock_of_size(account, zone, request.instance_type, request.cpu_count, request.memory_gb)


@operation("POST /v2/instance/stock/resizeInstance", errors=[NoSuchObject], basis="client")
def get_instance_resize_stock(
    account: AccountRegion, request: GetInstanceResizeStockRequest
) -> GetInstanceCreateStockResponse:
    """Show how many instances of the size that one is to have are left in its zone."""
    instance = account.get(Instance, request.instance_id)
    return _stock_of_size(account, instance.zone, "", request.cpu_count, request.memory_gb)


def _stock_of(account: AccountRegion, request: GetStockWithSpecRequest) -> GetStockWithSpecResponse:
    spec = _spec(request.spec)
    _check_deploy_sets(account, request.deploy_set_ids)
    return {"bccStocks": _stocks(account, [spec], _zones(account, request.ehc_cluster_id))}


def _stock_of_size(
    account: AccountRegion, zone: str, instance_type: str, cores: int, memory_gb: int
) -> GetInstanceCreateStockResponse:
    requested_hardware("", instance_type, cores, memory_gb)
    sizes = {(spec.cpu_count, spec.memory_gb): spec.spec for spec in offerings.specs().values() if spec.is_plain}
    spec = sizes.get((cores, memory_gb), "")
    return {"flavorId": spec, "Count": _left(account, zone, spec)}


def _zones(account: AccountRegion, ehc_cluster_id: str) -> tuple[str, ...]:
    """Every zone, or that of an EHC cluster."""
    return (account.get(EhcCluster, ehc_cluster_id).zone,) if ehc_cluster_id else zones(account.region)


def _stocks(account: AccountRegion, specs: Iterable[offerings.Spec], where: Iterable[str]) -> list[ZoneStockView]:
    now = iso(account.clock.now())
    return [
        {
            "spec": spec.spec,
            "specId": spec.spec_id,
            "inventoryQuantity": _left(account, zone, spec.spec),
            "rootOnLocal": False,
            "updatedTime": now,
            "collectionTime": now,
            "logicalZone": zone,
        }
        for zone in where
        for spec in specs
    ]


def _left(account: AccountRegion, zone: str, spec: str) -> int:
    left = stock(account, zone, spec)
    return PLENTY if left is None else left


def _spec(name: str) -> offerings.Spec:
    spec = offerings.specs().get(name)
    if spec is None:
        raise BadRequest(not_offered("spec", name, offerings.specs()))
    return spec


def _check_deploy_sets(account: AccountRegion, deploy_set_ids: tuple[str, ...]) -> None:
    for deploy_set_id in deploy_set_ids:
        account.get(DeploySet, deploy_set_id)
