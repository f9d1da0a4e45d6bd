"""The course of a repair: it is reported, allowed, made, and checked by its user."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_entered
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.repair_task.lifecycle import CHECKING, CLOSED, IGNORED, REPAIRING
from bce_emulator.services.bbc.repair_task.resource import MAX_RECORDS, Record, RepairTask
from bce_emulator.services.bbc.rule.resource import RepairRule

SYSTEM, USER = "system", "user"


def report_repair(account: AccountRegion, server: Server, err_result: str) -> RepairTask:
    """Have the cloud find something to repair; the oldest rule that allows it has it begin."""
    task = account.add(RepairTask(id=account.new_id(RepairTask), server_id=server.id, err_result=err_result))
    record(account, task, "newTask", SYSTEM)
    if any(_allows(account, rule, server) for rule in account.all(RepairRule)):
        authorize(account, task, SYSTEM)
    return task


def authorize(account: AccountRegion, task: RepairTask, operator: str) -> None:
    """Have a repair begin."""
    account.change(task, "authorize")
    await_end(task)
    record(account, task, "authorizeTask", operator)


def await_end(task: RepairTask) -> None:
    """Say when a repair that has just begun should be over."""
    task.expected = task.pending.due if task.pending else None


def record(account: AccountRegion, task: RepairTask, name: str, operator: str) -> None:
    """Note what was done about a repair."""
    task.records = (*task.records, Record(name, operator, account.clock.now()))[-MAX_RECORDS:]


def _allows(account: AccountRegion, rule: RepairRule, server: Server) -> bool:
    """Whether a rule allows one more repair, of a server."""
    if not rule.covers(server.tags):
        return False
    under_way = account.where(RepairTask, "state", REPAIRING)
    servers = (account.get(Server, task.server_id) for task in under_way)
    return sum(rule.covers(each.tags) for each in servers) < rule.limit


@when_entered(RepairTask)
def note_the_time(account: AccountRegion, task: RepairTask, _before: str) -> None:
    """Each status is entered at a time that reads show, and the end of the work is a record."""
    now = account.clock.now()
    if task.state == REPAIRING:
        task.authorized = now
    elif task.state == IGNORED:
        task.ignored = now
    elif task.state == CHECKING:
        task.checked = now
        record(account, task, "checkTask", SYSTEM)
    elif task.state == CLOSED:
        task.confirmed = task.ended = now
