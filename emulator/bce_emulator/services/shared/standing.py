"""Account settings of every product: what the cloud decides, such as standing, stock and quotas."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.errors import QualifyNotPass
from bce_emulator.services.shared.errors import InsufficientBalance

REAL_NAME = account_setting("realNameVerified", True, "false: creating anything is refused with QualifyNotPass")
BALANCE = account_setting(
    "balance", 1_000_000, "yuan: an order to be paid by use wants more than 100, one paid ahead its price"
)


POSTPAID_BALANCE = 100
"""A postpaid order needs a balance above this."""


def require_real_name(account: AccountRegion) -> None:
    """Refuse an account that is not real-name verified."""
    if not account.setting(REAL_NAME):
        raise QualifyNotPass("the setting realNameVerified of this account is false")


def require_balance(account: AccountRegion, prepaid_price: Decimal | None) -> None:
    """Refuse an order that the balance does not pay for; a price stands for an order that is paid ahead."""
    balance = account.setting(BALANCE)
    if (prepaid_price is None and balance <= POSTPAID_BALANCE) or balance < (prepaid_price or 0):
        raise InsufficientBalance(f"the setting balance of this account is {balance}")
