"""What the world decides about an account: its standing, its stock, its quotas."""

from __future__ import annotations

from decimal import Decimal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.errors import ApiError, QualifyNotPass

REAL_NAME = account_setting("realNameVerified", True, "false: creating anything is refused with QualifyNotPass")
BALANCE = account_setting(
    "balance", 1_000_000, "yuan: an order to be paid by use wants more than 100, one paid ahead its price"
)
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
"""How much plenty is, where a number must be told."""


POSTPAID_BALANCE = 100
"""More than this is to be there for an order that is paid by use."""


class InsufficientBalance(ApiError):
    """The balance does not pay for the order. The rule is documented; code, message and status are proposed."""

    status, code, basis = 403, "InsufficientBalance", "proposed"
    message = "The account balance is insufficient."


class QuotaLimitExceeded(ApiError):
    """The account has as many of a kind as its quota allows, and no code of its own is known for the kind.

    The code is known from a client; message and status are proposed, the status because every quota row has 413.
    """

    status, code, basis = 413, "QuotaLimitExceeded", "client"
    message = "Quota limit exceeded."


def require_real_name(account: AccountRegion) -> None:
    """Refuse an account that is not real-name verified."""
    if not account.setting(REAL_NAME):
        raise QualifyNotPass("the setting realNameVerified of this account is false")


def require_balance(account: AccountRegion, prepaid_price: Decimal | None) -> None:
    """Refuse an order that the balance does not pay for; a price stands for an order that is paid ahead."""
    balance = account.setting(BALANCE)
    if (prepaid_price is None and balance <= POSTPAID_BALANCE) or balance < (prepaid_price or 0):
        raise InsufficientBalance(f"the setting balance of this account is {balance}")


def stock(account: AccountRegion, zone: str, spec: str) -> int | None:
    """How many instances of a spec are left in a zone; None means plenty."""
    left = account.setting(STOCK)
    known = [left[key] for key in (zone, spec, f"{zone}/{spec}") if key in left]
    return min(known) if known else None
