"""Would traffic pass from one thing to another? Worked out from what there is."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import HTTPException
from pydantic import Field

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import Reachability
from bce_emulator.control.rights import Rights
from bce_emulator.control.selection import Served, caught_up, selected_one, selected_region
from bce_emulator.reachability.packet import SOURCE_PORT
from bce_emulator.reachability.question import CannotAsk, NotThere, Question, answer


class ReachabilityQuestion(Body):
    """From where to where: ids of instances, interfaces or load balancers, addresses, or ``internet``.

    Behind a load balancer's id and a colon can stand a listener's port. ``vpcId`` says which VPC an address is in that
    several have. ``unused`` lists the rules on the way that decided nothing.
    """

    source: str = Field(min_length=1, max_length=128)
    target: str = Field(min_length=1, max_length=128)
    protocol: Literal["tcp", "udp", "icmp"] = "tcp"
    port: int | None = Field(default=None, ge=1, le=65_535)
    source_port: int = Field(default=SOURCE_PORT, ge=1, le=65_535)
    ip_version: Literal[4, 6] | None = None
    vpc_id: str = Field(default="", max_length=64)
    unused: bool = False


async def ask(
    emulator: Served,
    rights: Rights,
    body: ReachabilityQuestion,
    account: str | None = None,
    region: str | None = None,
) -> dict[str, Any]:
    """Whether traffic would pass: the path, the rule that decided at each hop, and what stops it first."""
    await caught_up(emulator, selected_one(emulator, account, opens=False))
    selected = selected_region(emulator, account, region, opens=False)
    members = body.model_dump(exclude={"unused"})
    prefix = rights.prefix if rights is not None else ""
    try:
        return answer(
            selected, Question(**members), with_unused=body.unused, may_see=lambda name: name.startswith(prefix)
        )
    except NotThere as error:
        raise HTTPException(404, str(error)) from None
    except CannotAsk as error:
        raise HTTPException(400, str(error)) from None


CALLS: Calls = (ControlCall("POST", "reachability", ask, Reachability),)
