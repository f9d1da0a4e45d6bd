"""What a row of the table of clients says."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
CACHE = HERE.parents[1] / ".cache" / "clients"


@dataclass(frozen=True)
class Client:
    """One published SDK, and the program that drives it."""

    name: str
    title: str
    package: str
    version: str
    prepare: Callable[[Client], list[str]]
    """Installs what is pinned into the cache, unless it is there, and answers the command that runs the program."""
    tools: tuple[str, ...]
    """The commands that must be on the machine."""
    pointing: tuple[str, ...]
    """The lines of the program that point the SDK at an emulator."""
    source: str
    """The file under this folder that has those lines."""
    language: str
    beside: tuple[str, ...] = ()
    """The files of tests under this folder that drive the SDK too; what they drive is recorded with the program's."""
    methods: str = ""
    """Its column in methods.json: which operations it has a method for."""
    wrong: tuple[str, ...] = ()
    """What this version cannot do right, whatever the server answers."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """What the emulator has to be started with for it."""

    @property
    def cache(self) -> Path:
        """Where its packages are kept between runs."""
        return CACHE / self.name

    @property
    def missing(self) -> list[str]:
        """The tools that this machine lacks."""
        return [tool for tool in self.tools if shutil.which(tool) is None]
