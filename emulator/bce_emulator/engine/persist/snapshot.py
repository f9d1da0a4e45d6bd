"""What an account has at one moment, to be read in steps while the account goes on."""

from __future__ import annotations

from contextlib import suppress
from types import TracebackType
from typing import Any, NamedTuple, Self

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.collection import Collection, Kind
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.persist.state_snapshot import copy_of, export_common, export_lapsed, export_time


class NotedKind(NamedTuple):
    """The resources of a kind in a region, as they were listed; what each was, ``Snapshot.then`` says."""

    kind: type[Resource]
    collection: Collection[Any]
    serial: int
    gone: dict[str, int]
    resources: list[Resource]


class NotedRegion(NamedTuple):
    """What an account had in a region."""

    region: str
    numbers: dict[str, int]
    tokens: list[tuple[str, Remembered]]
    kinds: list[NotedKind]


class Snapshot:
    """An account as it was when this was made: a resource that is about to change is copied before it does."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.clock = export_time(account.clock)
        self._due = account.clock.unordered()
        self.common = {name: dict(value) for name, value in export_common(account).items()}
        self.regions = [
            NotedRegion(region.region, dict(region.last_numbers), list(region.tokens.kept.items()), _noted(region))
            for region in account.opened_regions()
        ]
        self._before: dict[Resource, Resource] = {}

    def __enter__(self) -> Self:
        """From now on take note of what changes."""
        for each in self._collections():
            each.watchers.append(self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What changes now is not noted any more."""
        for each in self._collections():
            with suppress(ValueError):
                each.watchers.remove(self._note)

    def then(self, resource: Kind) -> Kind:
        """A resource of this snapshot as it was."""
        return self._before.get(resource, resource)  # type: ignore[return-value]

    def lapsed(self, live: set[int]) -> list[dict[str, Any]]:
        """What the clock awaited of nobody any more; ``live`` are the numbers of what it awaited of resources."""
        return export_lapsed(self._due, live)

    def _note(self, resource: Resource) -> None:
        if resource not in self._before:
            self._before[resource] = copy_of(resource)

    def _collections(self) -> list[Collection[Any]]:
        return [noted.collection for region in self.regions for noted in region.kinds]


def _noted(region: Any) -> list[NotedKind]:
    return [
        NotedKind(kind, each, each.last_serial, dict(each.gone), list(each))
        for kind, each in sorted(region.collections.items(), key=lambda item: item[0].type_key())
        if each.last_serial
    ]
