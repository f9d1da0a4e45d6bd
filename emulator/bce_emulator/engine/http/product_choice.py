"""Whose operation a request means where the host names no product and several publish its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.declare.product import product_of
from bce_emulator.engine.errors import ApiError, ProductNotNamed
from bce_emulator.engine.http.request import Request
from bce_emulator.engine.http.routing import Found
from bce_emulator.engine.observe.unknown_fields import unknown_fields


def making(found: Found) -> Callable[[], object] | None:
    """What has to be made, which takes long, before one of these can be chosen."""
    targets = (each.target for each in (found, *found.others))
    return next((each.make for each in targets if isinstance(each, Operation) and not each.is_made), None)


def choose(found: Found, account: AccountRegion, request: Request, assumed: str = "") -> Found:
    """The one that the request means: by what it names, by what it says, or the assumed one; else the refusal.

    A path with an id that none has is the first one's, which refuses it; so is a place that is the first one's own.
    """
    candidates = (found, *found.others)
    for narrowed in (_owners(candidates, account, request), _readers(candidates, request)):
        if len(narrowed) == 1:
            return narrowed[0]
    named = next((each for each in candidates if each.target.product == assumed), None)
    if named is not None:
        return named
    if found.is_first or found.path_values:
        return found
    products = [each.target.product for each in candidates]
    raise ProductNotNamed(
        f"{' and '.join(products)} both have {request.method} {request.path}, and nothing in the request says which is "
        f"meant: call a host such as {products[0]}.bj.baidubce.com or {products[0]}.bj.localhost, which HTTP_PROXY "
        f"brings here, or start with --product {products[0]}",
        operation=found.target.name,
    )


def _owners(candidates: tuple[Found, ...], account: AccountRegion, request: Request) -> list[Found]:
    """Those whose product has a resource that the request names."""
    named = {*candidates[0].path_values.values(), *(value for _, value in request.query), *texts(_body(request))}
    # The keys look at the fewer of both; the set would look at all that there are.
    owning = {
        product_of(kind.__module__)
        for kind, collection in account.collections.items()
        if not collection.by_id.keys().isdisjoint(named)
    }
    return [each for each in candidates if each.target.product in owning]


def _readers(candidates: tuple[Found, ...], request: Request) -> list[Found]:
    """Those that know all that the request says, if it says anything of which another knows nothing."""
    return [
        each for each in candidates if not (isinstance(each.target, Operation) and unknown_fields(each.target, request))
    ]


def _body(request: Request) -> Any:
    try:
        return request.json()
    except ApiError:
        return None


def texts(value: Any) -> Iterator[str]:
    """Every text in a value."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
