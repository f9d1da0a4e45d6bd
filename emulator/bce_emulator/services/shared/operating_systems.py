"""Operating systems: what an image holds, and what runs in the instances made of it."""

from __future__ import annotations

from typing import NamedTuple


class OperatingSystem(NamedTuple):
    """An operating system, by the words of the API."""

    name: str = ""
    version: str = ""
    arch: str = ""
    type: str = ""
    lang: str = ""

    @property
    def is_windows(self) -> bool:
        """Whether this is Windows, which needs a larger disk and takes no keypair."""
        return self.type == "windows"


NO_SYSTEM = OperatingSystem()
"""What is on a data disk."""
