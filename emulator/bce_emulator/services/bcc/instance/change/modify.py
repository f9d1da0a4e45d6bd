"""Change what an instance is called, what is said of it, and how it is treated."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, LenientInt, LenientStr, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.errors import (
    DeletionProtectionInvalid,
    HostnameDuplicate,
    HostnameFormatInvalid,
    InstanceNameInvalid,
)
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.shared.names import is_hostname, is_name

MAX_DESC = 200


class ModifyInstanceAttributesRequest(Model):
    """The new name, number of network queues or size of frames; what is not named stays."""

    instance_id: str
    name: str = ""
    net_eth_queue_count: LenientStr = ""
    enable_jumbo_frame: bool | None = None


class ModifyInstanceDescRequest(Model):
    """The new description, which may be empty."""

    instance_id: str
    desc: Annotated[str, Field(max_length=MAX_DESC)]


class ModifyInstanceHostnameRequest(Model):
    """The new hostname, and whether the instance restarts to take it."""

    client_token: ClientToken = ""
    instance_id: str
    hostname: str
    reboot: bool = False
    is_open_hostname_domain: bool = False
    is_allow_hostname_repeat: bool = False


class InstanceDeletionProtectionRequest(Model):
    """1 protects the instance against release, 0 does not."""

    client_token: ClientToken = ""
    instance_id: str
    deletion_protection: LenientInt


class ModifyRelatedDeletePolicyRequest(Model):
    """Whether the EIP goes with the instance."""

    client_token: ClientToken = ""
    instance_id: str
    is_eip_auto_related_delete: bool


@operation(
    "PUT /v2/instance/{instanceId}?modifyAttribute",
    errors=[NoSuchObject, InstanceNameInvalid, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Yjwvyof32",
)
def modify_instance_attributes(account: AccountRegion, request: ModifyInstanceAttributesRequest) -> None:
    """Change name, network queues or jumbo frames of an instance."""
    instance = account.get(Instance, request.instance_id)
    if request.name and not is_name(request.name):
        raise InstanceNameInvalid
    account.check(instance, "rename")
    if request.net_eth_queue_count:
        _check_queues(account, instance, request.net_eth_queue_count)
        instance.queue_count = request.net_eth_queue_count
    if request.name:
        instance.name = request.name
    if request.enable_jumbo_frame is not None:
        instance.jumbo_frame = request.enable_jumbo_frame


@operation(
    "PUT /v2/instance/{instanceId}?modifyDesc",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/pk0m0jjk4",
)
def modify_instance_desc(account: AccountRegion, request: ModifyInstanceDescRequest) -> None:
    """Change the description of an instance."""
    instance = account.get(Instance, request.instance_id)
    account.change(instance, "describe")
    instance.desc = request.desc


@operation(
    "PUT /v2/instance/{instanceId}?changeHostname",
    errors=[NoSuchObject, HostnameFormatInvalid, HostnameDuplicate, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/jki8tysmh",
)
def modify_instance_hostname(account: AccountRegion, request: ModifyInstanceHostnameRequest) -> None:
    """Change the hostname of an instance, at once or with a restart."""
    instance = account.get(Instance, request.instance_id)
    if not is_hostname(request.hostname):
        raise HostnameFormatInvalid
    namesakes = [other for other in account.where(Instance, "hostname", request.hostname) if other is not instance]
    vpc_id = nic_of(account, instance).vpc_id
    if not request.is_allow_hostname_repeat and any(nic_of(account, each).vpc_id == vpc_id for each in namesakes):
        raise HostnameDuplicate
    account.check(instance, "change_hostname")
    if request.reboot:
        account.change(instance, "restart")
    instance.hostname = request.hostname


@operation(
    "PUT /v2/instance/{instanceId}/deletionProtection",
    errors=[NoSuchObject, DeletionProtectionInvalid, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/0kstrzyz9",
)
def instance_deletion_protection(account: AccountRegion, request: InstanceDeletionProtectionRequest) -> None:
    """Protect an instance against release, or no longer."""
    instance = account.get(Instance, request.instance_id)
    if request.deletion_protection not in {0, 1}:
        raise DeletionProtectionInvalid
    account.change(instance, "protect")
    instance.deletion_protection = request.deletion_protection


@operation(
    "PUT /v2/instance/{instanceId}/modifyRelatedDeletePolicy",
    errors=[NoSuchObject],
    basis="client",
)
def modify_related_delete_policy(account: AccountRegion, request: ModifyRelatedDeletePolicyRequest) -> None:
    """Decide whether the EIP of an instance goes with it."""
    account.get(Instance, request.instance_id).eip_deleted_too = request.is_eip_auto_related_delete


def _check_queues(account: AccountRegion, instance: Instance, count: str) -> None:
    spec = offerings.specs().get(instance.spec)
    if spec is not None and spec.product == "ebc":
        raise OperationDenied("the queues of an instance of a bare-metal spec are fixed")
    if not count.isdecimal() or not 1 <= int(count) <= instance.cpu_count:
        raise BadRequest(f"netEthQueueCount is 1 to {instance.cpu_count} for this instance")
    account.check(instance, "set_queues")
    if instance.stopped_without_charge:
        raise OperationDenied("an instance that was stopped without charge keeps its queues")
