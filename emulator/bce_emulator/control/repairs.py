"""What the cloud finds to repair of a bare-metal server, which no API call can bring about."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import HTTPException
from pydantic import Field

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import ResourceShown
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.services.bbc.instance.resource import Server
from bce_emulator.services.bbc.repair_task.authorize import MAX_ERR_RESULT
from bce_emulator.services.bbc.repair_task.repair import report_repair


class Repair(Body):
    """What is wrong with the server, in any words."""

    err_result: Annotated[str, Field(min_length=1, max_length=MAX_ERR_RESULT)] = "HardwareFailure"


async def report(
    emulator: Served, server_id: str, body: Repair, account: str | None = None, region: str | None = None
) -> dict[str, Any]:
    """Have the cloud report a repair of a server; a rule of the account may allow it at once."""
    await caught_up(emulator, selected_one(emulator, account))
    selected = selected_region(emulator, account, region)
    server = selected.find(Server, server_id)
    if server is None:
        raise HTTPException(404, f"no server {server_id} in account {selected.name} and region {selected.region}")
    task = report_repair(selected, server, body.err_result)
    return {"id": task.id, "kind": task.type_key(), "status": task.status, "state": task.state}


CALLS: Calls = (ControlCall("POST", "servers/{server_id}/repair", report, ResourceShown),)
