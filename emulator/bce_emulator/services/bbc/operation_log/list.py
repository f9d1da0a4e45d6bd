"""Look at what was done to servers."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bbc.operation_log.errors import EndTimeInvalid, StartTimeInvalid
from bce_emulator.services.bbc.operation_log.resource import ServerOperation
from bce_emulator.services.shared.times import moment_of

PAGE = 100


class GetOperationLogRequest(Model):
    """From when to when; without a start from the beginning of the day, without an end until now."""

    marker: str = ""
    max_keys: int = PAGE
    start_time: str = ""
    end_time: str = ""


class OperationLogView(TypedDict):
    """An operation that succeeded. From where it was asked for is not kept."""

    operationStatus: bool
    operationTime: str
    operationDesc: str
    operationIp: str


class GetOperationLogResponse(Page):
    """One page of operations."""

    operationLogs: list[OperationLogView]


@operation(
    "GET /v1/operationLog",
    errors=[StartTimeInvalid, EndTimeInvalid],
    doc="https://cloud.baidu.com/doc/BBC/s/cjwvxubls",
)
def get_operation_log(account: AccountRegion, request: GetOperationLogRequest) -> GetOperationLogResponse:
    """List what was done in a period, the latest first."""
    now = account.clock.now()
    start = moment_of("startTime", request.start_time, now - now % DAY, StartTimeInvalid)
    end = moment_of("endTime", request.end_time, now, EndTimeInvalid)
    return page(
        GetOperationLogResponse,
        account,
        ServerOperation,
        "operationLogs",
        _show,
        request.marker,
        request.max_keys,
        lambda entry: start <= entry.created <= end,
    )


def _show(entry: ServerOperation) -> OperationLogView:
    return {
        "operationStatus": True,
        "operationTime": iso(entry.created),
        "operationDesc": f"{entry.operation} {entry.subject}",
        "operationIp": "",
    }
