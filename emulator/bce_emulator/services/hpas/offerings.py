"""What is on offer: applications, each at a level of performance.

Their names, and the ids of the images, are those of examples of Baidu's Go client; all else is invented.
"""

from __future__ import annotations

from typing import NamedTuple

from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.offered import not_offered


class Application(NamedTuple):
    """An application at a level of performance, and the instance that runs it so well."""

    app_type: str
    level: str
    cpu_count: int
    memory_gb: int
    gpu_cards: int
    max_nics: int
    max_addresses: int
    max_volumes: int

    @property
    def title(self) -> str:
        """Type and level, as an explanation has them."""
        return f"{self.app_type} {self.level}"


class OfferedImage(NamedTuple):
    """A system image, and the types of application that it is for."""

    id: str
    name: str
    app_types: tuple[str, ...]
    size_gb: int
    min_disk_gb: int


APPLICATIONS = (
    Application("llama2_7B_train", "10k", 128, 1024, 8, 8, 40, 16),
    Application("llama2_7B_train_ic5", "10k", 192, 2048, 8, 8, 40, 16),
    Application("unixbench_indexscore", "1.6k", 64, 256, 0, 8, 40, 16),
)
TRAINING = ("llama2_7B_train", "llama2_7B_train_ic5")
IMAGES = (
    OfferedImage("m-Xz6svNFM", "Ubuntu 22.04 LTS amd64 (64bit) for training", TRAINING, 30, 100),
    OfferedImage("m-JtPe0qoJ", "Ubuntu 22.04 LTS amd64 (64bit)", (*TRAINING, "unixbench_indexscore"), 8, 40),
)


def application_ordered(app_type: str, level: str) -> Application:
    """The application that an order names; one that is not on offer is refused."""
    levels = {each.level: each for each in APPLICATIONS if each.app_type == app_type}
    if not levels:
        raise BadRequest(not_offered("appType", app_type, dict.fromkeys(each.app_type for each in APPLICATIONS)))
    if level not in levels:
        raise BadRequest(not_offered("appPerformanceLevel", level, levels))
    return levels[level]
