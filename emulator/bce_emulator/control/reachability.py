"""Would traffic pass from one thing to another? Worked out from what there is."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import HTTPException
from pydantic import Field

from bce_emulator.control.bodies import Body
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import Reachability
from bce_emulator.control.rights import Rights
from bce_emulator.control.selection import Served, awake, caught_up, selected_one, selected_region, undisturbed
from bce_emulator.engine.account.accounts import Account
from bce_emulator.reachability.packet import SOURCE_PORT
from bce_emulator.reachability.question import CannotAsk, NotThere, Question, answer_in_steps
from bce_emulator.services.vpc.peerconn.resource import PeerConn


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
    asking = await caught_up(emulator, selected_one(emulator, account, opens=False))
    for peer in _peers(asking) & set(emulator.accounts.asleep):
        await awake(emulator, peer)
    selected = selected_region(emulator, account, region, opens=False)
    members = body.model_dump(exclude={"unused"})
    prefix = rights.prefix if rights is not None else ""
    try:
        asked = answer_in_steps(
            selected, Question(**members), with_unused=body.unused, may_see=lambda name: name.startswith(prefix)
        )
        return await undisturbed(selected.account, asked)
    except NotThere as error:
        raise HTTPException(404, str(error)) from None
    except CannotAsk as error:
        raise HTTPException(400, str(error)) from None


def _peers(account: Account) -> set[str]:
    """The accounts to which peer connections lead."""
    return {end.peer_owner for region in account.opened_regions() for end in region.all(PeerConn)}


CALLS: Calls = (ControlCall("POST", "reachability", ask, Reachability),)
