"""What a VPC or a subnet is used by, so that it can not go."""

from __future__ import annotations

from dataclasses import fields

from bce_emulator.engine.account.account_settings import fact
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource import Resource

IN_USE = fact("subnetsInUse", [], "ids of subnets that products beyond the emulator use: SUBNET_INUSE when they go")
TO_RELEASE = fact("subnetsToRelease", [], "ids of subnets with something to release: ResourceNeedRelease when they go")


def holders(account: Account, member: str, resource_id: str) -> list[Resource]:
    """Every resource, of whatever kind, that names another one in this member."""
    found: list[Resource] = []
    for kind in list(account.shelves):
        if any(each.name == member for each in fields(kind)):
            found += account.where(kind, member, resource_id)
    return found
