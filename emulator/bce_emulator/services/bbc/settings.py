"""Account settings of bare metal: what the cloud decides, such as stock."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting

STOCK = account_setting(
    "bbc.serverStock", {}, "how many servers are left, by zone, flavor or zone/flavor; what is not named is plenty"
)
PLENTY = 1_000
"""The number shown for a stock that has no limit."""


def stock(account: AccountRegion, zone: str, flavor_id: str) -> int:
    """How many servers of a flavor are left in a zone."""
    left = account.setting(STOCK)
    keys = (zone, flavor_id, f"{zone}/{flavor_id}")
    return min((left[key] for key in keys if key in left), default=PLENTY)
