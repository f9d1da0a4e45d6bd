"""Seed files: a world to start with, written with the API's own member names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from emulator.engine.accounts import Owner
from emulator.settings import SettingError

EXAMPLE = Path(__file__).parent / "seeds" / "example.yaml"


class Seed:
    """The accounts of a seed file."""

    def __init__(self, accounts: dict[str, Any]) -> None:
        self.accounts = accounts

    def plant(self, owner: Owner, region: str) -> None:
        """Give an account the resources that the file names."""


def load_seed(name: str) -> Seed:
    """Read a seed file, or the example."""
    raise SettingError(f"--seed {name}: not yet")
