"""What the health checks of load balancers find of an instance, whatever it does."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import HTTPException

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import BackendShown
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.services.blb.backend import find_backend


class BackendHealth(Body):
    """What checks find; an empty text has them find again what is."""

    health: Literal["Alive", "Dead", ""]


async def change(
    emulator: Served, instance_id: str, body: BackendHealth, account: str | None = None, region: str | None = None
) -> dict[str, Any]:
    """Have every health check of load balancers find an instance alive or dead from now on, or what it is."""
    await caught_up(emulator, selected_one(emulator, account))
    selected = selected_region(emulator, account, region)
    backend = find_backend(selected, instance_id)
    if backend is None:
        raise HTTPException(404, f"no instance {instance_id} in account {selected.name} and region {selected.region}")
    backend.nic.health = body.health
    return {"id": instance_id, "health": body.health}


CALLS: Calls = (ControlCall("PUT", "backends/{instance_id}", change, BackendShown),)
