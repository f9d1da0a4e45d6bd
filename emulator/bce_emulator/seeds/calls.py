"""The calls of a seed file: any operation by its name, after everything else that an account has."""

from __future__ import annotations

from typing import Any, cast

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Credentials
from bce_emulator.engine.account.others import awaiting_others
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.declare.models import Model, members
from bce_emulator.engine.declare.operations import OPERATIONS, Call, Operation
from bce_emulator.engine.declare.product import candidates, suggest
from bce_emulator.engine.steps import OutOfTurn, Steps, StepsAside

CALLS = "calls"
"""The section, which is made after all others."""
HOST = "127.0.0.1"


def make_call(account: AccountRegion, entry: Any, credentials: Credentials, kept: dict[str, Any]) -> StepsAside[None]:
    """Call an operation, past all transitions; a ValueError or an ApiError says what does not fit.

    ``kept`` are values of earlier answers by name, to which this one adds what its ``keep`` names.
    """
    if not isinstance(entry, dict):
        raise ValueError("this is not a mapping")
    rest = dict(entry)
    operation = _operation(rest.pop("call", ""))
    requested_id, keep = rest.pop("id", ""), rest.pop("keep", {})
    request = _request(operation, _filled(rest, kept))
    kinds = _kinds(account, requested_id) if requested_id else []
    if operation.prepare is not None and (work := operation.prepare()) is not None:
        yield work
        if (work := operation.prepare()) is not None:
            work()
    more = [Call("", credentials, HOST)] if operation.wants_call else []
    arguments = [account, *([request] if request is not None else []), *more]
    answer = yield from _answer(account, operation, arguments, dict.fromkeys(kinds, requested_id))
    if requested_id and not any(account.find(kind, requested_id) for kind in kinds):
        raise ValueError(f"id {requested_id} is of no kind that {operation.name} makes")
    if not isinstance(keep, dict):
        raise ValueError("keep is a mapping from names to members of the answer")
    kept |= {name: _at(answer or {}, path) for name, path in keep.items()}
    for collection in list(account.collections.values()):
        for resource in list(collection):
            account.complete(resource)


def _answer(
    account: AccountRegion, operation: Operation, arguments: list[Any], requested_ids: dict[type[Resource], str]
) -> StepsAside[Any]:
    """What the operation answers; accounts that it looks at and are only on disk are read first."""
    while True:
        account.requested_ids.update(requested_ids)
        try:
            if operation.goes_in_steps:
                return (yield from cast("Steps[Any]", operation.function(*arguments)))
            with awaiting_others(account.account):
                return operation.call(*arguments)
        except OutOfTurn as out:
            work = out.after
        finally:
            account.requested_ids.clear()
        assert work is not None  # nobody limits how much a seed renders
        if not work.looks_at_others:  # else that one may wait for this one
            yield work
        work.hurry()
        work.check()


def _operation(name: Any) -> Operation:
    found = candidates(str(name), OPERATIONS)
    if len(found) > 1:
        raise ValueError(f"call {name} is one of {', '.join(found)}")
    if not found:
        raise ValueError(f"call names no operation that is {str(name)[:64]!r}{suggest(str(name), OPERATIONS)}")
    return OPERATIONS[found[0]]


def _request(operation: Operation, values: dict[str, Any]) -> Model | None:
    """The request; an unknown member is an error, since nobody but the user wrote it."""
    known = members(operation.model) if operation.model else {}
    if unknown := set(values) - set(known):
        allowed = ", ".join(sorted({"call", "id", "keep", *known}))
        raise ValueError(f"{min(map(str, unknown))!r} is no member; there are {allowed}")
    return operation.model.model_validate(values) if operation.model else None


def _kinds(account: AccountRegion, requested_id: Any) -> list[type[Resource]]:
    """The kinds that an id can be of, by its prefix."""
    prefix, dash, _ = str(requested_id).rpartition("-")
    kinds = [kind for kind in resource_types().values() if dash and getattr(kind, "prefix", "") == prefix]
    if not isinstance(requested_id, str) or not kinds:
        raise ValueError(f"id {str(requested_id)[:64]!r} begins like the id of nothing")
    if any(account.find(kind, requested_id) for kind in kinds):
        raise ValueError(f"id {requested_id} is there already")
    return kinds


def _filled(value: Any, kept: dict[str, Any]) -> Any:
    """A value with what was kept in the place of each name behind a dollar sign."""
    if isinstance(value, str) and value.startswith("$"):
        if value[1:] not in kept:
            raise ValueError(f"{value[:64]} is kept by no call above")
        return kept[value[1:]]
    if isinstance(value, dict):
        return {name: _filled(each, kept) for name, each in value.items()}
    return [_filled(each, kept) for each in value] if isinstance(value, list) else value


def _at(answer: Any, path: Any) -> Any:
    """What stands in an answer under names and numbers with dots between them."""
    found = answer
    for name in str(path).split("."):
        try:
            found = found[int(name)] if isinstance(found, list) else found[name]
        except (LookupError, TypeError, ValueError):
            raise ValueError(f"keep names {str(path)[:64]!r}, and the answer has {', '.join(answer)}") from None
    return found
