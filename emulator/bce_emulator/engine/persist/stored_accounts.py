"""Accounts of which most are only on disk: each is read when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bce_emulator.engine.account.accounts import Account, Accounts, Credentials
from bce_emulator.engine.errors import InternalError, ServiceUnavailable
from bce_emulator.engine.observe.faults import Faults
from bce_emulator.engine.steps import Shared, StepsAside

REMEMBERED = 10_000
"""Of how many accounts it is known when they were put back."""
PUT_BACK = "the account was put back to what the database has; nothing was changed"


class PutBacks:
    """Which accounts were put back to what is on disk, and after how many others: a call that goes on has to know."""

    def __init__(self) -> None:
        self.times = 0
        self._last: dict[str, int] = {}

    def note(self, names: Iterable[str]) -> None:
        """These were."""
        self.times += 1
        for name in names:
            self._last.pop(name, None)
            self._last[name] = self.times
        while len(self._last) > REMEMBERED:
            del self._last[next(iter(self._last))]

    def since(self, times: Mapping[str, int]) -> list[str]:
        """Those of these accounts that were put back since there were so many, for each its own."""
        return sorted(name for name, before in times.items() if self._last.get(name, 0) > before)


class StoredAccounts(Accounts):
    """Accounts that tell which of them were used and which keys changed; a store can put them back to what is on disk.

    ``asleep`` names those that are on disk only, each with the planned faults that it had in memory, if any. Those that
    are ``being_read`` are among them until that is done, so that nobody sees a part of one.
    """

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.used: set[str] = set()
        self.put_backs = PutBacks()
        self.changed_keys: dict[str, None] = {}
        self.asleep: dict[str, Faults | None] = {}
        self.being_read: dict[str, Shared] = {}
        self.read: Callable[[str], StepsAside[Account]] | None = None

    def open(self, name: str) -> Account:
        """The account of this name, made on first use."""
        self.used.add(name)
        return super().open(name)

    def under_way(self, name: str) -> Shared | None:
        """What to wait for before an account is asked for; one that is on disk only is read, once for all who ask."""
        if name not in self.asleep:
            return super().under_way(name)
        if name not in self.being_read:
            self.being_read[name] = Shared(self._wake(name))
        return self.being_read[name]

    def names(self) -> list[str]:
        """The names of all accounts, in memory or not."""
        return [*self.by_name, *self.asleep]

    def __contains__(self, name: str) -> bool:
        """Whether there is an account of this name."""
        return name in self.by_name or name in self.asleep

    def __len__(self) -> int:
        """How many accounts there are."""
        return len(self.by_name) + len(self.asleep)

    def reset(self, name: str) -> None:
        """Forget everything an account has, its journal and minted keys too; keys that were given stay."""
        self.used.add(name)
        self._leave_asleep(name)
        self.asleep.pop(name, None)
        super().reset(name)

    def add_credentials(self, credentials: Credentials) -> None:
        """Have a pair of keys open its account."""
        self.changed_keys[credentials.access_key] = None
        super().add_credentials(credentials)

    def remove_credentials(self, access_key: str) -> None:
        """Have a pair of keys open nothing any more."""
        self.changed_keys[access_key] = None
        super().remove_credentials(access_key)

    def end_work(self, name: str) -> None:
        """Nobody needs to wait any more; what was changed is still to be kept."""
        self.note_use(name)
        super().end_work(name)

    def note_use(self, name: str) -> None:
        """Something of this account may be still to be kept."""
        self.used.add(name)

    def in_hand(self, names: Iterable[str] | None) -> list[str]:
        """Those of these accounts, or of all, that are in memory, no work left undone; and those that were used."""
        chosen = dict.fromkeys(self.by_name if names is None else names)
        for name in chosen:
            self.finish(name)
        chosen |= dict.fromkeys(sorted(self.used - self.work.keys()))
        return [name for name in chosen if name in self.by_name]

    def clear_used(self) -> None:
        """From now on, tell anew which accounts are used and which keys change."""
        self.used.clear()
        self.changed_keys.clear()

    def note_stored(self, names: Iterable[str]) -> None:
        """These are on disk; as long as nobody uses them, they count as used now."""
        for name in names:
            self.asleep[name] = None
            if self.idle.seconds is not None:
                self.idle.note(name, self.wall())

    def put_back(self, stored: Iterable[str], credentials: Iterable[Credentials]) -> None:
        """Have exactly the accounts and keys that are on disk; planned faults, which are not, stay.

        That is how a leader begins and ends.
        """
        for name in list(self.being_read):
            self._leave_asleep(name)
        for name in list(self.work):
            self.drop_work(name)
        faults = self.asleep | {name: account.faults for name, account in self.by_name.items()}
        for account in self.by_name.values():
            account.put_back = ServiceUnavailable(PUT_BACK)
            account.discard()
        self.by_name.clear()
        self.asleep = {name: faults.get(name) for name in stored}
        for access_key in list(self.credentials):
            self.remove_credentials(access_key)
        for each in credentials:
            self.add_credentials(each)
        self.clear_used()

    def put_back_some(self, names: Iterable[str], stored: Iterable[str]) -> None:
        """The same of these accounts only, of which some are on disk; the keys stay."""
        known, names = set(stored), list(names)
        self.put_backs.note(names)
        for name in names:
            self._leave_asleep(name)
            self.drop_work(name)
            account = self.by_name.pop(name, None)
            faults = self.asleep.pop(name, None) if account is None else account.faults
            if account is not None:
                account.put_back = InternalError(PUT_BACK)
                account.discard()
            if name in known:
                self.asleep[name] = faults
            self.used.discard(name)

    def put_back_key(self, access_key: str, credentials: Credentials | None) -> None:
        """Have an access key open what it does on disk, if anything."""
        if access_key in self.credentials:
            super().remove_credentials(access_key)
        if credentials is not None:
            super().add_credentials(credentials)
        self.changed_keys.pop(access_key, None)

    def _wake(self, name: str) -> StepsAside[None]:
        """Read an account; it is there when that is done, and else nothing has happened."""
        assert self.read is not None
        try:
            account = yield from self.read(name)
            account.faults = self.asleep.pop(name) or account.faults
            self.by_name[name] = account
        finally:
            self.being_read.pop(name, None)

    def _leave_asleep(self, name: str) -> None:
        """What is being read of an account may be true no longer: leave it."""
        being_read = self.being_read.pop(name, None)
        if being_read is not None:
            being_read.steps.close()
