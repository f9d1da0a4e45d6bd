"""Cloud disks, for products that list those of another one: the product that has them registers their kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource


class CloudDisks(NamedTuple):
    """A kind of disk, with an ``instance_id`` and a ``zone``, and how one is shown."""

    kind: type[Resource]
    show: Callable[[AccountRegion, Any], Mapping[str, Any]]


_disks: list[CloudDisks] = []


def has_cloud_disks(disks: CloudDisks) -> None:
    """Register the kind."""
    _disks.append(disks)


def cloud_disks() -> CloudDisks:
    """The kind that was registered."""
    return _disks[0]
