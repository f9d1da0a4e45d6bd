"""What clients make wait in memory, each within its own bound, must not be too much for all of them together."""

from __future__ import annotations

from typing import TypeVar

Waiting = TypeVar("Waiting")


def first_of_too_much(sizes: dict[Waiting, int], most: int) -> Waiting | None:
    """Who came first, where all of these but the largest have more than this; the largest may be what it likes."""
    total = sum(sizes.values())
    if total <= most:
        return None
    largest = max(reversed(sizes), key=sizes.__getitem__)
    return next(each for each in sizes if each is not largest) if total - sizes[largest] > most else None
