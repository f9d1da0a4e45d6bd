"""What a VPC or a subnet is used by, so that it cannot go."""

from __future__ import annotations

from dataclasses import fields

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.resource import Resource

IN_USE = account_setting(
    "vpc.subnetsInUse", [], "ids of subnets that products beyond the emulator use: SUBNET_INUSE when they go"
)
TO_RELEASE = account_setting(
    "vpc.subnetsToRelease", [], "ids of subnets with something to release: ResourceNeedRelease when they go"
)


def dependents(account: AccountRegion, member: str, resource_id: str) -> list[Resource]:
    """Every resource, of whatever kind, that names another one in this member."""
    found: list[Resource] = []
    for kind in list(account.collections):
        if any(each.name == member for each in fields(kind)):
            found += account.where(kind, member, resource_id)
    return found
