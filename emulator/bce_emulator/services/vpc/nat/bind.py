"""Bind EIPs to NAT gateways and take them off again, several at once or none."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nat.addresses import NO_PRIVATE_ADDRESS
from bce_emulator.services.vpc.nat.errors import NoSuchNat
from bce_emulator.services.vpc.nat.resource import Nat

IP_VERSIONS = {"v4": "ipv4", "v6": "ipv6"}
"""How NAT gateways call a version, and how EIPs do."""


class NatEips(Model):
    """EIPs: for SNAT and DNAT alike, or in the words of the older calls for one of both."""

    bind_eips: tuple[str, ...] = ()
    eips: tuple[str, ...] = ()
    dnat_eips: tuple[str, ...] = ()

    @property
    def all_eips(self) -> tuple[str, ...]:
        """Each of them once."""
        return tuple(dict.fromkeys((*self.bind_eips, *self.eips, *self.dnat_eips)))


class NatBindEipRequest(NatEips):
    """Which EIPs to bind."""

    client_token: ClientToken = ""
    nat_id: str


class NatUnBindEipRequest(NatEips):
    """Which EIPs to unbind."""

    client_token: ClientToken = ""
    nat_id: str


@operation(
    "PUT /v1/nat/{natId}?bind",
    errors=[NoSuchNat, NoSuchObject, OperationDenied, LimitExceeded],
    doc="https://cloud.baidu.com/doc/VPC/s/Mjwvyuj7m",
)
def nat_bind_eip(account: AccountRegion, request: NatBindEipRequest) -> None:
    """Bind free EIPs, all in one shared bandwidth or none in any."""
    nat = account.get(Nat, request.nat_id)
    if not request.all_eips:
        raise BadRequest("bindEips is empty")
    account.check(nat, "configure")
    check_eips(account, request, nat.ip_version, nat.max_addresses, nat.public_ips)
    bind_eips(account, nat, request)


@operation("PUT /v1/nat/{natId}?unbind", errors=[NoSuchNat, NoSuchObject, OperationDenied])
def nat_un_bind_eip(account: AccountRegion, request: NatUnBindEipRequest) -> None:
    """Unbind EIPs that no rule uses; until it is over they are still bound."""
    nat = account.get(Nat, request.nat_id)
    if not request.all_eips:
        raise BadRequest("bindEips is empty")
    account.check(nat, "configure")
    for address in request.all_eips:
        address_service().check_unbind(account, nat, address)
    for address in request.all_eips:
        address_service().unbind(account, nat, address)
    account.change(nat, "configure")


def check_eips(
    account: AccountRegion, wanted: NatEips, ip_version: str, most: int, there: tuple[str, ...] = ()
) -> None:
    """Refuse EIPs that a NAT gateway cannot have beside those that are there."""
    service = address_service()
    for address in wanted.all_eips:
        service.check_bind(account, IP_VERSIONS[ip_version], address)
    if len(there) + len(wanted.all_eips) > most:
        raise LimitExceeded(f"a NAT gateway of this size has at most {most} EIPs")
    if len({service.group_of(account, address) for address in (*there, *wanted.all_eips)}) > 1:
        raise OperationDenied("the EIPs of a NAT gateway are in one shared bandwidth, or in none")


def bind_eips(account: AccountRegion, nat: Nat, wanted: NatEips) -> None:
    """Bind EIPs that were found good."""
    for address in wanted.all_eips:
        address_service().bind(account, "NAT", nat, NO_PRIVATE_ADDRESS[nat.ip_version], address)
    nat.snat_ips = (*nat.snat_ips, *dict.fromkeys(wanted.eips))
    nat.dnat_ips = (*nat.dnat_ips, *dict.fromkeys(wanted.dnat_eips))
