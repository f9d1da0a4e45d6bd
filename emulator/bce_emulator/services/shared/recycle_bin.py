"""The recycle bin of what is paid for by instance: what a list of it asks and shows, and how long something is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import DAY, HOUR, LAST_MOMENT, iso
from bce_emulator.engine.account.resource import Resource, on_timer
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.pages import MAX_KEYS
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.shared.times import moment_of

KEPT = {"Postpaid": 2 * HOUR, "Prepaid": 7 * DAY}
TIMER = "delete_recycled"
"""The timer of what is in the bin, and the action that empties it."""


class BinFilters(Model):
    """Filters are all to hold; the times bound when something came into the bin."""

    marker: str = ""
    max_keys: int = MAX_KEYS
    instance_id: str = ""
    name: str = ""
    payment_timing: Literal["Prepaid", "Postpaid"] | None = None
    recycle_begin: str = ""
    recycle_end: str = ""


class RecycledBase(TypedDict):
    """Something in the bin, and when it came there and will be deleted."""

    id: str
    serialNumber: str
    name: str
    recycleTime: str
    deleteTime: str
    paymentTiming: str
    serviceName: str
    serviceType: str
    configItems: list[str]


def fits(request: BinFilters) -> Callable[[Any], bool]:
    """Whether something in the bin is what a list asks for."""
    begin = moment_of("recycleBegin", request.recycle_begin)
    end = moment_of("recycleEnd", request.recycle_end, LAST_MOMENT)
    return lambda each: (
        request.instance_id in {"", each.id}
        and request.name in {"", each.name}
        and request.payment_timing in {None, each.payment}
        and begin <= (each.recycled or 0.0) <= end
    )


def put_into_bin(account: AccountRegion, resource: Any) -> None:
    """Keep something until the bin lets go of it."""
    resource.recycled = account.clock.now()
    account.schedule(resource, TIMER, _deleted(resource))


def take_out(account: AccountRegion, resource: Any) -> None:
    """Have the bin keep something no more."""
    account.change(resource, "recover")
    account.schedule(resource, TIMER, None)
    resource.recycled = None


def emptied_on_time(kind: type[Resource], recycled: str) -> None:
    """Have the bin let go of each of a kind when its time is over, unless the control API has taken it out."""

    @on_timer(kind, TIMER)
    def delete_at_last(account: AccountRegion, resource: Resource) -> None:
        if resource.state == recycled:
            account.change(resource, TIMER)


def show(resource: Any, service: str, cpu: int, memory: int) -> RecycledBase:
    """Something in the bin by the API's member names; memory is GB."""
    return {
        "id": resource.id,
        "serialNumber": f"s-{resource.id}",
        "name": resource.name,
        "recycleTime": iso(resource.recycled or 0.0),
        "deleteTime": iso(_deleted(resource)),
        "paymentTiming": resource.payment,
        "serviceName": service,
        "serviceType": service,
        "configItems": [f"CPU:{cpu}", f"Memory:{memory}GB"],
    }


def _deleted(resource: Any) -> float:
    moment: float = (resource.recycled or 0.0) + KEPT.get(resource.payment, KEPT["Postpaid"])
    return moment
