"""What can carry a public address, by the word that requests have for it (``instanceType``: BCC, ENI, BLB …).

A target's own file says how it is found and how it shows the address; what binds addresses knows only this registry.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.vpc.nic.resource import PublicAddress


class Carrier(NamedTuple):
    """One kind of target.

    ``find`` gives the target of an id or None. ``carries`` returns its public addresses. ``show`` has it carry exactly
    these from now on.
    """

    instance_type: str
    find: Callable[[AccountRegion, str], Resource | None]
    carries: Callable[[AccountRegion, Any], tuple[PublicAddress, ...]]
    show: Callable[[AccountRegion, Any, tuple[PublicAddress, ...]], None]


CARRIERS: dict[str, Carrier] = {}
"""Every kind of target, by its word."""


def carries_public_addresses(carrier: Carrier) -> None:
    """Declare a kind of target."""
    if carrier.instance_type in CARRIERS:
        raise ValueError(f"{carrier.instance_type} is declared twice")
    CARRIERS[carrier.instance_type] = carrier


def put_on(account: AccountRegion, instance_type: str, target: Resource, address: PublicAddress) -> None:
    """Have a target carry one more public address; the private one that it is for carries no other."""
    carrier = CARRIERS[instance_type]
    others = (each for each in carrier.carries(account, target) if each.private_ip != address.private_ip)
    carrier.show(account, target, (*others, address))


def take_off(account: AccountRegion, instance_type: str, target: Resource, address: str) -> None:
    """Have a target carry a public address no longer."""
    carrier = CARRIERS[instance_type]
    carrier.show(account, target, tuple(each for each in carrier.carries(account, target) if each.address != address))


def new_public_address(account: AccountRegion) -> str:
    """An address that nothing of the account in this region has had, from a range that is nobody's."""
    number = account.next_number("public address")
    return f"198.{18 + (number >> 16) % 2}.{(number >> 8) % 256}.{number % 256}"


def new_public_ipv6_address(account: AccountRegion) -> str:
    """The same for IPv6, from the range of the documentation."""
    return f"2001:db8:ffff::{account.next_number('public IPv6 address'):x}"
