"""What an action does to a resource: the row of its lifecycle, the state meanwhile, and the end on the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bce_emulator.engine.account.lifecycle import GONE, SAME, Transition
from bce_emulator.engine.account.others import awaiting_others, may_look
from bce_emulator.engine.account.resource import Pending, Resource, Timer, set_too
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.faults import NEVER

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion

_new = tuple.__new__


class Ending(NamedTuple):
    """The end of a transition, as the clock awaits it."""

    account: AccountRegion
    resource: Resource
    pending: Pending

    def is_live(self) -> bool:
        """Whether it is still to happen."""
        return self.resource.pending is self.pending and self.resource.collection is not None

    def happen(self, _moment: float) -> Ending | None:
        """Have the resource be in the state after, or be gone; answers what has happened."""
        account, resource, pending = self
        if resource.pending is not pending or resource.collection is None:
            return None
        if account.account.registry.asleep and _waits_for_others(account, resource):
            with awaiting_others(account.account):
                _end(account, resource, pending)
        else:
            _end(account, resource, pending)
        return self

    def __str__(self) -> str:
        return f"{type(self.resource).__name__} {self.resource.id} {self.pending.action} {self.pending.then}"


class Firing(NamedTuple):
    """A timer, as the clock awaits it."""

    account: AccountRegion
    resource: Resource
    timer: Timer

    def is_live(self) -> bool:
        """Whether it is still to happen."""
        resource = self.resource
        return resource.collection is not None and any(other is self.timer for other in resource.timers)

    def happen(self, _moment: float) -> Firing | None:
        """Have happen what was declared for a timer of this name; answers what has happened."""
        if not self.is_live():
            return None
        account, resource, timer = self
        if account.account.registry.asleep and _waits_for_others(account, resource):
            with awaiting_others(account.account):
                _fire(account, resource, timer)
        else:
            _fire(account, resource, timer)
        return self

    def __str__(self) -> str:
        return f"{type(self.resource).__name__} {self.resource.id} {self.timer.name}"


def check(resource: Resource, action: str) -> Transition:
    """The row that an action takes now, or the documented refusal."""
    row = resource.lifecycle.find(action, resource.state)
    if row is None:
        raise _refusal(resource, action)
    return row


def _refusal(resource: Resource, action: str) -> ApiError:
    refusal = resource.lifecycle.refusal(action, resource.state)
    return refusal(f"{resource.id} is {resource.status}, which does not allow {action}")


def start(account: AccountRegion, resource: Resource, action: str) -> None:
    """Start a transition: check it, take the state meanwhile, and have the clock set the state after."""
    before = resource.state
    row = resource.lifecycle.find(action, before)
    if row is None:
        raise _refusal(resource, action)
    meanwhile, then = row.meanwhile, row.then
    if meanwhile == then == SAME:
        return
    if account.account.faults.ending is not None and _ends_otherwise(account, resource, row):
        return
    if meanwhile == GONE:
        for function in resource.lifecycle.done.get(action, ()):
            function(account, resource)
        account.remove(resource)
        return
    seconds = account.account.seconds(type(resource), row) * account.clock.pace
    pending = _new(Pending, (action, before if then == SAME else then, *account.clock.ahead(seconds)))
    enter(account, resource, before if meanwhile == SAME else meanwhile, pending)
    _await(account, resource, pending)


def complete(account: AccountRegion, resource: Resource) -> None:
    """Have a transition under way, and those that follow from it, end at once."""
    while resource.pending is not None:
        Ending(account, resource, resource.pending).happen(account.clock.now())


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
        if not pending.number:
            pending = resource.pending = pending._replace(number=account.clock.next_number())
        _await(account, resource, pending)
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
    pending = None
    if fault.end_in != NEVER:
        seconds = account.account.seconds(type(resource), row) * account.clock.pace
        pending = Pending(f"{row.action} ({fault.id})", fault.end_in, *account.clock.ahead(seconds))
    enter(account, resource, resource.state if row.meanwhile in {SAME, GONE} else row.meanwhile, pending)
    if pending is not None:
        _await(account, resource, pending)
    return True


def _await(account: AccountRegion, resource: Resource, pending: Pending) -> None:
    ending = _new(Ending, (account, resource, pending))
    account.clock.at(pending.due, ending.happen, number=pending.number, is_live=ending.is_live)


def _fire_at(account: AccountRegion, resource: Resource, timer: Timer) -> None:
    firing = Firing(account, resource, timer)
    account.clock.at(timer.due, firing.happen, planned=True, number=timer.number, is_live=firing.is_live)


def enter(account: AccountRegion, resource: Resource, state: str, pending: Pending | None = None) -> None:
    """Have a resource be in a state, with what is under way from then on, and whatever follows from that happen."""
    before = resource.state
    resource.state = state
    set_too(resource, "pending", pending)
    if state != before:
        for function in resource.lifecycle.entered:
            function(account, resource, before)


def _waits_for_others(account: AccountRegion, resource: Resource) -> bool:
    """Whether what is due may look at others, and can happen after those are read."""
    looks = type(resource).looks_at_others
    return looks is not False and account.clock.waits and may_look(looks, account)


def _end(account: AccountRegion, resource: Resource, pending: Pending) -> None:
    goes = pending.then == GONE
    if goes:
        resource.pending = None
    else:
        enter(account, resource, pending.then)
    for function in resource.lifecycle.done.get(pending.action, ()):
        function(account, resource)
    if goes and resource.collection is not None:
        account.remove(resource)


def _fire(account: AccountRegion, resource: Resource, timer: Timer) -> None:
    resource.timers = tuple(other for other in resource.timers if other is not timer)
    resource.due[timer.name](account, resource)
