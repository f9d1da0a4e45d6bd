"""What of the accounts in memory is in the database already, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Collection as Several
from itertools import chain, islice
from typing import Any, NamedTuple

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Credentials
from bce_emulator.engine.account.collection import Collection
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.persist.account_rows import common_of, credentials_text, restore
from bce_emulator.engine.persist.rows import (
    AT_ONCE,
    COMMON,
    CREDENTIALS,
    NUMBERS,
    TOKEN,
    Changes,
    Contents,
    Key,
    Rows,
    Size,
    account_of,
    common_key,
    leftover_key,
    number_of,
)
from bce_emulator.engine.persist.state_snapshot import dump, export_token, fields_of
from bce_emulator.engine.persist.stored_accounts import StoredAccounts
from bce_emulator.engine.steps import Steps, StepsAside, emptied


class Texts(NamedTuple):
    """Resources of a collection as they were written out; they are no longer that when it has another version.

    Those that are ``written`` are in the database.
    """

    version: int
    by_resource: dict[Resource, bytes]
    written: set[Resource]


NOTHING = Texts(0, {}, set())


class Tracker:
    """Works out what has changed. Which keys were given at the start is what it finds when it is made.

    ``ahead`` has accounts whose rows are in the database although they have not taken their place there yet.
    """

    def __init__(self, accounts: StoredAccounts, regions: Several[str]) -> None:
        self.accounts = accounts
        self.configured = dict(accounts.credentials)
        self.known: dict[str, Account | None] = {}
        self.generations: dict[str, str] = {}
        self.ahead: dict[Account, str] = {}
        self._last_generation = 0
        self.stored_credentials: dict[str, Credentials] = {}
        self._regions = regions
        self._rows: dict[str, dict[Key, bytes]] = {}
        self._texts: dict[str, dict[Collection[Any], Texts]] = {}
        self._counted: dict[tuple[str, str], int] = {}
        self._unfinished: dict[str, list[Key]] = {}

    def learn(self, contents: Contents) -> None:
        """These accounts and keys are in the database; of what is in memory nothing is known any more."""
        read = [Credentials(**orjson.loads(text)) for text in contents.keys]
        self.stored_credentials = {each.access_key: each for each in read}
        self.generations = {account_of(generation): generation for generation in contents.live}
        self.known = dict.fromkeys(self.generations)
        self._last_generation = max(map(number_of, (*contents.live, *contents.leftovers)), default=0)
        self.ahead.clear()
        self._texts.clear()
        self._rows.clear()
        self._unfinished.clear()
        self._counted.clear()

    def put_back(self) -> None:
        """Have exactly what was learnt: everything else is forgotten, and read again when it is asked for."""
        stored = [each for key, each in self.stored_credentials.items() if key not in self.configured]
        self.accounts.put_back(self.known, [*self.configured.values(), *stored])

    def put_back_some(self, names: Several[str], live: Mapping[str, str], keys: dict[str, bytes | None]) -> None:
        """Have of these accounts and keys what is in the database, where some of the accounts have a generation."""
        stored = {name: live[name] for name in names if name in live}
        for name in names:
            self.known.pop(name, None)
            self.generations.pop(name, None)
            self._rows.pop(name, None)
            self._texts.pop(name, None)
            self._unfinished.pop(name, None)
        self._counted = {key: count for key, count in self._counted.items() if key[0] not in names}
        self.known.update(dict.fromkeys(stored))
        self.generations.update(stored)
        self.accounts.put_back_some(names, stored)
        for access_key, text in keys.items():
            credentials = None if text is None else Credentials(**orjson.loads(text))
            self.stored_credentials.pop(access_key, None)
            if credentials is not None:
                self.stored_credentials[access_key] = credentials
            self.accounts.put_back_key(access_key, self.configured.get(access_key) or credentials)

    def touched(self, names: Iterable[str]) -> list[str]:
        """Those of these accounts that a request has changed, but for those that are being changed in steps."""
        return [name for name in names if name not in self.accounts.work and self._is_touched(name)]

    def write_out(self, name: str) -> Steps[None]:
        """Write out what an account has changed, which may be much and changes no more until that is entered."""
        account, texts = self.accounts.by_name[name], self._texts.setdefault(name, {})
        for region in account.regions.values():
            for collection in region.collections.values():
                of_these = texts[collection] = Texts(collection.version, {}, set())
                for number, resource in enumerate(list(_touched(collection).values()), 1):
                    if resource is not None:
                        of_these.by_resource[resource] = dump(fields_of(resource))
                    if number % AT_ONCE == 0:
                        yield
        yield

    def new_rows(self, name: str) -> Iterator[Changes]:
        """Rows of new resources that were written out, some at a time, where those of an account are many.

        They count when the row ``NUMBERS`` of their region has their serials: ``restore`` leaves out all others.
        """
        generation, texts = self.generations[name], self._texts[name]
        rows: list[tuple[Texts, Resource, Key]] = []
        for region in self.accounts.by_name[name].regions.values():
            serials = self._serials(name, (generation, region.region, NUMBERS, ""))
            for kind, collection in region.collections.items():
                place, of_these = (generation, region.region, kind.type_key()), texts[collection]
                last = serials.get(kind.type_key(), 0)
                rows += [(of_these, each, (*place, each.id)) for each in of_these.by_resource if each.serial > last]
        if len(rows) <= AT_ONCE:
            return
        if name in self._unfinished:  # their keys may be the same
            yield Changes.none()._replace(delete=self._unfinished[name])
            del self._unfinished[name]
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            yield Changes.none()._replace(write={key: of.by_resource[resource] for of, resource, key in some})
            for of_these, resource, _ in some:
                of_these.written.add(resource)

    def _serials(self, name: str, key: Key) -> dict[str, int]:
        """The last serials of a region as the database has them."""
        text = self._rows.get(name, {}).get(key)
        serials: dict[str, int] = {} if text is None else orjson.loads(text)["serials"]
        return serials

    def gone(self, names: Iterable[str] | None = None) -> list[str]:
        """The accounts that are in the database and no longer here, of these or of all."""
        chosen = self.known if names is None else (name for name in sorted(names) if name in self.known)
        return [name for name in chosen if name not in self.accounts]

    def account_changes(self, name: str, changes: Changes, *, common: bool) -> None:
        """Enter what an account has changed, with ``common`` also what no request can change."""
        account = self.accounts.by_name.get(name)
        changes.delete.extend(self._unfinished.pop(name, ()))
        is_new = self.known.get(name) is not account or account is None
        if account is None and name in self.accounts:
            return  # it was put back to what the database has
        if is_new:
            self._place(name, account, changes)
        if account is None:
            return
        generation = changes.placed.get(name) or self.generations[name]
        texts = self._texts.pop(name, {})
        if is_new or common:
            self._note(common_key(generation), dump(common_of(account)), changes, is_new=is_new)
        for region in account.regions.values():
            self._change_region(region, generation, changes, texts, is_new=is_new and account not in self.ahead)

    def new_generation(self, name: str) -> str:
        """A generation of an account that the database has no row of."""
        self._last_generation += 1
        return f"{name}/{self._last_generation}"

    def rows_ahead(self, account: Account, generation: str) -> Iterator[Changes]:
        """Every row of an account that nobody else has yet, some at a time; from now on its changes are noted."""
        yield Changes.none()._replace(write={leftover_key(generation): b"{}"})
        rows = chain.from_iterable(_rows_of(region, generation) for region in account.regions.values())
        while some := dict(islice(rows, AT_ONCE)):
            yield Changes.none()._replace(write=some)
        self.ahead[account] = generation

    def sizes_of(self, found: dict[str, Size]) -> Callable[[str], Size | None]:
        """What was found of generations, as what an account has, and let go of then: of many that takes long."""
        return lambda name: found.pop(self.generations.get(name, ""), None)

    def unused(self) -> list[str]:
        """Generations that were written ahead for accounts of which nobody wants to know any more."""
        unused = [each for each in self.ahead if self.accounts.by_name.get(each.name) is not each]
        return [self.ahead.pop(each) for each in unused]

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
        for name, generation in changes.placed.items():
            self._rows.pop(name, None)
            account = self.accounts.by_name.get(name)
            if account is None or generation is None:
                self.known.pop(name, None)
                self.generations.pop(name, None)
            else:
                self.known[name] = account
                self.generations[name] = generation
                self.ahead.pop(account, None)
        self._counted.update(changes.counted)
        for key in changes.delete:
            if key[2] == CREDENTIALS:
                del self.stored_credentials[key[0]]
        for key, text in changes.write.items():
            if key[2] in {COMMON, NUMBERS}:
                self._rows.setdefault(account_of(key[0]), {})[key] = text
            elif key[2] == CREDENTIALS:
                self.stored_credentials[key[0]] = self.accounts.credentials[key[0]]

    def restore(self, name: str, source: Rows) -> StepsAside[Account]:
        """An account as the database has it; it is known from when that is done."""
        rows = yield from source.of(self.generations[name])
        common: dict[Key, bytes] = {}
        account, unfinished = yield from restore(self.accounts, name, _taken(rows, common), self._regions, source)
        if unfinished:
            self._unfinished[name] = unfinished
        self.known[name] = account
        self._rows[name] = common
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

    def _place(self, name: str, account: Account | None, changes: Changes) -> None:
        """Have an account take the place of the one that the database has, if any: none of its rows is looked at."""
        before = self.generations.get(name)
        if before is not None:
            changes.delete.append(common_key(before))
            changes.write[leftover_key(before)] = b"{}"
            changes.left.append(before)
        changes.placed[name] = None
        if account in self.ahead:
            changes.placed[name] = self.ahead[account]
            changes.delete.append(leftover_key(self.ahead[account]))
        elif account is not None:
            changes.placed[name] = self.new_generation(name)

    def _change_region(
        self,
        region: AccountRegion,
        generation: str,
        changes: Changes,
        texts: dict[Collection[Any], Texts],
        *,
        is_new: bool,
    ) -> None:
        name, region_name = region.name, region.region
        serials = {}
        for kind, collection in region.collections.items():
            serials[kind.type_key()] = collection.last_serial
            if is_new:
                collection.touched = None
            if _touched(collection):
                _change_collection(
                    (generation, region_name, kind.type_key()), collection, changes, texts.get(collection)
                )
        tokens = region.tokens
        if is_new or tokens.touched is None:
            tokens.touched = dict(tokens.kept)
        if tokens.touched:
            _change_tokens(generation, region_name, tokens.touched, changes)
        numbers = orjson.dumps({"numbers": region.last_numbers, "serials": serials})
        self._note((generation, region_name, NUMBERS, ""), numbers, changes, is_new=is_new)
        changes.counted[(name, region_name)] = sum(region.last_numbers.values())

    def _note(self, key: Key, text: bytes, changes: Changes, *, is_new: bool) -> None:
        if is_new or self._rows.get(account_of(key[0]), {}).get(key) != text:
            changes.write[key] = text


def access_key_of(text: bytes) -> str:
    """The access key of a pair of keys that was kept."""
    access_key: str = orjson.loads(text)["access_key"]
    return access_key


def _taken(rows: list[tuple[Key, bytes]], common: dict[Key, bytes]) -> Iterator[tuple[Key, bytes]]:
    """Each row, let go of when it was met, but for those that are compared with what is to be written."""
    rows.reverse()
    for key, text in emptied(rows):
        if key[2] == COMMON or key[2] == NUMBERS:
            common[key] = text
        yield key, text


def _rows_of(region: AccountRegion, generation: str) -> Iterator[tuple[Key, bytes]]:
    """Every resource and client token in a region; from now on, what changes is noted.

    Resources, whose order their serials say, come in the order of the database's index, so that each slice writes few
    of its pages.
    """
    name = region.region
    for kind, collection in region.collections.items():
        collection.touched = {}
        for id_, serial in collection.gone.items():
            yield (generation, name, kind.type_key(), id_), b"%d" % serial
        for id_ in sorted(collection.by_id):
            yield (generation, name, kind.type_key(), id_), dump(fields_of(collection.by_id[id_]))
    region.tokens.touched = {}
    for token, kept in region.tokens.kept.items():
        yield (generation, name, TOKEN, token), dump(export_token(token, kept))


def _touched(collection: Collection[Any]) -> dict[str, Any]:
    """What has changed; where nobody has kept that so far, all that there is."""
    if collection.touched is None:
        collection.touched = dict.fromkeys(collection.gone) | collection.by_id
    return collection.touched


def _change_collection(
    place: tuple[str, str, str], collection: Collection[Any], changes: Changes, texts: Texts | None
) -> None:
    assert collection.touched is not None
    as_written = texts if texts is not None and texts.version == collection.version else NOTHING
    for id_, resource in collection.touched.items():
        key = (*place, id_)
        if resource is not None:
            if resource not in as_written.written:
                changes.write[key] = as_written.by_resource.get(resource) or dump(fields_of(resource))
        elif id_ in collection.gone:
            changes.write[key] = b"%d" % collection.gone[id_]
        else:
            changes.delete.append(key)
    changes.touched.append(collection.touched)


def _change_tokens(generation: str, region: str, touched: dict[str, Remembered | None], changes: Changes) -> None:
    for token, kept in touched.items():
        key = (generation, region, TOKEN, token)
        if kept is None:
            changes.delete.append(key)
        else:
            changes.write[key] = dump(export_token(token, kept))
    changes.touched.append(touched)


def _key_of(access_key: str) -> Key:
    return (access_key, "", CREDENTIALS, "")
