"""What there is: the resources of a region as rows, and one of them whole, with what its status allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson
from fastapi import HTTPException, Query, Response

from bce_emulator.control.bodies import written
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import Inventory, WholeResource
from bce_emulator.control.resources import find_named
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.resource import Pending, Resource
from bce_emulator.engine.account.resource_types import find_resource_type
from bce_emulator.engine.observe.redaction import masked_json
from bce_emulator.engine.persist.state_snapshot import dump, fields_of
from bce_emulator.engine.steps import Steps, collected, in_turn

if TYPE_CHECKING:
    from bce_emulator.cloud import Emulator

LIMIT = 100
MAX_COUNT = 1_000
CARD = "nic_id"
"""The field that names the network interface, in which the addresses of a host are."""
ADDRESSES = (
    "address", "private_ip", "private_ips", "ip", "ip_address", "ipv6s", "ipv6", "public_ip", "public_ips",
    "cidr", "ipv6_cidr",
)  # fmt: skip
"""The members of resources that are addresses or ranges, in the order in which they are shown."""


async def read(
    emulator: Served,
    account: str | None = None,
    region: str | None = None,
    kind: str | None = None,
    status: str | None = None,
    search: str | None = None,
    within: str | None = None,
    offset: int = Query(0, ge=0, le=10_000_000),
    limit: int = Query(LIMIT, ge=1, le=MAX_COUNT),
) -> Response:
    """The resources of a region, newest first, and how many there are of each kind.

    ``search`` is a part of what a row shows. ``within`` are only those that name a resource, or one that names it.
    """
    await caught_up(emulator, selected_one(emulator, account, opens=False))
    selected = _region(emulator, account, region)
    resources = _of_kind(selected, kind)
    if within is not None:
        resources = await in_turn(_within(selected, within, resources))
    keep = _filter(selected, status, search)
    matching = resources if keep is None else await in_turn(_kept(resources, keep))
    counts = {each.type_key(): len(collection) for each, collection in selected.collections.items() if len(collection)}
    page = (row(selected, resource) for resource in matching[offset : offset + limit])
    return written(
        {
            "resources": await in_turn(collected(page)),
            "matching": len(matching),
            "kinds": dict(sorted(counts.items())),
            "dueIn": selected.clock.due_in(),
        }
    )


async def read_one(
    emulator: Served, resource_id: str, account: str | None = None, region: str | None = None, kind: str | None = None
) -> dict[str, Any]:
    """One resource: every field, what its status allows, what each other action is refused with, and what names it."""
    await caught_up(emulator, selected_one(emulator, account, opens=False))
    selected = _region(emulator, account, region)
    resource = find_named(selected, resource_id, kind)
    return row(selected, resource) | {
        "fields": masked_json(orjson.loads(dump(fields_of(resource)))),
        "statuses": list(resource.lifecycle.states),
        "actions": [_action(selected, resource, name) for name in resource.lifecycle.actions],
        "timers": [{"action": name, "due": iso(due)} for name, due, _ in resource.timers],
        "referredToBy": [named(other) for other in _referring(selected, resource)][:MAX_COUNT],
        "dueIn": selected.clock.due_in(),
    }


def row(region: AccountRegion, resource: Resource) -> dict[str, Any]:
    """A resource as the list shows it."""
    return {
        "kind": resource.type_key(),
        "id": resource.id,
        "name": getattr(resource, "name", ""),
        "status": resource.status,
        "state": resource.state,
        "region": region.region,
        "created": iso(resource.created),
        "addresses": list(dict.fromkeys(_addresses(region, resource))),
        "tags": [{"tagKey": key, "tagValue": value} for key, value in getattr(resource, "tags", ())],
        "refersTo": [named(each) for each in _referred(region, resource)],
        "pending": _pending(resource.pending),
    }


def named(resource: Resource) -> dict[str, str]:
    """A resource by its type and its id."""
    return {"kind": resource.type_key(), "id": resource.id}


def _region(emulator: Emulator, account: str | None, region: str | None) -> AccountRegion:
    return selected_region(emulator, account, region, opens=False)


def _of_kind(region: AccountRegion, name: str | None) -> list[Resource]:
    if name is None:
        return [resource for collection in region.collections.values() for resource in collection.newest_first()]
    try:
        kind = find_resource_type(name)
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    collection = region.collections.get(kind)
    return list(collection.newest_first()) if collection is not None else []


def _filter(region: AccountRegion, status: str | None, search: str | None) -> Callable[[Resource], bool] | None:
    if status is None and not search:
        return None
    part = (search or "").lower()
    return lambda resource: (
        status in {None, resource.status, resource.state} and (not part or part in _text(region, resource))
    )


def _text(region: AccountRegion, resource: Resource) -> str:
    tags = (f"{key}={value}" for key, value in getattr(resource, "tags", ()))
    named_by = (text for _, text in _names(resource))
    words = (
        resource.id,
        getattr(resource, "name", ""),
        resource.status,
        *_addresses(region, resource),
        *named_by,
        *tags,
    )
    return "\n".join(words).lower()


def _kept(resources: list[Resource], keep: Callable[[Resource], bool]) -> Steps[list[Resource]]:
    kept = []
    for resource in resources:
        if keep(resource):
            kept.append(resource)
        yield
    return kept


def _within(region: AccountRegion, resource_id: str, wanted: list[Resource]) -> Steps[list[Resource]]:
    """Those of some resources that name this one, or one that does, and so on."""
    naming: dict[str, list[Resource]] = {}
    for resource in _of_kind(region, None):
        for _, text in _names(resource):
            naming.setdefault(text, []).append(resource)
        yield
    found: dict[str, None] = {}
    waiting = [resource_id]
    while waiting:
        for resource in naming.get(waiting.pop(), ()):
            if resource.id not in found:
                found[resource.id] = None
                waiting.append(resource.id)
        yield
    return [resource for resource in wanted if resource.id in found]


def _names(resource: Resource) -> Iterator[tuple[str, str]]:
    """The fields that name other resources, and what they name."""
    for field in _naming_fields(type(resource)):
        value = getattr(resource, field)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and each and each != resource.id:
                yield field, each


def _naming_fields(kind: type[Resource]) -> Iterable[str]:
    known = _NAMING.get(kind)
    if known is None:
        keys = (key.field for key in kind.foreign_keys)
        fields = getattr(kind, "__dataclass_fields__", {})
        known = _NAMING[kind] = tuple(
            dict.fromkeys(chain((name for name in fields if name.endswith(("_id", "_ids"))), keys))
        )
    return known


_NAMING: dict[type[Resource], tuple[str, ...]] = {}


def _referred(region: AccountRegion, resource: Resource) -> list[Resource]:
    """What a resource names, and what its network interface does."""
    found = {each.id: each for _, text in _names(resource) for each in _called(region, text)}
    card = found.get(getattr(resource, CARD, ""))
    if card is not None:
        found = {each.id: each for _, text in _names(card) for each in _called(region, text)} | found
    found.pop(resource.id, None)
    return list(found.values())


def _called(region: AccountRegion, text: str) -> Iterator[Resource]:
    for collection in region.collections.values():
        found = collection.by_id.get(text)
        if found is not None:
            yield found


def _referring(region: AccountRegion, resource: Resource) -> Iterator[Resource]:
    for kind, collection in region.collections.items():
        for field in _naming_fields(kind) if len(collection) else ():
            yield from (other for other in collection.where(field, resource.id) if other is not resource)


def _addresses(region: AccountRegion, resource: Resource) -> Iterator[str]:
    for member in ADDRESSES:
        value = getattr(resource, member, "")
        yield from (
            each for each in (value if isinstance(value, tuple) else (value,)) if each and isinstance(each, str)
        )
    for each in getattr(resource, "public_addresses", ()):
        yield each.address
    for card in _called(region, getattr(resource, CARD, "")) if hasattr(resource, CARD) else ():
        yield from _addresses(region, card)


def _pending(pending: Pending | None) -> dict[str, str] | None:
    return {"action": pending.action, "then": pending.then, "due": iso(pending.due)} if pending is not None else None


def _action(region: AccountRegion, resource: Resource, name: str) -> dict[str, Any]:
    """Whether a resource can do something now, what it goes through, or what error it is refused with."""
    found = resource.lifecycle.find(name, resource.state)
    if found is None:
        error = resource.lifecycle.refusal(name, resource.state)
        refusal = {"code": error.code, "status": error.status, "message": error.message, "basis": error.basis}
        return {"action": name, "allowed": False, "refusal": refusal}
    seconds = region.account.seconds(type(resource), found)
    return {"action": name, "allowed": True, "meanwhile": found.meanwhile, "then": found.then, "seconds": seconds}


CALLS: Calls = (
    ControlCall("GET", "resources", read, Inventory),
    ControlCall("GET", "resources/{resource_id}", read_one, WholeResource),
)
