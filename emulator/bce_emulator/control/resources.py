"""The status of a resource of any kind, also one that no API call can bring about."""

from __future__ import annotations

from typing import Any

from fastapi import HTTPException

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import ResourceShown
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.resource import Resource
from bce_emulator.engine.account.resource_types import find_resource_type
from bce_emulator.engine.account.transitions import enter


class ResourceStatus(Body):
    """What to make true of a resource."""

    status: str


async def change(
    emulator: Served,
    resource_id: str,
    body: ResourceStatus,
    account: str | None = None,
    region: str | None = None,
    kind: str | None = None,
) -> dict[str, Any]:
    """Give a resource a status, whatever its lifecycle says; a transition under way is called off.

    The resource is named by its id, an EIP also by its address; ``kind`` tells resources with one id apart.
    """
    await caught_up(emulator, selected_one(emulator, account))
    selected = selected_region(emulator, account, region)
    resource = find_named(selected, resource_id, kind)
    check_status(resource, body.status)
    set_status(selected, resource, body.status)
    return {"id": resource.id, "kind": resource.type_key(), "status": resource.status, "state": resource.state}


def check_status(resource: Resource, status: str) -> None:
    """Refuse a status that the kind of resource does not have."""
    if status not in resource.lifecycle.states:
        raise HTTPException(400, f"status is one of {', '.join(resource.lifecycle.states)}")


def set_status(account: AccountRegion, resource: Resource, status: str) -> None:
    """Give a resource a status; nothing is under way with it then."""
    enter(account, resource, status)


def find_named(account: AccountRegion, resource_id: str, kind: str | None) -> Resource:
    """The resource of an id, or the answer that there is none, or that there are several."""
    try:
        kinds = list(account.collections) if kind is None else [find_resource_type(kind)]
    except ValueError as error:
        raise HTTPException(400, str(error)) from None
    found = [resource for each in kinds if (resource := _find(account, each, resource_id))]
    if not found:
        raise HTTPException(404, f"no resource {resource_id} in account {account.name} and region {account.region}")
    if len(found) > 1:
        names = ", ".join(each.type_key() for each in found)
        raise HTTPException(400, f"{resource_id} is the id of several resources; say which in ?kind=: {names}")
    return found[0]


def _find(account: AccountRegion, kind: type[Resource], name: str) -> Resource | None:
    by_field = (account.find_by(kind, field, name) for field in kind.other_ids)
    return account.find(kind, name) or next((found for found in by_field if found is not None), None)


CALLS: Calls = (ControlCall("PUT", "resources/{resource_id}", change, ResourceShown),)
