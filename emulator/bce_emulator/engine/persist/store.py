"""Accounts on disk: what a request has changed is in SQLite before its answer leaves.

One table of rows: each resource, each client token, and what is common to an account or to one of its regions. Only
what has changed is written, in one transaction for each request, and an account is read when it is first asked for.
How safe that is stands in ``docs/state.md``.
"""

from __future__ import annotations

import logging
import sqlite3
from collections import abc
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.persist.account_rows import common_of, credentials_text, restore
from bce_emulator.engine.persist.state_snapshot import dump, export_token, fields_of
from bce_emulator.engine.persist.store_file import (
    COMMON,
    COPY,
    COUNT,
    CREDENTIALS,
    FILE,
    LOG,
    NOTE,
    NUMBERS,
    TOKEN,
    WRITE,
    Count,
    Key,
    StoreError,
    checkpoint,
    contents_of,
    crc_change,
    crc_of,
    have_format,
    inspect,
    log_limit,
    open_for_one,
    prepare,
    result,
    rows_of,
    sizes_of,
)
from bce_emulator.engine.persist.stored_accounts import StoredAccounts

log = logging.getLogger("bce_emulator")

REFUSED = "nothing was changed"
UNCOUNTED = f"the change was made, but {COUNT} does not count it"
DELETE = "DELETE FROM kept WHERE account = ? AND region = ? AND kind = ? AND id = ?"
FORGET = "DELETE FROM kept WHERE account = ? AND kind <> ?"


class Changes(NamedTuple):
    """What to write, in this order, and what to remember once that is done.

    ``copy`` names accounts that get the rows of another where they have none.
    """

    forget: list[str]
    write: dict[Key, bytes]
    delete: list[Key]
    copy: dict[str, str]
    touched: list[dict[Any, Any]]
    counted: dict[tuple[str, str], int]

    @classmethod
    def none(cls) -> Changes:
        """Nothing yet."""
        return cls([], {}, [], {}, [], {})


class Store:
    """The file that keeps all accounts. It belongs to one process as long as it is open."""

    def __init__(self, directory: str, accounts: StoredAccounts, regions: abc.Collection[str]) -> None:
        self._accounts = accounts
        self._regions = regions
        self._configured = dict(accounts.credentials)
        self._known: dict[str, Account | None] = {}
        self._stored_credentials: dict[str, Credentials] = {}
        self._rows: dict[str, dict[Key, bytes]] = {}
        self._counted: dict[tuple[str, str], int] = {}
        self._has_failed = False
        self._path = path = Path(directory, FILE)
        self._log = path.with_name(LOG)
        try:
            prepare(path)
            self._number, seal = inspect(path, resource_types(), regions)
            self._connection = open_for_one(path)
        except sqlite3.Error as error:
            raise StoreError(result(error)) from None
        except OSError as error:
            raise StoreError(f"{error.strerror or error}") from None
        try:
            have_format(self._connection, self._number)
            self._load()
            self._count = Count(path, self._number, seal)
            self._log_limit = log_limit(path)
            if not seal:
                checkpoint(self._connection, self._number, self._count)
        except (StoreError, sqlite3.Error, OSError) as error:
            self._connection.close()
            if isinstance(error, StoreError):
                raise
            reason = result(error) if isinstance(error, sqlite3.Error) else f"{error.strerror or error}"
            raise StoreError(reason) from None

    def check(self) -> None:
        """Refuse a request, before it has done anything, as long as nothing can be written."""
        try:
            self.try_again()
        except StoreError as error:
            raise InternalError(str(error)) from None

    def save(self) -> None:
        """Write what the accounts that were used since the last time have changed, or undo and refuse the request."""
        used = self._accounts.used
        touched = [name for name in used if self._is_touched(name)]
        if touched or self._accounts.changed_keys:
            changes = Changes.none()
            self._change_credentials(changes)
            try:
                self._write(self._changes(touched, changes, common=False))
            except StoreError as error:
                raise InternalError(str(error)) from None
        self._accounts.clear_used()

    def save_all(self, copies: dict[str, str] | None = None) -> None:
        """Write whatever has changed: clocks, facts and keys too, and accounts that have gone; or undo it.

        ``copies`` names new accounts, each with the one that it is a copy of right now.
        """
        changes = Changes.none()
        changes.copy.update(copies or {})
        gone = [name for name in self._known if name not in self._accounts]
        self._change_credentials(changes)
        self._write(self._changes([*gone, *self._accounts.by_name], changes, common=True))
        self._accounts.clear_used()

    def try_again(self) -> None:
        """Find out whether changes can be written, if they could not be the last time."""
        if self._has_failed:
            self._commit(Changes.none())
            log.warning("changes can be written to %s again", FILE)

    def sizes(self) -> dict[str, tuple[list[str], int]]:
        """The regions and the number of resources of every account on disk, without reading it."""
        return sizes_of(self._connection)

    def close(self) -> None:
        """Let go of the file; its log is in it then."""
        checkpoint(self._connection, self._number, self._count)
        self._connection.close()
        self._count.close()

    def _is_touched(self, name: str) -> bool:
        account = self._accounts.by_name.get(name)
        if account is None:
            return name in self._known and name not in self._accounts
        if self._known.get(name) is not account:
            return True
        for region in account.regions.values():
            if region.tokens.touched or self._counted.get((name, region.region)) != sum(region.last_numbers.values()):
                return True
            for collection in region.collections.values():
                if collection.touched or collection.touched is None:
                    return True
        return False

    def _changes(self, names: Iterable[str], changes: Changes, *, common: bool) -> Changes:
        for name in names:
            account = self._accounts.by_name.get(name)
            is_new = self._known.get(name) is not account or account is None
            if is_new:
                changes.forget.append(name)
            if account is None:
                continue
            if is_new or common:
                self._note((name, "", COMMON, ""), dump(common_of(account)), changes, is_new=is_new)
            for region in account.regions.values():
                self._change_region(region, changes, is_new=is_new)
        return changes

    def _change_region(self, region: AccountRegion, changes: Changes, *, is_new: bool) -> None:
        name, region_name = region.name, region.region
        is_copy = name in changes.copy
        serials = {}
        for kind, collection in region.collections.items():
            serials[kind.type_key()] = collection.last_serial
            if is_new or collection.touched is None:
                collection.touched = {} if is_copy else dict.fromkeys(collection.gone) | collection.by_id
            if collection.touched:
                _change_collection(name, region_name, kind, collection, changes)
        tokens = region.tokens
        if is_new or tokens.touched is None:
            tokens.touched = {} if is_copy else dict(tokens.kept)
        if tokens.touched:
            _change_tokens(name, region_name, tokens.touched, changes)
        numbers = orjson.dumps({"numbers": region.last_numbers, "serials": serials})
        self._note((name, region_name, NUMBERS, ""), numbers, changes, is_new=is_new)
        changes.counted[(name, region_name)] = sum(region.last_numbers.values())

    def _change_credentials(self, changes: Changes) -> None:
        now, stored = self._accounts.credentials, self._stored_credentials
        for access_key in self._accounts.changed_keys:
            credentials = now.get(access_key)
            if credentials is None:
                changes.delete.extend([_key_of(access_key)] if access_key in stored else [])
            elif access_key not in self._configured and stored.get(access_key) != credentials:
                changes.write[_key_of(access_key)] = credentials_text(credentials)

    def _note(self, key: Key, text: bytes, changes: Changes, *, is_new: bool) -> None:
        if is_new or self._rows.get(key[0], {}).get(key) != text:
            changes.write[key] = text

    def _write(self, changes: Changes) -> None:
        if changes.forget or changes.write or changes.delete:
            self._commit(changes)
        self._remember(changes)

    def _commit(self, changes: Changes) -> None:
        connection, number = self._connection, self._number + 1
        try:
            connection.execute("BEGIN IMMEDIATE")
            for name in changes.forget:
                connection.execute(FORGET, (name, CREDENTIALS))
            for key in changes.delete:
                connection.execute(DELETE, key)
            connection.execute(NOTE, (number,))
            for key, text in changes.write.items():
                connection.execute(WRITE, (*key, text, crc_of(key, text), number))
            for target, source in changes.copy.items():
                change = crc_change(source, target)
                connection.execute(COPY, {"source": source, "target": target, "change": change, "but": CREDENTIALS})
            connection.execute("COMMIT")
            self._number = number
            self._count.note(number)
            self._has_failed = False
        except (sqlite3.Error, OSError) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            self._undo(error)
            reason = UNCOUNTED if self._number == number else REFUSED
            raise StoreError(f"nothing can be written to {FILE} ({error}); {reason}") from None
        self._empty_log()

    def _empty_log(self) -> None:
        """Move the log into the file when it has become large; where that cannot be, try again when it is larger."""
        size = self._log.stat().st_size
        if size > self._log_limit:
            done = checkpoint(self._connection, self._number, self._count)
            self._log_limit = log_limit(self._path) + (0 if done else size)

    def _undo(self, error: Exception) -> None:
        """Have exactly what is on disk: everything else is forgotten, and read again when it is asked for."""
        if not self._has_failed:
            log.error("changes cannot be written to %s (%s); requests are refused until they can", FILE, error)
        self._has_failed = True
        self._learn()
        stored = [each for key, each in self._stored_credentials.items() if key not in self._configured]
        self._accounts.put_back(self._known, [*self._configured.values(), *stored])
        self._rows.clear()
        self._counted.clear()

    def _learn(self) -> None:
        """Find out which accounts and keys are on disk."""
        names, keys = contents_of(self._connection)
        read = [Credentials(**orjson.loads(text)) for text in keys]
        self._stored_credentials = {each.access_key: each for each in read}
        self._known = dict.fromkeys(names)

    def _remember(self, changes: Changes) -> None:
        for touched in changes.touched:
            touched.clear()
        for name in changes.forget:
            self._rows.pop(name, None)
            account = self._accounts.by_name.get(name)
            if account is None:
                del self._known[name]
            else:
                self._known[name] = account
        self._counted.update(changes.counted)
        for key in changes.delete:
            if key[2] == CREDENTIALS:
                del self._stored_credentials[key[0]]
        for key, text in changes.write.items():
            if key[2] in {COMMON, NUMBERS}:
                self._rows.setdefault(key[0], {})[key] = text
            elif key[2] == CREDENTIALS:
                self._stored_credentials[key[0]] = self._accounts.credentials[key[0]]

    def _load(self) -> None:
        """Learn which accounts and keys there are; whether the rows of an account fit is seen when it is asked for."""
        self._learn()
        self._accounts.note_stored(self._known)
        self._accounts.read = self._read
        for access_key, credentials in self._stored_credentials.items():
            if access_key not in self._configured:
                self._accounts.add_credentials(credentials)

    def _read(self, name: str) -> Account:
        """An account that is asked for the first time."""
        try:
            rows = list(rows_of(self._connection, name))
            account = self._known[name] = restore(self._accounts, name, rows, self._regions)
        except (StoreError, sqlite3.Error) as error:
            reason = str(error) if isinstance(error, StoreError) else result(error)
            log.error("account %s cannot be read: %s", name, reason)  # noqa: TRY400 (the text says it all)
            raise InternalError(reason) from None
        self._rows[name] = {key: text for key, text in rows if key[2] in {COMMON, NUMBERS}}
        for region in account.regions.values():
            self._counted[(name, region.region)] = sum(region.last_numbers.values())
        return account


def _change_collection(
    name: str, region: str, kind: type[Resource], collection: Collection[Any], changes: Changes
) -> None:
    assert collection.touched is not None
    for id_, resource in collection.touched.items():
        key = (name, region, kind.type_key(), id_)
        if resource is not None:
            changes.write[key] = dump(fields_of(resource))
        elif id_ in collection.gone:
            changes.write[key] = b"%d" % collection.gone[id_]
        else:
            changes.delete.append(key)
    changes.touched.append(collection.touched)


def _change_tokens(name: str, region: str, touched: dict[str, Remembered | None], changes: Changes) -> None:
    for token, kept in touched.items():
        key = (name, region, TOKEN, token)
        if kept is None:
            changes.delete.append(key)
        else:
            changes.write[key] = dump(export_token(token, kept))
    changes.touched.append(touched)


def _key_of(access_key: str) -> Key:
    return (access_key, "", CREDENTIALS, "")
