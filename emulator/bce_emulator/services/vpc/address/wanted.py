"""Addresses of a subnet for what can name them or have them assigned, and is refused with the common errors."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.errors import BadRequest, OperationDenied
from bce_emulator.services.vpc.address.private import check_address, free_addresses, is_in_use
from bce_emulator.services.vpc.subnet.resource import Subnet


def addresses_for(account: AccountRegion, subnet: Subnet, named: tuple[str, ...], count: int) -> tuple[str, ...]:
    """So many addresses of a subnet: those that are named, or free ones; nothing is changed."""
    if not named:
        return tuple(free_addresses(account, subnet, count))
    if len(set(named)) != len(named):
        raise BadRequest("an address is named twice")
    for address in named:
        if is_in_use(account, subnet, address):
            raise OperationDenied(f"{address} is in use")
        check_address(account, subnet, address)
    return named
