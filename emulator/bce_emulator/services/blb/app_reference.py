"""What belongs to an application load balancer, and how its lists are asked for."""

from __future__ import annotations

from typing import Any, TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.pages import MAX_KEYS
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.balancer.reference import BlbLook
from bce_emulator.services.blb.balancer.resource import LoadBalancer

Part = TypeVar("Part", bound=Resource)


class AppBlbPage(BlbLook):
    """Which load balancer to look at, and which page of what it has."""

    marker: str = ""
    max_keys: int = MAX_KEYS


def part_of(account: AccountRegion, balancer: LoadBalancer, kind: type[Part], part_id: str) -> Part:
    """What has this id and belongs to a load balancer; another one's is not there."""
    part: Any = account.get(kind, part_id)
    if part.blb_id != balancer.id:
        raise NoSuchObject(f"{part.id} belongs to another load balancer")
    found: Part = part
    return found


def is_named(name: str, wanted: str, exactly: bool) -> bool:
    """Whether a name is what a list is asked for: a part of it, or the whole."""
    return name == wanted if exactly and wanted else wanted in name
