"""Account settings for what nothing emulated can do to a subnet."""

from __future__ import annotations

from bce_emulator.engine.account.account_settings import account_setting

IN_USE = account_setting(
    "vpc.subnetsInUse", [], "ids of subnets that products beyond the emulator use: SUBNET_INUSE when they go"
)
TO_RELEASE = account_setting(
    "vpc.subnetsToRelease", [], "ids of subnets with something to release: ResourceNeedRelease when they go"
)
