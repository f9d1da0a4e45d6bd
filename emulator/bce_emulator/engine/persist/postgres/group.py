"""Group commit: what requests have changed while a commit was under way goes together into the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bce_emulator.engine.persist.rows import Changes


class Unit:
    """Changes that depend on each other, as they are of the same accounts: they are made together or not at all."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.keys: set[str] = set()
        self.changes = Changes.none()
        self.reason = ""
        """Why they cannot be made, where that is known."""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def add(self, names: Iterable[str], keys: Iterable[str], changes: Changes) -> None:
        """Have further changes follow those that are there."""
        self.names.update(names)
        self.keys.update(keys)
        append(self.changes, changes)

    def end(self, error: Exception | None = None) -> None:
        """Tell who waits that it is committed, or that it is not."""
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
            self.done.exception()  # it may be that nobody waits


class Group:
    """The units of one commit of an epoch. No two of them are about the same account."""

    def __init__(self, epoch: int) -> None:
        self.epoch = epoch
        self.units: list[Unit] = []

    def unit_for(self, names: set[str]) -> Unit:
        """The unit that these accounts belong to from now on; those that they belonged to become one."""
        meant = [unit for unit in self.units if not unit.names.isdisjoint(names)]
        if not meant:
            self.units.append(Unit())
            return self.units[-1]
        first, *others = meant
        for other in others:
            first.reason = first.reason or other.reason
            first.add(other.names, other.keys, other.changes)
            first.done.add_done_callback(lambda done, other=other: other.end(done.exception()))  # type: ignore[misc]
            self.units.remove(other)
        return first

    def changes(self) -> Changes:
        """What all units change."""
        whole = Changes.none()
        for unit in self.units:
            append(whole, unit.changes)
        return whole


def append(whole: Changes, later: Changes) -> None:
    """Have later changes follow, where what is deleted is deleted first; what is swept is written no more."""
    for key in later.delete:
        whole.write.pop(key, None)
        whole.delete.append(key)
    whole.write.update(later.write)
    whole.sweep.extend(later.sweep)
    whole.placed.update(later.placed)
    whole.left.extend(later.left)
