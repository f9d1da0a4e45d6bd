"""A memo for what clients send again and again, bounded in number and in size."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

Result = TypeVar("Result")

ENTRIES = 2_048
MAX_LENGTH = 512


def cached(function: Callable[[bytes], Result]) -> Callable[[bytes], Result]:
    """Remember the results of a pure function of bytes; long arguments are worked out every time.

    What strangers send must not fill the memory: at most 2,048 results of arguments up to 512 bytes are kept.
    """
    cached = lru_cache(ENTRIES)(function)

    def remembered(raw: bytes) -> Result:
        return cached(raw) if len(raw) <= MAX_LENGTH else function(raw)

    remembered.__doc__ = function.__doc__
    return remembered
