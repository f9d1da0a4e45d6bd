"""Which statuses resources had, and for how long, on both sides.

The emulator knows when each status ends by itself; a recording only when it was seen, so what it says are bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bce_emulator.engine.account.resource import Resource
from bce_emulator.fidelity.alignment import STATUS
from bce_emulator.fidelity.differences import Differences
from bce_emulator.fidelity.exchange import Recorded
from bce_emulator.fidelity.names import Names
from bce_emulator.fidelity.player import Player

TOLERANCE = 0.5
"""Seconds by which a status may last longer or shorter without a word."""


@dataclass(slots=True)
class Seen:
    """A status of the cloud's resource: between which moments it was first seen, and last."""

    status: str
    first_at: float
    first_end: float
    last_at: float
    line: int
    begun_at: float | None = None
    """When it can have begun at the earliest; unknown for what was there before."""


@dataclass(slots=True)
class Had:
    """A status of the emulator's resource: since when, and when it ends by itself, if it does."""

    status: str
    since: float
    until: float | None


class Statuses:
    """What was seen of each resource, by the cloud's name of it."""

    def __init__(self, player: Player, names: Names, differences: Differences) -> None:
        self._player = player
        self._names = names
        self._differences = differences
        self._seen: dict[str, list[Seen]] = {}
        self._had: dict[str, list[Had]] = {}
        self._kinds: dict[str, str] = {}
        self._touched: dict[str, float] = {}
        self._now: tuple[Recorded, int] | None = None

    def touch(self, name: str, moment: float) -> None:
        """A request changed the resource of this name, or made it."""
        self._touched[name] = moment

    def begin(self, recorded: Recorded, line: int) -> None:
        """Be ready for an exchange: what the cloud says is over is over here too."""
        self._now = recorded, line
        for item in _with_status(recorded.answer):
            resource = self._resource(item)
            if resource is None or resource.pending is None or resource.status == item[STATUS]:
                continue
            then = resource.pending.then
            if resource.lifecycle.shown_as.get(then, then) == item[STATUS]:
                account, _ = self._player.find(resource.id) or (None, None)
                if account is not None:
                    account.complete(resource)
        self.sample()

    def hurry(self, named: set[str]) -> bool:
        """End what is under way with these here, as it must be over in the cloud; answers whether anything was."""
        hurried = False
        for name in sorted(named):
            account, resource = self._player.named(self._names.here(name)) or (None, None)
            if account is None or resource is None or resource.pending is None or self._now is None:
                continue
            had, (recorded, line) = self._had[resource.id][-1], self._now
            if had.until is not None:
                sides = f"at most {recorded.at - had.since:g} s", f"{had.until - had.since:g} s"
                self._differences.note(resource.type_key(), "duration", had.status, *sides, line)
            account.complete(resource)
            hurried = True
        return hurried

    def sample(self) -> None:
        """Note the statuses of now."""
        for _, resource in self._player.resources():
            had = self._had.setdefault(resource.id, [])
            if not had or had[-1].status != resource.status:
                self._kinds[resource.id] = resource.type_key()
                pending = resource.pending
                ends = (
                    pending is not None
                    and resource.lifecycle.shown_as.get(pending.then, pending.then) != resource.status
                )
                had.append(
                    Had(resource.status, self._player.now, pending.due if pending is not None and ends else None)
                )

    def follow(self, theirs: dict[str, Any], ours: dict[str, Any]) -> bool:
        """Note the status of an object, if it is the one of a resource that both sides have."""
        name = self._name(theirs)
        resource = self._resource(theirs)
        if (
            resource is None
            or self._now is None
            or resource.status != ours[STATUS]
            or not isinstance(theirs[STATUS], str)
        ):
            return False
        recorded, line = self._now
        seen = self._seen.setdefault(name, [])
        end = recorded.at + recorded.seconds
        if seen and seen[-1].status == theirs[STATUS]:
            seen[-1].last_at = recorded.at
        else:
            begun = [
                moment for moment in (self._touched.get(name), seen[-1].last_at if seen else None) if moment is not None
            ]
            seen.append(Seen(theirs[STATUS], recorded.at, end, recorded.at, line, max(begun, default=None)))
        return True

    @property
    def kinds(self) -> set[str]:
        """The kinds of the resources whose statuses were seen on both sides."""
        return {self._kinds[here] for name in self._seen if (here := self._names.here(name)) in self._kinds}

    def compare(self) -> None:
        """Note what differs, when everything was played."""
        for name, seen in self._seen.items():
            ours = self._names.here(name)
            self._compare(self._kinds.get(ours, "?"), seen, self._had.get(ours, []))

    def _compare(self, kind: str, seen: list[Seen], had: list[Had]) -> None:
        note = self._differences.note
        begun = seen[0].first_at if seen[0].begun_at is None else seen[0].begun_at
        at = max((index for index, each in enumerate(had) if each.since <= begun), default=0)
        for index, each in enumerate(seen):
            later = seen[index + 1] if index + 1 < len(seen) else None
            found = next((place for place in range(at, len(had)) if had[place].status == each.status), None)
            if found is None:
                note(kind, "lifecycle", each.status, _in_turn(seen), _in_turn(had), each.line)
                continue
            for place in range(at, found):
                self._check_unseen(kind, had[place], each)
            self._check_lasted(kind, had[found], each, later)
            at = found + 1 if later is None or later.status != each.status else found

    def _check_unseen(self, kind: str, ours: Had, next_seen: Seen) -> None:
        """A status that the recording has not may have been over before anybody looked."""
        if ours.until is None or next_seen.begun_at is None:
            return
        lasted, most = ours.until - ours.since, next_seen.first_end - next_seen.begun_at
        if lasted > most + TOLERANCE and ours.since >= next_seen.begun_at - TOLERANCE:
            self._differences.note(
                kind, "duration", ours.status, f"at most {most:g} s", f"{lasted:g} s", next_seen.line
            )

    def _check_lasted(self, kind: str, ours: Had, theirs: Seen, later: Seen | None) -> None:
        least = theirs.last_at - theirs.first_end
        most = later.first_end - theirs.begun_at if later is not None and theirs.begun_at is not None else None
        if ours.until is None:
            return
        lasted = ours.until - ours.since
        if lasted < least - TOLERANCE:
            self._differences.note(kind, "duration", ours.status, f"at least {least:g} s", f"{lasted:g} s", theirs.line)
        elif most is not None and lasted > most + TOLERANCE:
            self._differences.note(kind, "duration", ours.status, f"at most {most:g} s", f"{lasted:g} s", theirs.line)

    def _name(self, item: dict[str, Any]) -> str:
        member = self._names.own_member(item)
        return item[member] if member and item[member] in self._names else ""

    def _resource(self, item: dict[str, Any]) -> Resource | None:
        name = self._name(item)
        found = self._player.find(self._names.here(name)) if name else None
        return found[1] if found is not None else None


def _in_turn(statuses: Iterable[Seen | Had]) -> str:
    """Statuses as a report shows them."""
    return "→".join(dict.fromkeys(each.status for each in statuses))


def _with_status(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in an answer that has a status."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            if isinstance(each.get(STATUS), str):
                yield each
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
