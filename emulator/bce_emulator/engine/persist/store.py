"""Accounts on disk: what a request has changed is in SQLite before its answer leaves.

One table of rows: each resource, each client token, and what is common to an account or to one of its regions. Only
what has changed is written, in one transaction for each request. How safe that is stands in ``docs/state.md``.
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
from bce_emulator.engine.account.accounts import Account, Accounts, Credentials
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.errors import InternalError
from bce_emulator.engine.persist.state_schema import FORMAT, DocumentError, read_document
from bce_emulator.engine.persist.state_snapshot import build, dump, export_common, export_token, fields_of
from bce_emulator.engine.persist.store_file import (
    COPY,
    COUNT,
    FILE,
    LEFT,
    Count,
    Key,
    StoreError,
    crc_change,
    crc_of,
    inspect,
    open_for_one,
    prepare,
    result,
    rows_of,
)

log = logging.getLogger("bce_emulator")

COMMON, CREDENTIALS, NUMBERS, TOKEN = "(common)", "(credentials)", "(numbers)", "(token)"
"""The kinds of rows that are no resources."""

COMMIT: Key = ("", "", "(commit)", "")
"""The row of a commit that only deletes: the greatest number of all rows is that of the last commit."""

WRITE = """
INSERT INTO kept VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET json = excluded.json, crc = excluded.crc, number = excluded.number
"""
DELETE = "DELETE FROM kept WHERE account = ? AND region = ? AND kind = ? AND id = ?"
FORGET = "DELETE FROM kept WHERE account = ? AND kind <> ?"


class WatchedAccounts(Accounts):
    """Accounts that tell which of them were used."""

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.used: set[str] = set()

    def open(self, name: str) -> Account:
        """The account of this name, made on first use."""
        self.used.add(name)
        return super().open(name)


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

    def __init__(self, directory: str, accounts: WatchedAccounts, regions: abc.Collection[str]) -> None:
        self._accounts = accounts
        self._given = set(accounts.credentials)
        self._known: dict[str, Account] = {}
        self._rows: dict[Key, bytes] = {}
        self._counted: dict[tuple[str, str], int] = {}
        self._has_failed = False
        path = Path(directory, FILE)
        try:
            prepare(path)
            self._number = inspect(path)
            self._connection = open_for_one(path)
            self._count = Count(path.with_name(COUNT))
        except sqlite3.Error as error:
            raise StoreError(result(error)) from None
        except OSError as error:
            raise StoreError(f"{error.strerror or error}") from None
        try:
            self._load(regions)
        except StoreError:
            self.close()
            raise

    def save(self) -> None:
        """Write what the accounts that were used since the last time have changed, or refuse the request."""
        used = self._accounts.used
        touched = [name for name in used if self._is_touched(name)]
        if touched:
            try:
                self._write(self._changes(touched, Changes.none(), common=False))
            except StoreError as error:
                raise InternalError(f"the change was made, but {error}") from None
        used.clear()

    def save_all(self, copies: dict[str, str] | None = None) -> None:
        """Write whatever has changed: clocks, facts and keys too, and accounts that have gone.

        ``copies`` names new accounts, each with the one that it is a copy of right now.
        """
        by_name = self._accounts.by_name
        changes = Changes.none()
        changes.copy.update(copies or {})
        changes.forget.extend(name for name in self._known if name not in by_name)
        self._change_credentials(changes)
        self._write(self._changes(by_name, changes, common=True))
        for name in changes.forget:
            if name not in by_name:
                self._known.pop(name, None)
        self._accounts.used.clear()

    def try_again(self) -> None:
        """Write what could not be written the last time, if there is such a thing."""
        if self._has_failed:
            self.save_all()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._count.close()

    def _is_touched(self, name: str) -> bool:
        account = self._accounts.by_name.get(name)
        if self._known.get(name) is not account or account is None:
            return account is not None
        for region in account.regions.values():
            if region.tokens.touched or self._counted.get((name, region.region)) != sum(region.ids_made.values()):
                return True
            for collection in region.collections.values():
                if collection.touched or collection.touched is None:
                    return True
        return False

    def _changes(self, names: Iterable[str], changes: Changes, *, common: bool) -> Changes:
        for name in names:
            account = self._accounts.by_name.get(name)
            if account is None:
                continue
            is_new = self._known.get(name) is not account
            if is_new:
                changes.forget.append(name)
                self._forget_rows(name)
            if is_new or common:
                self._note((name, "", COMMON, ""), dump(_common(account)), changes)
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
        numbers = orjson.dumps({"numbers": region.ids_made, "serials": serials})
        self._note((name, region_name, NUMBERS, ""), numbers, changes)
        changes.counted[(name, region_name)] = sum(region.ids_made.values())

    def _change_credentials(self, changes: Changes) -> None:
        now = {
            (key, "", CREDENTIALS, ""): orjson.dumps(_as_json(credentials))
            for key, credentials in self._accounts.credentials.items()
            if key not in self._given
        }
        for key, text in now.items():
            self._note(key, text, changes)
        changes.delete.extend(key for key in self._rows if key[2] == CREDENTIALS and key not in now)

    def _note(self, key: Key, text: bytes, changes: Changes) -> None:
        if self._rows.get(key) != text:
            changes.write[key] = text

    def _forget_rows(self, name: str) -> None:
        for key in [key for key in self._rows if key[0] == name and key[2] != CREDENTIALS]:
            del self._rows[key]

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
            for key, text in (changes.write or {COMMIT: b"{}"}).items():
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
            self._note_failure(error)
            raise StoreError(f"it could not be written to {FILE} ({error})") from None

    def _note_failure(self, error: Exception) -> None:
        if not self._has_failed:
            log.error("changes cannot be written to %s (%s); requests are refused until they can", FILE, error)
        self._has_failed = True

    def _remember(self, changes: Changes) -> None:
        for touched in changes.touched:
            touched.clear()
        self._counted.update(changes.counted)
        for key in changes.delete:
            self._rows.pop(key, None)
        self._rows.update(
            (key, text) for key, text in changes.write.items() if key[2] in {COMMON, CREDENTIALS, NUMBERS}
        )
        for name in changes.forget:
            account = self._accounts.by_name.get(name)
            if account is not None:
                self._known[name] = account

    def _load(self, regions: abc.Collection[str]) -> None:
        contents: dict[str, dict[str, Any]] = {}
        for key, text in rows_of(self._connection):
            account, region, kind, _ = key
            if key == COMMIT:
                continue
            if kind in {COMMON, CREDENTIALS, NUMBERS}:
                self._rows[key] = text
            if kind == CREDENTIALS:
                credentials = Credentials(**orjson.loads(text))
                self._accounts.credentials.setdefault(credentials.access_key, credentials)
            else:
                _enter(contents.setdefault(account, {"regions": {}}), region, key, text)
        for name, content in contents.items():
            self._accounts.by_name[name] = self._known[name] = self._restore(name, content, regions)
        self._accounts.used.clear()

    def _restore(self, name: str, content: dict[str, Any], regions: abc.Collection[str]) -> Account:
        if "clock" not in content:
            raise StoreError(f"{FILE} is damaged (account {name!r} is not whole); {LEFT}")
        blank = self._accounts.blank(name)
        at = content["clock"].pop("at", 0.0)
        content["clock"]["now"] = at if content["clock"]["frozen"] else blank.clock.now() + at
        for region in content["regions"].values():
            for collection in region["kinds"].values():
                collection["kept"].sort(key=lambda facts: facts["serial"])
        try:
            document = read_document(orjson.dumps({"format": FORMAT, "account": name} | content), regions)
        except DocumentError as error:
            raise StoreError(f"{FILE}, account {name}: {error}; {LEFT}") from None
        account = build(self._accounts, name, document)
        for region in account.regions.values():
            region.tokens.touched = {}
            for collection in region.collections.values():
                collection.touched = {}
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


def _common(account: Account) -> dict[str, Any]:
    """What a request cannot change; the time is kept as it stands, or as its distance from the wall clock."""
    clock = account.clock
    return export_common(account) | {"clock": {"frozen": clock.frozen, "pace": clock.pace, "at": clock.setting}}


def _as_json(credentials: Credentials) -> dict[str, Any]:
    return {name: getattr(credentials, name) for name in Credentials.__slots__}


def _enter(content: dict[str, Any], region: str, key: Key, text: bytes) -> None:
    """Put a row where the document of its account has it."""
    _, _, kind, id_ = key
    value = orjson.loads(text)
    if kind == COMMON:
        content.update(value)
        return
    place = content["regions"].setdefault(region, {"numbers": {}, "tokens": [], "kinds": {}})
    if kind == NUMBERS:
        place["numbers"] = value["numbers"]
        for name, serial in value["serials"].items():
            _collection(place, name)["serial"] = serial
    elif kind == TOKEN:
        place["tokens"].append(value)
    elif isinstance(value, int):
        _collection(place, kind)["gone"][id_] = value
    else:
        _collection(place, kind)["kept"].append(value)


def _collection(place: dict[str, Any], kind: str) -> dict[str, Any]:
    made: dict[str, Any] = place["kinds"].setdefault(kind, {"serial": 0, "gone": {}, "kept": []})
    return made
