"""The course of an event: it is reported, authorized, executed at its time, and ends when nothing is left to check."""

from __future__ import annotations

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done, when_entered
from bce_emulator.engine.account.resource import on_timer
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.maintenance_event.lifecycle import ENDED, EXECUTING
from bce_emulator.services.bcc.maintenance_event.resource import (
    ENABLED,
    MAX_LOGS,
    PLANNED,
    REBOOT,
    TAGGED,
    AuthorizationRule,
    EventLog,
    Issue,
    MaintenanceEvent,
)

SYSTEM, USER = "system", "user"
SYSTEM_FAILURE = ("SystemFailure", "system failure", "the instance may stop", "the host has a fault")
LOCAL_DISK_FAILURE = ("LocalDiskFailure", "local disk failure", "data may be lost", "a local disk has a fault")
"""What is wrong: name, alias, effect and description, all of which are proposed."""


def report_event(account: AccountRegion, instance: Instance, category: str, type_: str) -> MaintenanceEvent:
    """Have the cloud find something to repair; the oldest rule that fits authorizes it."""
    is_of_disk = type_.startswith("LocalDisk")
    issue = LOCAL_DISK_FAILURE if is_of_disk else SYSTEM_FAILURE
    event = account.add(
        MaintenanceEvent(
            id=account.new_id(MaintenanceEvent),
            instance_id=instance.id,
            category=category,
            type=type_,
            issues=(Issue(*issue, account.clock.now(), SYSTEM),),
            disk_serial_number=account.new_text("disk", "hex") if is_of_disk else "",
        )
    )
    log(account, event, "EventCreate", SYSTEM)
    for rule in account.all(AuthorizationRule):
        operation = next((each for each in rule.operations if each in event.options), None)
        if operation and applies(rule, event, instance):
            authorize(account, event, operation, None, SYSTEM)
            break
    return event


def applies(rule: AuthorizationRule, event: MaintenanceEvent, instance: Instance) -> bool:
    """Whether a rule is about an event of an instance."""
    is_in_scope = rule.scope != TAGGED or not set(rule.tags).isdisjoint(instance.tags)
    return rule.state == ENABLED and rule.category == event.category and is_in_scope


def authorize(
    account: AccountRegion, event: MaintenanceEvent, operation: str, moment: float | None, operator: str
) -> None:
    """Allow an operation, which begins at a moment at the earliest."""
    account.change(event, "authorize")
    account.schedule(event, "execute", None)
    event.operation = operation
    event.executes = None if moment is None else max(moment, account.clock.now())
    log(account, event, "EventAuthorize", operator)


def log(account: AccountRegion, event: MaintenanceEvent, name: str, operator: str) -> None:
    """Note what was done about an event."""
    event.logs = (*event.logs, EventLog(name, operator, account.clock.now()))[-MAX_LOGS:]


@when_done(MaintenanceEvent, "authorize")
def await_its_time(account: AccountRegion, event: MaintenanceEvent) -> None:
    """What is authorized for later waits."""
    if event.executes is not None and event.executes > account.clock.now():
        account.schedule(event, "execute", event.executes)
    else:
        begin(account, event)


@when_done(MaintenanceEvent, "reject")
@on_timer(MaintenanceEvent, "execute")
def begin(account: AccountRegion, event: MaintenanceEvent) -> None:
    """Begin the repair; a reboot is the instance's own, unless it does not run."""
    if event.lifecycle.find("execute", event.state) is None:
        return
    account.change(event, "execute")
    instance = account.find(Instance, event.instance_id)
    if event.operation == REBOOT and instance and instance.lifecycle.find("restart", instance.state):
        account.change(instance, "restart")


@when_done(MaintenanceEvent, "execute")
def end_unless_checked(account: AccountRegion, event: MaintenanceEvent) -> None:
    """Only an unplanned event waits for its user to check the repair."""
    if event.category == PLANNED:
        account.change(event, "end")


@when_entered(MaintenanceEvent)
def note_what_a_status_says(account: AccountRegion, event: MaintenanceEvent, _before: str) -> None:
    """The log says when a repair began, and the records when it ended."""
    if event.state == EXECUTING:
        log(account, event, "EventExecuting", SYSTEM)
    event.ended = account.clock.now() if event.state == ENDED else None
