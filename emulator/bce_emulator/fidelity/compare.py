"""Holds the emulator against a recording: plays it, and notes what differs."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from bce_emulator.cloud import CATALOGUE
from bce_emulator.fidelity.alignment import Alignment
from bce_emulator.fidelity.differences import ABSENT, Differences
from bce_emulator.fidelity.exchange import Recorded
from bce_emulator.fidelity.granted import Maker, answered_with, asked_about, is_write, taken_for_granted, words_of
from bce_emulator.fidelity.names import Names
from bce_emulator.fidelity.player import Player
from bce_emulator.fidelity.statuses import Statuses
from bce_emulator.settings import SettingError

NOT_EMULATED = 501
FAILED = 500
"""From this status on the cloud itself failed, which says nothing of the emulator."""


@dataclass(slots=True)
class Comparison:
    """What came of it: the differences, how many exchanges of each operation were played, and what was not judged."""

    differences: Differences
    played: Counter[str] = field(default_factory=Counter)
    not_judged: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, operation and reason of each exchange that was not held against the emulator's answer."""
    not_made: list[str] = field(default_factory=list)
    """Resources that the recording took for granted, and that could not be made."""
    stood_in: list[str] = field(default_factory=list)
    """Names that something else of the emulator stood for."""
    kinds: set[str] = field(default_factory=set)
    """The kinds of resource whose statuses were compared."""

    @property
    def subjects(self) -> set[str]:
        """Everything of which a difference could have been found."""
        return {*self.played, *self.kinds}


def compare(exchanges: list[Recorded]) -> Comparison:
    """Play a recording against a fresh account."""
    for number, recorded in enumerate(exchanges, 1):
        if recorded.operation not in CATALOGUE.entries and recorded.operation not in CATALOGUE.operations:
            raise SettingError(f"exchange {number} is of {recorded.operation!r}, which is no operation")
    return asyncio.run(_Compare(exchanges).run())


class _Compare:
    def __init__(self, exchanges: list[Recorded]) -> None:
        self._exchanges = exchanges
        self._names = Names(exchanges)
        self._player = Player(exchanges[0].at)
        self._result = Comparison(Differences())
        self._statuses = Statuses(self._player, self._names, self._result.differences)
        self._lost: set[str] = set()
        self._asked: set[str] = set()

    async def run(self) -> Comparison:
        """Make what was there before, then play one exchange after the other."""
        try:
            maker = Maker(self._player, self._names)
            self._result.not_made = await maker.make(taken_for_granted(self._exchanges, self._names))
            self._result.stood_in = maker.stood_in
            self._lost.update(self._result.not_made)
            for line, recorded in enumerate(self._exchanges, 1):
                self._player.move(recorded.at, self._statuses.sample)
                await self._exchange(line, recorded, maker)
            self._statuses.compare()
            self._result.kinds = self._statuses.kinds
        finally:
            self._player.emulator.close()
        return self._result

    async def _exchange(self, line: int, recorded: Recorded, maker: Maker) -> None:
        named = asked_about(recorded, self._names)
        self._asked |= words_of(recorded)
        if is_write(recorded) and recorded.status < 400:
            for name in named | answered_with(recorded, self._names):
                self._statuses.touch(name, recorded.at)
        reason = ""
        if recorded.status >= FAILED:
            reason = "the cloud failed"
        elif lost := {name for name in named & self._lost if name not in self._names}:
            reason = f"it is about {min(lost)}, which is not there"
        if reason:
            self._lost |= answered_with(recorded, self._names) - named if is_write(recorded) else set()
            self._result.not_judged.append((line, recorded.operation, reason))
            return
        self._statuses.begin(recorded, line)
        status, ours = await self._player.play(recorded, self._names)
        if recorded.status < 400 <= status and self._statuses.hurry(named | words_of(recorded)):
            status, ours = await self._player.play(recorded, self._names)
        self._statuses.sample()
        self._result.played[recorded.operation] += 1
        self._judge(line, recorded, status, ours, maker)

    def _judge(self, line: int, recorded: Recorded, status: int, ours: Any, maker: Maker) -> None:
        def note(kind: str, where: str, theirs: Any, here: Any) -> None:
            self._result.differences.note(recorded.operation, kind, where, theirs, here, line)

        if status == NOT_EMULATED:
            note("emulated", "", recorded.status, ABSENT)
        elif recorded.status != status:
            note(
                "status",
                f"{recorded.status}->{status}",
                f"{recorded.status} {recorded.code}",
                f"{status} {ours.get('code', '')}",
            )
        if recorded.status < 400 <= status and is_write(recorded):
            self._lost |= {name for name in answered_with(recorded, self._names) if name not in self._names}
        if status == NOT_EMULATED or (recorded.status < 400) != (status < 400):
            return
        if status >= 400:
            self._judge_refusal(recorded, ours, note)
            return
        alignment = Alignment(self._names, maker.is_name, note)
        alignment.follow = self._statuses.follow
        alignment.asked = self._asked
        alignment.compare(recorded.answer, ours)

    def _judge_refusal(self, recorded: Recorded, ours: Any, note: Any) -> None:
        code = ours.get("code", "")
        if recorded.code != code:
            note("code", f"{recorded.code}->{code}", recorded.code, code)
            return
        if not isinstance(recorded.answer, dict):
            note("type", "", "text", "object")
            return
        message = recorded.answer.get("message")
        if not isinstance(message, str) or self._names.here(message) != ours["message"]:
            note("message", code, message, ours["message"])
        for name in recorded.answer.keys() ^ ours.keys():
            note(
                "missing" if name in recorded.answer else "added",
                name,
                recorded.answer.get(name, ABSENT),
                ours.get(name, ABSENT),
            )
