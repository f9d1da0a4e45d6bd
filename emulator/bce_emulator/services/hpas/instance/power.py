"""Start, stop and reboot instances, all or none."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.hpas.instance.resource import instances_named

ERRORS = [NoSuchObject, OperationDenied]


class StartInstancesRequest(Model):
    """Which instances to start."""

    hpas_ids: tuple[str, ...]


class StopInstancesRequest(Model):
    """Which instances to stop; by force means off at once, which can lose unwritten data."""

    hpas_ids: tuple[str, ...]
    force_stop: bool = False


class RebootInstancesRequest(StopInstancesRequest):
    """Which instances to reboot."""


@operation("POST /?action=StartInstances", errors=ERRORS, basis="client")
def start_instances(account: AccountRegion, request: StartInstancesRequest) -> None:
    """Start stopped instances."""
    _change(account, request.hpas_ids, "start")


@operation("POST /?action=StopInstances", errors=ERRORS, basis="client")
def stop_instances(account: AccountRegion, request: StopInstancesRequest) -> None:
    """Shut running instances down."""
    _change(account, request.hpas_ids, "stop")


@operation("POST /?action=RebootInstances", errors=ERRORS, basis="client")
def reboot_instances(account: AccountRegion, request: RebootInstancesRequest) -> None:
    """Restart running instances."""
    _change(account, request.hpas_ids, "reboot")


def _change(account: AccountRegion, hpas_ids: tuple[str, ...], action: str) -> None:
    for instance in instances_named(account, hpas_ids, action):
        account.change(instance, action)
