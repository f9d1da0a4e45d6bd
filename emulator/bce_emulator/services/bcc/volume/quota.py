"""How many volumes the account may have, and which disks are on offer."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import ApiError, BadRequest
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.volume.errors import DiskQuotaExceeded
from bce_emulator.services.bcc.volume.resource import CAPACITY_QUOTA, DATA, VOLUME_QUOTA, Volume
from bce_emulator.services.shared import regions as region_table
from bce_emulator.services.shared.offered import not_offered


class GetAvailableDiskInfoRequest(Model):
    """Whose disks to show; an empty or unknown zone means every zone."""

    zone_name: str = ""


class GetDiskQuotaRequest(Model):
    """Whose disks to show."""

    zone_name: str


class DiskOfferView(TypedDict):
    """A type of disk on offer, and its sizes in GB."""

    storageType: str
    minDiskSize: int
    maxDiskSize: int


class ZoneDisksView(TypedDict):
    """The disks on offer in a zone."""

    zoneName: str
    diskInfos: list[DiskOfferView]


class CapacityView(TypedDict):
    """The GB in use, and the GB allowed."""

    cdsUsedCapacityGB: str
    cdsTotalCapacityGB: str


class GetAvailableDiskInfoResponse(CapacityView):
    """The quota of volumes, and the disks on offer zone by zone."""

    cdsCreated: str
    cdsTotal: str
    cdsRatio: str
    diskZoneResources: list[ZoneDisksView]


class GetDiskQuotaResponse(CapacityView):
    """The quota of volumes, and the disks on offer in the zone."""

    diskInfos: list[DiskOfferView]


@operation("GET /v2/volume/disk", doc="https://cloud.baidu.com/doc/BCC/s/plft1p9tb")
def get_available_disk_info(
    account: AccountRegion, request: GetAvailableDiskInfoRequest
) -> GetAvailableDiskInfoResponse:
    """Show the quota of volumes and the disks on offer, zone by zone."""
    zones = region_table.zones(account.region)
    rendered = (request.zone_name,) if request.zone_name in zones else zones
    volumes = _data_volumes(account)
    return {
        **_capacity(account),
        "cdsCreated": str(len(volumes)),
        "cdsTotal": str(account.setting(VOLUME_QUOTA)),
        "cdsRatio": str(offerings.MAX_VOLUMES),
        "diskZoneResources": [{"zoneName": zone, "diskInfos": _disks()} for zone in rendered],
    }


@operation("GET /v2/volume/disk/quota", doc="https://cloud.baidu.com/doc/BCC/s/bmb8rbqwv")
def get_disk_quota(account: AccountRegion, request: GetDiskQuotaRequest) -> GetDiskQuotaResponse:
    """Show the quota of volumes and the disks on offer in a zone."""
    if request.zone_name not in region_table.zones(account.region):
        raise BadRequest(not_offered("zoneName", request.zone_name, region_table.zones(account.region)))
    return {**_capacity(account), "diskInfos": _disks()}


def check_quota(account: AccountRegion, more: int, more_gb: int, refusal: type[ApiError] = DiskQuotaExceeded) -> None:
    """Refuse more volumes, or more GB, than the account may have."""
    volumes = _data_volumes(account)
    if len(volumes) + more > account.setting(VOLUME_QUOTA):
        raise refusal(f"the account has {len(volumes)} volumes")
    if _used_gb(volumes) + more_gb > account.setting(CAPACITY_QUOTA):
        raise refusal(f"the volumes of the account have {_used_gb(volumes)} GB")


def _data_volumes(account: AccountRegion) -> list[Volume]:
    return account.where(Volume, "type", DATA)


def _used_gb(volumes: list[Volume]) -> int:
    return sum(max(volume.size_gb, volume.next_size_gb) for volume in volumes)


def _capacity(account: AccountRegion) -> CapacityView:
    return {
        "cdsUsedCapacityGB": str(_used_gb(_data_volumes(account))),
        "cdsTotalCapacityGB": str(account.setting(CAPACITY_QUOTA)),
    }


def _disks() -> list[DiskOfferView]:
    return [
        {"storageType": kind.name, "minDiskSize": kind.min_gb, "maxDiskSize": kind.max_gb}
        for kind in offerings.storage_types().values()
    ]
