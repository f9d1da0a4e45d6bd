"""The whole of an account: out as a document, in again with all identities, and from one account into another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter, itemgetter
from typing import Any

import orjson

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account, Accounts
from bce_emulator.engine.account.clock import Clock, Due
from bce_emulator.engine.account.collection import Kind
from bce_emulator.engine.account.resource import Pending, Resource, Timer
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.account.transitions import resume
from bce_emulator.engine.persist.state_schema import FORMAT, Document, Region, Time, collections, names_of, numbers_in


def dump(value: Any) -> bytes:
    """Facts as JSON; what has named parts is an object."""
    return orjson.dumps(value, default=_named_parts)


def fields_of(resource: Any) -> dict[str, Any]:
    """Every fact of a resource, by name."""
    kind: Any = type(resource)
    return dict(zip(names_of(kind), _values_of(kind)(resource), strict=True))


def export(account: Account) -> dict[str, Any]:
    """Everything an account has, in the form of a ``Document``; ``dump`` makes it JSON."""
    return {
        "format": FORMAT,
        "account": account.name,
        "clock": _export_clock(account),
        **export_common(account),
        "regions": {region.region: _export_region(region) for region in account.opened_regions()},
    }


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


def build(accounts: Accounts, name: str, document: Document) -> Account:
    """An account that has what a document says, and that is not in the list of accounts yet."""
    account = accounts.blank(name)
    account.settings = document.facts
    account.changed_seconds = {
        (kind, action): seconds
        for kind, _, action, seconds in ((*key.rpartition("."), value) for key, value in document.seconds.items())
    }
    _set_clock(account.clock, document.clock)
    account.clock.number = max((document.clock.number, *numbers_in(document)))
    for region, content in document.regions.items():
        account.regions[region] = _build_region(AccountRegion(account, region), content)
    return account


def fork(source: Account, accounts: Accounts, name: str) -> Account:
    """An account that has a copy of all that another has, and that is not in the list of accounts yet."""
    account = accounts.blank(name)
    account.settings = dict(source.settings)
    account.changed_seconds = dict(source.changed_seconds)
    clock = _export_clock(source)
    _set_clock(account.clock, Time(**clock | {"lapsed": ()}))
    for event in clock["lapsed"]:
        account.clock.at(event["due"], _nothing, planned=event["planned"], number=event["number"])
    for region in source.opened_regions():
        twin = account.regions[region.region] = AccountRegion(account, region.region)
        twin.last_numbers = dict(region.last_numbers)
        twin.tokens.kept = region.tokens.kept.copy()
        for kind, collection in region.collections.items():
            copies = [_copy(each) for each in collection]
            twin.collection(kind).fill(copies, collection.last_serial, collection.gone)
            for resource in copies:
                if resource.pending or resource.timers:
                    resume(twin, resource)
    return account


def _export_clock(account: Account) -> dict[str, Any]:
    live = {
        event.number
        for region in account.opened_regions()
        for collection in region.collections.values()
        for resource in collection
        for event in events_of(resource)
    }
    return export_time(account.clock) | {"lapsed": export_lapsed(account.clock.unordered(), live)}


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


def _export_region(region: AccountRegion) -> dict[str, Any]:
    return {
        "numbers": region.last_numbers,
        "tokens": [export_token(token, kept) for token, kept in region.tokens.kept.items()],
        "kinds": {
            kind.type_key(): {
                "serial": collection.last_serial,
                "gone": collection.gone,
                "kept": [fields_of(resource) for resource in collection],
            }
            for kind, collection in sorted(region.collections.items(), key=lambda item: item[0].type_key())
            if collection.last_serial
        },
    }


def _set_clock(clock: Clock, time: Time) -> None:
    clock.pace = time.pace
    if time.frozen:
        clock.freeze()
    clock.set(time.now)
    clock.number = time.number
    for event in time.lapsed:
        clock.at(event.due, _nothing, planned=event.planned, number=event.number)


def _build_region(region: AccountRegion, content: Region) -> AccountRegion:
    region.last_numbers = content.numbers
    for kept in content.tokens:
        region.tokens.kept[kept.token] = Remembered(bytes.fromhex(kept.fingerprint), kept.body.encode(), kept.used)
    for kind, read in collections(content):
        resources = [kind(**vars(facts)) for facts in read.kept]
        region.collection(kind).fill(resources, read.serial, read.gone)
        for resource in resources:
            resume(region, resource)
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


def _copy(resource: Kind) -> Kind:
    kind: Any = type(resource)
    twin: Kind = _copier(kind)(resource)
    return twin


def _named_parts(value: Any) -> dict[str, Any]:
    named: dict[str, Any] = value._asdict()
    return named


def _nothing(_moment: float) -> None:
    return None
