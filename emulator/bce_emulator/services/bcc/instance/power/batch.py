"""Start, stop and reboot many instances at once: all of them, or none."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.services.bcc.instance.power.power import (
    REBOOT_ERRORS,
    START_ERRORS,
    STOP_ERRORS,
    check_stop_without_charge,
)
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import AcceptedResponse, accepted

MAX_INSTANCES = 100
InstanceIds = Annotated[tuple[str, ...], Field(min_length=1, max_length=MAX_INSTANCES)]


class BatchStartInstanceRequest(Model):
    """Which instances to start."""

    client_token: ClientToken = ""
    instance_ids: InstanceIds


class BatchStopInstanceRequest(Model):
    """Which instances to stop, how, and whether they are charged for while they are stopped."""

    client_token: ClientToken = ""
    instance_ids: InstanceIds
    force_stop: bool = False
    stop_with_no_charge: bool = False


class BatchRebootInstanceRequest(Model):
    """Which instances to reboot; by force means a power cycle, which can lose unwritten data."""

    instance_ids: InstanceIds
    force_stop: bool = False


@operation("PUT /v2/instance/batchAction?start", errors=START_ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Zkyb0d4cj")
def batch_start_instance(account: AccountRegion, request: BatchStartInstanceRequest, call: Call) -> AcceptedResponse:
    """Start stopped instances, all or none."""
    change_all(account, instances_named(account, request.instance_ids), "start")
    return accepted(call)


@operation("PUT /v2/instance/batchAction?stop", errors=STOP_ERRORS, doc="https://cloud.baidu.com/doc/BCC/s/Akyb07kw0")
def batch_stop_instance(account: AccountRegion, request: BatchStopInstanceRequest, call: Call) -> AcceptedResponse:
    """Shut running instances down, all or none."""
    instances = instances_named(account, request.instance_ids)
    if request.stop_with_no_charge:
        for instance in instances:
            check_stop_without_charge(account, instance)
    change_all(account, instances, "stop")
    for instance in instances:
        instance.stopped_without_charge = request.stop_with_no_charge
    return accepted(call)


@operation(
    "PUT /v2/instance/batchAction?reboot",
    errors=REBOOT_ERRORS,
    basis="client",
)
def batch_reboot_instance(account: AccountRegion, request: BatchRebootInstanceRequest, call: Call) -> AcceptedResponse:
    """Restart running instances, all or none."""
    change_all(account, instances_named(account, request.instance_ids), "reboot")
    return accepted(call)


def instances_named(account: AccountRegion, instance_ids: tuple[str, ...]) -> list[Instance]:
    """The instances with these ids, each once, or the error that one of them does not exist."""
    return [account.get(Instance, instance_id) for instance_id in dict.fromkeys(instance_ids)]


def change_all(account: AccountRegion, instances: list[Instance], action: str) -> None:
    """Start a transition of every instance, unless the state of one does not allow it."""
    for instance in instances:
        account.check(instance, action)
    for instance in instances:
        account.change(instance, action)
