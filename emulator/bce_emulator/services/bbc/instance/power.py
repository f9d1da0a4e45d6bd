"""Start, stop and reboot a server."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.operation_log.resource import note

DOC = "https://cloud.baidu.com/doc/BBC/s/7jwvxua81"
ERRORS = [NoSuchObject, OperationDenied]


class StartInstanceRequest(Model):
    """Which server to start."""

    instance_id: str


class StopInstanceRequest(Model):
    """Which server to stop; by force or not, and charged for all the same."""

    instance_id: str
    force_stop: bool = False
    stop_with_no_charge: bool = False


class RebootInstanceRequest(Model):
    """Which server to reboot; by force means a power cycle, which can lose unwritten data."""

    instance_id: str
    force_stop: bool = False


@operation("PUT /v1/instance/{instanceId}?start", errors=ERRORS, doc=DOC)
def start_instance(account: AccountRegion, request: StartInstanceRequest) -> None:
    """Start a stopped server."""
    account.change(account.get(Server, request.instance_id), "start")
    note(account, "StartInstance", request.instance_id)


@operation("PUT /v1/instance/{instanceId}?stop", errors=ERRORS, doc=DOC)
def stop_instance(account: AccountRegion, request: StopInstanceRequest) -> None:
    """Shut a running server down."""
    account.change(account.get(Server, request.instance_id), "stop")
    note(account, "StopInstance", request.instance_id)


@operation("PUT /v1/instance/{instanceId}?reboot", errors=ERRORS, doc=DOC)
def reboot_instance(account: AccountRegion, request: RebootInstanceRequest) -> None:
    """Restart a running server."""
    account.change(account.get(Server, request.instance_id), "reboot")
    note(account, "RebootInstance", request.instance_id)
