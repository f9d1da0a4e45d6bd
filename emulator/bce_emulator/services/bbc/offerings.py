"""What is on offer: flavors with their RAIDs, and system images, from ``offerings.json``.

The first two flavors are those of https://cloud.baidu.com/doc/BBC/s/Bjwvxu9ul. Of BBC-I4-01S, BBC-I4-HC04S,
BBC-G4-PDDAS and the image m-i2aoqIlx, public examples have the ids, a RAID and 96 cores; all else is invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.shared.offered import not_offered

GHZ = "2.4GHz"
"""What every processor runs at."""


@dataclass(frozen=True, slots=True)
class Raid:
    """One way to put the disks of a flavor together, in GB; swap, root and home are parts of the system disk."""

    id: str
    name: str
    swap_gb: int
    root_gb: int
    home_gb: int
    system_gb: int
    data_gb: int


@dataclass(frozen=True, slots=True)
class Flavor:
    """One kind of server."""

    id: str
    cpu_count: int
    cpu_type: str
    memory_gb: int
    disk: str
    network_card: str
    gpu_card: str
    cards: int
    raids: tuple[Raid, ...]

    @property
    def others(self) -> str:
        """What else is in it."""
        return f"{self.gpu_card}*{self.cards}" if self.cards else ""

    def raid(self, raid_id: str) -> Raid | None:
        """The RAID of this flavor with this id."""
        return next((raid for raid in self.raids if raid.id == raid_id), None)


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(Path(__file__).with_name("offerings.json").read_bytes())
    return data


@cache
def flavors() -> dict[str, Flavor]:
    """Every flavor by its id."""
    return {entry["flavorId"]: _flavor(entry) for entry in _data()["flavors"]}


def flavor_named(flavor_id: str) -> Flavor:
    """A flavor that somebody looks for; one that there is not is not found."""
    flavor = flavors().get(flavor_id)
    if flavor is None:
        raise NoSuchObject(f"there is no flavor {flavor_id[:64]!r}; there are {', '.join(flavors())}")
    return flavor


def flavor_ordered(flavor_id: str) -> Flavor:
    """A flavor that an order names; one that is not on offer is refused."""
    flavor = flavors().get(flavor_id)
    if flavor is None:
        raise BadRequest(not_offered("flavorId", flavor_id, flavors()))
    return flavor


def raid_ordered(flavor: Flavor, raid_id: str) -> Raid:
    """A RAID that an order names; one that the flavor does not have is refused."""
    raid = flavor.raid(raid_id)
    if raid is None:
        raise BadRequest(not_offered("raidId", raid_id, [each.id for each in flavor.raids]))
    return raid


def images() -> list[dict[str, Any]]:
    """The system images."""
    found: list[dict[str, Any]] = _data()["images"]
    return found


def _flavor(entry: dict[str, Any]) -> Flavor:
    return Flavor(
        id=entry["flavorId"],
        cpu_count=entry["cpuCount"],
        cpu_type=entry["cpuType"],
        memory_gb=entry["memoryGB"],
        disk=entry["disk"],
        network_card=entry["networkCard"],
        gpu_card=entry.get("gpuCard", ""),
        cards=entry.get("cards", 0),
        raids=tuple(
            Raid(
                id=raid["raidId"],
                name=raid["raid"],
                swap_gb=raid["swapGB"],
                root_gb=raid["rootGB"],
                home_gb=raid["homeGB"],
                system_gb=raid["systemGB"],
                data_gb=raid["dataGB"],
            )
            for raid in entry["raids"]
        ),
    )
