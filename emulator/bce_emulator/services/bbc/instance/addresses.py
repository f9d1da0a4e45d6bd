"""Secondary private addresses of servers."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientBool, Model, rephrased
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.errors import AddressesExceedLimit, AddressesNotThere
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note
from bce_emulator.services.vpc.nic.cross_subnet import BatchAddPrivateIpCrossSubnetRequest, add_across_subnets
from bce_emulator.services.vpc.nic.errors import EniStatusNotAllowed
from bce_emulator.services.vpc.nic.primary import add_addresses, drop_addresses, leaving_addresses
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, SubnetHasNoMoreIp

ADD_ERRORS = [NoSuchObject, OperationDenied, AddressesExceedLimit, PrivateIpInUse, SubnetHasNoMoreIp]


class BatchAddIPRequest(Model):
    """Certain addresses, or how many, and whether they are IPv6 addresses."""

    client_token: ClientToken = ""
    instance_id: str
    private_ips: tuple[str, ...] = ()
    secondary_private_ip_address_count: int = 0
    allocate_multi_ipv6_addr: LenientBool = False


class PlacedAddress(Model):
    """An address, which is assigned if it is empty, and the subnet that it is of."""

    private_ip: str = ""
    subnet_id: str = ""


class CardAddresses(Model):
    """Which card gets which addresses, or how many of one subnet."""

    eni_id: str = ""
    subnet_id: str = ""
    secondary_private_ip_address_count: int = 0
    ip_and_subnets: tuple[PlacedAddress, ...] = ()


class BatchAddIPCrossSubnetRequest(Model):
    """Which server, and the addresses of one of its cards; the misspelling is the API's."""

    client_token: ClientToken = ""
    instance_id: str = ""
    single_eni_and_subent_ips: tuple[CardAddresses, ...] = ()


class BatchDelIPRequest(Model):
    """Which addresses go."""

    client_token: ClientToken = ""
    instance_id: str
    private_ips: tuple[str, ...]


class BatchAddIPResponse(TypedDict):
    """The addresses that were added."""

    privateIps: list[str]


@operation("PUT /v1/instance/batchAddIp", errors=ADD_ERRORS, basis="client", name="BatchAddIP")
def batch_add_ip(account: AccountRegion, request: BatchAddIPRequest) -> BatchAddIPResponse:
    """Give a server secondary addresses: all of them, or none."""
    server = account.get(Server, request.instance_id)
    account.check(server, "change_addresses")
    card, count = nic_of(account, server), request.secondary_private_ip_address_count
    ipv6 = request.allocate_multi_ipv6_addr
    added = add_addresses(account, card, request.private_ips, count, ipv6=ipv6, full=AddressesExceedLimit)
    note(account, "BatchAddIP", request.instance_id)
    return {"privateIps": added}


@operation(
    "PUT /v1/instance/batchAddIpCrossSubnet",
    errors=[*ADD_ERRORS, EniStatusNotAllowed],
    basis="client",
    name="BatchAddIPCrossSubnet",
)
def batch_add_ip_cross_subnet(account: AccountRegion, request: BatchAddIPCrossSubnetRequest) -> BatchAddIPResponse:
    """Give a card of a server addresses of other subnets in its VPC and zone, all or none."""
    server = account.get(Server, request.instance_id)
    if len(request.single_eni_and_subent_ips) != 1:
        raise BadRequest("singleEniAndSubentIps names one card")
    wanted = request.single_eni_and_subent_ips[0]
    card = account.get(Nic, wanted.eni_id or server.nic_id)
    if card.device_id != server.id:
        raise BadRequest(f"{card.id} is not on {server.id}")
    account.check(server, "change_addresses")
    placed = [{"privateIpAddress": each.private_ip, "subnetId": each.subnet_id} for each in wanted.ip_and_subnets]
    count = len(placed) + wanted.secondary_private_ip_address_count
    order = {"subnetId": wanted.subnet_id, "privateIps": placed, "privateIpAddressCount": count}
    across = rephrased(BatchAddPrivateIpCrossSubnetRequest, {"eniId": card.id, **order})
    added = add_across_subnets(account, card, across, AddressesExceedLimit)
    note(account, "BatchAddIPCrossSubnet", server.id)
    return {"privateIps": added}


@operation(
    "PUT /v1/instance/batchDelIp",
    errors=[NoSuchObject, OperationDenied, AddressesNotThere],
    basis="client",
    name="BatchDelIP",
)
def batch_del_ip(account: AccountRegion, request: BatchDelIPRequest) -> None:
    """Take secondary addresses from a server: all of them, or none."""
    server = account.get(Server, request.instance_id)
    account.check(server, "change_addresses")
    card = nic_of(account, server)
    leaving = leaving_addresses(card, request.private_ips, lambda ips: AddressesNotThere(ips=ips))
    drop_addresses(account, card, leaving)
    note(account, "BatchDelIP", request.instance_id)
