"""Secondary private addresses of the main NIC of an instance."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.vpc.errors import VmMemoryCannotAttachMoreIp
from bce_emulator.services.vpc.nic.primary import add_addresses, drop_addresses, leaving_addresses
from bce_emulator.services.vpc.subnet.errors import PrivateIpInUse, PrivateIpNotExist, SubnetHasNoMoreIp


class BatchAddIpRequest(Model):
    """Certain addresses, or how many, and whether they are IPv6 addresses."""

    client_token: ClientToken = ""
    instance_id: str
    private_ips: tuple[str, ...] = ()
    secondary_private_ip_address_count: int = 0
    allocate_multi_ipv6_addr: LenientBool = False


class BatchDeleteIpRequest(Model):
    """Which addresses go."""

    client_token: ClientToken = ""
    instance_id: str
    private_ips: tuple[str, ...]


class BatchAddIpResponse(TypedDict):
    """The addresses that were added."""

    privateIps: list[str]


class BatchDeleteIpResponse(TypedDict):
    """That the addresses are gone."""

    success: bool
    status: int


@operation(
    "PUT /v2/instance/batchAddIp",
    errors=[NoSuchObject, OperationDenied, VmMemoryCannotAttachMoreIp, PrivateIpInUse, SubnetHasNoMoreIp],
    doc="https://cloud.baidu.com/doc/BCC/s/ulxedqb8e",
)
def batch_add_ip(account: AccountRegion, request: BatchAddIpRequest) -> BatchAddIpResponse:
    """Give an instance secondary addresses: all of them, or none."""
    instance = account.get(Instance, request.instance_id)
    account.check(instance, "change_addresses")
    nic = nic_of(account, instance)
    count = request.secondary_private_ip_address_count
    added = add_addresses(account, nic, request.private_ips, count, ipv6=request.allocate_multi_ipv6_addr)
    return {"privateIps": added}


@operation(
    "PUT /v2/instance/batchDelIp",
    errors=[NoSuchObject, OperationDenied, PrivateIpNotExist],
    doc="https://cloud.baidu.com/doc/BCC/s/qlxeds5tz",
)
def batch_delete_ip(account: AccountRegion, request: BatchDeleteIpRequest) -> BatchDeleteIpResponse:
    """Take secondary addresses from an instance: all of them, or none."""
    instance = account.get(Instance, request.instance_id)
    account.check(instance, "change_addresses")
    nic = nic_of(account, instance)
    drop_addresses(account, nic, leaving_addresses(nic, request.private_ips, PrivateIpNotExist))
    return {"success": True, "status": 200}
