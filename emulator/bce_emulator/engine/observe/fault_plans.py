"""Plans of faults, checked: an operation, a code, a state or a resource that does not exist is refused at once."""

from __future__ import annotations

from typing import Any, NamedTuple

from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.declare.catalogue import Catalogue, Published
from bce_emulator.engine.declare.operations import Operation
from bce_emulator.engine.declare.product import suggest
from bce_emulator.engine.errors import COMMON, ApiError
from bce_emulator.engine.observe.faults import NEVER


class Ending(NamedTuple):
    """A state that transitions end in, and the kinds of resource that they are transitions of."""

    state: str
    kinds: tuple[type[Resource], ...]


def find_published(catalogue: Catalogue, name: str) -> list[Published]:
    """The published operations of a name, as ``StopInstance`` or ``bbc.StopInstance``; ValueError if there is none."""
    entries = catalogue.named(name)
    if not entries:
        known = [entry.name for entry in catalogue.published]
        raise ValueError(f"no operation is called {name!r}{suggest(name.rpartition('.')[2], known)}")
    return entries


def find_operation(catalogue: Catalogue, name: str) -> Operation:
    """The emulated operation that a name means; ValueError says what is wrong.

    As with a path that several products publish, a product goes before those that yield to it.
    """
    entries = find_published(catalogue, name)
    found = {operation.key: operation for entry in entries if (operation := catalogue.emulated(entry)) is not None}
    if not found:
        raise ValueError(f"{name} is published but not emulated yet, so that no fault can strike it")
    products = {operation.product for operation in found.values()}
    found = {
        key: operation
        for key, operation in found.items()
        if products.isdisjoint(catalogue.products[operation.product].yields_to)
    }
    if len(found) > 1:
        raise ValueError(f"{name} is one of {', '.join(sorted(found))}")
    return next(iter(found.values()))


def find_error(
    operation: Operation, code: str, message: str | None = None, status: int | None = None
) -> type[ApiError]:
    """The documented error of a code, the operation's own before those of others; ValueError says what is wrong.

    A message or a status tells errors of one code apart; without them a common error goes before its special forms.
    """
    common = [error for error in COMMON if error.code == code]
    others = [*operation.errors, *all_errors(ApiError)]
    found = [error for error in (*common, *others) if error.code == code and error.basis != "emulator"]
    if not found:
        known = sorted({error.code for error in others if error.basis != "emulator"})
        own = ", ".join(sorted({error.code for error in operation.errors}))
        raise ValueError(
            f"no error has the code {code!r}{suggest(code, known)}; {operation.name} lists {own or 'the common errors'}"
        )
    for error in found:
        if message in {None, error.message} and status in {None, error.status}:
            return error
    forms = " | ".join(dict.fromkeys(f"{error.status} {error.message}" for error in found))
    raise ValueError(f"no error of the code {code} has this message and status; there are: {forms}")


def find_ending(operation: Operation, state: str) -> Ending:
    """What the transitions of an operation are to end in; ValueError says what is wrong."""
    module = operation.function.__module__
    kinds = {key: kind for key, kind in resource_types().items() if kind.lifecycle.rows}
    beside = [kind for kind in kinds.values() if module.startswith(kind.__module__.rpartition(".")[0] + ".")]
    moved = beside or [kind for key, kind in kinds.items() if key.startswith(f"{operation.product}.")]
    if operation.route.method == "GET" or not moved:
        raise ValueError(f"{operation.name} starts no transition, so that none can end in {state}")
    fitting = [kind for kind in moved if state == NEVER or state in kind.lifecycle.states]
    if not fitting:
        states = ", ".join(dict.fromkeys(state for kind in moved for state in kind.lifecycle.states))
        raise ValueError(f"endIn is {NEVER} or one of {states}, not {state!r}")
    return Ending(state, tuple(fitting))


def has_resource(account: Account, resource_id: str) -> bool:
    """Whether an account has a resource with this id, in any region."""
    return any(
        resource_id in collection.by_id
        for region in account.opened_regions()
        for collection in region.collections.values()
    )


def all_errors(error: type[ApiError]) -> list[type[Any]]:
    below = [kind for each in error.__subclasses__() for kind in (each, *all_errors(each))]
    return [kind for kind in below if hasattr(kind, "code")]
