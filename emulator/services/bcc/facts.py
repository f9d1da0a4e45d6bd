"""What the world decides about an account: its standing, its stock, its quotas."""

from __future__ import annotations

from emulator.engine.accounts import Account
from emulator.engine.errors import ApiError, QualifyNotPass
from emulator.engine.facts import fact

REAL_NAME = fact("realNameVerified", True, "false: creating anything is refused with QualifyNotPass")
STOCK = fact("stock", {}, "how many instances are left, by zone, spec or zone/spec; what is not named is plenty")
REFUND_QUOTA_USED_UP = fact("refundQuotaUsedUp", False, "true: refunds are refused with InsufficientCreditException")
BANNED = fact("bannedInstances", [], "ids of instances that the cloud has banned: they can not be resized")

PLENTY = 1_000
"""How much plenty is, where a number must be told."""


class QuotaLimitExceeded(ApiError):
    """The account has as many of a kind as its quota allows, and no code of its own is known for the kind.

    The code is known from a client; message and status are proposed, the status because every quota row has 413.
    """

    status, code, basis = 413, "QuotaLimitExceeded", "client"
    message = "Quota limit exceeded."


def require_real_name(account: Account) -> None:
    """Refuse an account that is not real-name verified."""
    if not account.fact(REAL_NAME):
        raise QualifyNotPass("the fact realNameVerified of this account is false")


def stock(account: Account, zone: str, spec: str) -> int | None:
    """How many instances of a spec are left in a zone; None means plenty."""
    left = account.fact(STOCK)
    known = [left[key] for key in (zone, spec, f"{zone}/{spec}") if key in left]
    return min(known) if known else None
