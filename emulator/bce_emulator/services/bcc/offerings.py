"""What is on offer: specs, disk types and system images, from ``offerings.json``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

NO_STOP_WITHOUT_CHARGE = frozenset({"ica2", "ca2", "ga2", "ma2"})
MAX_ENIS = 8
MAX_VOLUMES = 15


@dataclass(frozen=True, slots=True)
class Spec:
    """One instance spec, such as ``bcc.g5.c2m8``."""

    spec: str
    spec_id: str
    cpu_count: int
    memory_gb: int
    group_id: str
    product: str
    local_disk: bool
    gpu_card: str
    gpu_card_count: int

    @property
    def eni_quota(self) -> int:
        """How many elastic network interfaces an instance of this spec takes."""
        return min(self.cpu_count, MAX_ENIS)

    @property
    def is_plain(self) -> bool:
        """Whether this is an ordinary virtual machine: it has no card and no disk on its host."""
        return self.product == "bcc" and not self.local_disk and not self.gpu_card_count

    @property
    def volume_quota(self) -> int:
        """How many volumes an instance of this spec takes, the system disk not counted."""
        return MAX_VOLUMES


@dataclass(frozen=True, slots=True)
class StorageType:
    """One type of disk and its bounds in GB."""

    name: str
    min_gb: int
    max_gb: int


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(Path(__file__).with_name("offerings.json").read_bytes())
    return data


@cache
def specs() -> dict[str, Spec]:
    """Every spec by its name."""
    return {entry["spec"]: _spec(entry) for entry in _data()["specs"]}


def can_become(now: Spec | None, then: Spec | None) -> bool:
    """Whether an instance of a spec can be resized to another, both ordinary ones; an older type has none itself."""
    return all(spec is None or spec.is_plain for spec in (now, then)) and (now is None or now is not then)


def _spec(entry: dict[str, Any]) -> Spec:
    card = re.search(r"\.\d+([a-z]*\d+)", entry["spec"].split(".", 2)[2], re.IGNORECASE)
    return Spec(
        spec=entry["spec"],
        spec_id=entry["specId"],
        cpu_count=entry["cpuCount"],
        memory_gb=entry["memoryCapacityInGB"],
        group_id=entry.get("groupId", entry["specId"].upper()),
        product=entry["spec"].split(".")[0],
        local_disk=entry.get("localDisk", False) or entry.get("ephemeralDiskCount", 0) > 0,
        gpu_card=card.group(1) if card and entry.get("gpuCardCount") else "",
        gpu_card_count=entry.get("gpuCardCount", 0),
    )


@cache
def storage_types() -> dict[str, StorageType]:
    """Every type of disk by its name."""
    return {
        entry["storageType"]: StorageType(entry["storageType"], entry["minGB"], entry["maxGB"])
        for entry in _data()["storageTypes"]
    }


def images() -> list[dict[str, Any]]:
    """The system images, by the API's field names."""
    found: list[dict[str, Any]] = _data()["images"]
    return found
