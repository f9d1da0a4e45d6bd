"""Secondary private addresses of instances."""

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


class AssignPrivateIpAddressesResponse(TypedDict):
    """The addresses that were added."""

    requestId: str
    privateIps: list[str]


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
    instance = account.get(HpasInstance, request.hpas_id)
    account.check(instance, "change_addresses")
    card = nic_of(account, instance)
    leaving = leaving_addresses(
        card, request.private_ips, lambda ips: NoSuchObject(f"{instance.id} does not have {ips}")
    )
    drop_addresses(account, card, leaving)
    return done(call)
