"""Allow what the cloud wants to repair, and check what it repaired."""

from __future__ import annotations

from typing import Literal, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import ClientToken, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject, OperationDenied
from bce_emulator.services.bcc.maintenance_event.lifecycle import EXECUTED, INQUIRING
from bce_emulator.services.bcc.maintenance_event.repair import USER, authorize, log
from bce_emulator.services.bcc.maintenance_event.resource import MAX_ISSUES, OPTIONS, UNPLANNED, Issue, MaintenanceEvent
from bce_emulator.services.bcc.maintenance_event.show import associated
from bce_emulator.services.bcc.responses import RequestIdResponse
from bce_emulator.services.shared.times import moment_of


class ServerEventRef(Model):
    """Which event: by its id, or as the one of an instance that waits for the call."""

    client_token: ClientToken = ""
    server_event_id: str = ""
    instance_id: str = ""


class AuthorizeServerEventRequest(ServerEventRef):
    """What is allowed, if not the first option, and when it begins, if not at once."""

    authorize_maintenance_operation: str = ""
    execute_time: str = ""


class CheckServerEventRequest(ServerEventRef):
    """Whether the repair is accepted; if not, what is wrong, and what is to be done about it."""

    check_result: Literal["Pass", "Reject"]
    issue_effect: str = ""
    issue_description: str = ""
    authorize_maintenance_operation: str = ""


class AuthorizeServerEventResponse(TypedDict):
    """What else is open on the instance.

    The first member is left out where it would be empty: earlier Go clients read a text there.
    """

    requestId: str
    associatedPlannedMaintenanceServerEventIds: NotRequired[list[str]]
    associatedUnplannedMaintenanceServerEventIds: list[str]


@operation(
    "POST /?action=AuthorizeServerEvent",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/Umhswls39",
)
def authorize_server_event(
    account: AccountRegion, request: AuthorizeServerEventRequest, call: Call
) -> AuthorizeServerEventResponse:
    """Allow the repair of an instance, now or at a time."""
    event = _named(account, request, INQUIRING)
    allowed = request.authorize_maintenance_operation or OPTIONS[0]
    _check_option(event, allowed)
    moment = moment_of("executeTime", request.execute_time) if request.execute_time else None
    authorize(account, event, allowed, moment, USER)
    planned, unplanned = associated(account, event)
    response: AuthorizeServerEventResponse = {
        "requestId": call.request_id,
        "associatedUnplannedMaintenanceServerEventIds": unplanned,
    }
    if planned:
        response["associatedPlannedMaintenanceServerEventIds"] = planned
    return response


@operation(
    "POST /?action=CheckUnplannedEvent",
    "POST /?action=CheckServerEvent",
    errors=[NoSuchObject, OperationDenied],
    doc="https://cloud.baidu.com/doc/BCC/s/kmhswxyw1",
)
def check_server_event(account: AccountRegion, request: CheckServerEventRequest, call: Call) -> RequestIdResponse:
    """Accept the repair of an unplanned event, which ends it, or have it repaired again."""
    event = _named(account, request, EXECUTED, UNPLANNED)
    if request.check_result == "Pass":
        account.change(event, "end")
    else:
        _reject(account, event, request)
    return {"requestId": call.request_id}


def _reject(account: AccountRegion, event: MaintenanceEvent, request: CheckServerEventRequest) -> None:
    if not (request.issue_effect and request.issue_description and request.authorize_maintenance_operation):
        raise BadRequest(
            "issueEffect, issueDescription and authorizeMaintenanceOperation are needed to reject a repair"
        )
    _check_option(event, request.authorize_maintenance_operation)
    account.change(event, "reject")
    event.operation = request.authorize_maintenance_operation
    issue = Issue("", "", request.issue_effect, request.issue_description, account.clock.now(), USER)
    event.issues = (*event.issues, issue)[-MAX_ISSUES:]
    log(account, event, "RejectCheckResult", USER)


def _named(account: AccountRegion, request: ServerEventRef, waiting: str, category: str = "") -> MaintenanceEvent:
    if not (request.server_event_id or request.instance_id):
        raise BadRequest("serverEventId or instanceId is needed")
    if request.server_event_id:
        event = account.get(MaintenanceEvent, request.server_event_id)
        if request.instance_id not in {"", event.instance_id}:
            raise BadRequest(f"{event.id} is an event of {event.instance_id}")
    else:
        found = account.where(MaintenanceEvent, "instance_id", request.instance_id)
        of_category = [each for each in found if category in {"", each.category}]
        if not of_category:
            raise NoSuchObject("the instance has no such event")
        event = next((each for each in of_category if each.state == waiting), of_category[-1])
    if category not in {"", event.category}:
        raise NoSuchObject(f"{event.id} is no {category}")
    return event


def _check_option(event: MaintenanceEvent, allowed: str) -> None:
    if allowed not in event.options:
        raise BadRequest(f"{event.id} can be authorized for {', '.join(event.options)}")
