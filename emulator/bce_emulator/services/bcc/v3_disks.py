"""What version 3 of the API calls the types of disk; known from the samples of the Go client."""

from __future__ import annotations

from typing import Literal

CLOUD_DISKS = {
    "Cloud_Premium": "hp1",
    "Cloud_SSD_General": "cloud_hp1",
    "Cloud_SSD_Enhanced": "enhanced_ssd_pl1",
    "enhanced_ssd_pl2": "enhanced_ssd_pl2",
    "Cloud_HDD_General": "hdd",
    "Cloud_HDD_Throughput": "hdd",
    "Cloud_Sata": "hdd",
}
"""The types of volumes, and what each is in version 2."""
LOCAL_DISKS = {
    "Local_HDD": "local-hdd",
    "Local_SSD": "local-ssd",
    "Local_NVME": "local-nvme",
    "Local_PV_HDD": "local-hdd",
    "Local_PV_SSD": "local-ssd",
    "Local_PV_NVME": "local-nvme",
}
"""The types of disk that live and go with the instance, and what each is in version 2."""

CloudDisk = Literal[
    "Cloud_Premium", "Cloud_SSD_General", "Cloud_SSD_Enhanced", "enhanced_ssd_pl2",
    "Cloud_HDD_General", "Cloud_HDD_Throughput", "Cloud_Sata",
]  # fmt: skip
LocalDisk = Literal["Local_HDD", "Local_SSD", "Local_NVME", "Local_PV_HDD", "Local_PV_SSD", "Local_PV_NVME"]

_NAMES = {second: third for third, second in reversed([*CLOUD_DISKS.items(), *LOCAL_DISKS.items()])}


def name_in_v3(storage_type: str) -> str:
    """What version 3 calls a type of version 2; of several names the first."""
    return _NAMES.get(storage_type, storage_type)
