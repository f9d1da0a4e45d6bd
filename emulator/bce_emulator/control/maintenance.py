"""What the cloud finds to repair of an instance, which no API call can bring about."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import HTTPException

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import ResourceShown
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.maintenance_event.list import Type
from bce_emulator.services.bcc.maintenance_event.repair import report_event


class Maintenance(Body):
    """What is to be repaired: whether that is planned, and the type of the event."""

    category: Literal["PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"] = "UnplannedMaintenanceEvent"
    type: Type = "InstanceRepairBySystemFailureEvent"


async def report(
    emulator: Served, instance_id: str, body: Maintenance, account: str | None = None, region: str | None = None
) -> dict[str, Any]:
    """Have the cloud report a maintenance event of an instance; a rule of the account may authorize it at once."""
    await caught_up(emulator, selected_one(emulator, account))
    selected = selected_region(emulator, account, region)
    instance = selected.find(Instance, instance_id)
    if instance is None:
        raise HTTPException(404, f"no instance {instance_id} in account {selected.name} and region {selected.region}")
    event = report_event(selected, instance, body.category, body.type)
    return {"id": event.id, "kind": event.type_key(), "status": event.status, "state": event.state}


CALLS: Calls = (ControlCall("POST", "instances/{instance_id}/maintenance", report, ResourceShown),)
