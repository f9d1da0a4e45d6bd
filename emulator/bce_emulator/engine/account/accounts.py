"""One account per access key and region: what it owns, and how a request finds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import orjson

from bce_emulator.engine.account.account_settings import Fact
from bce_emulator.engine.account.clock import Clock
from bce_emulator.engine.account.ids import id_text
from bce_emulator.engine.account.lifecycle import GONE, SAME, Transition
from bce_emulator.engine.account.resource import Kind, Pending, Resource, Shelf, Timer
from bce_emulator.engine.account.tokens import Tokens
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.faults import NEVER, Faults

Show = Callable[["Account", Any], dict[str, Any]]

FURNISH: list[Callable[[Account], None]] = []
"""What gives a new account the resources it is born with."""


def furnish(function: Callable[[Account], None]) -> Callable[[Account], None]:
    """Declare something that every account owns from its first moment."""
    FURNISH.append(function)
    return function


class Account:
    """Everything that one access key owns in one region. Accounts share nothing; ``of`` reaches another by its key."""

    def __init__(self, owner: Owner, region: str) -> None:
        self.owner = owner
        self.region = region
        self.place = (owner.name, region)
        self.clock = owner.clock
        self.tokens = Tokens()
        self.shelves: dict[type[Resource], Shelf[Any]] = {}
        self.ids_made: dict[str, int] = {}
        self.wanted_ids: dict[type[Resource], str] = {}

    @property
    def name(self) -> str:
        """The access key that the account is called by."""
        return self.owner.name

    def fact(self, fact: Fact) -> Any:
        """A quota, a stock or another fact that no request can change."""
        return self.owner.facts.get(fact.name, fact.default)

    def in_region(self, region: str) -> Account:
        """What the same access key owns in another region."""
        return self.owner.in_region(region)

    def of(self, access_key: str) -> Account | None:
        """What another access key owns in this region, or None if it opens no account."""
        owner = self.owner.registry.find_owner(access_key)
        return owner.in_region(self.region) if owner else None

    def shelf(self, kind: type[Kind]) -> Shelf[Kind]:
        """The shelf with all resources of a kind."""
        shelf = self.shelves.get(kind)
        if shelf is None:
            shelf = self.shelves[kind] = Shelf()
        return shelf

    def add(self, resource: Kind) -> Kind:
        """Keep a new resource."""
        if resource.created == 0.0:
            resource.created = self.clock.now()
        self.shelf(type(resource)).add(resource)
        return resource

    def remove(self, resource: Resource) -> None:
        """Forget a resource, whatever was still to happen to it."""
        self.shelf(type(resource)).remove(resource)

    def get(self, kind: type[Kind], resource_id: str, missing: type[ApiError] | None = None) -> Kind:
        """The resource with this id, or the error that says there is none."""
        resource = self.find(kind, resource_id)
        if resource is None:
            raise (missing or kind.not_found)(f"no {kind.__name__} of account {self.name} in {self.region} has this id")
        return resource

    def find(self, kind: type[Kind], resource_id: str) -> Kind | None:
        """The resource with this id, or None."""
        shelf = self.shelves.get(kind)
        return shelf.by_id.get(resource_id) if shelf is not None else None

    def all(self, kind: type[Kind]) -> Iterable[Kind]:
        """Every resource of a kind, oldest first."""
        return self.shelf(kind)

    def where(self, kind: type[Kind], fact: str, value: Hashable) -> list[Kind]:
        """Those of a kind whose fact has this value, or holds it if it is a tuple."""
        return self.shelf(kind).where(fact, value)

    def new_id(self, kind: type[Resource]) -> str:
        """An id that no resource of this kind has had; the same in every run, or the one that a seed wants next."""
        if kind in self.wanted_ids:
            return self.wanted_ids.pop(kind)
        shelf = self.shelf(kind)
        while True:
            made = f"{kind.prefix}-{self.new_text(kind.prefix, kind.id_letters)}"
            if made not in shelf.by_id:
                return made

    def new_text(self, purpose: str, shape: str) -> str:
        """Letters and digits that look like chance but are the same in every run, for what is no resource."""
        return id_text(shape, self.name, self.region, purpose, str(self.next_number(purpose)))

    def next_number(self, purpose: str) -> int:
        """How many numbers were asked for this purpose, this one included."""
        number = self.ids_made.get(purpose, 0) + 1
        self.ids_made[purpose] = number
        return number

    def check(self, resource: Resource, action: str) -> Transition:
        """The row that an action takes now, or the documented refusal."""
        row = resource.lifecycle.find(action, resource.state)
        if row is None:
            refusal = resource.lifecycle.refusal(action, resource.state)
            raise refusal(f"{resource.id} is {resource.status}, which does not allow {action}")
        return row

    def change(self, resource: Resource, action: str) -> None:
        """Start a transition: check it, take the state meanwhile, and have the clock set the state after."""
        row = self.check(resource, action)
        if row.meanwhile == SAME and row.then == SAME:
            return
        if self.owner.faults.ending is not None and self._ends_otherwise(resource, row):
            return
        before = resource.state
        if row.meanwhile == GONE:
            self._follow(resource, action)
            self.remove(resource)
            return
        then = before if row.then == SAME else row.then
        resource.state = before if row.meanwhile == SAME else row.meanwhile
        seconds = self.owner.seconds(type(resource), row) * self.clock.pace
        self._await(resource, Pending(action, then, self.clock.now() + seconds))

    def complete(self, resource: Resource) -> None:
        """Have a transition under way, and those that follow from it, end at once."""
        while resource.pending is not None:
            self._finish(resource, resource.pending, self.clock.now())

    def schedule(self, resource: Resource, name: str, moment: float | None) -> None:
        """Have a ``when_due`` function called at a virtual moment instead of when it was to be; None calls it off."""
        kept = tuple(timer for timer in resource.timers if timer.name != name)
        if moment is None:
            resource.timers = kept
            return
        timer = Timer(name, moment, self.clock.next_number())
        resource.timers = (*kept, timer)
        self._ring_at(resource, timer)

    def resume(self, resource: Resource) -> None:
        """Have the clock await again what a restored resource awaits."""
        if resource.pending:
            self._await(resource, resource.pending)
        if not all(timer.number for timer in resource.timers):
            resource.timers = tuple(Timer(name, due, self.clock.next_number()) for name, due, _ in resource.timers)
        for timer in resource.timers:
            self._ring_at(resource, timer)

    def shown(self, resource: Resource, show: Show, *depends_on: type[Resource]) -> orjson.Fragment:
        """The JSON of a resource, made anew only if it, or a resource of the kinds it depends on, has changed."""
        return self.showing(show, *depends_on)(resource)

    def showing(self, show: Show, *depends_on: type[Resource]) -> Callable[[Any], orjson.Fragment]:
        """The same for many resources: what they depend on is looked at once."""
        versions = (show, *[self.shelf(kind).version for kind in depends_on])

        def shown(resource: Resource) -> orjson.Fragment:
            kept = resource.shown
            if kept is not None and kept[0] == versions:
                return kept[1]
            fragment = orjson.Fragment(orjson.dumps(show(self, resource)))
            resource.shown = (versions, fragment)
            return fragment

        return shown

    def _ends_otherwise(self, resource: Resource, row: Transition) -> bool:
        faults = self.owner.faults
        fault = faults.ending
        if fault is None or not fault.decides(resource):
            return False
        faults.bent = True
        if row.meanwhile not in {SAME, GONE}:
            resource.state = row.meanwhile
        if fault.end_in == NEVER:
            resource.pending = None
        else:
            seconds = self.owner.seconds(type(resource), row) * self.clock.pace
            self._await(resource, Pending(f"{row.action} ({fault.id})", fault.end_in, self.clock.now() + seconds))
        return True

    def _await(self, resource: Resource, pending: Pending) -> None:
        if not pending.number:
            pending = Pending(pending.action, pending.then, pending.due, self.clock.next_number())
        resource.pending = pending
        matters = partial(_is_pending, resource, pending)
        self.clock.at(pending.due, partial(self._finish, resource, pending), number=pending.number, matters=matters)

    def _ring_at(self, resource: Resource, timer: Timer) -> None:
        ring = partial(self._ring, resource, timer)
        matters = partial(_is_set, resource, timer)
        self.clock.at(timer.due, ring, planned=True, number=timer.number, matters=matters)

    def _finish(self, resource: Resource, pending: Pending, _moment: float) -> str | None:
        if not _is_pending(resource, pending):
            return None
        resource.pending = None
        if pending.then == GONE:
            self._follow(resource, pending.action)
            if resource.shelf is not None:
                self.remove(resource)
        else:
            resource.state = pending.then
            self._follow(resource, pending.action)
        return f"{type(resource).__name__} {resource.id} {pending.action} {pending.then}"

    def _follow(self, resource: Resource, action: str) -> None:
        for function in resource.lifecycle.done.get(action, ()):
            function(self, resource)

    def _ring(self, resource: Resource, timer: Timer, _moment: float) -> str | None:
        if not _is_set(resource, timer):
            return None
        resource.timers = tuple(other for other in resource.timers if other is not timer)
        resource.due[timer.name](self, resource)
        return f"{type(resource).__name__} {resource.id} {timer.name}"


def _is_pending(resource: Resource, pending: Pending) -> bool:
    return resource.pending is pending and resource.shelf is not None


def _is_set(resource: Resource, timer: Timer) -> bool:
    return resource.shelf is not None and any(other is timer for other in resource.timers)


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair of keys and the account they open; a session token makes the pair temporary."""

    access_key: str
    secret_key: str = field(repr=False)
    owner: str
    session_token: str = field(default="", repr=False)
    expires_at: float | None = None


class Owner:
    """What is common to one access key's accounts in all regions: keys, clock, facts and planned changes."""

    def __init__(self, name: str, registry: Accounts, wall: Callable[[], float], pace: float) -> None:
        self.name = name
        self.registry = registry
        self.clock = Clock(wall, pace)
        self.facts: dict[str, Any] = {}
        self.changed_seconds: dict[tuple[str, str], float] = {}
        self.faults = Faults()
        self.regions: dict[str, Account] = {}

    def seconds(self, kind: type[Resource], row: Transition) -> float:
        """The virtual seconds of a row, at pace 1, as changed for this account."""
        return (
            self.changed_seconds.get((kind.__name__, row.action), row.seconds) if self.changed_seconds else row.seconds
        )

    def in_region(self, region: str) -> Account:
        """The account in a region, made and furnished on first use."""
        account = self.regions.get(region)
        if account is None:
            account = self.regions[region] = Account(self, region)
            for function in FURNISH:
                function(account)
        return account

    def accounts(self) -> Iterator[Account]:
        """The account in each region that was used."""
        return iter(list(self.regions.values()))


class Accounts:
    """Every pair of keys and every account of one emulator."""

    def __init__(self, wall: Callable[[], float] = time.time, pace: float = 1.0) -> None:
        self._wall = wall
        self._pace = pace
        self.credentials: dict[str, Credentials] = {}
        self.find_credentials: Callable[[str], Credentials | None] = self.credentials.get
        self.owners: dict[str, Owner] = {}

    def owner(self, name: str) -> Owner:
        """The owner of this name, made on first use."""
        owner = self.owners.get(name)
        if owner is None:
            owner = self.owners[name] = self.blank(name)
        return owner

    def blank(self, name: str) -> Owner:
        """An owner of nothing, who is not in the list yet."""
        return Owner(name, self, self._wall, self._pace)

    def find_owner(self, access_key: str) -> Owner | None:
        """The owner that an access key opens, made on first use, or None if it opens none."""
        credentials = self.find_credentials(access_key)
        return self.owner(credentials.owner) if credentials else None

    def reset(self, name: str) -> None:
        """Forget everything an owner has; the keys stay."""
        self.owners.pop(name, None)
