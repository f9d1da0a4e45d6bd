"""Secondary private addresses of instances, and IPv6 addresses."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.nic import nic_of
from bce_emulator.services.hpas.instance.resource import HpasInstance
from bce_emulator.services.hpas.responses import RequestIdResponse, done
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.primary import add_addresses, drop_addresses, leaving_addresses
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp


class AssignPrivateIpAddressesRequest(Model):
    """Certain addresses, or how many."""

    hpas_id: str
    private_ips: tuple[str, ...] = ()
    secondary_private_ip_count: int = 0


class UnassignPrivateIpAddressesRequest(Model):
    """Which addresses go."""

    hpas_id: str
    private_ips: tuple[str, ...]


class AssignIpv6AddressesRequest(Model):
    """Certain addresses, or how many, and whether the instance restarts so that its system knows."""

    hpas_id: str
    ipv6_addresses: tuple[str, ...] = ()
    ipv6_address_count: int = 0
    reboot: bool = False


class UnAssignIpv6AddressesRequest(Model):
    """Which addresses go, and whether the instance restarts so that its system knows."""

    hpas_id: str
    ipv6_addresses: tuple[str, ...]
    reboot: bool = False


class AssignPrivateIpAddressesResponse(TypedDict):
    """The addresses that were added."""

    requestId: str
    privateIps: list[str]


class AssignIpv6AddressesResponse(TypedDict):
    """The addresses that were added."""

    requestId: str
    ipv6Addresses: list[str]


@operation(
    "POST /?action=AssignPrivateIpAddresses",
    errors=[NoSuchObject, OperationDenied, VmMemoryCannotAttachMoreIp, PrivateIpInUse, SubnetHasNoMoreIp],
    basis="client",
)
def assign_private_ip_addresses(
    account: AccountRegion, request: AssignPrivateIpAddressesRequest, call: Call
) -> AssignPrivateIpAddressesResponse:
    """Give an instance secondary addresses, all or none; named ones go before a number."""
    instance = account.get(HpasInstance, request.hpas_id)
    account.check(instance, "change_addresses")
    count = 0 if request.private_ips else request.secondary_private_ip_count
    added = add_addresses(account, nic_of(account, instance), request.private_ips, count)
    return {"requestId": call.request_id, "privateIps": added}


@operation("POST /?action=UnassignPrivateIpAddresses", errors=[NoSuchObject, OperationDenied], basis="client")
def unassign_private_ip_addresses(
    account: AccountRegion, request: UnassignPrivateIpAddressesRequest, call: Call
) -> RequestIdResponse:
    """Take secondary addresses from an instance, all or none."""
    _unassign(account, request.hpas_id, request.private_ips, reboot=False, is_ipv6=False)
    return done(call)


@operation(
    "POST /?action=AssignIpv6Addresses",
    errors=[NoSuchObject, OperationDenied, VmMemoryCannotAttachMoreIp, PrivateIpInUse],
    basis="client",
)
def assign_ipv6_addresses(
    account: AccountRegion, request: AssignIpv6AddressesRequest, call: Call
) -> AssignIpv6AddressesResponse:
    """Give an instance IPv6 addresses of its subnet, all or none; named ones go before a number."""
    instance = account.get(HpasInstance, request.hpas_id)
    account.check(instance, _action(request.reboot))
    count = 0 if request.ipv6_addresses else request.ipv6_address_count
    added = add_addresses(account, nic_of(account, instance), request.ipv6_addresses, count, ipv6=True)
    _restart(account, instance, request.reboot)
    return {"requestId": call.request_id, "ipv6Addresses": added}


@operation("POST /?action=UnAssignIpv6Addresses", errors=[NoSuchObject, OperationDenied], basis="client")
def un_assign_ipv6_addresses(
    account: AccountRegion, request: UnAssignIpv6AddressesRequest, call: Call
) -> RequestIdResponse:
    """Take IPv6 addresses from an instance, all or none."""
    _unassign(account, request.hpas_id, request.ipv6_addresses, request.reboot, is_ipv6=True)
    return done(call)


def _unassign(account: AccountRegion, hpas_id: str, named: tuple[str, ...], reboot: bool, *, is_ipv6: bool) -> None:
    instance = account.get(HpasInstance, hpas_id)
    account.check(instance, _action(reboot))
    card = nic_of(account, instance)

    def missing(addresses: str) -> NoSuchObject:
        return NoSuchObject(f"{instance.id} does not have {addresses}")

    leaving = leaving_addresses(card, named, missing)
    if strangers := [each for each in leaving if (":" in each) != is_ipv6]:
        raise missing(", ".join(strangers))
    drop_addresses(account, card, leaving)
    _restart(account, instance, reboot)


def _action(reboot: bool) -> str:
    return "reboot" if reboot else "change_addresses"


def _restart(account: AccountRegion, instance: HpasInstance, reboot: bool) -> None:
    if reboot:
        account.change(instance, "reboot")
