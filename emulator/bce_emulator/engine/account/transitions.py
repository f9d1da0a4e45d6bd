"""What an action does to a resource: the row of its lifecycle, the state meanwhile, and the end on the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bce_emulator.engine.account.lifecycle import GONE, SAME, Transition
from bce_emulator.engine.account.resource import Pending, Resource, Timer
from bce_emulator.engine.observe.faults import NEVER

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion


def check(resource: Resource, action: str) -> Transition:
    """The row that an action takes now, or the documented refusal."""
    row = resource.lifecycle.find(action, resource.state)
    if row is None:
        refusal = resource.lifecycle.refusal(action, resource.state)
        raise refusal(f"{resource.id} is {resource.status}, which does not allow {action}")
    return row


def start(account: AccountRegion, resource: Resource, action: str) -> None:
    """Start a transition: check it, take the state meanwhile, and have the clock set the state after."""
    row = check(resource, action)
    if row.meanwhile == SAME and row.then == SAME:
        return
    if account.account.faults.ending is not None and _ends_otherwise(account, resource, row):
        return
    before = resource.state
    if row.meanwhile == GONE:
        _follow(account, resource, action)
        account.remove(resource)
        return
    then = before if row.then == SAME else row.then
    enter(account, resource, before if row.meanwhile == SAME else row.meanwhile)
    seconds = account.account.seconds(type(resource), row) * account.clock.pace
    _await(account, resource, _pending(account, action, then, seconds))


def complete(account: AccountRegion, resource: Resource) -> None:
    """Have a transition under way, and those that follow from it, end at once."""
    while resource.pending is not None:
        _finish(account, resource, resource.pending, account.clock.now())


def schedule(account: AccountRegion, resource: Resource, name: str, moment: float | None) -> None:
    """Have an ``on_timer`` function called at a virtual moment instead of when it was to be; None calls it off."""
    kept = tuple(timer for timer in resource.timers if timer.name != name)
    if moment is None:
        if kept != resource.timers:
            resource.timers = kept
        return
    timer = Timer(name, moment, account.clock.next_number())
    resource.timers = (*kept, timer)
    _fire_at(account, resource, timer)


def resume(account: AccountRegion, resource: Resource) -> None:
    """Have the clock await again what a restored resource awaits."""
    pending = resource.pending
    if pending is not None:
        _await(account, resource, pending if pending.number else pending._replace(number=account.clock.next_number()))
    if not all(timer.number for timer in resource.timers):
        resource.timers = tuple(Timer(name, due, account.clock.next_number()) for name, due, _ in resource.timers)
    for timer in resource.timers:
        _fire_at(account, resource, timer)


def _ends_otherwise(account: AccountRegion, resource: Resource, row: Transition) -> bool:
    faults = account.account.faults
    fault = faults.ending
    if fault is None or not fault.applies_to(resource):
        return False
    faults.applied = True
    if row.meanwhile not in {SAME, GONE}:
        enter(account, resource, row.meanwhile)
    if fault.end_in == NEVER:
        resource.pending = None
    else:
        seconds = account.account.seconds(type(resource), row) * account.clock.pace
        _await(account, resource, _pending(account, f"{row.action} ({fault.id})", fault.end_in, seconds))
    return True


def _pending(account: AccountRegion, action: str, then: str, seconds: float) -> Pending:
    clock = account.clock
    return Pending(action, then, clock.now() + seconds, clock.next_number())


def _await(account: AccountRegion, resource: Resource, pending: Pending) -> None:
    resource.pending = pending
    is_live = partial(_is_pending, resource, pending)
    account.clock.at(pending.due, partial(_finish, account, resource, pending), number=pending.number, is_live=is_live)


def _fire_at(account: AccountRegion, resource: Resource, timer: Timer) -> None:
    fire = partial(_fire, account, resource, timer)
    is_live = partial(_is_set, resource, timer)
    account.clock.at(timer.due, fire, planned=True, number=timer.number, is_live=is_live)


def _finish(account: AccountRegion, resource: Resource, pending: Pending, _moment: float) -> str | None:
    if not _is_pending(resource, pending):
        return None
    resource.pending = None
    if pending.then == GONE:
        _follow(account, resource, pending.action)
        if resource.collection is not None:
            account.remove(resource)
    else:
        enter(account, resource, pending.then)
        _follow(account, resource, pending.action)
    return f"{type(resource).__name__} {resource.id} {pending.action} {pending.then}"


def enter(account: AccountRegion, resource: Resource, state: str) -> None:
    """Have a resource be in a state, and whatever follows from that happen."""
    before, resource.state = resource.state, state
    if state != before:
        for function in resource.lifecycle.entered:
            function(account, resource, before)


def _follow(account: AccountRegion, resource: Resource, action: str) -> None:
    for function in resource.lifecycle.done.get(action, ()):
        function(account, resource)


def _fire(account: AccountRegion, resource: Resource, timer: Timer, _moment: float) -> str | None:
    if not _is_set(resource, timer):
        return None
    resource.timers = tuple(other for other in resource.timers if other is not timer)
    resource.due[timer.name](account, resource)
    return f"{type(resource).__name__} {resource.id} {timer.name}"


def _is_pending(resource: Resource, pending: Pending) -> bool:
    return resource.pending is pending and resource.collection is not None


def _is_set(resource: Resource, timer: Timer) -> bool:
    return resource.collection is not None and any(other is timer for other in resource.timers)
