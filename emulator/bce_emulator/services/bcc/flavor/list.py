"""The specs that each zone has on offer, and the older types beside them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.creation.create import LEGACY_TYPES
from bce_emulator.services.shared.regions import check_zone, zones

COMMON_TYPE = "N5"


class ListFlavorSpecRequest(Model):
    """Which zone and specs to show; all of them if none is named."""

    zone_name: str = ""
    specs: tuple[str, ...] = ()
    spec_ids: tuple[str, ...] = ()


class ListInstanceTypesRequest(Model):
    """Which zone to show; all of them if none is named."""

    zone_name: str = ""


class FlavorView(TypedDict):
    """What every flavor has."""

    cpuCount: int
    memoryCapacityInGB: int
    ephemeralDiskType: str
    gpuCardType: str
    fpgaCardType: str
    productType: str
    spec: str
    specId: str
    flavorSubType: str
    cpuModel: str
    cpuGHz: str
    networkBandwidth: str
    networkPackage: str
    netEthQueueCount: str
    netEthMaxQueueCount: str
    enableJumboFrame: bool
    nicIpv4Quota: int
    nicIpv6Quota: int
    eniQuota: int
    eriQuota: int
    volumeCount: int
    rdmaType: str
    rdmaNetCardCount: int
    rdmaNetBandwidth: int
    systemDiskType: list[str]
    dataDiskType: list[str]


class BccFlavorView(FlavorView):
    """A flavor whose counts the Go client reads as numbers."""

    ephemeralDiskInGb: int
    ephemeralDiskCount: int
    gpuCardCount: int
    fpgaCardCount: int


class EbcFlavorView(FlavorView):
    """A flavor whose counts the Go client reads as strings."""

    ephemeralDiskInGb: str
    ephemeralDiskCount: str
    gpuCardCount: str
    fpgaCardCount: str


class BccFlavorGroupView(TypedDict):
    """Flavors that belong together."""

    groupId: str
    flavors: list[BccFlavorView]


class EbcFlavorGroupView(TypedDict):
    """Bare-metal flavors that belong together."""

    groupId: str
    flavors: list[EbcFlavorView]


class BccFlavorGroupsView(TypedDict):
    """The flavors of a zone."""

    flavorGroups: list[BccFlavorGroupView]


class EbcFlavorGroupsView(TypedDict):
    """The bare-metal flavors of a zone; there are none of the customer's own."""

    flavorGroups: list[EbcFlavorGroupView]
    customFlavors: list[EbcFlavorView]


class ZoneFlavorsView(TypedDict):
    """What a zone has on offer."""

    zoneName: str
    bccResources: BccFlavorGroupsView
    ebcResources: EbcFlavorGroupsView


class ListFlavorSpecResponse(TypedDict):
    """The flavors of each zone."""

    zoneResources: list[ZoneFlavorsView]


class InstanceTypeView(TypedDict):
    """A size as the older create call takes it."""

    type: str
    name: str
    cpuCount: int
    memorySizeInGB: int
    localDiskSizeInGB: int


class ListSpecResponse(TypedDict):
    """The sizes that the older create call takes."""

    instanceTypes: list[InstanceTypeView]


class ZoneInstanceTypesView(TypedDict):
    """The older types that a zone has on offer."""

    zoneName: str
    instanceTypes: list[str]


class ListInstanceTypesResponse(TypedDict):
    """The older types by zone."""

    zoneInstanceTypes: list[ZoneInstanceTypesView]


@operation("GET /v2/instance/flavorSpec", doc="https://cloud.baidu.com/doc/BCC/s/imqoohncm")
def list_flavor_spec(account: AccountRegion, request: ListFlavorSpecRequest) -> ListFlavorSpecResponse:
    """List the specs of each zone, in groups."""
    check_zone(account.region, request.zone_name)
    wanted = [
        spec
        for spec in offerings.specs().values()
        if (not request.specs or spec.spec in request.specs)
        and (not request.spec_ids or spec.spec_id in request.spec_ids)
    ]
    bcc = _by_group([spec for spec in wanted if spec.product == "bcc"])
    ebc = _by_group([spec for spec in wanted if spec.product != "bcc"])
    bcc_groups: list[BccFlavorGroupView] = [
        {"groupId": group, "flavors": [_bcc_flavor(spec) for spec in specs]} for group, specs in bcc.items()
    ]
    ebc_groups: list[EbcFlavorGroupView] = [
        {"groupId": group, "flavors": [_ebc_flavor(spec) for spec in specs]} for group, specs in ebc.items()
    ]
    return {
        "zoneResources": [
            {
                "zoneName": zone,
                "bccResources": {"flavorGroups": bcc_groups},
                "ebcResources": {"flavorGroups": ebc_groups, "customFlavors": []},
            }
            for zone in zones(account.region)
            if request.zone_name in {"", zone}
        ]
    }


@operation("GET /v2/instance/spec", basis="client")
def list_spec(account: AccountRegion) -> ListSpecResponse:
    """List sizes as the older create call takes them: a type, cores and memory."""
    sizes = {(spec.cpu_count, spec.memory_gb): spec for spec in offerings.specs().values() if spec.is_plain}
    return {
        "instanceTypes": [
            {
                "type": COMMON_TYPE,
                "name": spec.spec,
                "cpuCount": spec.cpu_count,
                "memorySizeInGB": spec.memory_gb,
                "localDiskSizeInGB": 0,
            }
            for spec in sizes.values()
        ]
    }


@operation("GET /v2/instance/types", basis="client")
def list_instance_types(account: AccountRegion, request: ListInstanceTypesRequest) -> ListInstanceTypesResponse:
    """List the older types that each zone has on offer."""
    check_zone(account.region, request.zone_name)
    return {
        "zoneInstanceTypes": [
            {"zoneName": zone, "instanceTypes": sorted(LEGACY_TYPES)}
            for zone in zones(account.region)
            if request.zone_name in {"", zone}
        ]
    }


def _by_group(specs: list[offerings.Spec]) -> dict[str, list[offerings.Spec]]:
    groups: dict[str, list[offerings.Spec]] = {}
    for spec in specs:
        groups.setdefault(spec.group_id, []).append(spec)
    return groups


def _bcc_flavor(spec: offerings.Spec) -> BccFlavorView:
    return {
        "ephemeralDiskInGb": 0,
        "ephemeralDiskCount": int(spec.local_disk),
        "gpuCardCount": spec.gpu_card_count,
        "fpgaCardCount": 0,
        **_flavor(spec),
    }


def _ebc_flavor(spec: offerings.Spec) -> EbcFlavorView:
    return {
        "ephemeralDiskInGb": "0",
        "ephemeralDiskCount": str(int(spec.local_disk)),
        "gpuCardCount": str(spec.gpu_card_count),
        "fpgaCardCount": "0",
        **_flavor(spec),
    }


def _flavor(spec: offerings.Spec) -> FlavorView:
    disks = list(offerings.storage_types())
    return {
        "cpuCount": spec.cpu_count,
        "memoryCapacityInGB": spec.memory_gb,
        "ephemeralDiskType": "local" if spec.local_disk else "",
        "gpuCardType": spec.gpu_card,
        "fpgaCardType": "",
        "productType": "ondemand",
        "spec": spec.spec,
        "specId": spec.spec_id,
        "flavorSubType": "",
        "cpuModel": f"Emulated processor {spec.spec_id}",
        "cpuGHz": "2.6GHz",
        "networkBandwidth": "2",
        "networkPackage": "30",
        "netEthQueueCount": str(min(spec.cpu_count, 8)),
        "netEthMaxQueueCount": str(min(spec.cpu_count, 8)),
        "enableJumboFrame": False,
        "nicIpv4Quota": 10,
        "nicIpv6Quota": 10,
        "eniQuota": spec.eni_quota,
        "eriQuota": 0,
        "volumeCount": spec.volume_quota,
        "rdmaType": "",
        "rdmaNetCardCount": 0,
        "rdmaNetBandwidth": 0,
        "systemDiskType": disks,
        "dataDiskType": disks,
    }
