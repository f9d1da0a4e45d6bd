"""Start, stop and reboot an instance."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.bcc import offerings
from bce_emulator.services.bcc.instance.errors import (
    InstanceTypeNotSupportException,
    PrePayCannotStopWithNoCharge,
    RebootInstanceOperationForbidden,
    Rocv1CannotStopWithNoCharge,
    StartExpiredInstance,
    StartInstanceOperationForbidden,
    StartInstanceWhenCreating,
    StopInstanceOperationForbidden,
)
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import AcceptedResponse, accepted
from bce_emulator.services.bcc.volume.resource import EPHEMERAL, Volume

START_ERRORS = [NoSuchObject, StartInstanceWhenCreating, StartExpiredInstance, StartInstanceOperationForbidden]
STOP_ERRORS = [
    NoSuchObject,
    StopInstanceOperationForbidden,
    PrePayCannotStopWithNoCharge,
    Rocv1CannotStopWithNoCharge,
    InstanceTypeNotSupportException,
]
REBOOT_ERRORS = [NoSuchObject, RebootInstanceOperationForbidden]


class StartInstanceRequest(Model):
    """Which instance to start."""

    instance_id: str


class StopInstanceRequest(Model):
    """Which instance to stop, how, and whether it is charged for while it is stopped."""

    instance_id: str
    force_stop: bool = False
    stop_with_no_charge: bool = False


class RebootInstanceRequest(Model):
    """Which instance to reboot; by force means a power cycle, which can lose unwritten data."""

    instance_id: str
    force_stop: bool = False


@operation(
    "PUT /v2/instance/{instanceId}?start", errors=START_ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Mjwvyobl0"
)
def start_instance(account: AccountRegion, request: StartInstanceRequest) -> None:
    """Start a stopped instance."""
    account.change(account.get(Instance, request.instance_id), "start")


@operation(
    "PUT /v2/instance/{instanceId}?stop",
    errors=STOP_ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/Tjwvyobwq",
)
def stop_instance(account: AccountRegion, request: StopInstanceRequest) -> None:
    """Shut a running instance down."""
    instance = account.get(Instance, request.instance_id)
    if request.stop_with_no_charge:
        check_stop_without_charge(account, instance)
    account.change(instance, "stop")
    instance.stopped_without_charge = request.stop_with_no_charge


@operation(
    "PUT /v2/instance/{instanceId}?reboot",
    errors=REBOOT_ERRORS,
    doc="https://cloud.baidu.com/doc/BCC/s/vjwvyoa62",
)
def reboot_instance(account: AccountRegion, request: RebootInstanceRequest, call: Call) -> AcceptedResponse:
    """Restart a running instance."""
    account.change(account.get(Instance, request.instance_id), "reboot")
    return accepted(call)


def check_stop_without_charge(account: AccountRegion, instance: Instance) -> None:
    """Refuse what is charged for, stopped or not."""
    if instance.payment == "Prepaid":
        raise PrePayCannotStopWithNoCharge
    if has_local_disk(account, instance):
        raise Rocv1CannotStopWithNoCharge
    if not stops_without_charge(instance):
        raise InstanceTypeNotSupportException


def may_stop_without_charge(account: AccountRegion, instance: Instance) -> bool:
    """Whether an instance would not be charged for while it is stopped."""
    return stops_without_charge(instance) and not has_local_disk(account, instance)


def has_local_disk(account: AccountRegion, instance: Instance) -> bool:
    """Whether an instance has a disk on its host."""
    spec = offerings.specs().get(instance.spec)
    return (spec is not None and spec.local_disk) or any(
        volume.type == EPHEMERAL for volume in account.where(Volume, "instance_id", instance.id)
    )


def stops_without_charge(instance: Instance) -> bool:
    """Whether the type of the instance can be stopped without charge at all."""
    spec = offerings.specs().get(instance.spec)
    if instance.payment != "Postpaid" or instance.dedicated_host_id or instance.fpga_card:
        return False
    return spec is None or (spec.product == "bcc" and spec.spec_id not in offerings.NO_STOP_WITHOUT_CHARGE)


@when_done(Instance, "start")
@when_done(Instance, "rebuild")
@when_done(Instance, "recover")
@when_done(Instance, "enter_rescue")
@when_done(Instance, "exit_rescue")
def charge_again(_account: AccountRegion, instance: Instance) -> None:
    """An instance that runs again is charged for, however it was stopped."""
    instance.stopped_without_charge = False
