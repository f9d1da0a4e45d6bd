"""Every account of one emulator: one for each access key, or several keys that open the same."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import Clock
from bce_emulator.engine.account.idle import FORGOTTEN_AT_ONCE, Idle
from bce_emulator.engine.account.lifecycle import Transition
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.undo import Undo
from bce_emulator.engine.errors import ApiError
from bce_emulator.engine.observe.faults import Faults
from bce_emulator.engine.steps import Shared, Steps, StepsAside

FREED_AT_ONCE = 100
"""How many resources of a kind are freed in a step, and by each request while there are some to be freed."""

ON_ACCOUNT_CREATED: list[Callable[[AccountRegion], None]] = []
"""What gives a new account the resources it is born with."""


def on_account_created(function: Callable[[AccountRegion], None]) -> Callable[[AccountRegion], None]:
    """Declare something that every account owns from its first moment."""
    ON_ACCOUNT_CREATED.append(function)
    return function


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair of keys and the account they open; a session token makes the pair temporary.

    ``acl`` is what they may do, in the words of who minted them; empty is everything. Those that an operation has
    ``minted`` are of what the account has, and go with it; the others were given from outside. Those may say whose the
    account is, how many resources it may have, and when the keys are forgotten, and with them an account of that name.
    """

    access_key: str
    secret_key: str = field(repr=False)
    account: str
    session_token: str = field(default="", repr=False)
    expires_at: float | None = None
    acl: str = ""
    minted: bool = False
    owner: str = ""
    max_resources: int | None = None
    forget_at: float | None = None


class Account:
    """Everything that one access key owns; what is common to all its regions: clock, settings, planned changes.

    ``renders_left`` is how many resources may still be rendered before others are served, or None for any number.
    ``undo`` takes note of what the call under way changes, if that may have to be taken back. One that was put back to
    what is on disk is no longer there, with whatever had been changed: ``put_back`` is what its calls meet.
    """

    def __init__(self, name: str, registry: Accounts, wall: Callable[[], float], pace: float) -> None:
        self.name = name
        self.registry = registry
        self.clock = Clock(wall, pace)
        self.settings: dict[str, Any] = {}
        self.changed_seconds: dict[tuple[str, str], float] = {}
        self.faults = Faults()
        self.regions: dict[str, AccountRegion] = {}
        self.renders_left: int | None = None
        self.undo: Undo | None = None
        self.put_back: ApiError | None = None

    def seconds(self, kind: type[Resource], row: Transition) -> float:
        """The virtual seconds of a row, at pace 1, as changed for this account."""
        return (
            self.changed_seconds.get((kind.type_key(), row.action), row.seconds)
            if self.changed_seconds
            else row.seconds
        )

    def in_region(self, region: str) -> AccountRegion:
        """The account in a region; its first use creates it, with the resources it is born with."""
        account = self.regions.get(region)
        if account is None:
            account = self.regions[region] = AccountRegion(self, region)
            for function in ON_ACCOUNT_CREATED:
                function(account)
        return account

    def count(self) -> int:
        """How many resources it has, with those that it was born with."""
        return sum(len(each) for region in self.regions.values() for each in region.collections.values())

    def opened_regions(self) -> Iterator[AccountRegion]:
        """The account in each region that was used."""
        return iter(list(self.regions.values()))

    def discard(self, most: int = sys.maxsize) -> bool:
        """Let go of so many resources of a kind, so that their memory is free at once; answers whether that was all.

        Else it would only be free when reference cycles are looked for.
        """
        self.clock.discard()
        for region in self.regions.values():
            for each in region.collections.values():
                if not each.discard(most):
                    return False
            region.collections.clear()
        self.regions.clear()
        return True


class Accounts:
    """Every pair of keys and every account of one emulator.

    ``asleep`` names those that have to be read before they are asked for.
    ``work`` is what calls do that go in steps, at most one for each account. ``forget_journal`` is called with the name
    of each account that is reset or forgotten, as its journal goes with it. ``max_resources`` are how many resources an
    account may have, by the access key that it was made with, where that says so.
    """

    def __init__(self, wall: Callable[[], float] = time.time, pace: float = 1.0) -> None:
        self.wall = wall
        self._pace = pace
        self.credentials: dict[str, Credentials] = {}
        self.max_resources: dict[str, int] = {}
        self._keys_of: dict[str, dict[str, None]] = {}
        self._ages: dict[str, float] = {}
        self._next_age = inf
        self.find_credentials: Callable[[str], Credentials | None] = self.credentials.get
        self.by_name: dict[str, Account] = {}
        self.minted = 0
        self.last_access_key = 0
        self.idle = Idle(None)
        self.discarded: list[Account] = []
        self.work: dict[str, Shared] = {}
        self.asleep: Collection[str] = ()
        self.forget_journal: Callable[[str], None] = lambda _name: None

    def open(self, name: str) -> Account:
        """The account of this name, made on first use."""
        if self.idle.seconds is not None:
            self.idle.note(name, self.wall())
        account = self.by_name.get(name)
        if account is None or self.work:
            account = self.get(name) or self._make(name)
        return account

    def get(self, name: str) -> Account | None:
        """The account of this name, or None if it was never used."""
        self.finish(name)
        return self.by_name.get(name)

    def under_way(self, name: str) -> Shared | None:
        """What to wait for before an account is asked for, which else is done at once; None if there is nothing."""
        return self.work.get(name)

    def is_to_be_awaited(self, name: str) -> bool:
        """Whether a call that can be taken back waits before it asks for an account: it is read, or changes others."""
        work = self.work.get(name)
        return name in self.asleep or (work is not None and work.looks_at_others and not work.is_running)

    def may_have_to_wait(self) -> bool:
        """Whether there is such an account."""
        return bool(self.asleep) or any(map(self.is_to_be_awaited, self.work))

    def finish(self, name: str) -> None:
        """Do at once what is left of that, unless it is what asks."""
        work = self.under_way(name)
        if work is not None:
            work.hurry()

    def begin_work(self, names: Iterable[str], steps: StepsAside[None], looks_at_others: bool = False) -> Shared:
        """Have whoever asks for one of these accounts wait for these steps, which say themselves when they end."""
        work = Shared(steps, looks_at_others)
        self.work |= dict.fromkeys(names, work)
        return work

    def join_work(self, name: str, other: str) -> None:
        """Have another account wait with this one, where work may have changed both, so that both are kept together."""
        work = self.work.get(name)
        if work is not None and work.looks_at_others:
            self.work.setdefault(other, work)

    def end_work(self, name: str) -> None:
        """Nobody needs to wait any more."""
        self.work.pop(name, None)

    def note_use(self, name: str) -> None:
        """Something of this account may be still to be kept."""

    def drop_work(self, name: str) -> None:
        """Leave it as far as it is, where an account is to be something else."""
        work = self.work.pop(name, None)
        if work is not None:
            work.steps.close()

    def names(self) -> list[str]:
        """The names of all accounts."""
        return list(self.by_name)

    def __contains__(self, name: str) -> bool:
        """Whether there is an account of this name."""
        return name in self.by_name

    def __len__(self) -> int:
        """How many accounts there are."""
        return len(self.by_name)

    def blank(self, name: str) -> Account:
        """An account that owns nothing and is not in the list yet."""
        return Account(name, self, self.wall, self._pace)

    def find_account(self, access_key: str) -> Account | None:
        """The account that an access key opens, made on first use, or None if it opens none."""
        credentials = self.find_credentials(access_key)
        return self.open(credentials.account) if credentials else None

    def begin(self, account: Account) -> None:
        """Have an account that was made beside the others, of which none has its name."""
        self.by_name[account.name] = account
        self.open(account.name)

    def replace(self, account: Account) -> None:
        """Have an account take the place of the one of the same name, whose planned faults stay."""
        before = self.open(account.name)
        account.faults = before.faults
        self.by_name[account.name] = account
        self.discarded.append(before)

    def reset(self, name: str) -> None:
        """Forget everything an account has, its journal and minted keys too; keys that were given stay."""
        self.finish(name)
        for each in self.minted_by(name):
            self.remove_credentials(each.access_key)
        account = self.by_name.pop(name, None)
        if account is not None:
            self.discarded.append(account)
        self.forget_journal(name)

    def free(self) -> Steps[None]:
        """Free the memory of what was replaced or forgotten."""
        while self.discarded:
            self._free_some()
            yield

    def _free_some(self) -> None:
        if self.discarded[-1].discard(FREED_AT_ONCE):
            self.discarded.pop()

    def forget(self, name: str) -> list[str]:
        """Forget an account with its keys; the names of those."""
        keys = self.keys_of(name)
        for access_key in keys:
            self.remove_credentials(access_key)
        self.reset(name)
        return keys

    def forget_idle(self) -> None:
        """Forget some accounts that nobody has used for long, and free some memory of such."""
        if self.discarded:
            self._free_some()
        now = self.wall()
        if now > self.idle.next_due:
            for name in self.idle.overdue(now):
                self.forget(name)
        if now >= self._next_age:
            self._forget_aged(now)

    def _forget_aged(self, now: float) -> None:
        """Forget some keys whose time is over, each with the account of its name."""
        overdue = [access_key for access_key, age in self._ages.items() if age <= now]
        for access_key in overdue[:FORGOTTEN_AT_ONCE]:
            if self.credentials[access_key].account == access_key:
                self.forget(access_key)
            else:
                self.remove_credentials(access_key)
        self._next_age = min(self._ages.values(), default=inf)

    def forget_all_idle(self) -> Steps[None]:
        """Forget every account that nobody has used for long, and free its memory."""
        while names := self.idle.overdue(self.wall()):
            for name in names:
                self.forget(name)
            yield
        while self.wall() >= self._next_age:
            self._forget_aged(self.wall())
            yield
        yield from self.free()

    def add_credentials(self, credentials: Credentials) -> None:
        """Have a pair of keys open its account."""
        self.credentials[credentials.access_key] = credentials
        if credentials.max_resources is not None:
            self.max_resources[credentials.access_key] = credentials.max_resources
        if credentials.forget_at is not None:
            self._ages[credentials.access_key] = credentials.forget_at
            self._next_age = min(self._next_age, credentials.forget_at)
        self._keys_of.setdefault(credentials.account, {})[credentials.access_key] = None
        self.minted += credentials.minted

    def remove_credentials(self, access_key: str) -> None:
        """Have a pair of keys open nothing any more."""
        removed = self.credentials.pop(access_key)
        self.max_resources.pop(access_key, None)
        self._ages.pop(access_key, None)
        keys = self._keys_of[removed.account]
        del keys[access_key]
        if not keys:
            del self._keys_of[removed.account]
        self.minted -= removed.minted

    def keys_of(self, name: str) -> list[str]:
        """The access keys that open an account, but for one that needs no preparation."""
        return list(self._keys_of.get(name, ()))

    def minted_by(self, name: str) -> list[Credentials]:
        """The keys that operations have minted for an account, oldest first."""
        pairs = (self.credentials[access_key] for access_key in self._keys_of.get(name, ()))
        return [each for each in pairs if each.minted]

    def _make(self, name: str) -> Account:
        account = self.by_name[name] = self.blank(name)
        return account
