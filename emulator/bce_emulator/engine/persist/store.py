"""Accounts on disk: what a request has changed is in SQLite before its answer leaves.

One table of rows: each resource, each client token, and what is common to an account or to one of its regions. Only
what has changed is written, in one transaction for each request, and an account is read when it is first asked for.
What is large is written or removed in slices, between which others are served. How safe that is stands in
``docs/state.md``, and how it stays whole in ``docs/decisions/0014-generations-of-rows.md``.
"""

from __future__ import annotations

import asyncio
import logging
from collections import abc
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.engine.observe.metrics import Sample, store_samples
from bce_emulator.engine.persist.rows import AT_ONCE, Changes, Size, StoreError, account_of
from bce_emulator.engine.persist.sqlite_rows import SqliteRows
from bce_emulator.engine.persist.store_file import FILE
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.persist.tracker import Tracker, access_key_of
from bce_emulator.engine.steps import Shared, Steps, StepsAside, others_first, with_between

Result = TypeVar("Result")
log = logging.getLogger("bce_emulator")


class SqliteStore:
    """What keeps all accounts in a directory."""

    leads_alone = False
    """Whether others may serve in its place, so that a call that only reads has to ask it first too."""
    epoch = 0
    """Nobody else is ever elected."""

    def __init__(self, directory: str, accounts: StoredAccounts, regions: abc.Collection[str]) -> None:
        self._accounts, self.put_backs = accounts, accounts.put_backs
        self._tracker = Tracker(accounts, regions)
        self._has_failed = False
        self._commits = self._undone = 0
        self.rows = SqliteRows(directory, regions)
        contents = self.rows.contents()
        self._tracker.learn(contents)
        self._leftovers = set(contents.leftovers)
        accounts.note_stored(self._tracker.known)
        accounts.read = self._read
        for access_key, credentials in self._tracker.stored_credentials.items():
            if access_key not in self._tracker.configured:
                accounts.add_credentials(credentials)

    def attach(self, dispatcher: Dispatcher, apply_seed: Callable[[], None]) -> None:
        """Keep what requests to a dispatcher change, and at once the seed of accounts that are new."""
        apply_seed()
        self.keep_all()
        dispatcher.check, dispatcher.keep, dispatcher.write_out = self.check, self.save, self.write_out
        dispatcher.until_free = self.until_free

    def say_standing(self, say: Callable[[str, str], None]) -> None:
        """Say that it serves, as nobody else can."""
        say("ready", "")

    def check(self) -> None:
        """Refuse a request, before it has done anything, as long as nothing can be written.

        What one that waits has changed so far, as what was due goes in slices, is written first.
        """
        try:
            self.try_again()
        except StoreError as error:
            raise InternalError(str(error)) from None
        if self._accounts.used and self.until_free() is None:
            self.save()

    def save(self) -> None:
        """Write what the accounts that were used since the last time have changed, or undo and refuse the request."""
        used = self._accounts.used
        touched = self._tracker.touched(used)
        if touched or self._accounts.changed_keys:
            try:
                self._write(touched, common=())
            except StoreError as error:
                raise InternalError(str(error)) from None
        self._accounts.clear_used()
        if self._leftovers and self.until_free() is None:
            with suppress(StoreError):
                self._sweep_some()

    def keep_all(self, names: Iterable[str] | None = None) -> tuple[()]:
        """Write whatever has changed: clocks, facts and keys too, and accounts that have gone; or undo it.

        Where ``names`` are given, clocks and facts are those of these accounts only.
        """
        gone = self._tracker.gone(None if names is None else self._accounts.used)
        kept = [*gone, *self._accounts.in_hand(names)]
        self._write(kept, common=set(kept))
        self._accounts.clear_used()
        return ()

    def write_out(self, name: str) -> StepsAside[None]:
        """Write what is new of an account with which no other call has to do, so that the rest is one small commit.

        Until then it is as if that was not there.
        """
        account = self._accounts.by_name[name]
        with suppress(StoreError):  # which who keeps the rest meets too
            if self._tracker.known.get(name) is not account:
                yield from self.written_ahead(account)
            else:
                yield from self._new_rows(name)
        yield others_first  # all that is left is one transaction
        yield from self._freed()

    def written_ahead(self, account: Account) -> StepsAside[None]:
        """Write a large account that no call has to do with yet: to take its place is little work then."""
        if account.count() > AT_ONCE:
            yield from self._written_ahead(account)

    def keeping(self, name: str, steps: StepsAside[Result]) -> StepsAside[Result]:
        """Work in steps on an account of which what it has changed is written along the way, with the time.

        What it has changed of other accounts is written with that.
        """

        def write() -> None:
            self._accounts.finish(name)
            others = self._tracker.touched(self._accounts.used - {name})
            self._write([name, *others], common={name})
            self._accounts.clear_used()

        return with_between(steps, AT_ONCE, write, self.until_free)

    def until_free(self, reading: str = "") -> Shared | None:
        """What to wait for before something is written, which would wait for the disk otherwise; None if it would not.

        Nobody has to. Who is only ``reading`` an account waits if that has what is not kept yet.
        """
        work = self.rows.until_free()
        return work if work is not None and (not reading or self._tracker.touched([reading])) else None

    def sweep(self) -> Steps[None]:
        """Remove what is left of accounts that have gone, or that were replaced; later where who writes waits."""
        self._leftovers.update(self._tracker.unused())
        with suppress(StoreError):
            while self._leftovers and self.until_free() is None:
                self._sweep_some()
                yield

    def uncommitted(self) -> tuple[()]:
        """What an answer has to wait for: nothing, as every change is committed at once."""
        return ()

    def try_again(self) -> None:
        """Find out whether changes can be written, if they could not be the last time."""
        if self._has_failed:
            self.rows.commit(Changes.none())
            self._has_failed = False
            log.warning("changes can be written to %s again", self.rows.name)

    async def sizes(self) -> Callable[[str], Size | None]:
        """The regions and the number of resources of each account on disk, told once; they are counted in a thread."""
        return self._tracker.sizes_of(await asyncio.to_thread(self.rows.sizes))

    def samples(self) -> Iterator[Sample]:
        """What it has to tell whoever asks for the metrics."""
        return store_samples(self._commits, self._undone, leads=True)

    def close(self) -> None:
        """Let go of the file; its log is in it then."""
        self.rows.close()

    def _freed(self) -> StepsAside[None]:
        """Wait before something is written, unless nobody waits for these steps."""
        while (awaited := self.until_free()) is not None:
            yield awaited
            if not awaited.is_over:
                return

    def _new_rows(self, name: str) -> StepsAside[None]:
        yield from self._tracker.write_out(name)
        for changes in self._tracker.new_rows(name):
            yield from self._freed()
            self.rows.commit(changes)
            self._commits += 1
            yield None

    def _written_ahead(self, account: Account) -> StepsAside[None]:
        generation = self._tracker.new_generation(account.name)
        try:
            for changes in self._tracker.rows_ahead(account, generation):
                yield from self._freed()
                self.rows.commit(changes)
                self._commits += 1
                yield None
        except StoreError as error:
            self._tell([account.name], error)
            raise
        finally:
            if account not in self._tracker.ahead:
                self._leftovers.add(generation)

    def _sweep_some(self) -> None:
        generation = next(iter(self._leftovers))
        swept = self.rows.commit(Changes.none()._replace(sweep=[generation]))
        self._leftovers.difference_update(swept)

    def _write(self, names: list[str], *, common: Container[str]) -> None:
        """Write what has changed of these accounts and of the keys; where that cannot be, only these are undone.

        Of those that ``common`` names, that is also what no request can change.
        """
        changes = Changes.none()
        try:
            self._tracker.credentials_changes(changes)
            for name in names:
                self._tracker.account_changes(name, changes, common=name in common)
            if not changes.is_empty():
                self.rows.commit(changes)
                self._commits += 1
        except Exception as error:
            self._undone += 1
            self._undo(names)
            self._tell(names, error)
            raise
        self._tracker.remember(changes)
        self._leftovers.update(changes.left)

    def _undo(self, names: list[str]) -> None:
        """Have of these accounts and of the keys exactly what is on disk; it is read again when it is asked for."""
        contents = self.rows.contents()
        on_disk = {access_key_of(text): text for text in contents.keys}
        keys = {access_key: on_disk.get(access_key) for access_key in self._accounts.changed_keys}
        live = {account_of(generation): generation for generation in contents.live}
        self._tracker.put_back_some(names, live, keys)

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

    def _read(self, name: str) -> StepsAside[Account]:
        """An account that is asked for the first time."""
        try:
            return (yield from self._tracker.restore(name, self.rows))
        except StoreError as error:
            log.error("account %s cannot be read: %s", name, error)  # noqa: TRY400 (the text says it all)
            raise InternalError(str(error)) from None
