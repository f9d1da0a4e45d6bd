"""How requests about a server can be refused."""

from __future__ import annotations

from bce_emulator.engine.errors import ApiError


class AddressesNotThere(ApiError):
    """The server does not have the addresses. Status and message are kept in a test of Baidu's own network plugin."""

    status, code, basis = 400, "NoSuchObject", "observed"
    message = "The ips [{ips}] is invalid"
