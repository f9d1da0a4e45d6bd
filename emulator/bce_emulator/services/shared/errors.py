"""How requests about any product can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


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
