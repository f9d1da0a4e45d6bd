"""Account settings of instances: what the cloud decides, such as stock, refunds and bans."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting

STOCK = account_setting(
    "bcc.stock", {}, "how many instances are left, by zone, spec or zone/spec; what is not named is plenty"
)
REFUND_QUOTA_USED_UP = account_setting(
    "bcc.refundQuotaUsedUp", False, "true: refunds are refused with InsufficientCreditException"
)
BANNED = account_setting(
    "bcc.bannedInstances", [], "ids of instances that the cloud has banned: they cannot be resized"
)
PLENTY = 1_000
"""The number shown for a stock that has no limit."""


def stock(account: AccountRegion, zone: str, spec: str) -> int | None:
    """How many instances of a spec are left in a zone; None means plenty."""
    left = account.setting(STOCK)
    known = [left[key] for key in (zone, spec, f"{zone}/{spec}") if key in left]
    return min(known) if known else None
