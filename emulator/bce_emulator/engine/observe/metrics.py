"""How many requests were answered, how, and how long that took; counted from the start on where metrics are wanted.

To count a request is two steps in dictionaries. What else is measured is looked up when somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from bce_emulator.engine.observe.request_log import code_of

if TYPE_CHECKING:
    from bce_emulator.engine.http.request import Response
    from bce_emulator.engine.http.routing import Target
    from bce_emulator.engine.observe.journal import Exchange

BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds in seconds; what lasted longer is in a last one without a bound."""


class Sample(NamedTuple):
    """One value that is looked up when somebody asks; the name is without the prefix of all of them."""

    kind: Literal["gauge", "counter"]
    name: str
    help: str
    value: float
    labels: dict[str, str]


Samples = Callable[[], Iterable[Sample]]
"""What a part of the emulator has to tell; samples of one name stand together."""


def store_samples(commits: int, undone: int, *, leads: bool) -> Iterator[Sample]:
    """What keeps accounts has to tell."""
    yield Sample("counter", "state_commits", "Transactions that have written changes to the state.", commits, {})
    yield Sample("counter", "state_undone", "Changes that could not be written, and were undone.", undone, {})
    yield Sample("gauge", "leader", "Whether this replica serves, and no other one.", int(leads), {})


class Metrics:
    """What the requests of one emulator were. The targets are the operations of the catalogue, so they are bounded."""

    def __init__(self) -> None:
        self.answered: dict[tuple[Target | None, int, str], int] = {}
        self.lasted: dict[Target | None, list[int]] = {}
        self.seconds: dict[Target | None, float] = {}

    def copied(self) -> Metrics:
        """What was counted so far, for who reads it in another thread."""
        copy = Metrics()
        copy.answered, copy.seconds = self.answered.copy(), self.seconds.copy()
        copy.lasted = {target: counts.copy() for target, counts in self.lasted.items()}
        return copy

    def __call__(self, exchange: Exchange, response: Response) -> None:
        """Count a request with its answer."""
        target, status = exchange.target, response.status
        key = (target, status, code_of(response) if status >= 400 else "")
        self.answered[key] = self.answered.get(key, 0) + 1
        seconds = perf_counter() - exchange.began
        counts = self.lasted.get(target)
        if counts is None:
            counts = self.lasted[target] = [0] * (len(BUCKETS) + 1)
            self.seconds[target] = 0.0
        counts[bisect_left(BUCKETS, seconds)] += 1
        self.seconds[target] += seconds
