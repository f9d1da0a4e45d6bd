"""How requests about an EIP can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class LimitExceeded(ApiError):
    """The account or a package has as many EIPs as it may have. Documented for the VPC product, proposed here."""

    status, code, basis = 413, "LimitExceeded", "proposed"
    message = "Limit exceeded for current request."


class EipNotFound(ApiError):
    """No EIP of the account has this address. Code and status are known from clients, the message is proposed."""

    status, code, basis = 404, "EipNotFound", "client"
    message = "The specified object is not found or resource do not exist."
