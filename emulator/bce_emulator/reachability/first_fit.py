"""The first of some rules that fits, found once for all addresses that the rules do not tell apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

from bce_emulator.reachability.packet import ALL, number, span, within

Decider = TypeVar("Decider")
EVERYBODY = (ALL,)


class Ranged(NamedTuple, Generic[Decider]):
    """A rule, and the ranges of one end and of the other that it is for."""

    rule: Decider
    ones: tuple[str, ...]
    others: tuple[str, ...]


class FirstFit(Generic[Decider]):
    """Rules in the order in which they are asked; a balancer's many backends are few cases to them."""

    def __init__(self, rules: Iterable[Ranged[Decider]]) -> None:
        self._rules = list(rules)
        self._ones = _edges(chain.from_iterable(each.ones for each in self._rules))
        self._others = _edges(chain.from_iterable(each.others for each in self._rules))
        self._found: dict[tuple[int, int], Decider | None] = {}

    def between(self, one: str, other: str) -> Decider | None:
        """The first that is for two addresses of the same version."""
        case = bisect_right(self._ones, number(one)), bisect_right(self._others, number(other))
        if case not in self._found:
            fitting = (
                each.rule
                for each in self._rules
                if any(within(one, text) for text in each.ones) and any(within(other, text) for text in each.others)
            )
            self._found[case] = next(fitting, None)
        return self._found[case]


def _edges(ranges: Iterable[str]) -> list[tuple[int, int]]:
    """Where ranges begin, and where they have ended: between two edges all addresses are in the same ones."""
    spans = [span(text) for text in {*ranges} - {ALL}]
    return sorted({(each.version, edge) for each in spans for edge in (each.first, each.last + 1)})
