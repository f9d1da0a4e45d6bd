"""The way that traffic takes: what it comes by, what was decided there by which rule, and what stopped it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from bce_emulator.engine.account.resource import Resource
from bce_emulator.reachability.rules import RULES
from bce_emulator.reachability.sentence import Sentence, say

THERE, BACK = "there", "back"
Found = TypeVar("Found")
MAX_UNUSED = 1_000
"""How many unused rules are listed."""


class Hop(NamedTuple):
    """A decision on the way, in an account; ``by`` is the id of its own rule that made it, ``rule`` what it follows."""

    leg: str
    concern: str
    at: Resource | None
    passes: bool
    says: Sentence
    rule: str
    account: str
    by: str = ""
    remedy: Sentence | None = None

    def show(self) -> dict[str, Any]:
        """The hop as it is answered."""
        rule = RULES[self.rule]
        return {
            "leg": self.leg,
            "concern": self.concern,
            "kind": self.at.type_key() if self.at is not None else "",
            "id": self.at.id if self.at is not None else "",
            "passes": self.passes,
            "text": str(self.says),
            "says": self.says.show(),
            "by": self.by,
            "rule": {"name": self.rule, "says": rule.says, "basis": rule.basis, "page": rule.page},
        }

    def show_stop(self) -> dict[str, Any]:
        """The same of the last hop, with what would let it pass."""
        assert self.remedy is not None
        return self.show() | {"remedy": str(self.remedy), "remedySays": self.remedy.show()}

    def without_rules(self) -> Hop:
        """What somebody sees of it who may not see the account: that it passes, or is stopped."""
        says = say("it lets it pass" if self.passes else "it stops it")
        remedy = None if self.passes else say("the other account lets it pass")
        return Hop(self.leg, "other account", None, self.passes, says, "peer.account", self.account, "", remedy)


def visible(hops: Iterable[Hop], may_see: Callable[[str], bool]) -> list[Hop]:
    """The hops for somebody who may see some accounts: of each way through another one there is one hop."""
    shown: list[Hop] = []
    for hop in hops:
        each = hop if may_see(hop.account) else hop.without_rules()
        if each is not hop and shown and shown[-1][:2] == each[:2] and shown[-1].account == each.account:
            shown.pop()
        shown.append(each)
    return shown


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
    rules: dict[tuple[str, str], RuleOnTheWay] = field(default_factory=dict)
    tried: Tried = field(default_factory=Tried)
    known: dict[Hashable, Any] = field(default_factory=dict)
    account: str = ""
    """Whose network it is in."""
    leg: str = THERE
    depth: int = 0
    target: Resource | None = None
    notes_rules: bool = True
    notes_hops: bool = True
    """Of most branches nobody asks more than whether they lead to an end."""

    def settles(self, passes: bool) -> bool:
        """Whether nobody wants to know more of a decision than how it ends; if it stops traffic, that is Stopped."""
        if self.notes_hops:
            return False
        if not passes:
            raise Stopped
        return True

    def passed(self, concern: str, at: Resource | None, text: Sentence, rule: str, by: str = "") -> None:
        """Traffic gets on."""
        if self.notes_hops:
            self.hops.append(Hop(self.leg, concern, at, True, text, rule, self.account, by))

    def stopped(
        self, concern: str, at: Resource | None, text: Sentence, rule: str, remedy: Sentence, by: str = ""
    ) -> Stopped:
        """Traffic ends, and what would let it pass; to be raised."""
        if self.notes_hops:
            self.hops.append(Hop(self.leg, concern, at, False, text, rule, self.account, by, remedy))
        return Stopped()

    def once(self, about: Hashable, find: Callable[[], Found]) -> Found:
        """What was found out about something, the first time that a branch asked for it."""
        if about not in self.known:
            self.known[about] = find()
        found: Found = self.known[about]
        return found

    def comes_by(self, rules: Iterable[RuleOnTheWay]) -> None:
        """Note the rules of something on the way; worked out only if somebody wants them."""
        if self.notes_rules:
            for rule in rules:
                self.rules.setdefault((self.account, rule.id), rule)

    def unused(self, may_see: Callable[[str], bool] = lambda _account: True) -> list[RuleOnTheWay]:
        """The rules on the way that have decided nothing, of accounts that may be seen."""
        used = {(hop.account, hop.by) for hop in self.hops}
        return [rule for key, rule in self.rules.items() if key not in used and may_see(key[0])]

    def branch(self, *, notes_hops: bool = True) -> Walk:
        """A walk of its own from here on, which may lead nowhere."""
        hops, notes_hops = self.hops.copy(), notes_hops and self.notes_hops
        depth = self.depth + 1
        return Walk(
            hops, self.rules, self.tried, self.known, self.account, self.leg, depth, None, self.notes_rules, notes_hops
        )

    def follow(self, branch: Walk) -> None:
        """Have a branch be the way."""
        self.hops = branch.hops
