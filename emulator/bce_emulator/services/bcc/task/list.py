"""Show and list the tasks of the last seven days."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import LAST_MOMENT, iso
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.task.lifecycle import FINISHED
from bce_emulator.services.bcc.task.resource import Task
from bce_emulator.services.bcc.task.start import is_shown
from bce_emulator.services.shared.times import moment_of

MAX_AT_ONCE = 100
PAGE = 10

Ids = Annotated[tuple[str, ...], Field(max_length=MAX_AT_ONCE)]


class GetTaskRequest(Model):
    """Which tasks to show, and how many of them."""

    task_ids: Ids
    max_keys: int = 0


class ListTaskRequest(Model):
    """Which tasks to list; a task has to fit all filters, and one of the values of each."""

    task_ids: Ids = ()
    marker: str = ""
    max_keys: int = 0
    task_action: Literal["AttachDeploymentSets"] | None = None
    task_status: Literal["Finished", "Processing", "Failed"] | None = None
    start_time: str = ""
    end_time: str = ""
    resource_ids: Ids = ()


class ProgressView(TypedDict):
    """The progress of a task for one resource."""

    resourceId: str
    operationStatus: str
    code: str
    errorMessage: str


class TaskView(TypedDict):
    """A task; the end time is absent while it runs."""

    taskId: str
    taskAction: str
    taskStatus: str
    createdTime: str
    finishedTime: str
    totalCount: int
    successCount: int
    failedCount: int
    operationProgressSet: list[ProgressView]


class GetTaskResponse(TypedDict):
    """The tasks that were named."""

    tasks: list[TaskView]


class ListTaskResponse(Page):
    """One page of tasks."""

    tasks: list[TaskView]


@operation("POST /v2/task/detail", basis="client")
def get_task(account: AccountRegion, request: GetTaskRequest) -> GetTaskResponse:
    """Show tasks with the progress of each resource; ids that name none are left out."""
    if request.max_keys < 0:
        raise BadRequest("maxKeys must be at least 1")
    tasks = [account.find(Task, task_id) for task_id in dict.fromkeys(request.task_ids)]
    rendered = [show_task(task) for task in tasks if task is not None and is_shown(account, task)]
    return {"tasks": rendered[: request.max_keys or MAX_AT_ONCE]}


@operation("POST /v2/task/list", basis="client")
def list_task(account: AccountRegion, request: ListTaskRequest) -> ListTaskResponse:
    """List the tasks that fit all filters, newest first."""
    start, end = moment_of("startTime", request.start_time), moment_of("endTime", request.end_time, LAST_MOMENT)

    def fits(task: Task) -> bool:
        return (
            is_shown(account, task)
            and start <= task.created <= end
            and (not request.task_ids or task.id in request.task_ids)
            and request.task_action in {None, task.action}
            and request.task_status in {None, task.status}
            and (not request.resource_ids or not set(request.resource_ids).isdisjoint(task.resource_ids))
        )

    return page(
        ListTaskResponse, account, Task, "tasks", show_task, request.marker, request.max_keys or PAGE, fits, MAX_AT_ONCE
    )


def show_task(task: Task) -> TaskView:
    """A task by the API's member names."""
    return {
        "taskId": task.id,
        "taskAction": task.action,
        "taskStatus": task.status,
        "createdTime": iso(task.created),
        "finishedTime": iso(task.finished) if task.finished is not None else "",
        "totalCount": len(task.resource_ids),
        "successCount": len(task.resource_ids) if task.state == FINISHED else 0,
        "failedCount": 0,
        "operationProgressSet": [
            {"resourceId": resource_id, "operationStatus": task.status, "code": "", "errorMessage": ""}
            for resource_id in task.resource_ids
        ],
    }
