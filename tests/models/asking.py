"""What the models of a whole cloud have in common: they ask about what may be gone, and take refusals as well."""

from __future__ import annotations

from typing import Any

from hypothesis.stateful import RuleBasedStateMachine

from tests.cloud import Cloud


class AskingMachine(RuleBasedStateMachine):
    """A cloud, and the ids of what was made in it, by kind."""

    kinds: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.cloud = Cloud()
        self.known: dict[str, list[str]] = {kind: [] for kind in self.kinds}

    def pick(self, kind: str, number: int) -> str:
        """The id of something of a kind, which may be gone or never have been."""
        known = self.known[kind]
        return known[number % len(known)] if known else "none-unknown0"

    def ask(self, method: str, target: str, body: Any = None) -> dict[str, Any]:
        """Ask, and take a documented refusal as well as an answer."""
        reply = self.cloud.call(method, target, body)
        assert reply.status == 200 or 400 <= reply.status < 500, reply
        return reply.body if reply.status == 200 else {}
