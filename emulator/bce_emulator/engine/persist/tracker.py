"""What of the accounts in memory is in the database already, and what is not."""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable
from typing import Any

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.persist.account_rows import common_of, credentials_text, restore
from bce_emulator.engine.persist.rows import COMMON, CREDENTIALS, NUMBERS, TOKEN, Changes, Key, Rows
from bce_emulator.engine.persist.state_snapshot import dump, export_token, fields_of
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.steps import Steps


class Tracker:
    """Works out what has changed. Which keys were given at the start is what it finds when it is made."""

    def __init__(self, accounts: StoredAccounts, regions: Several[str]) -> None:
        self.accounts = accounts
        self.configured = dict(accounts.credentials)
        self.known: dict[str, Account | None] = {}
        self.stored_credentials: dict[str, Credentials] = {}
        self._regions = regions
        self._rows: dict[str, dict[Key, bytes]] = {}
        self._counted: dict[tuple[str, str], int] = {}

    def learn(self, contents: tuple[Iterable[str], Iterable[bytes]]) -> None:
        """These accounts and keys are in the database; of what is in memory nothing is known any more."""
        names, keys = contents
        read = [Credentials(**orjson.loads(text)) for text in keys]
        self.stored_credentials = {each.access_key: each for each in read}
        self.known = dict.fromkeys(names)
        self._rows.clear()
        self._counted.clear()

    def put_back(self) -> None:
        """Have exactly what was learnt: everything else is forgotten, and read again when it is asked for."""
        stored = [each for key, each in self.stored_credentials.items() if key not in self.configured]
        self.accounts.put_back(self.known, [*self.configured.values(), *stored])

    def put_back_some(self, names: Several[str], stored: Iterable[str], keys: dict[str, bytes | None]) -> None:
        """Have of these accounts and keys what is in the database, which knows some of them."""
        for name in names:
            self.known.pop(name, None)
            self._rows.pop(name, None)
        self._counted = {key: count for key, count in self._counted.items() if key[0] not in names}
        self.known.update(dict.fromkeys(stored))
        self.accounts.put_back_some(names, stored)
        for access_key, text in keys.items():
            credentials = None if text is None else Credentials(**orjson.loads(text))
            self.stored_credentials.pop(access_key, None)
            if credentials is not None:
                self.stored_credentials[access_key] = credentials
            self.accounts.put_back_key(access_key, self.configured.get(access_key) or credentials)

    def touched(self, names: Iterable[str]) -> list[str]:
        """Those of these accounts that a request has changed."""
        return [name for name in names if self._is_touched(name)]

    def gone(self) -> list[str]:
        """The accounts that are in the database and no longer here."""
        return [name for name in self.known if name not in self.accounts]

    def account_changes(self, name: str, changes: Changes, *, common: bool) -> None:
        """Enter what an account has changed, with ``common`` also what no request can change."""
        account = self.accounts.by_name.get(name)
        is_new = self.known.get(name) is not account or account is None
        if is_new:
            changes.forget.append(name)
        if account is None:
            return
        if is_new or common:
            self._note((name, "", COMMON, ""), dump(common_of(account)), changes, is_new=is_new)
        for region in account.regions.values():
            self._change_region(region, changes, is_new=is_new)

    def credentials_changes(self, changes: Changes) -> None:
        """Enter which keys were made or removed."""
        now, stored = self.accounts.credentials, self.stored_credentials
        for access_key in self.accounts.changed_keys:
            credentials = now.get(access_key)
            if credentials is None:
                changes.delete.extend([_key_of(access_key)] if access_key in stored else [])
            elif access_key not in self.configured and stored.get(access_key) != credentials:
                changes.write[_key_of(access_key)] = credentials_text(credentials)

    def remember(self, changes: Changes) -> None:
        """These changes are in the database."""
        for touched in changes.touched:
            touched.clear()
        for name in changes.forget:
            self._rows.pop(name, None)
            account = self.accounts.by_name.get(name)
            if account is None:
                self.known.pop(name, None)
            else:
                self.known[name] = account
        self._counted.update(changes.counted)
        for key in changes.delete:
            if key[2] == CREDENTIALS:
                del self.stored_credentials[key[0]]
        for key, text in changes.write.items():
            if key[2] in {COMMON, NUMBERS}:
                self._rows.setdefault(key[0], {})[key] = text
            elif key[2] == CREDENTIALS:
                self.stored_credentials[key[0]] = self.accounts.credentials[key[0]]

    def restore(self, name: str, source: Rows) -> Steps[Account]:
        """An account as the database has it; it is known from when that is done."""
        rows = yield from source.of(name)
        account = yield from restore(self.accounts, name, rows, self._regions, source)
        self.known[name] = account
        self._rows[name] = {key: text for key, text in rows if key[2] in {COMMON, NUMBERS}}
        for region in account.regions.values():
            self._counted[(name, region.region)] = sum(region.last_numbers.values())
        return account

    def _is_touched(self, name: str) -> bool:
        account = self.accounts.by_name.get(name)
        if account is None:
            return name in self.known and name not in self.accounts
        if self.known.get(name) is not account:
            return True
        for region in account.regions.values():
            if region.tokens.touched or self._counted.get((name, region.region)) != sum(region.last_numbers.values()):
                return True
            for collection in region.collections.values():
                if collection.touched or collection.touched is None:
                    return True
        return False

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

    def _note(self, key: Key, text: bytes, changes: Changes, *, is_new: bool) -> None:
        if is_new or self._rows.get(key[0], {}).get(key) != text:
            changes.write[key] = text


def access_key_of(text: bytes) -> str:
    """The access key of a pair of keys that was kept."""
    access_key: str = orjson.loads(text)["access_key"]
    return access_key


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
