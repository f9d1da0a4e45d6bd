"""What network interfaces can be attached to: a kind joins in a file of its own, and cards know only this registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.vpc.nic.resource import Nic

MAX_ADDRESSES = 40
"""The IPv4 addresses of a card that is on nothing, with the primary one."""
MAX_TURNS = 32
"""How many moments are kept of those at which a host began or ceased to answer."""


class NicHost(NamedTuple):
    """One kind of host.

    ``primary`` is the card that a host is made with. ``max_nics`` is how many more it can have, ``max_addresses`` how
    many IPv4 addresses each. ``refusal`` says why no card can be attached or detached now, or nothing. ``turns`` are
    the latest moments, in Unix seconds, at which it stopped answering and began to again, a stop first. ``running`` is
    the status of one that runs.
    """

    find: Callable[[AccountRegion, str], Resource | None]
    primary: Callable[[AccountRegion, Any], Nic]
    max_nics: Callable[[Any], int]
    max_addresses: Callable[[Any], int]
    refusal: Callable[[Any], str]
    turns: Callable[[Any], tuple[float, ...]]
    running: str = "Running"


def with_turn(turns: tuple[float, ...], moment: float, *, answers: bool) -> tuple[float, ...]:
    """The turns of a host that answers from a moment on, or does not; the same if that is nothing new."""
    count = len(turns)
    if answers == (count % 2 == 0):
        return turns
    return (*(turns if count < MAX_TURNS else turns[2:]), moment)


HOSTS: list[NicHost] = []
"""Every kind of host."""


def hosts_nics(host: NicHost) -> None:
    """Declare a kind of host."""
    HOSTS.append(host)


VPC_LEFT: list[Callable[[AccountRegion, Nic], None]] = []
"""What happens when an instance, by its primary card, is to be in another VPC."""


def when_vpc_left(function: Callable[[AccountRegion, Nic], None]) -> Callable[[AccountRegion, Nic], None]:
    """Declare what happens when an instance leaves its VPC; its primary card is still in it then."""
    VPC_LEFT.append(function)
    return function


def leave_vpc(account: AccountRegion, nic: Nic) -> None:
    """Have an instance let go of what only its VPC has."""
    for function in VPC_LEFT:
        function(account, nic)


def find_host(account: AccountRegion, host_id: str) -> tuple[NicHost, Resource] | None:
    """The host with this id, and of which kind it is."""
    for host in HOSTS:
        found = host.find(account, host_id)
        if found is not None:
            return host, found
    return None


def elastic_nics(account: AccountRegion, host_id: str) -> list[Nic]:
    """The cards that were attached to a host."""
    return [nic for nic in account.where(Nic, "device_id", host_id) if not nic.is_primary]


def max_addresses(account: AccountRegion, nic: Nic) -> int:
    """How many IPv4 addresses a card can have where it is."""
    found = find_host(account, nic.device_id) if nic.device_id else None
    return found[0].max_addresses(found[1]) if found else MAX_ADDRESSES
