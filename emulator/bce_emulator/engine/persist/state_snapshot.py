"""What an account has as data: its parts as JSON, and an account made of a document, with all identities."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Accounts
from bce_emulator.engine.account.clock import Clock, Due
from bce_emulator.engine.account.collection import Kind
from bce_emulator.engine.account.resource import Pending, Resource, Timer
from bce_emulator.engine.account.resource_types import resource_types
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.account.transitions import resume
from bce_emulator.engine.persist.state_schema import Document, Lapsed, Region, Time, names_of
from bce_emulator.engine.steps import Steps


def dump(value: Any) -> bytes:
    """Facts as JSON; what has named parts is an object."""
    return orjson.dumps(value, default=_named_parts)


def fields_of(resource: Any) -> dict[str, Any]:
    """Every fact of a resource, by name."""
    kind: Any = type(resource)
    return dict(zip(names_of(kind), _values_of(kind)(resource), strict=True))


def export_common(account: Account) -> dict[str, Any]:
    """What an account has in no region in particular, beside the clock."""
    return {
        "facts": account.settings,
        "seconds": {f"{kind}.{action}": seconds for (kind, action), seconds in account.changed_seconds.items()},
    }


def export_token(token: str, kept: Remembered) -> dict[str, Any]:
    """A client token and its answer."""
    return {
        "token": token,
        "fingerprint": kept.fingerprint.hex(),
        "body": kept.body.decode(),
        "used": kept.last_used,
    }


def build(accounts: Accounts, name: str, document: Document) -> Steps[Account]:
    """An account that has what a document says, and that is not in the list of accounts yet."""
    account = accounts.blank(name)
    account.settings = document.facts
    account.changed_seconds = {
        (kind, action): seconds
        for kind, _, action, seconds in ((*key.rpartition("."), value) for key, value in document.seconds.items())
    }
    set_clock(account.clock, document.clock)
    for region, content in document.regions.items():
        account.regions[region] = yield from _build_region(AccountRegion(account, region), content)
    return account


def export_time(clock: Clock) -> dict[str, Any]:
    """The time of an account, without what it awaits."""
    return {"now": clock.now(), "frozen": clock.frozen, "pace": clock.pace, "number": clock.number}


def events_of(resource: Resource) -> tuple[Pending | Timer, ...]:
    """What the clock awaits of a resource."""
    return (resource.pending, *resource.timers) if resource.pending else resource.timers


def export_lapsed(due: list[Due], live: set[int]) -> list[dict[str, Any]]:
    """What the clock awaits of resources that have gone or await something else by now, in order."""
    lapsed = sorted((each for each in due if each.number not in live), key=itemgetter(0, 1))
    return [{"due": each.moment, "number": each.number, "planned": each.planned} for each in lapsed]


def set_clock(clock: Clock, time: Time) -> None:
    """Have a clock that awaits nothing show a time, and await what came to nothing."""
    clock.pace = time.pace
    if time.frozen:
        clock.freeze()
    clock.move(time.now)
    clock.number = time.number
    await_lapsed(clock, time.lapsed)


def await_lapsed(clock: Clock, lapsed: Iterable[Lapsed]) -> None:
    """Have a clock move on to events that have no effect."""
    for event in lapsed:
        clock.at(event.due, _nothing, planned=event.planned, number=event.number)


def fill(
    region: AccountRegion, kind: type[Kind], resources: list[Kind], serial: int, gone: dict[str, int]
) -> Steps[None]:
    """Have an empty collection keep resources, and the clock await what they await."""
    yield from region.collection(kind).fill(resources, serial, gone)
    yield
    for resource in resources:
        if resource.pending or resource.timers:
            resume(region, resource)
            yield


def _build_region(region: AccountRegion, content: Region) -> Steps[AccountRegion]:
    region.last_numbers = content.numbers
    for kept in content.tokens:
        region.tokens.kept[kept.token] = Remembered(bytes.fromhex(kept.fingerprint), kept.body.encode(), kept.used)
        yield
    types = resource_types()
    for key, read in content.kinds.items():
        yield from fill(region, types[key], list(read.kept), read.serial, read.gone)
    return region


@cache
def _values_of(kind: Any) -> Callable[[Resource], tuple[Any, ...]]:
    return attrgetter(*names_of(kind))


@cache
def _copier(kind: Any) -> Callable[[Any], Any]:
    """A quick copy of a resource that is on no collection: every fact is immutable, so copying the slots is enough."""
    setters = [kind.__dict__.get(name, getattr(kind, name)).__set__ for name in names_of(kind)]
    values_of, new = _values_of(kind), object.__new__
    bare = [Resource.__dict__[name].__set__ for name in ("collection", "rendered")]

    def copied(resource: Any) -> Any:
        twin = new(kind)
        for empty in bare:
            empty(twin, None)
        for set_, value in zip(setters, values_of(resource), strict=True):
            set_(twin, value)
        return twin

    return copied


def copy_of(resource: Kind) -> Kind:
    """A copy of a resource that is on no collection."""
    kind: Any = type(resource)
    twin: Kind = _copier(kind)(resource)
    return twin


def _named_parts(value: Any) -> dict[str, Any]:
    named: dict[str, Any] = value._asdict()
    return named


def _nothing(_moment: float) -> None:
    return None
