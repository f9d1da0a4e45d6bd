"""Whether a history is linearizable: Wing and Gong's search, with Lowe's memo of what was tried already.

J. M. Wing and C. Gong, Testing and verifying concurrent objects, 1993; G. Lowe, Testing for linearizability, 2017.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple


class Call(NamedTuple):
    """What was asked and what was answered, and between which moments; one that never ended may have had an effect."""

    asked: tuple[Any, ...]
    answered: Any
    began: float
    ended: float


Step = Callable[[Any, tuple[Any, ...], Any], Any]
"""The state after a call in a state, or None if it cannot be answered like this there."""


def linearizable(history: Sequence[Call], initial: Hashable, step: Step) -> bool:
    """Whether the calls can be put in an order that keeps those apart that were, and in which each answer is right.

    A call that never ended has its place in it, or none.
    """
    calls = sorted(history, key=lambda call: call.began)
    ended = sum(1 << number for number, call in enumerate(calls) if call.ended < math.inf)
    to_try = [(0, initial)]
    tried = {(0, initial)}
    while to_try:
        done, state = to_try.pop()
        if done & ended == ended:
            return True
        left = [number for number in range(len(calls)) if not done >> number & 1]
        first_end = min(calls[number].ended for number in left)
        for number in left:
            call = calls[number]
            if call.began > first_end:
                break
            after = step(state, call.asked, call.answered)
            then = (done | 1 << number, after)
            if after is not None and then not in tried:
                tried.add(then)
                to_try.append(then)
    return False
