"""How many volumes the account may have, and which disks are on offer."""

from __future__ import annotations

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import ApiError, BadRequest
from bce_emulator.engine.http.request import Json
from bce_emulator.services.bcc import offerings as offers
from bce_emulator.services.bcc.volume.resource import CAPACITY_QUOTA, VOLUME_QUOTA, DiskQuotaExceeded, Volume


class GetAvailableDiskInfoRequest(Model):
    """Whose disks to show; an empty or unknown zone means every zone."""

    zone_name: str = ""


class GetDiskQuotaRequest(Model):
    """Whose disks to show."""

    zone_name: str


@operation("GET /v2/volume/disk", doc="https://cloud.baidu.com/doc/BCC/s/plft1p9tb")
def get_available_disk_info(account: Account, request: GetAvailableDiskInfoRequest) -> Json:
    """Show the quota of volumes and the disks on offer, zone by zone."""
    zones = offers.zones(account.region)
    shown = (request.zone_name,) if request.zone_name in zones else zones
    volumes = _data_volumes(account)
    return _capacity(account) | {
        "cdsCreated": str(len(volumes)),
        "cdsTotal": str(account.fact(VOLUME_QUOTA)),
        "cdsRatio": str(offers.MOST_VOLUMES),
        "diskZoneResources": [{"zoneName": zone, "diskInfos": _disks()} for zone in shown],
    }


@operation("GET /v2/volume/disk/quota", doc="https://cloud.baidu.com/doc/BCC/s/bmb8rbqwv")
def get_disk_quota(account: Account, request: GetDiskQuotaRequest) -> Json:
    """Show the quota of volumes and the disks on offer in a zone."""
    if request.zone_name not in offers.zones(account.region):
        raise BadRequest(f"zoneName is none of the zones of {account.region}")
    return _capacity(account) | {"diskInfos": _disks()}


def check_quota(account: Account, more: int, more_gb: int, refusal: type[ApiError] = DiskQuotaExceeded) -> None:
    """Refuse more volumes, or more GB, than the account may have."""
    volumes = _data_volumes(account)
    if len(volumes) + more > account.fact(VOLUME_QUOTA):
        raise refusal(f"the account has {len(volumes)} volumes")
    if _used_gb(volumes) + more_gb > account.fact(CAPACITY_QUOTA):
        raise refusal(f"the volumes of the account have {_used_gb(volumes)} GB")


def _data_volumes(account: Account) -> list[Volume]:
    return account.where(Volume, "type", "Cds")


def _used_gb(volumes: list[Volume]) -> int:
    return sum(max(volume.size_gb, volume.next_size_gb) for volume in volumes)


def _capacity(account: Account) -> Json:
    return {
        "cdsUsedCapacityGB": str(_used_gb(_data_volumes(account))),
        "cdsTotalCapacityGB": str(account.fact(CAPACITY_QUOTA)),
    }


def _disks() -> list[Json]:
    return [
        {"storageType": kind.name, "minDiskSize": kind.least_gb, "maxDiskSize": kind.most_gb}
        for kind in offers.storage_types().values()
    ]
