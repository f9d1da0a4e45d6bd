"""Look at repairs: those that are open, those that are closed, and what was done about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.bbc.instance.nic import nic_of
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.repair_task.authorize import RepairTaskRef
from bce_emulator.services.bbc.repair_task.lifecycle import CLOSED
from bce_emulator.services.bbc.repair_task.resource import RepairTask
from bce_emulator.services.shared.times import beijing_moment, beijing_time

DOC = "https://cloud.baidu.com/doc/BCC/s/Nlwkenl7l"
TIMES: dict[str, Callable[[RepairTask], float | None]] = {
    "errStart": lambda task: task.created,
    "newTask": lambda task: task.created,
    "authorizeTask": lambda task: task.authorized,
    "unAuthorizeTask": lambda task: task.ignored,
    "confirmTask": lambda task: task.confirmed,
}
"""The times of a repair by the names of their kinds; it is reported when the trouble begins."""


class RepairFilters(Model):
    """Which repairs to list: of which server, with what wrong, and within what period, in Beijing's time."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    err_result: str = ""
    time_range_type: Literal["errStart", "newTask", "authorizeTask", "unAuthorizeTask", "confirmTask"] = "newTask"
    time_range_start: str = ""
    time_range_end: str = ""


class ListRepairTasksRequest(RepairFilters):
    """Which open repairs to list."""

    internal_ip: str = ""
    status: str = ""


class ListClosedRepairTasksRequest(RepairFilters):
    """Which closed repairs to list, closed within what period."""

    task_id: str = ""
    start_time: str = ""
    end_time: str = ""


class RepairTaskLook(Model):
    """Which repair to look at."""

    task_id: str


class RepairView(TypedDict):
    """What every list shows of a repair; a time that has not come is empty."""

    taskId: str
    instanceId: str
    errResult: str
    errStartTime: str
    newTaskTime: str
    authorizeTaskTime: str
    unAuthorizeTaskTime: str
    simCompletionTime: str
    checkTaskTime: str
    firstConfirmedTime: str


class RepairTaskView(RepairView):
    """An open repair."""

    status: str


class ClosedRepairTaskView(RepairView):
    """A closed repair."""

    createTime: str
    endTime: str


class RepairRecordView(TypedDict):
    """What was done about a repair."""

    name: str
    operator: str
    operateTime: str


class ListRepairTasksResponse(Page):
    """One page of open repairs; the capital letter is the API's."""

    RepairTask: list[RepairTaskView]


class ListClosedRepairTasksResponse(Page):
    """One page of closed repairs."""

    RepairTask: list[ClosedRepairTaskView]


class GetRepairTaskDetailResponse(TypedDict):
    """A repair and its server."""

    taskId: str
    instanceId: str
    instanceName: str
    errResult: str
    status: str
    serverStatus: str
    region: str
    internalIp: str
    floatingIp: str


class GetRepairTaskRecordResponse(TypedDict):
    """What was done about a repair, the first first."""

    RepairRecord: list[RepairRecordView]


@operation("GET /v2/task", doc=DOC)
def list_repair_tasks(account: AccountRegion, request: ListRepairTasksRequest) -> ListRepairTasksResponse:
    """List the repairs that are not closed and fit all filters, newest first."""
    fits = _filter_of(request)

    def is_there(task: RepairTask) -> bool:
        return nic_of(account, account.get(Server, task.server_id)).private_ip == request.internal_ip

    def where(task: RepairTask) -> bool:
        return (
            task.state != CLOSED
            and fits(task)
            and request.status in {"", task.status}
            and (not request.internal_ip or is_there(task))
        )

    return page(
        ListRepairTasksResponse, account, RepairTask, "RepairTask", _show_open, request.marker, request.max_keys, where
    )


@operation("GET /v2/closedTask", doc="https://cloud.baidu.com/doc/BCC/s/Tlwkfcet8")
def list_closed_repair_tasks(
    account: AccountRegion, request: ListClosedRepairTasksRequest
) -> ListClosedRepairTasksResponse:
    """List the closed repairs that fit all filters, newest first."""
    fits = _filter_of(request)
    start, end = _moment(request.start_time, 0.0), _moment(request.end_time, account.clock.now())

    def where(task: RepairTask) -> bool:
        return fits(task) and request.task_id in {"", task.id} and start <= (task.ended or 0.0) <= end

    return page(
        ListClosedRepairTasksResponse, account, RepairTask, "RepairTask", _show_closed,
        request.marker, request.max_keys, where, of=("state", CLOSED),
    )  # fmt: skip


@operation("GET /v2/task/{taskId}", errors=[NoSuchObject], doc=DOC)
def get_repair_task_detail(account: AccountRegion, request: RepairTaskLook) -> GetRepairTaskDetailResponse:
    """Show a repair, open or closed, with its server."""
    task = account.get(RepairTask, request.task_id)
    server = account.get(Server, task.server_id)
    return {
        "taskId": task.id,
        "instanceId": server.id,
        "instanceName": server.name,
        "errResult": task.err_result,
        "status": task.status,
        "serverStatus": server.status,
        "region": account.region,
        "internalIp": nic_of(account, server).private_ip,
        "floatingIp": "",
    }


@operation("POST /v2/task/record", errors=[NoSuchObject], doc=DOC)
def get_repair_task_record(account: AccountRegion, request: RepairTaskRef) -> GetRepairTaskRecordResponse:
    """Show what was done about a repair."""
    task = account.get(RepairTask, request.task_id)
    return {
        "RepairRecord": [
            {"name": each.name, "operator": each.operator, "operateTime": beijing_time(each.moment)}
            for each in task.records
        ]
    }


def _filter_of(request: RepairFilters) -> Callable[[RepairTask], bool]:
    time = TIMES[request.time_range_type]
    start, end = _moment(request.time_range_start, 0.0), _moment(request.time_range_end, float("inf"))
    is_open_period = not (request.time_range_start or request.time_range_end)

    def fits(task: RepairTask) -> bool:
        moment = time(task)
        return (
            request.instance_id in {"", task.server_id}
            and request.err_result in {"", task.err_result}
            and (is_open_period or (moment is not None and start <= moment <= end))
        )

    return fits


def _moment(text: str, otherwise: float) -> float:
    try:
        return beijing_moment(text) if text else otherwise
    except ValueError:
        raise BadRequest("a time is written like 2026-01-01 08:00:00") from None


def _time(moment: float | None) -> str:
    return "" if moment is None else beijing_time(moment)


def _show(task: RepairTask) -> RepairView:
    return {
        "taskId": task.id,
        "instanceId": task.server_id,
        "errResult": task.err_result,
        "errStartTime": _time(task.created),
        "newTaskTime": _time(task.created),
        "authorizeTaskTime": _time(task.authorized),
        "unAuthorizeTaskTime": _time(task.ignored),
        "simCompletionTime": _time(task.expected),
        "checkTaskTime": _time(task.checked),
        "firstConfirmedTime": _time(task.confirmed),
    }


def _show_open(task: RepairTask) -> RepairTaskView:
    return {**_show(task), "status": task.status}


def _show_closed(task: RepairTask) -> ClosedRepairTaskView:
    return {**_show(task), "createTime": _time(task.created), "endTime": _time(task.ended)}
