"""The specs that each zone has on offer, and the older types beside them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.http.request import Json
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


@operation("GET /v2/instance/flavorSpec", doc="https://cloud.baidu.com/doc/BCC/s/imqoohncm")
def list_flavor_spec(account: AccountRegion, request: ListFlavorSpecRequest) -> Json:
    """List the specs of each zone, in groups."""
    check_zone(account.region, request.zone_name)
    wanted = [
        spec
        for spec in offerings.specs().values()
        if (not request.specs or spec.spec in request.specs)
        and (not request.spec_ids or spec.spec_id in request.spec_ids)
    ]
    return {
        "zoneResources": [
            {
                "zoneName": zone,
                "bccResources": {"flavorGroups": _groups([spec for spec in wanted if spec.product == "bcc"])},
                "ebcResources": {
                    "flavorGroups": _groups([spec for spec in wanted if spec.product != "bcc"]),
                    "customFlavors": [],
                },
            }
            for zone in zones(account.region)
            if request.zone_name in {"", zone}
        ]
    }


@operation("GET /v2/instance/spec", basis="client")
def list_spec(account: AccountRegion) -> Json:
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
def list_instance_types(account: AccountRegion, request: ListInstanceTypesRequest) -> Json:
    """List the older types that each zone has on offer."""
    check_zone(account.region, request.zone_name)
    return {
        "zoneInstanceTypes": [
            {"zoneName": zone, "instanceTypes": sorted(LEGACY_TYPES)}
            for zone in zones(account.region)
            if request.zone_name in {"", zone}
        ]
    }


def _groups(specs: list[offerings.Spec]) -> list[Json]:
    ids = dict.fromkeys(spec.group_id for spec in specs)
    return [{"groupId": group, "flavors": [_flavor(spec) for spec in specs if spec.group_id == group]} for group in ids]


def _flavor(spec: offerings.Spec) -> Json:
    """A flavor; the Go client reads the counts of an ebc flavor as strings, those of a bcc flavor as numbers."""
    counts: Json = {
        "ephemeralDiskInGb": 0,
        "ephemeralDiskCount": int(spec.local_disk),
        "gpuCardCount": spec.gpu_card_count,
        "fpgaCardCount": 0,
    }
    if spec.product != "bcc":
        counts = {name: str(count) for name, count in counts.items()}
    disks = list(offerings.storage_types())
    return counts | {
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
