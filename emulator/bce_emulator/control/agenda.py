"""What is due when: the ends of transitions under way, and what is planned for a later moment."""

from __future__ import annotations

import itertools
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
from bce_emulator.engine.steps import Steps, collected, in_order, in_turn

Event = tuple[AccountRegion, Resource, Pending | Timer]


async def read(emulator: Served, account: str | None = None, limit: int = Query(100, ge=1, le=1_000)) -> Response:
    """What is due when, the earliest first, in every region of the account."""
    selected = await caught_up(emulator, selected_one(emulator, account, opens=False))
    events = await in_turn(_events(selected))
    return written(
        {
            "now": iso(selected.clock.now()),
            "matching": len(events),
            "due": await in_turn(collected(map(_row, events[:limit]))),
            "dueIn": selected.clock.due_in(),
        }
    )


def _events(account: Account) -> Steps[list[Event]]:
    numbered: list[tuple[tuple[float, int, int], Event]] = []
    count = itertools.count()
    for region in account.opened_regions():
        for collection in list(region.collections.values()):
            for resource in list(collection):
                numbered += [
                    ((event.due, event.number, next(count)), (region, resource, event)) for event in events_of(resource)
                ]
                yield
    return (yield from in_order(numbered))


def _row(event: Event) -> dict[str, Any]:
    region, resource, what = event
    is_transition = isinstance(what, Pending)
    return {
        "moment": iso(what.due),
        "region": region.region,
        **named(resource),
        "action": what.action if isinstance(what, Pending) else what.name,
        "then": what.then if isinstance(what, Pending) else None,
        "planned": not is_transition,
    }


CALLS: Calls = (ControlCall("GET", "clock/due", read, Agenda),)
