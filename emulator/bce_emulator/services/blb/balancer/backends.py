"""Which load balancers have a server as backend: what has backends joins in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bce_emulator.engine.account.account_region import AccountRegion

_FINDERS: list[Callable[[AccountRegion, str], Iterable[str]]] = []


def finds_backends(finder: Callable[[AccountRegion, str], Iterable[str]]) -> None:
    """Declare a function that answers the ids of the load balancers that have a server as backend."""
    _FINDERS.append(finder)


def balancers_of(account: AccountRegion, instance_id: str) -> frozenset[str]:
    """The ids of the load balancers that have a server as backend."""
    return frozenset(each for finder in _FINDERS for each in finder(account, instance_id))
