"""The way that traffic takes: what it comes by, what was decided there by which rule, and what stopped it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.reachability.rules import RULES

THERE, BACK = "there", "back"
Found = TypeVar("Found")
MAX_UNUSED = 1_000
"""How many unused rules are listed."""


class Hop(NamedTuple):
    """A decision on the way; ``by`` is the id of the account's own rule that made it, ``rule`` what it follows."""

    leg: str
    concern: str
    kind: str
    id: str
    passes: bool
    text: str
    rule: str
    by: str = ""
    remedy: str = ""

    def show(self) -> dict[str, Any]:
        """The hop as it is answered."""
        rule = RULES[self.rule]
        return {
            "leg": self.leg,
            "concern": self.concern,
            "kind": self.kind,
            "id": self.id,
            "passes": self.passes,
            "text": self.text,
            "by": self.by,
            "rule": {"name": self.rule, "says": rule.says, "basis": rule.basis, "page": rule.page},
        }


class RuleOnTheWay(NamedTuple):
    """A rule of something that traffic came by."""

    concern: str
    owner: str
    id: str
    text: str


class Stopped(Exception):
    """Traffic ends here; the last hop says why."""


@dataclass
class Tried:
    """How many backends of load balancers were looked at, and how many were left when enough had been."""

    count: int = 0
    left: int = 0


@dataclass
class Walk:
    """The hops so far, and the rules of what was on the way, if they are wanted; the target is what is to be reached.

    What branches have in common: the rules, how many backends were ``tried``, and what was worked out ``once`` for all.
    It is forgotten with the answer.
    """

    hops: list[Hop] = field(default_factory=list)
    rules: dict[str, RuleOnTheWay] = field(default_factory=dict)
    tried: Tried = field(default_factory=Tried)
    known: dict[Hashable, Any] = field(default_factory=dict)
    leg: str = THERE
    depth: int = 0
    target: Resource | None = None
    notes_rules: bool = True

    def passed(self, concern: str, at: Resource | None, text: str, rule: str, by: str = "") -> None:
        """Traffic gets on."""
        self.hops.append(Hop(self.leg, concern, _kind(at), at.id if at else "", True, text, rule, by))

    def stopped(self, concern: str, at: Resource | None, text: str, rule: str, remedy: str, by: str = "") -> Stopped:
        """Traffic ends, and what would let it pass; to be raised."""
        self.hops.append(Hop(self.leg, concern, _kind(at), at.id if at else "", False, text, rule, by, remedy))
        return Stopped()

    def once(self, about: Hashable, find: Callable[[], Found]) -> Found:
        """What was found out about something, the first time that a branch asked for it."""
        if about not in self.known:
            self.known[about] = find()
        found: Found = self.known[about]
        return found

    def comes_by(self, about: Hashable, rules: Iterable[RuleOnTheWay]) -> None:
        """Note the rules of something on the way; those of the same are looked at once."""
        if self.notes_rules and about not in self.known:
            self.known[about] = None
            for rule in rules:
                self.rules.setdefault(rule.id, rule)

    def unused(self) -> list[RuleOnTheWay]:
        """The rules on the way that have decided nothing."""
        used = {hop.by for hop in self.hops}
        return [rule for rule in self.rules.values() if rule.id not in used]

    @contextmanager
    def going_back(self) -> Iterator[None]:
        """What happens meanwhile is about the answer."""
        before, self.leg = self.leg, BACK
        yield
        self.leg = before

    def branch(self) -> Walk:
        """A walk of its own from here on, which may lead nowhere."""
        return replace(self, hops=list(self.hops), depth=self.depth + 1, target=None)

    def follow(self, branch: Walk) -> None:
        """Have a branch be the way."""
        self.hops = branch.hops


def _kind(at: Resource | None) -> str:
    return at.type_key() if at is not None else ""
