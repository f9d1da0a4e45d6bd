"""What refers to what: which resources keep another from going, and which go along with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.engine.account.resource_types import resource_types

if TYPE_CHECKING:
    from bce_emulator.engine.account.account_region import AccountRegion

Follow = Callable[["AccountRegion", Any], None]
NAMED = 3
"""How many dependents an explanation names."""


class Reference(NamedTuple):
    """A field of one type that names resources of another."""

    kind: type[Resource]
    key: ForeignKey


def dependents(account: AccountRegion, resource: Resource) -> list[Resource]:
    """The resources that keep this one from going, each once."""
    return [other for other, rule in _referring(account, resource) if rule is OnDelete.RESTRICT]


def named(resources: Iterable[Resource]) -> str:
    """The first of some resources in words, for an explanation."""
    return ", ".join(each.title for each in list(resources)[:NAMED])


def when_gone(kind: type[Resource]) -> Callable[[Follow], Follow]:
    """Declare what happens to others when a resource of this type goes, whichever action ends it.

    It is called while the resource is still there. Functions of one type are called in the order of their names.
    """

    def declare(function: Follow) -> Follow:
        kind.gone = tuple(sorted((*kind.gone, function), key=_by_name))
        return function

    return declare


def when_added(kind: type[Resource]) -> Callable[[Follow], Follow]:
    """Declare what else there is as soon as a resource of this type is there, in the order of the functions' names."""

    def declare(function: Follow) -> Follow:
        kind.added = tuple(sorted((*kind.added, function), key=_by_name))
        return function

    return declare


def remove(account: AccountRegion, resource: Resource) -> None:
    """Forget a resource: what others do when it goes, then what goes along with it, then the resource itself."""
    for function in resource.gone:
        function(account, resource)
    for other, rule in list(_referring(account, resource)):
        if rule is OnDelete.CASCADE:
            remove(account, other)
    account.collection(type(resource)).remove(resource)


def _by_name(function: Follow) -> tuple[str, str]:
    return function.__name__, function.__module__


def _referring(account: AccountRegion, resource: Resource) -> Iterator[tuple[Resource, OnDelete]]:
    seen: set[str] = set()
    for kind, key in _references_to(resource.type_key()):
        name = getattr(resource, key.target_field)
        for other in account.where(kind, key.field, name) if name else ():
            if other.id not in seen:
                seen.add(other.id)
                yield other, key.on_delete(other) if callable(key.on_delete) else key.on_delete


@cache
def _references_to(target: str) -> tuple[Reference, ...]:
    types = resource_types().values()
    return tuple(Reference(other, key) for other in types for key in other.foreign_keys if key.target == target)
