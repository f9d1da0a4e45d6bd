"""marker and maxKeys: one page of a list, stable while the list changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource import Kind
from bce_emulator.engine.errors import BadRequest
from bce_emulator.engine.http.request import Json

MOST = 1_000
FIRST = "-1"
"""What the Java client sends as the marker of the first page."""


def page(
    account: Account,
    kind: type[Kind],
    name: str,
    show: Callable[[Kind], Any],
    marker: str = "",
    max_keys: int = MOST,
    where: Callable[[Kind], bool] | None = None,
    most: int = MOST,
) -> Json:
    """One page of the resources of a kind, newest first; ``where`` keeps what a filter asks for.

    ``maxKeys`` above the most is cut down to it, below 1 it is refused, and so is a marker that never was one.
    """
    if max_keys < 1:
        raise BadRequest("maxKeys must be at least 1")
    max_keys = min(max_keys, most)
    marker = "" if marker == FIRST else marker
    try:
        resources = account.shelf(kind).newest_first(marker)
    except KeyError:
        raise BadRequest(f"the marker names no {kind.__name__}") from None
    chosen: Iterator[Kind] = resources if where is None else (each for each in resources if where(each))
    shown: list[Any] = []
    for resource in chosen:
        if len(shown) == max_keys:
            return _answer(name, shown, marker, max_keys, resource.id)
        shown.append(show(resource))
    return _answer(name, shown, marker, max_keys, "")


def _answer(name: str, shown: list[Any], marker: str, max_keys: int, next_marker: str) -> Json:
    answer: Json = {"marker": marker, "isTruncated": bool(next_marker)}
    if next_marker:
        answer["nextMarker"] = next_marker
    return answer | {"maxKeys": max_keys, name: shown}
