"""The IPv6 address of an instance."""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import ApiError, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.instance.network.errors import (
    GetHostEnableIpv6Exception,
    HasIpv6Already,
    HasNoIpv6Address,
    Ipv6AddressInvalid,
    RequestInvalid,
    VmKernelVersionTooLowException,
    VpcAddIpv6Exception,
    VpcDelIpv6Exception,
)
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.cidr import parse_ipv6
from bce_emulator.services.vpc.address.private import FIRST, free_ipv6_address, is_ipv6_in_use
from bce_emulator.services.vpc.address.public import free_addresses_of
from bce_emulator.services.vpc.subnet.resource import Subnet

KERNEL = account_setting("bcc.ipv6Kernel", "able", "what the kernels of instances say to IPv6: able, old or unknown")
NETWORK_WORKS = account_setting(
    "bcc.ipv6NetworkWorks", True, "false: the network fails to add and to delete IPv6 addresses"
)


KERNEL_REFUSALS: dict[str, type[ApiError]] = {
    "old": VmKernelVersionTooLowException,
    "unknown": GetHostEnableIpv6Exception,
}


class Ipv6Request(Model):
    """Which instance, perhaps which address, and whether it restarts so that its system knows."""

    client_token: ClientToken = ""
    instance_id: str
    ipv6_address: str = ""
    reboot: bool = False


class AddIpv6Response(TypedDict):
    """The address, by its old name and its new one."""

    ipv6Address: str
    addedIpv6Address: str


@operation(
    "POST /v2/instance/addIpv6",
    errors=[
        NoSuchObject,
        OperationDenied,
        RequestInvalid,
        HasIpv6Already,
        Ipv6AddressInvalid,
        GetHostEnableIpv6Exception,
        VmKernelVersionTooLowException,
        VpcAddIpv6Exception,
    ],
    doc="https://cloud.baidu.com/doc/BCC/s/9kouwye9j",
)
def add_ipv6(account: AccountRegion, request: Ipv6Request) -> AddIpv6Response:
    """Give an instance an IPv6 address of its subnet."""
    instance = account.get(Instance, request.instance_id)
    account.check(instance, _action(request))
    nic = nic_of(account, instance)
    subnet = account.get(Subnet, nic.subnet_id)
    if not subnet.ipv6_cidr:
        raise RequestInvalid("the subnet has no IPv6")
    if nic.ipv6:
        raise HasIpv6Already
    address = _checked(account, subnet, request.ipv6_address) or free_ipv6_address(account, subnet)
    if refusal := KERNEL_REFUSALS.get(account.setting(KERNEL)):
        raise refusal(f"the setting {KERNEL.name} of this account is {account.setting(KERNEL)}")
    if not account.setting(NETWORK_WORKS):
        raise VpcAddIpv6Exception(f"the setting {NETWORK_WORKS.name} of this account is false")
    account.change(instance, _action(request))
    nic.ipv6 = address
    return {"ipv6Address": address, "addedIpv6Address": address}


@operation(
    "POST /v2/instance/delIpv6",
    errors=[NoSuchObject, OperationDenied, RequestInvalid, HasNoIpv6Address, VpcDelIpv6Exception],
    doc="https://cloud.baidu.com/doc/BCC/s/Nkoux3stx",
)
def del_ipv6(account: AccountRegion, request: Ipv6Request) -> None:
    """Take the IPv6 address from an instance."""
    instance = account.get(Instance, request.instance_id)
    account.check(instance, _action(request))
    nic = nic_of(account, instance)
    if not nic.ipv6:
        raise HasNoIpv6Address
    if request.ipv6_address and _normal(request.ipv6_address) != nic.ipv6:
        raise RequestInvalid("the instance has another address")
    if not account.setting(NETWORK_WORKS):
        raise VpcDelIpv6Exception(f"the setting {NETWORK_WORKS.name} of this account is false")
    account.change(instance, _action(request))
    free_addresses_of(account, nic.public_addresses, nic.ipv6)
    nic.ipv6 = ""


def _action(request: Ipv6Request) -> str:
    return "restart" if request.reboot else "change_addresses"


def _checked(account: AccountRegion, subnet: Subnet, text: str) -> str:
    if not text:
        return ""
    address, network = _normal(text), IPv6Network(subnet.ipv6_cidr)
    if not address or IPv6Address(address) not in network:
        raise Ipv6AddressInvalid(f"not an address of {network}")
    if int(IPv6Address(address)) - int(network.network_address) < FIRST:
        raise Ipv6AddressInvalid("the first addresses of a range are the network's own")
    if is_ipv6_in_use(account, address):
        raise Ipv6AddressInvalid("the address is in use")
    return address


def _normal(text: str) -> str:
    """An address as it is kept, or nothing for what is none."""
    try:
        return str(parse_ipv6(text))
    except ValueError:
        return ""
