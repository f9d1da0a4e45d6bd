"""Account settings of HPAS: what the cloud decides, such as stock."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting

STOCK = account_setting(
    "hpas.applicationStock",
    {},
    "how many instances are left, by zone, application or zone/application; what is not named is plenty",
)
PLENTY = 1_000
"""The number shown for a stock that has no limit."""


def stock(account: AccountRegion, zone: str, app_type: str) -> int:
    """How many instances for a type of application are left in a zone."""
    left = account.setting(STOCK)
    keys = (zone, app_type, f"{zone}/{app_type}")
    return min((left[key] for key in keys if key in left), default=PLENTY)
