"""The life of a task: from the operation that starts it to its end."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.services.bcc.task.resource import SHOWN_FOR, Task


def start_task(account: AccountRegion, action: str, *resource_ids: str) -> Task:
    """Make a task and have the clock finish it; tasks that are no longer shown go."""
    for task in [task for task in account.all(Task) if not is_shown(account, task)]:
        account.remove(task)
    task = account.add(Task(id=account.new_id(Task), action=action, resource_ids=resource_ids))
    account.change(task, "process")
    return task


def is_shown(account: AccountRegion, task: Task) -> bool:
    """Whether the task is young enough to be looked at."""
    return account.clock.now() - task.created < SHOWN_FOR


@when_done(Task, "process")
def note_the_end(account: AccountRegion, task: Task) -> None:
    """A task that has ended knows when."""
    task.finished = account.clock.now()
