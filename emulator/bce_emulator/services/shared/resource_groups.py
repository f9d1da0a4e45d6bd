"""Which kinds of resource can be in a resource group: those that have ``resource_group_id`` and say so here."""

from __future__ import annotations

from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource

GROUPED: dict[str, type[Resource]] = {}
"""The kinds, by what Resource Manager calls them."""


def grouped(type_: str, kind: type[Resource]) -> None:
    """Have the resources of a kind be found by Resource Manager, under the name that it has for their type."""
    GROUPED[type_] = kind


def find_grouped(account: AccountRegion, type_: str, resource_id: str) -> Any | None:
    """The resource of a type with this id, or None; also if there is no such type."""
    kind = GROUPED.get(type_)
    return account.find(kind, resource_id) if kind else None
