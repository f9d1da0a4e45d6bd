"""Allow a repair or not, and say whether the server is well afterwards."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bbc.repair_task.repair import USER, authorize, await_end, record
from bce_emulator.services.bbc.repair_task.resource import RepairTask

DOC = "https://cloud.baidu.com/doc/BCC/s/Nlwkenl7l"
ERRORS = [NoSuchObject, OperationDenied]
MAX_ERR_RESULT = 128


class RepairTaskRef(Model):
    """Which repair, and whether the data disks are kept, of which nothing can be seen."""

    task_id: str = ""
    retain_data_disk: Annotated[int, Field(ge=0, le=1)] = 0


class DisConfirmRepairTaskRequest(Model):
    """Which repair did not help, and what is wrong now, if that is something else."""

    task_id: str = ""
    new_err_result: Annotated[str, Field(max_length=MAX_ERR_RESULT)] = ""


@operation("POST /v2/task/authorize", errors=ERRORS, doc=DOC)
def authorize_repair_task(account: AccountRegion, request: RepairTaskRef) -> None:
    """Allow a repair, which begins at once."""
    authorize(account, account.get(RepairTask, request.task_id), USER)


@operation("POST /v2/task/unauthorize", errors=ERRORS, doc=DOC)
def un_authorize_repair_task(account: AccountRegion, request: RepairTaskRef) -> None:
    """Leave a repair for later; it can still be allowed."""
    task = account.get(RepairTask, request.task_id)
    account.change(task, "unauthorize")
    record(account, task, "unAuthorizeTask", USER)


@operation("POST /v2/task/confirm", errors=ERRORS, doc=DOC)
def confirm_repair_task(account: AccountRegion, request: RepairTaskRef) -> None:
    """Say that a repair helped, which closes it."""
    task = account.get(RepairTask, request.task_id)
    account.change(task, "confirm")
    record(account, task, "confirmTask", USER)


@operation("POST /v2/task/disconfirm", errors=ERRORS, doc=DOC)
def dis_confirm_repair_task(account: AccountRegion, request: DisConfirmRepairTaskRequest) -> None:
    """Say that a repair did not help: it is made again."""
    task = account.get(RepairTask, request.task_id)
    account.change(task, "disconfirm")
    await_end(task)
    task.err_result = request.new_err_result or task.err_result
    record(account, task, "disConfirmTask", USER)
