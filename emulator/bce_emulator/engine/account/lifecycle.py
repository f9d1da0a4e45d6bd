"""What a kind of resource goes through, as a table: one row per action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bce_emulator.engine.errors import ApiError

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion
    from bce_emulator.engine.account.resource import Resource

GONE = "(gone)"
"""The state after which the resource no longer exists."""
SAME = "(same)"
"""The state the resource was in before the action."""
OTHERWISE = "(otherwise)"
"""The states that a row of refusals does not name."""

Refusals = type[ApiError] | Mapping[str, type[ApiError]]
Done = Callable[["AccountRegion", Any], None]
Entered = Callable[["AccountRegion", Any, str], None]


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: the action, the states that allow it, the state meanwhile, the state after, and virtual seconds.

    ``refused`` is the error in every other state, or a mapping from state to error with ``OTHERWISE`` for the rest.
    An action with two rows does different things in different states.
    """

    action: str
    allowed: frozenset[str]
    meanwhile: str
    then: str
    seconds: float
    refused: Refusals

    def refusal(self, state: str) -> type[ApiError]:
        """The error that this action meets in a state that does not allow it."""
        if isinstance(self.refused, Mapping):
            return self.refused.get(state) or self.refused[OTHERWISE]
        return self.refused


def row(
    action: str, allowed: Iterable[str], meanwhile: str, then: str, seconds: float, refused: Refusals
) -> Transition:
    """Write one row of a lifecycle."""
    return Transition(action, frozenset(allowed), meanwhile, then, seconds, refused)


def permit(action: str, allowed: Iterable[str], refused: Refusals) -> Transition:
    """Write one row of a lifecycle's permissions: an action that needs a state, and changes none."""
    return Transition(action, frozenset(allowed), SAME, SAME, 0, refused)


class Lifecycle:
    """The rows of one kind of resource, its states, and how a client sees each state.

    ``permissions`` are the actions that depend on the state and leave it as it is.
    """

    def __init__(
        self,
        *transitions: Transition,
        permissions: Iterable[Transition] = (),
        states: Iterable[str],
        shown_as: Mapping[str, str] | None = None,
    ) -> None:
        rows = (*transitions, *permissions)
        self.rows = rows
        self.states = tuple(states)
        self.shown_as = dict(shown_as or {})
        self.done: dict[str, list[Done]] = {}
        self.entered: list[Entered] = []
        self._by_action_and_state: dict[tuple[str, str], Transition] = {}
        self._by_action: dict[str, Transition] = {}
        for transition in rows:
            self._by_action.setdefault(transition.action, transition)
            for state in transition.allowed:
                pair = (transition.action, state)
                if pair in self._by_action_and_state:
                    raise ValueError(f"{transition.action} has two rows for the state {state}")
                self._by_action_and_state[pair] = transition
        named = {state for t in rows for state in (*t.allowed, t.meanwhile, t.then)} - {GONE, SAME}
        if unknown := named.difference(self.states):
            raise ValueError(f"states that the lifecycle does not list: {sorted(unknown)}")

    def find(self, action: str, state: str) -> Transition | None:
        """The row that an action takes in a state, or None if it is refused there."""
        return self._by_action_and_state.get((action, state))

    def refusal(self, action: str, state: str) -> type[ApiError]:
        """The error that an action meets in a state that has no row for it."""
        return self._by_action[action].refusal(state)

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action, in the order of the rows."""
        return tuple(self._by_action)

    @property
    def longest(self) -> float:
        """The virtual seconds of the slowest row."""
        return max((transition.seconds for transition in self.rows), default=0)


def when_entered(kind: type[Resource]) -> Callable[[Entered], Entered]:
    """Declare what follows whenever an action takes a kind of resource from one state, which is named, to another."""

    def declare(function: Entered) -> Entered:
        kind.lifecycle.entered.append(function)
        return function

    return declare


def when_done(kind: type[Resource], action: str) -> Callable[[Done], Done]:
    """Declare what follows when an action of a kind of resource has come to its end."""
    lifecycle = kind.lifecycle
    if action not in lifecycle.actions:
        raise ValueError(f"{kind.__name__} has no action {action!r}")

    def declare(function: Done) -> Done:
        lifecycle.done.setdefault(action, []).append(function)
        return function

    return declare
