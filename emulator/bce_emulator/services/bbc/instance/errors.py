"""How requests about a server can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class AddressesNotThere(ApiError):
    """The server does not have the addresses. Status and message are kept in a test of Baidu's own network plugin."""

    status, code, basis = 400, "NoSuchObject", "observed"
    message = "The ips [{ips}] is invalid"


class AddressesExceedLimit(ApiError):
    """The card has all addresses that it may have. By this code Baidu's network plugin knows to ask for fewer."""

    status, code, basis = 400, "ExceedLimitException", "client"
    message = "The network interface has as many addresses as it may have."
