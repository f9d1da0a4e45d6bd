"""Long work in small steps, between which others are served: the one way in which no call holds the others up."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from contextvars import ContextVar
from heapq import merge
from inspect import GEN_CLOSED, GEN_RUNNING, getgeneratorstate
from time import perf_counter
from typing import TypeVar

Result = TypeVar("Result")
Item = TypeVar("Item")
Number = TypeVar("Number", int, tuple[float, int, int])
Steps = Generator[None, None, Result]
"""Work that pauses after each small step; what it works on is its own, or may be another after every pause."""
StepsAside = Generator["Callable[[], object] | Awaited | None", None, Result]
"""The same, where a step may give what it waits for, or what can be done in a thread, and else the next step does."""

IN_ORDER_AT_ONCE = 500
"""How many items are put in order in a step."""
SECONDS = 0.004
"""After how long others are served; works that go on at the same time share it."""


def others_first() -> None:
    """What a step gives so that others are served before the next one, which takes long, however little was done."""


class OutOfTurn(Exception):
    """A call is handled again later, when it gets on better: after others, or ``after`` work that it needs.

    It only reads, and what it has worked out is kept; or what it has changed was taken back. Work that does not
    ``have_to_succeed`` for it may end in an error of which others are told.
    """

    def __init__(self, after: Shared | None = None, has_to_succeed: bool = True) -> None:
        super().__init__()
        self.after = after
        self.has_to_succeed = has_to_succeed


def _nothing() -> None:
    return


between: Callable[[], object] = _nothing
"""What is done each time before others are served."""


class Awaited(ABC):
    """What a step waits for; where nobody waits, it sees to itself."""

    @abstractmethod
    async def wait(self) -> None:
        """Come back when it is over."""


_RESUMED: ContextVar[float] = ContextVar("_RESUMED")
"""When the call under way went on after it had let others be served."""


class Turn:
    """The time that a call has had since others were last served, also by work that it has done before."""

    at_work = 0
    """How many works go on in steps right now."""

    def __init__(self) -> None:
        self._ends = _RESUMED.get(perf_counter()) + SECONDS

    async def pause(self, *, now: bool = False) -> None:
        """Let others be served, if it is time or is to be now."""
        if now or perf_counter() >= self._ends:
            between()
            await asyncio.sleep(0)
            resumed = perf_counter()
            _RESUMED.set(resumed)
            self._ends = resumed + SECONDS / max(Turn.at_work, 1)


async def each_in_turn(items: Iterable[Item]) -> AsyncIterator[Item]:
    """These one by one, with others served between."""
    turn = Turn()
    for item in items:
        yield item
        await turn.pause()


async def in_turn(steps: StepsAside[Result]) -> Result:
    """The result of work that is done in small steps, with others served between."""
    turn = Turn()
    Turn.at_work += 1
    try:
        while True:
            try:
                aside = next(steps)
            except StopIteration as done:
                result: Result = done.value
                return result
            if isinstance(aside, Awaited):
                await aside.wait()
            elif aside is not None and aside is not others_first:
                await asyncio.to_thread(aside)
            await turn.pause(now=aside is others_first)
    finally:
        Turn.at_work -= 1
        steps.close()


def in_one_turn(steps: Steps[Result]) -> Result | None:
    """The result of such work, or None if it takes longer than others may wait; then it was begun."""
    ends = perf_counter() + SECONDS
    try:
        while True:
            next(steps)
            if perf_counter() >= ends:
                return None
    except StopIteration as done:
        result: Result = done.value
        return result


def with_between(
    steps: StepsAside[Result], every: int, do: Callable[[], None], until: Callable[[], Awaited | None]
) -> StepsAside[Result]:
    """The same work, with something else done before it, after every so many of its steps, and at its end.

    Where ``until`` gives something to wait for, none of these steps is begun before that.
    """
    try:
        do()
        done = 0
        while True:
            if done % every == 0 and (awaited := until()) is not None:
                yield awaited
            try:
                aside = next(steps)
            except StopIteration as end:
                do()
                result: Result = end.value
                return result
            done += 1
            if done % every == 0:
                do()
            yield aside
    finally:
        steps.close()


def collected(items: Iterable[Item]) -> Steps[list[Item]]:
    """What an iterator works out, one in each step."""
    found = []
    for item in items:
        found.append(item)
        yield
    return found


def in_order(numbered: list[tuple[Number, Item]]) -> Steps[list[Item]]:
    """What has numbers in the order of those; the list is emptied along the way, as to free it takes time as well.

    Of numbers, or of what stands for them, no two are the same.
    """
    runs = []
    while numbered:
        run = numbered[-IN_ORDER_AT_ONCE:]
        del numbered[-IN_ORDER_AT_ONCE:]
        run.sort(reverse=True)
        runs.append(emptied(run))
        yield
    ordered = []
    for _, item in merge(*runs):
        ordered.append(item)
        if len(ordered) % IN_ORDER_AT_ONCE == 0:
            yield
    return ordered


def emptied(items: list[Item]) -> Iterator[Item]:
    """The items of a list from its end, each let go of when it was met."""
    while items:
        yield items.pop()


class Shared(Awaited):
    """Work in steps that several wait for at the same time.

    Who cannot wait may do what is left of the steps at once, or close them: whoever waits for them goes on then. Work
    that ``looks_at_others`` may change what is in the hands of who would do that.
    """

    def __init__(self, steps: StepsAside[None], looks_at_others: bool = False) -> None:
        self.steps = steps
        self.looks_at_others = looks_at_others
        self.is_hurried = False
        self._task: asyncio.Task[None] | None = None

    async def wait(self) -> None:
        """Come back when there is nothing left to do, or the error that it ended with is known."""
        if self._task is None or self._task.cancelled():
            self._task = asyncio.create_task(in_turn(self.steps))
            self._task.add_done_callback(_note_error)
        await asyncio.wait([self._task])  # who goes away leaves it to the others

    def hurry(self) -> None:
        """Do what is left of it at once, unless it is what asks; it is told so."""
        if not self.is_running:
            self.is_hurried = True
            at_once(self.steps)

    @property
    def is_running(self) -> bool:
        """Whether it is what asks."""
        return getgeneratorstate(self.steps) == GEN_RUNNING

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to do."""
        return getgeneratorstate(self.steps) == GEN_CLOSED

    def check(self) -> None:
        """Raise the error that it ended with, if it did."""
        if self._task is not None and self._task.done() and not self._task.cancelled():
            self._task.result()


class Until(Awaited):
    """What somebody else sets the result of."""

    def __init__(self, future: asyncio.Future[None]) -> None:
        self._future = future

    async def wait(self) -> None:
        """Come back when it is set."""
        await asyncio.wait([self._future])


def _note_error(task: asyncio.Task[None]) -> None:
    """Who would be told may have gone away, which is not to be complained of."""
    if not task.cancelled():
        task.exception()


def at_once(steps: StepsAside[Result]) -> Result:
    """The result of such work without a pause."""
    while True:
        try:
            next(steps)
        except StopIteration as done:
            result: Result = done.value
            return result
