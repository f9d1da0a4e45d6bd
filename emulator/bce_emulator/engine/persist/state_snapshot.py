"""The whole of an account: out as a document, in again with all identities, and from one account into another."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

import orjson

from bce_emulator.engine.account.accounts import Account, Accounts, Owner
from bce_emulator.engine.account.clock import Clock
from bce_emulator.engine.account.resource import Kind, Resource
from bce_emulator.engine.account.tokens import Remembered
from bce_emulator.engine.persist.state_schema import FORMAT, Document, Region, Time, names_of, numbers_in, shelves


def dump(value: Any) -> bytes:
    """Facts as JSON; what has named parts is an object."""
    return orjson.dumps(value, default=_named_parts)


def facts_of(resource: Any) -> dict[str, Any]:
    """Every fact of a resource, by name."""
    kind: Any = type(resource)
    return dict(zip(names_of(kind), _values_of(kind)(resource), strict=True))


def export(owner: Owner) -> dict[str, Any]:
    """Everything an owner has, in the form of a ``Document``; ``dump`` makes it JSON."""
    return {
        "format": FORMAT,
        "account": owner.name,
        "clock": _export_clock(owner),
        **export_common(owner),
        "regions": {account.region: _export_region(account) for account in owner.accounts()},
    }


def export_common(owner: Owner) -> dict[str, Any]:
    """What an owner has in no region in particular, beside the clock."""
    return {
        "facts": owner.facts,
        "seconds": {f"{kind}.{action}": seconds for (kind, action), seconds in owner.changed_seconds.items()},
    }


def export_token(operation: str, token: str, kept: Remembered) -> dict[str, Any]:
    """A client token and its answer."""
    return {
        "operation": operation,
        "token": token,
        "fingerprint": kept.fingerprint.hex(),
        "body": kept.body.decode(),
        "used": kept.last_used,
    }


def build(accounts: Accounts, name: str, document: Document) -> Owner:
    """An owner who has what a document says, and who is not in the list of owners yet."""
    owner = accounts.blank(name)
    owner.facts = document.facts
    owner.changed_seconds = {
        (kind, action): seconds
        for kind, _, action, seconds in ((*key.partition("."), value) for key, value in document.seconds.items())
    }
    _set_clock(owner.clock, document.clock)
    owner.clock.number = max((document.clock.number, *numbers_in(document)))
    for region, content in document.regions.items():
        owner.regions[region] = _build_region(Account(owner, region), content)
    return owner


def fork(source: Owner, accounts: Accounts, name: str) -> Owner:
    """An owner who has a copy of all that another has, and who is not in the list of owners yet."""
    owner = accounts.blank(name)
    owner.facts = dict(source.facts)
    owner.changed_seconds = dict(source.changed_seconds)
    clock = _export_clock(source)
    _set_clock(owner.clock, Time(**clock | {"lapsed": ()}))
    for event in clock["lapsed"]:
        owner.clock.at(event["due"], _nothing, planned=event["planned"], number=event["number"])
    for account in source.accounts():
        twin = owner.regions[account.region] = Account(owner, account.region)
        twin.ids_made = dict(account.ids_made)
        twin.tokens.kept = account.tokens.kept.copy()
        for kind, shelf in account.shelves.items():
            copies = [_copy(each) for each in shelf]
            twin.shelf(kind).fill(copies, shelf.last_serial, shelf.gone)
            for resource in copies:
                if resource.pending or resource.timers:
                    twin.resume(resource)
    return owner


def _export_clock(owner: Owner) -> dict[str, Any]:
    clock = owner.clock
    live = {
        event.number
        for account in owner.accounts()
        for shelf in account.shelves.values()
        for resource in shelf
        for event in ((resource.pending, *resource.timers) if resource.pending else resource.timers)
    }
    lapsed = [
        {"due": due.moment, "number": due.number, "planned": due.planned}
        for due in clock.awaited()
        if due.number not in live
    ]
    return {
        "now": clock.now(),
        "frozen": clock.frozen,
        "pace": clock.pace,
        "number": clock.number,
        "lapsed": lapsed,
    }


def _export_region(account: Account) -> dict[str, Any]:
    return {
        "numbers": account.ids_made,
        "tokens": [export_token(*key, kept) for key, kept in account.tokens.kept.items()],
        "kinds": {
            kind.__name__: {
                "serial": shelf.last_serial,
                "gone": shelf.gone,
                "kept": [facts_of(resource) for resource in shelf],
            }
            for kind, shelf in sorted(account.shelves.items(), key=lambda item: item[0].__name__)
            if shelf.last_serial
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


def _build_region(account: Account, content: Region) -> Account:
    account.ids_made = content.numbers
    for kept in content.tokens:
        account.tokens.kept[(kept.operation, kept.token)] = Remembered(
            bytes.fromhex(kept.fingerprint), kept.body.encode(), kept.used
        )
    for kind, read in shelves(content):
        made = [kind(**vars(facts)) for facts in read.kept]
        account.shelf(kind).fill(made, read.serial, read.gone)
        for resource in made:
            account.resume(resource)
    return account


@cache
def _values_of(kind: Any) -> Callable[[Resource], tuple[Any, ...]]:
    return attrgetter(*names_of(kind))


@cache
def _copier(kind: Any) -> Callable[[Any], Any]:
    """A quick copy of a resource that is on no shelf: every fact is immutable, so copying the slots is enough."""
    setters = [kind.__dict__.get(name, getattr(kind, name)).__set__ for name in names_of(kind)]
    values_of, new = _values_of(kind), object.__new__
    bare = [Resource.__dict__[name].__set__ for name in ("shelf", "shown")]

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
