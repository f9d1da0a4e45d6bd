"""What the tests of billing share."""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from tests.cloud import NOW

HOUR, DAY = 3_600, 86_400
MONTH = 31 * DAY
"""The first month of a test: it starts on the first of January."""
PREPAID = {"paymentTiming": "Prepaid", "reservation": {"reservationLength": 1, "reservationTimeUnit": "month"}}
NOBODY = "i-nobody00"
RELEASE = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False}
DISK = {"cdsSizeInGB": 50, "storageType": "hp1"}


def at(seconds: float) -> str:
    """The time so many seconds after the start of a test."""
    return iso(NOW + seconds)


def data_volume(cloud, instance_id: str) -> str:
    """The id of the data volume of an instance."""
    return next(each["id"] for each in cloud.instance(instance_id)["volumes"] if each["type"] == "Cds")


def volume(cloud, volume_id: str):
    """A volume as the emulator keeps it, or None."""
    from bce_emulator.services.bcc.volume.resource import Volume

    return cloud.account.find(Volume, volume_id)


def recycle(cloud, instance_id: str, **flags: bool) -> None:
    """Put an instance into the recycle bin."""
    cloud.ok("POST", f"/v2/instance/{instance_id}", RELEASE | {"bccRecycleFlag": True} | flags)


def bin_of(cloud, **filters) -> list[dict]:
    """What is in the recycle bin."""
    return cloud.ok("POST", "/v2/recycle/instance", filters)["instances"]
