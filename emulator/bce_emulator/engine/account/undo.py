"""What a call has changed, so that all of it can be taken back."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion
    from bce_emulator.engine.account.accounts import Account
    from bce_emulator.engine.account.clock import Agenda
    from bce_emulator.engine.account.collection import Collection
    from bce_emulator.engine.account.resource import Resource


class Before(NamedTuple):
    """An account as it was, but for its resources."""

    agenda: Agenda
    regions: dict[str, AccountRegion]
    numbers: dict[str, dict[str, int]]
    undo: Undo | None


class Undo:
    """Takes note, between ``with`` and its end, of what changes in an account and in those that are reached from it.

    A resource is noted before it changes or goes, and what is new is known by its position, so that it costs what is
    changed. Client tokens and minted keys are not looked at. Where it ``awaits_others``, none of these accounts goes on
    to one that is only on disk: ``OutOfTurn`` says that it has to be read first.
    """

    def __init__(self, account: Account, awaits_others: bool = False) -> None:
        self.awaits_others = awaits_others
        self._account = account
        self._around: Undo | None = None
        self._accounts: dict[Account, Before] = {}
        self._serials: dict[Collection[Any], int] = {}
        self._gone: dict[Collection[Any], OrderedDict[str, int]] = {}
        self._resources: dict[Resource, tuple[Collection[Any], dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        """From now on take note of what changes."""
        self._around = self._account.undo
        if self._around is not None and self._around.awaits_others:
            self.awaits_others = True
        self.watch(self._account)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What changes now is not noted any more."""
        for account, before in self._accounts.items():
            account.undo = before.undo
        for collection in self._serials:
            with suppress(ValueError):
                collection.watchers.remove(self._note)

    def watch(self, account: Account) -> None:
        """Take note of what changes in this account too; who has taken note around this does so as well."""
        if self._around is not None:
            self._around.watch(account)
        if account in self._accounts:
            return
        numbers = {name: dict(region.last_numbers) for name, region in account.regions.items()}
        self._accounts[account] = Before(account.clock.agenda(), dict(account.regions), numbers, account.undo)
        account.undo = self
        for region in account.regions.values():
            for collection in region.collections.values():
                self._serials[collection] = collection.last_serial
                collection.watchers.append(self._note)

    def take_back(self) -> None:
        """Have everything as it was."""
        for account, before in self._accounts.items():
            account.regions = before.regions
            for name, region in before.regions.items():
                region.last_numbers = before.numbers[name]
                for collection in region.collections.values():
                    collection.withdraw(self._serials.get(collection, 0))
        for resource, (collection, values) in self._resources.items():
            for name, value in values.items():
                if getattr(resource, name) is not value:
                    setattr(resource, name, value)
            if resource.collection is None:
                collection.add(resource)
        for collection, gone in self._gone.items():
            collection.gone = gone
        for account, before in self._accounts.items():
            account.clock.restore(before.agenda)

    def _note(self, resource: Resource) -> None:
        collection = resource.collection
        assert collection is not None
        if collection not in self._gone:
            self._gone[collection] = collection.gone.copy()
        if resource not in self._resources and resource.serial <= self._serials[collection]:
            self._resources[resource] = collection, {name: getattr(resource, name) for name in _names(resource)}


def _names(resource: Resource) -> Iterator[str]:
    return (each.name for each in fields(resource) if each.init)
