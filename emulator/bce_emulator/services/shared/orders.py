"""Orders: what is bought has one."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion


def new_order(account: AccountRegion) -> str:
    """The id of a new order; orders themselves are not emulated."""
    return account.new_text("order", "hex32")
