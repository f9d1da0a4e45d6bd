"""Put network interfaces on instances and take them off; bind EIPs to their addresses."""

from __future__ import annotations

from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.vpc.address.public import address_service
from bce_emulator.services.vpc.errors import LimitExceeded
from bce_emulator.services.vpc.nic.errors import InstanceBindNotSameVpc
from bce_emulator.services.vpc.nic.host import NicHost, elastic_nics, find_host
from bce_emulator.services.vpc.nic.reference import NOT_THERE, EniRef, nic_named
from bce_emulator.services.vpc.nic.resource import Nic
from bce_emulator.services.vpc.subnet.errors import PrivateIpNotExist


class AttachEniInstanceRequest(EniRef):
    """On which instance to put the network interface."""

    instance_id: str
    instance_type: Literal["server", "hpas"] = "server"


class DetachEniInstanceRequest(EniRef):
    """From which instance to take the network interface."""

    instance_id: str
    instance_type: str = ""


class BindEniEipRequest(EniRef):
    """Which EIP to bind to which address."""

    private_ip_address: str
    public_ip_address: str


class UnbindEniEipRequest(EniRef):
    """Which EIP to unbind."""

    public_ip_address: str


@operation(
    "PUT /v1/eni/{eniId}?attach",
    errors=[*NOT_THERE, OperationDenied, LimitExceeded, InstanceBindNotSameVpc],
    doc="https://cloud.baidu.com/doc/VPC/s/qkknfp44w",
)
def attach_eni_instance(account: AccountRegion, request: AttachEniInstanceRequest) -> None:
    """Put an available network interface on an instance in its VPC and zone."""
    nic = nic_named(account, request.eni_id)
    host, instance = _host(account, request.instance_id)
    primary = host.primary(account, instance)
    if primary.vpc_id != nic.vpc_id:
        raise InstanceBindNotSameVpc
    account.check(nic, "attach")
    if refusal := host.refusal(instance):
        raise OperationDenied(refusal)
    if primary.zone != nic.zone:
        raise OperationDenied(f"the instance is in {primary.zone}, the network interface in {nic.zone}")
    if len(elastic_nics(account, instance.id)) >= host.max_nics(instance):
        raise LimitExceeded(f"{instance.id} has as many network interfaces as it can")
    account.change(nic, "attach")
    nic.device_id = instance.id


@operation(
    "PUT /v1/eni/{eniId}?detach",
    errors=[*NOT_THERE, OperationDenied],
    doc="https://intl.cloud.baidu.com/en/doc/VPC/s/jkknfq87r-intl-en",
)
def detach_eni_instance(account: AccountRegion, request: DetachEniInstanceRequest) -> None:
    """Take a network interface off its instance; EIPs stay bound to its addresses."""
    nic = nic_named(account, request.eni_id)
    host, instance = _host(account, request.instance_id)
    account.check(nic, "detach")
    if nic.device_id != instance.id:
        raise BadRequest(f"{nic.id} is not on {instance.id}")
    if refusal := host.refusal(instance):
        raise OperationDenied(refusal)
    account.change(nic, "detach")


@operation(
    "PUT /v1/eni/{eniId}?bind",
    errors=[*NOT_THERE, OperationDenied, PrivateIpNotExist],
    doc="https://cloud.baidu.com/doc/VPC/s/vkknfr857",
)
def bind_eni_eip(account: AccountRegion, request: BindEniEipRequest) -> None:
    """Bind an EIP to an address of a network interface, as BindEip does."""
    nic = nic_named(account, request.eni_id)
    if request.private_ip_address not in nic.addresses:
        raise PrivateIpNotExist(f"{request.private_ip_address[:64]} is no address of {nic.id}")
    address_service().bind(account, "ENI", nic, request.private_ip_address, request.public_ip_address)


@operation("PUT /v1/eni/{eniId}?unBind", errors=[*NOT_THERE, OperationDenied], basis="client")
def unbind_eni_eip(account: AccountRegion, request: UnbindEniEipRequest) -> None:
    """Unbind an EIP from a network interface."""
    nic = nic_named(account, request.eni_id)
    account.check(nic, "bind_eip")
    address_service().unbind(account, nic, request.public_ip_address)


@when_done(Nic, "detach")
def leave_host(_account: AccountRegion, nic: Nic) -> None:
    """Until it is over, a card that is being detached is still on its instance."""
    nic.device_id = ""


def _host(account: AccountRegion, instance_id: str) -> tuple[NicHost, Resource]:
    found = find_host(account, instance_id)
    if found is None:
        raise NoSuchObject("there is no instance of this id")
    return found
