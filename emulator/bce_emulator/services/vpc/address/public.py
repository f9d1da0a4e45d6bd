"""What can carry a public address, by the word that requests have for it (``instanceType``: BCC, ENI, BLB …).

A target's own file says how it is found and how it shows the address; what binds addresses knows only this registry.
The other way round, targets know what gives out addresses only as the ``AddressService``.
"""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Any, NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.account.resource import Resource
from bce_emulator.services.vpc.nic.resource import PublicAddress


def _never(_account: AccountRegion, _target: Any) -> str:
    return ""


def _used_by_nothing(_account: AccountRegion, _target: Any, _address: str) -> str:
    return ""


class Carrier(NamedTuple):
    """One kind of target.

    ``find`` gives the target of an id or None. ``private_ips`` are the addresses that a public one can belong to, the
    first by default. ``carries`` returns its public addresses. ``show`` has it carry exactly these from now on.
    ``refusal`` says why a target cannot have an address now, or nothing; ``use`` what it uses one for that it has, and
    keeps it for. A target that ``carries_many`` has them for itself, any number for one private address.
    """

    instance_type: str
    find: Callable[[AccountRegion, str], Resource | None]
    private_ips: Callable[[AccountRegion, Any], tuple[str, ...]]
    carries: Callable[[AccountRegion, Any], tuple[PublicAddress, ...]]
    show: Callable[[AccountRegion, Any, tuple[PublicAddress, ...]], None]
    refusal: Callable[[AccountRegion, Any], str] = _never
    use: Callable[[AccountRegion, Any, str], str] = _used_by_nothing
    carries_many: bool = False


class AddressOrder(NamedTuple):
    """A public address that is ordered together with what carries it; bandwidth in Mbps, Unix seconds."""

    name: str
    bandwidth: int
    payment: str
    billing_method: str
    expires: float | None
    auto_renew_months: int


class AddressService(NamedTuple):
    """What the product of public addresses does for targets; addresses are named by themselves.

    ``count_left`` is how many more the account may have. ``order`` makes one that is bound from the start. ``assign``
    binds the one of this address at once, and makes it if there is none. ``bind`` and ``unbind`` are the calls of the
    product, for a private address of a target. ``free`` unbinds at once. ``release`` gives up what goes with its target
    and says whether it did. ``renew`` and ``set_auto_renew`` are about those paid for ahead.
    ``check_bind`` (of a version, ``ipv4`` or ``ipv6``) and ``check_unbind`` refuse what could not be bound or unbound
    now; ``is_leaving`` says whether one is being unbound. ``group_of`` is the shared bandwidth that one is in, or an
    empty text, and ``bandwidth_of`` its Mbps.
    """

    count_left: Callable[[AccountRegion], int]
    order: Callable[[AccountRegion, str, Resource, AddressOrder], None]
    assign: Callable[[AccountRegion, str, Resource, str], None]
    bind: Callable[[AccountRegion, str, Resource, str, str], None]
    unbind: Callable[[AccountRegion, Resource, str], None]
    free: Callable[[AccountRegion, str], None]
    release: Callable[[AccountRegion, str], bool]
    is_released_with_target: Callable[[AccountRegion, str], bool]
    is_prepaid: Callable[[AccountRegion, str], bool]
    renew: Callable[[AccountRegion, str, int], None]
    set_auto_renew: Callable[[AccountRegion, str, int], None]
    check_bind: Callable[[AccountRegion, str, str], None]
    check_unbind: Callable[[AccountRegion, Resource, str], None]
    is_leaving: Callable[[AccountRegion, str], bool]
    group_of: Callable[[AccountRegion, str], str]
    bandwidth_of: Callable[[AccountRegion, str], int]


CARRIERS: dict[str, Carrier] = {}
"""Every kind of target, by its word."""
_services: list[AddressService] = []


def carries_public_addresses(carrier: Carrier) -> None:
    """Declare a kind of target."""
    if carrier.instance_type in CARRIERS:
        raise ValueError(f"{carrier.instance_type} is declared twice")
    CARRIERS[carrier.instance_type] = carrier


def serves_public_addresses(service: AddressService) -> None:
    """Declare what gives out public addresses."""
    if _services:
        raise ValueError("public addresses are served already")
    _services.append(service)


def address_service() -> AddressService:
    """What gives out public addresses."""
    return _services[0]


def put_on(account: AccountRegion, instance_type: str, target: Resource, address: PublicAddress) -> None:
    """Have a target carry one more public address; the private one that it is for carries no other, or many."""
    carrier = CARRIERS[instance_type]
    others = (
        each
        for each in carrier.carries(account, target)
        if each.address != address.address and (carrier.carries_many or each.private_ip != address.private_ip)
    )
    carrier.show(account, target, (*others, address))


def take_off(account: AccountRegion, instance_type: str, target: Resource, address: str) -> None:
    """Have a target carry a public address no longer."""
    carrier = CARRIERS[instance_type]
    carrier.show(account, target, tuple(each for each in carrier.carries(account, target) if each.address != address))


def free_addresses_of(account: AccountRegion, addresses: tuple[PublicAddress, ...], *private_ips: str) -> None:
    """Unbind the public addresses among these that belong to such private ones, or all if none is named."""
    for each in addresses:
        if not private_ips or each.private_ip in private_ips:
            address_service().free(account, each.address)


def new_public_address(account: AccountRegion) -> str:
    """An address that nothing of the account in this region has had, from a range that is nobody's.

    Where an account begins in the range depends on its name, so that what it gives away is new to the other one too.
    """
    number = _start(account) + account.next_number("public address")
    return f"198.{18 + (number >> 16) % 2}.{(number >> 8) % 256}.{number % 256}"


def new_public_ipv6_address(account: AccountRegion) -> str:
    """The same for IPv6, from the range of the documentation."""
    number = _start(account) + account.next_number("public IPv6 address")
    return str(IPv6Address((0x20010DB8FFFF << 80) + number))


def _start(account: AccountRegion) -> int:
    return int(id_text("hex", account.name, account.region, "public addresses"), 16)
