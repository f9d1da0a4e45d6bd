"""Every account of one emulator: one for each access key, or several keys that open the same."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import Clock
from bce_emulator.engine.account.lifecycle import Transition
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.observe.faults import Faults

ON_ACCOUNT_CREATED: list[Callable[[AccountRegion], None]] = []
"""What gives a new account the resources it is born with."""


def on_account_created(function: Callable[[AccountRegion], None]) -> Callable[[AccountRegion], None]:
    """Declare something that every account owns from its first moment."""
    ON_ACCOUNT_CREATED.append(function)
    return function


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair of keys and the account they open; a session token makes the pair temporary.

    ``acl`` is what they may do, in the words of who minted them; empty is everything.
    """

    access_key: str
    secret_key: str = field(repr=False)
    account: str
    session_token: str = field(default="", repr=False)
    expires_at: float | None = None
    acl: str = ""


class Account:
    """Everything that one access key owns; what is common to all its regions: clock, settings, planned changes."""

    def __init__(self, name: str, registry: Accounts, wall: Callable[[], float], pace: float) -> None:
        self.name = name
        self.registry = registry
        self.clock = Clock(wall, pace)
        self.settings: dict[str, Any] = {}
        self.changed_seconds: dict[tuple[str, str], float] = {}
        self.faults = Faults()
        self.regions: dict[str, AccountRegion] = {}

    def seconds(self, kind: type[Resource], row: Transition) -> float:
        """The virtual seconds of a row, at pace 1, as changed for this account."""
        return (
            self.changed_seconds.get((kind.type_key(), row.action), row.seconds)
            if self.changed_seconds
            else row.seconds
        )

    def in_region(self, region: str) -> AccountRegion:
        """The account in a region, made and furnished on first use."""
        account = self.regions.get(region)
        if account is None:
            account = self.regions[region] = AccountRegion(self, region)
            for function in ON_ACCOUNT_CREATED:
                function(account)
        return account

    def opened_regions(self) -> Iterator[AccountRegion]:
        """The account in each region that was used."""
        return iter(list(self.regions.values()))


class Accounts:
    """Every pair of keys and every account of one emulator."""

    def __init__(self, wall: Callable[[], float] = time.time, pace: float = 1.0) -> None:
        self.wall = wall
        self._pace = pace
        self.credentials: dict[str, Credentials] = {}
        self.find_credentials: Callable[[str], Credentials | None] = self.credentials.get
        self.by_name: dict[str, Account] = {}
        self.has_new_keys = False

    def open(self, name: str) -> Account:
        """The account of this name, made on first use."""
        account = self.by_name.get(name)
        if account is None:
            account = self.by_name[name] = self.blank(name)
        return account

    def blank(self, name: str) -> Account:
        """An account that owns nothing and is not in the list yet."""
        return Account(name, self, self.wall, self._pace)

    def find_account(self, access_key: str) -> Account | None:
        """The account that an access key opens, made on first use, or None if it opens none."""
        credentials = self.find_credentials(access_key)
        return self.open(credentials.account) if credentials else None

    def add_keys(self, made: Credentials) -> None:
        """Keep keys that an operation has made."""
        self.credentials[made.access_key] = made
        self.has_new_keys = True

    def reset(self, name: str) -> None:
        """Forget everything an account has; the keys stay."""
        self.by_name.pop(name, None)
