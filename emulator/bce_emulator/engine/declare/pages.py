"""marker and maxKeys: one page of a list, stable while the list changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, NotRequired, TypeVar, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.collection import Kind
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import BadRequest
from bce_emulator.engine.http.request import Json

Form = TypeVar("Form")

MAX_KEYS = 1_000
FIRST = "-1"
"""What the Java client sends as the marker of the first page."""


class Page(TypedDict):
    """What every page of a list answers beside its resources."""

    marker: str
    isTruncated: bool
    nextMarker: NotRequired[str]
    maxKeys: int


def page(
    form: type[Form],
    account: AccountRegion,
    kind: type[Kind],
    name: str,
    show: Callable[[Kind], Any],
    marker: str = "",
    max_keys: int = MAX_KEYS,
    where: Callable[[Kind], bool] | None = None,
    most: int = MAX_KEYS,
    of: tuple[str, Hashable] | None = None,
) -> Form:
    """One page of the resources of a kind, newest first, in the form that a response declares.

    ``of`` is a fact that all of them have and its value, such as what they belong to: the others are not looked at.
    ``where`` keeps what a filter asks for.

    ``maxKeys`` above the most is cut down to it, below 1 it is refused, and so is a marker that never was one.
    """
    if max_keys < 1:
        raise BadRequest("maxKeys must be at least 1")
    max_keys = min(max_keys, most)
    marker = "" if marker == FIRST else marker
    try:
        resources = (account.indexed(kind, of[0]) if of else account.collection(kind)).newest_first(marker, of)
    except KeyError:
        raise BadRequest(f"the marker names no {kind.__name__}") from None
    chosen: Iterator[Kind] = resources if where is None else (each for each in resources if where(each))
    rendered: list[Any] = []
    for resource in chosen:
        if len(rendered) == max_keys:
            return cast("Form", _response(name, rendered, marker, max_keys, resource.id))
        rendered.append(show(resource))
    return cast("Form", _response(name, rendered, marker, max_keys, ""))


def _response(name: str, rendered: list[Any], marker: str, max_keys: int, next_marker: str) -> Json:
    response: Json = {"marker": marker, "isTruncated": bool(next_marker)}
    if next_marker:
        response["nextMarker"] = next_marker
    return response | {"maxKeys": max_keys, name: rendered}
