"""Private addresses for network interfaces: which a request can have, and the calls that add and take away some."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.shared.cidr import canonical, parse_ipv6
from bce_emulator.services.vpc.address.private import (
    check_address,
    follow,
    free_addresses,
    free_ipv6_address,
    is_ipv6_in_use,
)
from bce_emulator.services.vpc.address.public import free_addresses_of
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.errors import EniStatusNotAllowed
from bce_emulator.services.vpc.nic.host import max_addresses
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniRef, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, PrivateIpNotExist, SubnetHasNoMoreIp
from bce_emulator.services.vpc.subnet.resource import Subnet

MAX_AT_ONCE = 10
ADD_ERRORS = [*NOT_THERE, EniStatusNotAllowed, PrivateIpInUse, SubnetHasNoMoreIp, VmMemoryCannotAttachMoreIp]
DELETE_ERRORS = [*NOT_THERE, EniStatusNotAllowed, PrivateIpNotExist]


class AddEniIpRequest(EniRef):
    """Which address to add; an empty one is assigned."""

    is_ipv6: Annotated[bool, Field(alias="isIpv6")] = False
    private_ip_address: str = ""


class BatchAddEniIpRequest(EniRef):
    """Which addresses to add, or how many; if both are said, the rest of the number is assigned."""

    is_ipv6: Annotated[bool, Field(alias="isIpv6")] = False
    private_ip_addresses: tuple[str, ...] = ()
    private_ip_address_count: int = 0


class BatchDeleteEniIpRequest(EniRef):
    """Which addresses to take away."""

    private_ip_addresses: tuple[str, ...]


class DeleteEniIpRequest(EniRef):
    """Which address to take away."""

    private_ip_address: str


class AddEniIpResponse(TypedDict):
    """The address that was added."""

    privateIpAddress: str


class BatchAddEniIpResponse(TypedDict):
    """The addresses that were added."""

    privateIpAddresses: list[str]


class WantedAddress(Model):
    """An address of a new card; an empty one is assigned."""

    private_ip_address: str = ""
    primary: bool = False


@operation("POST /v1/eni/{eniId}/privateIp", errors=ADD_ERRORS, basis="client")
def add_eni_ip(account: AccountRegion, request: AddEniIpRequest) -> AddEniIpResponse:
    """Add one address to a network interface."""
    nic = nic_named(account, request.eni_id)
    (added,) = _add(account, nic, [request.private_ip_address], request.is_ipv6)
    return {"privateIpAddress": added}


@operation(
    "POST /v1/eni/{eniId}/privateIp/batchAdd", errors=ADD_ERRORS, doc="https://cloud.baidu.com/doc/VPC/s/9kw4xi713"
)
def batch_add_eni_ip(account: AccountRegion, request: BatchAddEniIpRequest) -> BatchAddEniIpResponse:
    """Add several addresses to a network interface, all or none."""
    nic = nic_named(account, request.eni_id)
    wanted = [canonical(address) for address in request.private_ip_addresses if address]
    count = request.private_ip_address_count or len(wanted)
    if not max(1, len(wanted)) <= count <= MAX_AT_ONCE or len(set(wanted)) != len(wanted):
        raise BadRequest(f"1 to {MAX_AT_ONCE} addresses are added at once, each once")
    return {"privateIpAddresses": _add(account, nic, wanted + [""] * (count - len(wanted)), request.is_ipv6)}


@operation("POST /v1/eni/{eniId}/privateIp/batchDel", errors=DELETE_ERRORS, basis="client")
def batch_delete_eni_ip(account: AccountRegion, request: BatchDeleteEniIpRequest) -> None:
    """Take several addresses from a network interface, all or none."""
    if not 1 <= len(request.private_ip_addresses) <= MAX_AT_ONCE:
        raise BadRequest(f"1 to {MAX_AT_ONCE} addresses are taken away at once")
    _delete(account, nic_named(account, request.eni_id), request.private_ip_addresses)


@operation("DELETE /v1/eni/{eniId}/privateIp/{privateIpAddress}", errors=DELETE_ERRORS, basis="client")
def delete_eni_ip(account: AccountRegion, request: DeleteEniIpRequest) -> None:
    """Take one address from a network interface."""
    _delete(account, nic_named(account, request.eni_id), (request.private_ip_address,))


def ipv4_addresses(account: AccountRegion, subnet: Subnet, wanted: list[str]) -> list[str]:
    """Addresses that a card can have: those that are wanted, and free ones in place of empty texts."""
    given = [address for address in wanted if address]
    for address in given:
        check_address(account, subnet, address)
    missing = len(wanted) - len(given)
    found = free_addresses(account, subnet, missing) if missing else []
    if not set(found).isdisjoint(given):
        found = [address for address in free_addresses(account, subnet, len(wanted)) if address not in given]
    free = iter(found)
    return [address or next(free) for address in wanted]


def check_ipv6(account: AccountRegion, subnet: Subnet, wanted: list[str]) -> None:
    """Refuse IPv6 addresses that nothing new in a subnet can have."""
    if wanted and not subnet.ipv6_cidr:
        raise BadRequest("the subnet has no IPv6")
    for address in filter(None, wanted):
        if _ipv6(address) not in IPv6Network(subnet.ipv6_cidr):
            raise BadRequest(f"{address[:64]} is not in {subnet.ipv6_cidr}")
        if is_ipv6_in_use(account, str(_ipv6(address))):
            raise PrivateIpInUse(f"{address} is in use")


def give_ipv6(
    account: AccountRegion, nic: Nic, subnet: Subnet, wanted: list[str], field: str = "secondary_ipv6s"
) -> list[str]:
    """Have a card have IPv6 addresses that were found good, and free ones in place of empty texts."""
    given: list[str] = []
    for address in sorted(wanted, reverse=True):
        given.append(str(_ipv6(address)) if address else free_ipv6_address(account, subnet))
        setattr(nic, field, (*getattr(nic, field), given[-1]))
    return given


def _add(account: AccountRegion, nic: Nic, wanted: list[str], is_ipv6: bool) -> list[str]:
    subnet = account.get(Subnet, nic.subnet_id)
    if is_ipv6:
        check_ipv6(account, subnet, wanted)
        account.check(nic, "change_addresses")
        return give_ipv6(account, nic, subnet, wanted)
    account.check(nic, "change_addresses")
    if len(nic.private_ips) + len(wanted) > max_addresses(account, nic):
        raise VmMemoryCannotAttachMoreIp(f"{nic.id} can have {max_addresses(account, nic)} addresses where it is")
    added = ipv4_addresses(account, subnet, wanted)
    nic.secondary_ips = (*nic.secondary_ips, *added)
    follow(subnet, added[-1])
    return added


def _delete(account: AccountRegion, nic: Nic, named: tuple[str, ...]) -> None:
    addresses = tuple(map(canonical, named))
    if nic.private_ip in addresses:
        raise BadRequest(f"{nic.private_ip} is the primary address, which stays")
    if unknown := set(addresses) - ({*nic.addresses} - {nic.ipv6}):
        raise PrivateIpNotExist(f"{', '.join(sorted(unknown))[:128]}: no secondary address of {nic.id}")
    account.check(nic, "change_addresses")
    free_addresses_of(account, nic.public_addresses, *addresses)
    nic.secondary_ips = tuple(each for each in nic.secondary_ips if each not in addresses)
    nic.secondary_ipv6s = tuple(each for each in nic.secondary_ipv6s if each not in addresses)
    if not set(addresses).isdisjoint((*nic.cross_subnet_ips, *nic.cross_subnet_ipv6s)):
        _forget_cross_subnet(account, nic, addresses)


def _forget_cross_subnet(account: AccountRegion, nic: Nic, addresses: tuple[str, ...]) -> None:
    """Take addresses of other subnets from a card, which is then in those only of which it has one left."""
    nic.cross_subnet_ips = tuple(each for each in nic.cross_subnet_ips if each not in addresses)
    nic.cross_subnet_ipv6s = tuple(each for each in nic.cross_subnet_ipv6s if each not in addresses)
    subnets = [account.get(Subnet, subnet_id) for subnet_id in nic.cross_subnet_ids]
    left = [ip_address(each) for each in (*nic.cross_subnet_ips, *nic.cross_subnet_ipv6s)]
    nic.cross_subnet_ids = tuple(
        subnet.id for subnet in subnets if any(each in network for each in left for network in subnet.networks)
    )


def _ipv6(text: str) -> IPv6Address:
    try:
        return parse_ipv6(text)
    except ValueError:
        raise BadRequest(f"{text[:64]!r} is no IPv6 address") from None
