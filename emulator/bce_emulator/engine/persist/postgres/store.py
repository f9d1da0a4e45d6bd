"""Accounts in PostgreSQL: an answer leaves when what it says is committed, and the leader alone answers.

Requests are handled on the event loop and change memory at once; what they have changed goes to the thread of
``leadership``, and their answers wait for it. So does the answer of who has seen such a change. Where a commit fails,
the accounts in it are read from the database again before they serve.
"""

from __future__ import annotations

import asyncio
import logging
from collections import abc, deque
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

import psycopg

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.errors import InternalError, ServiceUnavailable
from bce_emulator.engine.http.dispatch import Dispatcher
from bce_emulator.engine.observe.metrics import Sample, store_samples
from bce_emulator.engine.persist.postgres.clock import now
from bce_emulator.engine.persist.postgres.group import Group, Unit
from bce_emulator.engine.persist.postgres.leadership import Committed, Elected, Event, Following, Leadership, Lost
from bce_emulator.engine.persist.postgres.reader import Reader
from bce_emulator.engine.persist.postgres.session import check_address, reason_of
from bce_emulator.engine.persist.rows import AT_ONCE, CREDENTIALS, Changes, Contents, Size, StoreError
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.persist.tracker import Tracker, access_key_of
from bce_emulator.engine.steps import Steps, StepsAside, Until, others_first, with_between

Result = TypeVar("Result")
log = logging.getLogger("bce_emulator")
logging.getLogger("psycopg").setLevel(logging.ERROR)  # what it warns of ends a session, which is told here

UNDONE = "the change could not be committed ({}); nothing was changed"
UNKNOWN = "the connection to the database was lost ({}) during a commit; whether the change was made is not known"
NOT_SENT = "the connection to the database was lost ({}); nothing was changed"
CLOSED = "the emulator stops; nothing was changed"


class PostgresStore:
    """What keeps all accounts in a database, as long as this replica leads."""

    leads_alone = True
    epoch: int | None = None
    """Since which election this replica leads; None if it does not."""

    def __init__(self, database: str, address: str, accounts: StoredAccounts, regions: abc.Collection[str]) -> None:
        check_address(database)
        self._apply_seed: Callable[[], None] = lambda: None
        self._accounts, self.put_backs = accounts, accounts.put_backs
        self._tracker = Tracker(accounts, regions)
        self._events: deque[Event] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._why, self._leader = "no leader was elected yet", ""
        self._is_connected = False
        self._say: Callable[[str, str], None] | None = None
        self._commits = self._undone = 0
        self._open = Group(0)
        self._under_way: Group | None = None
        self._uncommitted: dict[str, Unit] = {}
        self._live: dict[str, str] = {}
        self._keys: dict[str, bytes] = {}
        self._reader = Reader(database)
        accounts.read = self._read
        self._leadership = Leadership(database, address, self._reported)

    def attach(self, dispatcher: Dispatcher, apply_seed: Callable[[], None]) -> None:
        """Keep what requests to a dispatcher change as long as this replica leads; new accounts are seeded then."""
        self._apply_seed = apply_seed
        dispatcher.check, dispatcher.commit, dispatcher.write_out = self.check, self.keep, self.write_out
        self._leadership.start()

    def say_standing(self, say: Callable[[str, str], None]) -> None:
        """Say whether this replica leads, who does otherwise or what it waits for, as soon as the database has told."""
        self._loop = asyncio.get_running_loop()
        self._say = say
        self._take_notice()

    def check(self) -> None:
        """Refuse a request if this replica does not lead.

        What one that waits has changed so far, as what was due goes in slices, is committed first.
        """
        self.try_again()
        if self._accounts.used:
            self.keep()

    def try_again(self) -> None:
        """Take notice of what was reported, and refuse if this replica does not lead."""
        self._loop = asyncio.get_running_loop()
        self._take_notice()
        if self.epoch is None:
            raise ServiceUnavailable(f"{self._why}; nothing was changed", self._leader)
        if now() >= self._leadership.lease:
            raise ServiceUnavailable("the database does not answer; nothing was changed")

    def keep(self) -> list[asyncio.Future[None]]:
        """Have what a request has changed committed; what its answer has to wait for."""
        if self.epoch is None:
            return []
        used = self._accounts.used
        touched = self._tracker.touched(used)
        if touched or self._accounts.changed_keys:
            self._enter(touched, set(used), common=())
        units = {unit for name in used if (unit := self._uncommitted.get(name)) is not None}
        self._accounts.clear_used()
        return [unit.done for unit in units]

    def keep_all(self, names: Iterable[str] | None = None) -> list[asyncio.Future[None]]:
        """The same for a control call, which can see whatever there is, and change the clocks and facts of these."""
        if self.epoch is None:
            return []
        gone = self._tracker.gone(None if names is None else self._accounts.used)
        names = [*gone, *self._accounts.in_hand(names)]
        used = self._accounts.used | set(self._accounts.changed_keys)
        self._enter([name for name in names if name in used], used, common=used)
        for name in names:
            if name not in used:
                self._enter([name], {name}, common={name})
        self._accounts.clear_used()
        return self.uncommitted()

    def write_out(self, name: str) -> StepsAside[None]:
        """Write out what is new of an account with which no other call has to do, so that to enter it takes little."""
        yield from self._tracker.write_out(name)
        yield others_first  # all of it is entered at once

    def written_ahead(self, account: Account) -> StepsAside[None]:
        """Write a large account that no call has to do with yet: to take its place is little work then.

        It is left where nobody waits for what the thread does.
        """
        if account.count() <= AT_ONCE:
            return
        epoch, generation = self.epoch, self._tracker.new_generation(account.name)
        try:
            for changes in self._tracker.rows_ahead(account, generation):
                self._check_epoch(epoch, "nothing was changed")
                unit = self._unit({generation}, changes)
                self._send()
                yield Until(unit.done)
                if not unit.done.done():
                    return
                unit.done.result()
        finally:
            if account not in self._tracker.ahead and self.epoch == epoch:
                self._sweep([generation])

    def keeping(self, name: str, steps: StepsAside[Result]) -> StepsAside[Result]:
        """Work in steps on an account of which what it has changed is committed along the way, with the time."""
        epoch = self.epoch

        def enter() -> None:
            self._check_epoch(epoch, "whether all of it was done is not known")
            self._accounts.finish(name)
            others = self._tracker.touched(self._accounts.used - {name})
            self._enter([name, *others], {name, *others}, common={name})
            self._accounts.clear_used()

        return with_between(steps, AT_ONCE, enter, self.until_free)

    def until_free(self) -> None:
        """What to wait for before something is written: nothing, as a thread writes it."""

    def sweep(self) -> Steps[None]:
        """Remove what was written ahead of accounts that nobody wants any more; the thread does that."""
        self._sweep(self._tracker.unused())
        yield

    def uncommitted(self) -> list[asyncio.Future[None]]:
        """What an answer has to wait for that may say anything of what is in memory."""
        return [unit.done for unit in dict.fromkeys(self._uncommitted.values())]

    async def sizes(self) -> Callable[[str], Size | None]:
        """The regions and the number of resources of each account in the database, told once; a thread counts them."""
        try:
            return self._tracker.sizes_of(await asyncio.to_thread(self._reader.sizes))
        except psycopg.Error as error:
            raise ServiceUnavailable(reason_of(error)) from None

    def samples(self) -> Iterator[Sample]:
        """What it has to tell whoever asks for the metrics."""
        return store_samples(self._commits, self._undone, leads=self.epoch is not None)

    def close(self) -> None:
        """Let go of the lock, and of the connections."""
        self._leadership.stop()
        self.epoch = None
        self._give_up(CLOSED, CLOSED)
        self._reader.close()

    def _check_epoch(self, epoch: int | None, known: str) -> None:
        """Refuse to go on with what was begun in an epoch that is over: nobody would ever commit it."""
        if self.epoch is None or self.epoch != epoch:
            raise ServiceUnavailable(f"{self._why}; {known}", self._leader)

    def _enter(self, touched: Iterable[str], names: set[str], *, common: Container[str]) -> None:
        """Put what these accounts have changed into the next commit; ``names`` are those that it depends on.

        Of those that ``common`` names, that is also what no request can change.
        """
        changes, keys = Changes.none(), list(self._accounts.changed_keys)
        try:
            self._tracker.credentials_changes(changes)
            for name in touched:
                self._tracker.account_changes(name, changes, common=name in common)
        except Exception as error:
            self._add(names, keys, Changes.none()).reason = reason_of(error)
            self._send()
            raise
        if not changes.is_empty():
            self._tracker.remember(changes)
            self._add(names, keys, changes)
            self._send()

    def _add(self, names: set[str], keys: list[str], changes: Changes) -> Unit:
        self._accounts.changed_keys.clear()
        unit = self._unit(names, changes, keys)
        self._uncommitted.update(dict.fromkeys(unit.names, unit))
        return unit

    def _unit(self, names: set[str], changes: Changes, keys: Iterable[str] = ()) -> Unit:
        unit = self._open.unit_for(names)
        unit.add(names, keys, changes)
        return unit

    def _sweep(self, generations: list[str]) -> None:
        """Have these removed with the next commit, unless they are live by then."""
        if generations and self.epoch is not None:
            self._unit(set(generations), Changes.none()._replace(sweep=generations))
            self._send()

    def _send(self) -> None:
        """Have what is there committed, unless a commit is under way; what cannot be written is undone then too."""
        if self._under_way is None and self._open.units and self.epoch is not None:
            group, self._open = self._open, Group(self.epoch)
            spoilt = [unit for unit in group.units if unit.reason]
            group.units = [unit for unit in group.units if not unit.reason]
            self._undo(spoilt)
            if group.units:
                self._under_way = group
                self._leadership.commit(group)

    def _reported(self, event: Event) -> None:
        """Called in the thread."""
        self._events.append(event)
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop may have ended
                self._loop.call_soon_threadsafe(self._take_notice)

    def _take_notice(self) -> None:
        while self._events:
            event = self._events.popleft()
            if isinstance(event, Committed):
                self._committed(event)
            elif isinstance(event, Elected):
                self._elected(event)
            elif isinstance(event, Following):
                self._why, self._leader, self._is_connected = "another replica leads", event.address, True
                log.info("the replica at %s leads", event.address or "no address")
            else:
                self._lost(event)
            if self._say is not None:
                say, self._say = self._say, None
                say(*self._standing())

    def _standing(self) -> tuple[str, str]:
        if self.epoch is not None:
            return "ready", "this replica leads"
        if self._is_connected:
            return "standby", f"the replica at {self._leader or 'an unknown address'} leads"
        return "waiting", self._why

    def _elected(self, event: Elected) -> None:
        log.info("this replica leads: epoch %d", event.epoch)
        self.epoch, self._leader, self._is_connected = event.epoch, "", True
        self._open, self._under_way = Group(event.epoch), None
        contents = event.contents
        self._tracker.learn(contents)
        self._live = dict(self._tracker.generations)
        self._keys = {access_key_of(text): text for text in contents.keys}
        self._tracker.put_back()
        self._apply_seed()
        self.keep_all()
        self._sweep(contents.leftovers)

    def _lost(self, event: Lost) -> None:
        """What is in memory may be true no longer: nothing of it is left."""
        log.warning("the session with the database has ended, or cannot begin: %s", event.reason)
        self._why, self._leader = f"there is no connection to the database ({event.reason})", ""
        self.epoch, self._is_connected = None, False
        self._give_up(UNKNOWN.format(event.reason), NOT_SENT.format(event.reason))
        self._tracker.learn(Contents([], [], []))
        self._tracker.put_back()

    def _give_up(self, unknown: str, not_sent: str) -> None:
        for group, reason in ((self._under_way, unknown), (self._open, not_sent)):
            for unit in group.units if group is not None else ():
                unit.end(ServiceUnavailable(reason))
        self._open, self._under_way = Group(0), None
        self._uncommitted.clear()

    def _committed(self, event: Committed) -> None:
        group, self._under_way = self._under_way, None
        assert group is not None
        reasons = dict(event.failed)
        self._commits += len(reasons) < len(group.units)
        self._undone += len(reasons)
        for unit in group.units:
            if unit not in reasons:
                self._note(unit.changes)
                self._forget(unit)
                unit.end()
        failed = []
        for unit, reason in reasons.items():
            unit.reason = reason
            failed.append(unit)
            for later in [each for each in self._open.units if not each.names.isdisjoint(unit.names)]:
                later.reason = reason
                self._open.units.remove(later)
                failed.append(later)
        self._undo(failed)
        self._send()

    def _note(self, changes: Changes) -> None:
        """These are in the database."""
        for name, generation in changes.placed.items():
            self._live.pop(name, None)
            if generation is not None:
                self._live[name] = generation
        for key in changes.delete:
            if key[2] == CREDENTIALS:
                self._keys.pop(key[0], None)
        for key, text in changes.write.items():
            if key[2] == CREDENTIALS:
                self._keys[key[0]] = text
        if changes.left:
            self._unit(set(changes.left), Changes.none()._replace(sweep=changes.left))

    def _undo(self, units: list[Unit]) -> None:
        """Have of these accounts and keys what is in the database, and tell who waits."""
        for unit in units:
            log.error("a change of %s was undone, others go on: %s", ", ".join(sorted(unit.names)), unit.reason)
            keys = {key: self._keys.get(key) for key in unit.keys}
            self._tracker.put_back_some(unit.names, self._live, keys)
            self._forget(unit)
            unwanted = [generation for generation in unit.changes.placed.values() if generation is not None]
            if unwanted:
                self._unit(set(unwanted), Changes.none()._replace(sweep=unwanted))
            unit.end(InternalError(UNDONE.format(unit.reason)))

    def _forget(self, unit: Unit) -> None:
        for name in unit.names:
            if self._uncommitted.get(name) is unit:
                del self._uncommitted[name]

    def _read(self, name: str) -> StepsAside[Account]:
        """An account that is asked for the first time."""
        try:
            return (yield from self._tracker.restore(name, self._reader))
        except psycopg.Error as error:
            raise ServiceUnavailable(f"account {name} cannot be read: {reason_of(error)}") from None
        except StoreError as error:
            log.error("account %s cannot be read: %s", name, error)  # noqa: TRY400 (the text says it all)
            raise InternalError(str(error)) from None
