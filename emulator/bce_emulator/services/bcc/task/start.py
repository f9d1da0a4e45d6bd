"""Start tasks, and end them."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.services.bcc.task.resource import SHOWN_FOR, Task


def start_task(account: AccountRegion, action: str, *resource_ids: str) -> Task:
    """Create a task whose end is planned on the clock; tasks that are no longer shown are removed."""
    for task in [task for task in account.all(Task) if not is_shown(account, task)]:
        account.remove(task)
    task = account.add(Task(id=account.new_id(Task), action=action, resource_ids=resource_ids))
    account.change(task, "process")
    return task


def is_shown(account: AccountRegion, task: Task) -> bool:
    """Whether a task is new enough to be shown."""
    return account.clock.now() - task.created < SHOWN_FOR


@when_done(Task, "process")
def note_the_end(account: AccountRegion, task: Task) -> None:
    """Note when a task ended."""
    task.finished = account.clock.now()
