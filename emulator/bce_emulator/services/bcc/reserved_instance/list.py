"""List reserved instances. https://cloud.baidu.com/doc/BCC/s/flhymywmk"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.declare.models import IN_QUERY, LenientBool, Model
from bce_emulator.engine.declare.operations import operation
from bce_emulator.engine.declare.pages import FIRST, MAX_KEYS, Page, page
from bce_emulator.engine.errors import BadRequest
from bce_emulator.services.bcc.reserved_instance.resource import ReservedInstance
from bce_emulator.services.bcc.reserved_instance.show import (
    ANY_SYSTEM,
    FULLY_PREPAY,
    ReservedInstanceView,
    show_reserved_instance,
)

SORTS: dict[str, Callable[[ReservedInstance], Any]] = {
    "osType": lambda _each: ANY_SYSTEM,
    "instanceCount": lambda _each: 1,
    "effectiveTime": lambda each: each.effective,
    "expireTime": lambda each: each.expires,
}
SPELLED = {
    "os_type": "osType",
    "purchase_count": "instanceCount",
    "effective_time": "effectiveTime",
    "expire_time": "expireTime",
}
"""How Java's client spells what it sorts by."""
SortKey = Literal[
    "osType",
    "instanceCount",
    "effectiveTime",
    "expireTime",
    "os_type",
    "purchase_count",
    "effective_time",
    "expire_time",
]


class GetReservedInstanceRequest(Model):
    """Filters are all to hold; the page is named in the query."""

    marker: Annotated[str, IN_QUERY] = ""
    max_keys: Annotated[int, IN_QUERY] = MAX_KEYS
    reserved_instance_ids: tuple[str, ...] = ()
    reserved_instance_name: str = ""
    zone_name: str = ""
    reserved_instance_status: str = ""
    spec: str = ""
    offering_type: str = ""
    os_type: str = ""
    instance_id: str = ""
    instance_name: str = ""
    is_deduct: LenientBool = False
    ehc_cluster_id: str = ""
    scope: str = ""
    sort_key: SortKey | None = None
    sort_dir: Literal["asc", "desc"] = "desc"


class GetReservedInstanceResponse(Page):
    """One page of reserved instances, and how many there are in all."""

    totalCount: int
    reservedInstances: list[ReservedInstanceView]


@operation("POST /v2/instance/reserved/list", doc="https://cloud.baidu.com/doc/BCC/s/flhymywmk")
def get_reserved_instance(account: AccountRegion, request: GetReservedInstanceRequest) -> GetReservedInstanceResponse:
    """List the reserved instances that fit all filters, newest first or sorted."""
    fits = _filter(request)
    if request.sort_key is not None:
        return _sorted_page(account, request, fits)
    shown = page(
        GetReservedInstanceResponse,
        account,
        ReservedInstance,
        "reservedInstances",
        _show,
        request.marker,
        request.max_keys,
        fits,
    )
    return {**shown, "totalCount": sum(map(fits, account.all(ReservedInstance)))}


def _filter(request: GetReservedInstanceRequest) -> Callable[[ReservedInstance], bool]:
    ids = frozenset(request.reserved_instance_ids)
    of_none = request.instance_id or request.instance_name or request.is_deduct
    if of_none or request.offering_type not in {"", FULLY_PREPAY} or request.os_type not in {"", ANY_SYSTEM}:
        return lambda _each: False

    def fits(each: ReservedInstance) -> bool:
        return (
            (not ids or each.id in ids)
            and request.reserved_instance_name in {"", each.name}
            and request.zone_name in {"", each.zone}
            and request.reserved_instance_status.lower() in {"", each.status}
            and request.spec in {"", each.spec}
            and request.ehc_cluster_id in {"", each.ehc_cluster_id}
            and request.scope in {"", each.scope}
        )

    return fits


def _sorted_page(
    account: AccountRegion, request: GetReservedInstanceRequest, fits: Callable[[ReservedInstance], bool]
) -> GetReservedInstanceResponse:
    """A page in an order that changes may change: what the marker names is to be there still."""
    if request.max_keys < 1:
        raise BadRequest("maxKeys must be at least 1")
    key = SORTS[SPELLED.get(request.sort_key or "", request.sort_key or "")]
    found = sorted(filter(fits, account.all(ReservedInstance)), key=key, reverse=request.sort_dir == "desc")
    marker, most = "" if request.marker == FIRST else request.marker, min(request.max_keys, MAX_KEYS)
    start = next((number for number, each in enumerate(found) if marker in {"", each.id}), None)
    if start is None and marker:
        raise BadRequest("the marker names no reserved instance that fits the filters")
    rest = found[start or 0 :]
    shown: GetReservedInstanceResponse = {
        "marker": marker,
        "isTruncated": len(rest) > most,
        "maxKeys": most,
        "totalCount": len(found),
        "reservedInstances": [_show(each) for each in rest[:most]],
    }
    return {**shown, "nextMarker": rest[most].id} if shown["isTruncated"] else shown


def _show(each: ReservedInstance) -> ReservedInstanceView:
    return show_reserved_instance(each, each.status)
