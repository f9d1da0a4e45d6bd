"""What is due when: the ends of transitions under way, and what is planned for a later moment."""

from __future__ import annotations

from heapq import nsmallest
from typing import Any

from fastapi import Query, Response

from bce_emulator.control.bodies import written
from bce_emulator.control.inventory import named
from bce_emulator.control.process import Calls, ControlCall
from bce_emulator.control.resource_responses import Agenda
from bce_emulator.control.selection import Served, caught_up, selected_one
from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.accounts import Account
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.account.resource import Pending, Resource, Timer
from bce_emulator.engine.persist.state_snapshot import events_of
from bce_emulator.engine.steps import Steps, in_turn

Event = tuple[float, int, AccountRegion, Resource, Pending | Timer]


async def read(emulator: Served, account: str | None = None, limit: int = Query(100, ge=1, le=1_000)) -> Response:
    """What is due when, the earliest first, in every region of the account."""
    selected = await caught_up(emulator, selected_one(emulator, account, opens=False))
    events = await in_turn(_events(selected))
    return written(
        {
            "now": iso(selected.clock.now()),
            "matching": len(events),
            "due": [_row(event) for event in nsmallest(limit, events, key=lambda event: event[:2])],
            "dueIn": selected.clock.due_in(),
        }
    )


def _events(account: Account) -> Steps[list[Event]]:
    events: list[Event] = []
    for region in account.opened_regions():
        for collection in list(region.collections.values()):
            for resource in list(collection):
                events += [(event.due, event.number, region, resource, event) for event in events_of(resource)]
                yield
    return events


def _row(event: Event) -> dict[str, Any]:
    moment, _, region, resource, what = event
    is_transition = isinstance(what, Pending)
    return {
        "moment": iso(moment),
        "region": region.region,
        **named(resource),
        "action": what.action if isinstance(what, Pending) else what.name,
        "then": what.then if isinstance(what, Pending) else None,
        "planned": not is_transition,
    }


CALLS: Calls = (ControlCall("GET", "clock/due", read, Agenda),)
