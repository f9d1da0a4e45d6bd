"""What of the events the lists show."""

from __future__ import annotations

from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.errors import BadRequest
from tests.services.bcc.maintenance_event.events import (
    BEGINS,
    LASTS,
    LISTS,
    PLANNED,
    call,
    open_events,
    records,
    report,
)

DISK = "LocalDiskInstanceRepairBySystemFailureEvent"
LATER = "2026-01-01T00:30:00Z"


def test_events_have_to_fit_all_filters_and_come_newest_first(cloud, running):
    other = cloud.create()
    for category in LISTS:
        first, second = report(cloud, running, category), report(cloud, other, category, type=DISK)
        cloud.clock.advance(3_600)
        third = report(cloud, running, category)
        call(cloud, "AuthorizeServerEvent", serverEventId=third)
        start, end = iso(cloud.clock.now() - 60), "2027-01-01T00:00:00Z"
        for filters, found in [
            ({}, [third, second, first]),
            ({"serverEventStatus": "Inquiring"}, [second, first]),
            ({"serverEventStatus": "Processing", "instanceIds": [running]}, [third]),
            ({"serverEventStatus": ""}, [third, second, first]),
            ({"serverEventIds": [first, third, "event-nobody00"]}, [third, first]),
            ({"instanceIds": [other]}, [second]),
            ({"productCategory": "BCC"}, [third, second, first]),
            ({"productCategory": "BBC"}, []),
            ({"serverEventType": DISK}, [second]),
            ({"periodStartTime": start, "periodEndTime": end}, [third]),
            ({"periodEndTime": start}, [second, first]),
            ({"serverEventLogTimeFilter": "EventAuthorize", "periodEndTime": end}, [third]),
            ({"serverEventLogTimeFilter": "EventExecuting", "periodStartTime": start}, []),
            ({"maxKeys": 1}, [third]),
            ({"maxKeys": 1, "marker": second}, [second]),
        ]:
            assert [each["serverEventId"] for each in open_events(cloud, category, **filters)] == found, filters
        assert records(cloud, category) == []


def test_a_page_says_what_is_left_and_records_are_filtered_too(cloud, running):
    made = [report(cloud, running, PLANNED) for _ in range(12)]
    page = call(cloud, "DescribePlannedEvents")
    head = {name: page[name] for name in ("marker", "isTruncated", "nextMarker", "maxKeys")}
    assert head == {"marker": "", "isTruncated": True, "nextMarker": made[1], "maxKeys": 10}
    assert "nextMarker" not in call(cloud, "DescribePlannedEvents", marker=made[1])
    assert call(cloud, "DescribePlannedEvents", maxKeys=101)["maxKeys"] == 100

    call(cloud, "AuthorizeServerEvent", serverEventId=made[3])
    cloud.clock.advance(BEGINS + LASTS)

    for filters, found in [({}, [made[3]]), ({"serverEventIds": made[:2]}, []), ({"periodEndTime": LATER}, [made[3]])]:
        assert [each["serverEventId"] for each in records(cloud, PLANNED, **filters)] == found, filters
    assert len(open_events(cloud, PLANNED, maxKeys=100)) == 11


def test_what_no_list_can_have_is_refused(cloud):
    for action, _ in LISTS.values():
        for rest in ("Events", "EventRecords"):
            for body in [
                {"maxKeys": 0},
                {"marker": "event-nobody00"},
                {"productCategory": "VM"},
                {"serverEventType": "Wear"},
                {"serverEventLogTimeFilter": "EventEnd"},
                {"periodStartTime": "today"},
                {"periodEndTime": "2026-01-01"},
            ]:
                cloud.refused(BadRequest, "POST", f"/?action={action}{rest}", body)
        cloud.refused(BadRequest, "POST", f"/?action={action}Events", {"serverEventStatus": "Ended"})
