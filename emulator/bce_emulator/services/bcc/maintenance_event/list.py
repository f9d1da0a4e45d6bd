"""List maintenance events: what is open, and the records of what has ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import LAST_MOMENT
from bce_emulator.engine.declare.models import Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.pages import Page, page
from bce_emulator.services.bcc.maintenance_event.lifecycle import ENDED
from bce_emulator.services.bcc.maintenance_event.resource import PLANNED, UNPLANNED, MaintenanceEvent
from bce_emulator.services.bcc.maintenance_event.show import (
    PRODUCT_CATEGORY,
    PlannedEventView,
    UnplannedEventView,
    show_planned,
    show_unplanned,
)
from bce_emulator.services.shared.times import moment_of

PAGE, MAX_PAGE = 10, 100

Form = TypeVar("Form", "PlannedEventsResponse", "UnplannedEventsResponse")
Type = Literal[
    "InstanceRepairBySystemFailureEvent",
    "InstanceRepairOrFastRepairBySystemFailureEvent",
    "LocalDiskInstanceRepairBySystemFailureEvent",
    "LocalDiskInstanceRepairOrFastRepairBySystemFailureEvent",
]


class EventRecordsRequest(Model):
    """Filters are all to hold; the period is that of an entry in the log of events, their creation if not another."""

    marker: str = ""
    max_keys: int = PAGE
    server_event_ids: tuple[str, ...] = ()
    instance_ids: tuple[str, ...] = ()
    product_category: Literal["BBC", "BCC", "HPAS"] | None = None
    server_event_type: Type | None = None
    server_event_log_time_filter: Literal["EventCreate", "EventAuthorize", "EventExecuting", "RejectCheckResult"] = (
        "EventCreate"
    )
    period_start_time: str = ""
    period_end_time: str = ""


class EventsRequest(EventRecordsRequest):
    """The same of events that are open, and their status."""

    server_event_status: (
        Literal["Inquiring", "Processing", "Executing", "Executed", "Abnormal", "DisConfirm"] | None
    ) = None


class PlannedEventsResponse(Page):
    """One page of events that were foreseen."""

    requestId: str
    plannedMaintenanceEvents: list[PlannedEventView]


class UnplannedEventsResponse(Page):
    """One page of events that came about."""

    requestId: str
    unplannedMaintenanceEvents: list[UnplannedEventView]


@operation("POST /?action=DescribePlannedEvents", doc="https://cloud.baidu.com/doc/BCC/s/Imhswaes3")
def describe_planned_events(account: AccountRegion, request: EventsRequest, call: Call) -> PlannedEventsResponse:
    """List the open planned events that fit all filters, newest first."""
    return _planned(account, request, call, lambda state: state != ENDED)


@operation("POST /?action=DescribePlannedEventRecords", doc="https://cloud.baidu.com/doc/BCC/s/fmhswi6q8")
def describe_planned_event_records(
    account: AccountRegion, request: EventRecordsRequest, call: Call
) -> PlannedEventsResponse:
    """List the planned events that have ended and fit all filters, newest first."""
    return _planned(account, request, call, lambda state: state == ENDED)


@operation("POST /?action=DescribeUnplannedEvents", doc="https://cloud.baidu.com/doc/BCC/s/tmhstpksw")
def describe_unplanned_events(account: AccountRegion, request: EventsRequest, call: Call) -> UnplannedEventsResponse:
    """List the open unplanned events that fit all filters, newest first."""
    return _unplanned(account, request, call, lambda state: state != ENDED)


@operation("POST /?action=DescribeUnplannedEventRecords", doc="https://cloud.baidu.com/doc/BCC/s/Rmhsw1bvo")
def describe_unplanned_event_records(
    account: AccountRegion, request: EventRecordsRequest, call: Call
) -> UnplannedEventsResponse:
    """List the unplanned events that have ended and fit all filters, newest first."""
    return _unplanned(account, request, call, lambda state: state == ENDED)


def _planned(
    account: AccountRegion, request: EventRecordsRequest, call: Call, is_meant: Callable[[str], bool]
) -> PlannedEventsResponse:
    fits, of = _filter(request, is_meant), ("category", PLANNED)
    response = page(
        PlannedEventsResponse, account, MaintenanceEvent, "plannedMaintenanceEvents",
        lambda event: show_planned(account, event), request.marker, request.max_keys, fits, MAX_PAGE, of,
    )  # fmt: skip
    response["requestId"] = call.request_id
    return response


def _unplanned(
    account: AccountRegion, request: EventRecordsRequest, call: Call, is_meant: Callable[[str], bool]
) -> UnplannedEventsResponse:
    fits, of = _filter(request, is_meant), ("category", UNPLANNED)
    response = page(
        UnplannedEventsResponse, account, MaintenanceEvent, "unplannedMaintenanceEvents",
        lambda event: show_unplanned(account, event), request.marker, request.max_keys, fits, MAX_PAGE, of,
    )  # fmt: skip
    response["requestId"] = call.request_id
    return response


def _filter(request: EventRecordsRequest, is_meant: Callable[[str], bool]) -> Callable[[MaintenanceEvent], bool]:
    start = moment_of("periodStartTime", request.period_start_time)
    end = moment_of("periodEndTime", request.period_end_time, LAST_MOMENT)
    has_period = bool(request.period_start_time or request.period_end_time)
    status = request.server_event_status if isinstance(request, EventsRequest) else None

    def happened(event: MaintenanceEvent) -> bool:
        name = request.server_event_log_time_filter
        return any(each.name == name and start <= each.moment <= end for each in event.logs)

    def fits(event: MaintenanceEvent) -> bool:
        return (
            is_meant(event.state)
            and status in {None, event.status}
            and (not request.server_event_ids or event.id in request.server_event_ids)
            and (not request.instance_ids or event.instance_id in request.instance_ids)
            and request.product_category in {None, PRODUCT_CATEGORY}
            and request.server_event_type in {None, event.type}
            and (not has_period or happened(event))
        )

    return fits
