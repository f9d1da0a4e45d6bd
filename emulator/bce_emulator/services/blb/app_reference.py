"""What belongs to an application load balancer, and how its lists are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.references import named
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.pages import MAX_KEYS
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.balancer.reference import BlbLook, begin_change, check_change
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


def delete_unused(account: AccountRegion, balancer: LoadBalancer, parts: Sequence[Resource]) -> None:
    """Delete parts of a load balancer, all or none, unless something uses one of them."""
    check_change(account, balancer)
    for part in parts:
        if users := account.dependents(part):
            raise OperationDenied(f"{part.id} is used by {named(users)}")
    begin_change(account, balancer)
    for part in parts:
        account.remove(part)


def is_named(name: str, wanted: str, exactly: bool) -> bool:
    """Whether a name is what a list is asked for: a part of it, or the whole."""
    return name == wanted if exactly and wanted else wanted in name
