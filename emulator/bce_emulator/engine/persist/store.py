"""Accounts on disk: what a request has changed is in SQLite before its answer leaves.

One table of rows: each resource, each client token, and what is common to an account or to one of its regions. Only
what has changed is written, in one transaction for each request, and an account is read when it is first asked for.
How safe that is stands in ``docs/state.md``.
"""

from __future__ import annotations

import logging
from collections import abc
from collections.abc import Callable, Iterator

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.observe.metrics import Sample, store_samples
from bce_emulator.engine.persist.rows import Changes, StoreError
from bce_emulator.engine.persist.sqlite_rows import SqliteRows
from bce_emulator.engine.persist.store_file import FILE
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.persist.tracker import Tracker, access_key_of
from bce_emulator.engine.steps import Steps

log = logging.getLogger("bce_emulator")


class SqliteStore:
    """What keeps all accounts in a directory."""

    leads_alone = False
    """Whether others may serve in its place, so that a call that only reads has to ask it first too."""
    epoch = 0
    """Nobody else is ever elected."""

    def __init__(self, directory: str, accounts: StoredAccounts, regions: abc.Collection[str]) -> None:
        self._accounts = accounts
        self._tracker = Tracker(accounts, regions)
        self._has_failed = False
        self._commits = self._undone = 0
        self.rows = SqliteRows(directory, regions)
        self._tracker.learn(self.rows.contents())
        accounts.note_stored(self._tracker.known)
        accounts.read = self._read
        for access_key, credentials in self._tracker.stored_credentials.items():
            if access_key not in self._tracker.configured:
                accounts.add_credentials(credentials)

    def attach(
        self, dispatcher: Dispatcher, _account_named: Callable[[Request], str | None], apply_seed: Callable[[], None]
    ) -> None:
        """Keep what requests to a dispatcher change, and at once the seed of accounts that are new."""
        apply_seed()
        self.keep_all()
        dispatcher.check, dispatcher.keep = self.check, self.save

    def say_standing(self, say: Callable[[str, str], None]) -> None:
        """Say that it serves, as nobody else can."""
        say("ready", "")

    def check(self, _request: Request) -> None:
        """Refuse a request, before it has done anything, as long as nothing can be written."""
        try:
            self.try_again()
        except StoreError as error:
            raise InternalError(str(error)) from None

    def save(self) -> None:
        """Write what the accounts that were used since the last time have changed, or undo and refuse the request."""
        used = self._accounts.used
        touched = self._tracker.touched(used)
        if touched or self._accounts.changed_keys:
            try:
                self._write(touched, Changes.none(), common=False)
            except StoreError as error:
                raise InternalError(str(error)) from None
        self._accounts.clear_used()

    def keep_all(self, copies: dict[str, str] | None = None) -> tuple[()]:
        """Write whatever has changed: clocks, facts and keys too, and accounts that have gone; or undo it.

        ``copies`` names new accounts, each with the one that it is a copy of right now.
        """
        changes = Changes.none()
        changes.copy.update(copies or {})
        self._write([*self._tracker.gone(), *self._accounts.by_name], changes, common=True)
        self._accounts.clear_used()
        return ()

    def uncommitted(self) -> tuple[()]:
        """What an answer has to wait for: nothing, as every change is committed at once."""
        return ()

    def try_again(self) -> None:
        """Find out whether changes can be written, if they could not be the last time."""
        if self._has_failed:
            self.rows.commit(Changes.none())
            self._has_failed = False
            log.warning("changes can be written to %s again", self.rows.name)

    def sizes(self) -> dict[str, tuple[list[str], int]]:
        """The regions and the number of resources of every account on disk, without reading it."""
        return self.rows.sizes()

    def samples(self) -> Iterator[Sample]:
        """What it has to tell whoever asks for the metrics."""
        return store_samples(self._commits, self._undone, leads=True)

    def close(self) -> None:
        """Let go of the file; its log is in it then."""
        self.rows.close()

    def _write(self, names: list[str], changes: Changes, *, common: bool) -> None:
        """Write what has changed of these accounts and of the keys; where that cannot be, only these are undone."""
        try:
            self._tracker.credentials_changes(changes)
            for name in names:
                self._tracker.account_changes(name, changes, common=common)
            if not changes.is_empty():
                self.rows.commit(changes)
                self._commits += 1
        except Exception as error:
            self._undone += 1
            self._undo(names)
            self._tell(names, error)
            raise
        self._tracker.remember(changes)

    def _undo(self, names: list[str]) -> None:
        """Have of these accounts and of the keys exactly what is on disk; it is read again when it is asked for."""
        stored, texts = self.rows.contents()
        on_disk = {access_key_of(text): text for text in texts}
        keys = {access_key: on_disk.get(access_key) for access_key in self._accounts.changed_keys}
        self._tracker.put_back_some(names, set(stored).intersection(names), keys)

    def _tell(self, names: list[str], error: Exception) -> None:
        """Find out whether it is about these accounts only; log it, but not again for each request that is refused."""
        try:
            self.rows.commit(Changes.none())
        except StoreError:
            if not self._has_failed:
                reason = error.__cause__ or error
                log.error("changes cannot be written to %s (%s); requests are refused until they can", FILE, reason)  # noqa: TRY400
            self._has_failed = True
        else:
            log.error("a change of %s was undone, others go on: %s", ", ".join(names), error)

    def _read(self, name: str) -> Steps[Account]:
        """An account that is asked for the first time."""
        try:
            return (yield from self._tracker.restore(name, self.rows))
        except StoreError as error:
            log.error("account %s cannot be read: %s", name, error)  # noqa: TRY400 (the text says it all)
            raise InternalError(str(error)) from None
