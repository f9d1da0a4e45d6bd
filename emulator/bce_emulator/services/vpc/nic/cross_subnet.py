"""Private addresses of other subnets for network interfaces. Known from the Go client only."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import ApiError, BadRequest
from bce_emulator.services.shared.cidr import canonical
from bce_emulator.services.vpc.address.private import follow
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.host import max_addresses
from bce_emulator.services.vpc.nic.private_addresses import (
    ADD_ERRORS,
    MAX_AT_ONCE,
    BatchAddEniIpResponse,
    check_ipv6,
    give_ipv6,
    ipv4_addresses,
)
from bce_emulator.services.vpc.nic.reference import EniRef, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.resource import Subnet

Wanted = list[tuple[Subnet, list[str]]]
"""The subnets, and what is wanted of each: an address, or an empty text for one that is assigned."""


class PlacedAddress(Model):
    """An address, which is assigned if it is empty, and the subnet that it is of."""

    private_ip_address: str = ""
    subnet_id: str = ""


class BatchAddPrivateIpCrossSubnetRequest(EniRef):
    """Addresses with their subnets, or how many of one subnet; if both are said, the rest of the number is assigned."""

    subnet_id: str = ""
    is_ipv6: Annotated[bool, Field(alias="isIpv6")] = False
    private_ips: tuple[PlacedAddress, ...] = ()
    private_ip_address_count: int = 0


@operation("POST /v1/eni/{eniId}/privateIp/batchAddCrossSubnet", errors=ADD_ERRORS, basis="client")
def batch_add_private_ip_cross_subnet(
    account: AccountRegion, request: BatchAddPrivateIpCrossSubnetRequest
) -> BatchAddEniIpResponse:
    """Add addresses of other subnets in its VPC and zone to a network interface, all or none."""
    nic = nic_named(account, request.eni_id)
    return {"privateIpAddresses": add_across_subnets(account, nic, request)}


def add_across_subnets(
    account: AccountRegion,
    nic: Nic,
    request: BatchAddPrivateIpCrossSubnetRequest,
    full: type[ApiError] = VmMemoryCannotAttachMoreIp,
) -> list[str]:
    """Add addresses of several subnets to a card, all or none; ``full`` refuses too many."""
    wanted = _wanted(account, nic, request)
    account.check(nic, "change_addresses")
    given = _give_ipv6(account, nic, wanted) if request.is_ipv6 else _give_ipv4(account, nic, wanted, full)
    others = (subnet.id for subnet, _ in wanted if subnet.id != nic.subnet_id)
    nic.cross_subnet_ids = tuple(dict.fromkeys((*nic.cross_subnet_ids, *others)))
    return given


def _give_ipv4(account: AccountRegion, nic: Nic, wanted: Wanted, full: type[ApiError]) -> list[str]:
    count = sum(len(addresses) for _, addresses in wanted)
    if len(nic.private_ips) + count > max_addresses(account, nic):
        raise full(f"{nic.id} can have {max_addresses(account, nic)} addresses where it is")
    found = [(subnet, ipv4_addresses(account, subnet, addresses)) for subnet, addresses in wanted]
    for subnet, addresses in found:
        if subnet.id == nic.subnet_id:
            nic.secondary_ips = (*nic.secondary_ips, *addresses)
        else:
            nic.cross_subnet_ips = (*nic.cross_subnet_ips, *addresses)
        follow(subnet, addresses[-1])
    return [address for _, addresses in found for address in addresses]


def _give_ipv6(account: AccountRegion, nic: Nic, wanted: Wanted) -> list[str]:
    for subnet, addresses in wanted:
        check_ipv6(account, subnet, addresses)
    given: list[str] = []
    for subnet, addresses in wanted:
        field = "secondary_ipv6s" if subnet.id == nic.subnet_id else "cross_subnet_ipv6s"
        given += give_ipv6(account, nic, subnet, addresses, field)
    return given


def _wanted(account: AccountRegion, nic: Nic, request: BatchAddPrivateIpCrossSubnetRequest) -> Wanted:
    count = request.private_ip_address_count or len(request.private_ips)
    if not max(1, len(request.private_ips)) <= count <= MAX_AT_ONCE:
        raise BadRequest(f"1 to {MAX_AT_ONCE} addresses are added at once")
    given = [canonical(each.private_ip_address) for each in request.private_ips if each.private_ip_address]
    if len(set(given)) != len(given):
        raise BadRequest("privateIps names an address twice")
    wanted: dict[str, list[str]] = {}
    for each in (*request.private_ips, *[PlacedAddress()] * (count - len(request.private_ips))):
        wanted.setdefault(each.subnet_id or request.subnet_id, []).append(each.private_ip_address)
    if "" in wanted:
        raise BadRequest("subnetId is needed")
    found = [(account.get(Subnet, subnet_id), addresses) for subnet_id, addresses in wanted.items()]
    for subnet, _ in found:
        if (subnet.vpc_id, subnet.zone) != (nic.vpc_id, nic.zone):
            raise BadRequest(f"{subnet.id} is in another VPC or zone than the network interface")
    return found
