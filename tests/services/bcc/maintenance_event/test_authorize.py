"""An event from its report to its end, as the user who allows the repair sees it."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from tests.control.conftest import control_of
from tests.services.bcc.maintenance_event.events import (
    BEGINS,
    LASTS,
    PLANNED,
    UNPLANNED,
    call,
    open_events,
    records,
    report,
    status,
)

AUTHORIZE, CHECKS = "/?action=AuthorizeServerEvent", ("/?action=CheckUnplannedEvent", "/?action=CheckServerEvent")
REJECT = {
    "checkResult": "Reject",
    "issueEffect": "still down",
    "issueDescription": "it does not answer",
    "authorizeMaintenanceOperation": "Reboot",
}


def repair_status(cloud, instance):
    return cloud.instance(instance)["repairStatus"]


def repaired(cloud, event, **members):
    call(cloud, "AuthorizeServerEvent", serverEventId=event, **members)
    cloud.clock.advance(BEGINS + LASTS)


def test_a_planned_event_is_executed_at_its_time_and_ends_by_itself(cloud, running):
    event = report(cloud, running, PLANNED)
    seen = [(status(cloud, event), repair_status(cloud, running))]

    call(cloud, "AuthorizeServerEvent", serverEventId=event, executeTime="2026-01-02T00:00:00Z")

    for seconds in (0, 86_400 - 61, 1, LASTS - 1, 1):
        cloud.clock.advance(seconds)
        seen.append((status(cloud, event), repair_status(cloud, running)))
    assert seen == [
        ("Inquiring", "wait_authorize"),
        ("Processing", "wait_repair"),
        ("Processing", "wait_repair"),
        ("Executing", "repairing"),
        ("Executing", "repairing"),
        ("ended", "normal"),
    ]
    [record] = records(cloud, PLANNED)
    instance = cloud.instance(running)
    assert record == {
        "serverEventId": event,
        "serverEventType": "InstanceRepairBySystemFailureEvent",
        "serverEventStatus": "Executed",
        "instanceId": running,
        "productCategory": "BCC",
        "instanceSpec": instance["spec"],
        "instanceName": instance["name"],
        "privateIp": instance["internalIp"],
        "tags": [],
        "serverEventCreatedTime": "2026-01-01T00:01:00Z",
        "serverEventEndedTime": "2026-01-02T00:10:00Z",
        "maintenanceOptions": ["Repair", "Reboot", "TamAuthorize"],
        "supportMaintenanceOptions": ["Repair", "Reboot", "TamAuthorize"],
        "authorizedMaintenanceOperation": "Repair",
        "associatedPlannedMaintenanceServerEventIds": [],
        "associatedUnplannedMaintenanceServerEventIds": [],
        "executeTime": "2026-01-02T00:00:00Z",
        "serverEventLogs": [
            {"name": "EventCreate", "operator": "system", "operateTime": "2026-01-01T00:01:00Z"},
            {"name": "EventAuthorize", "operator": "user", "operateTime": "2026-01-01T00:01:00Z"},
            {"name": "EventExecuting", "operator": "system", "operateTime": "2026-01-02T00:00:00Z"},
        ],
        "hasFastRepairStock": False,
        "risks": record["risks"],
    }
    assert record["risks"][0]["issueName"] == "SystemFailure"
    assert cloud.status(running) == "Running"


def test_an_unplanned_event_waits_for_a_check_and_is_repaired_again_if_that_is_rejected(cloud, running):
    event = report(cloud, running, type="LocalDiskInstanceRepairOrFastRepairBySystemFailureEvent")
    repaired(cloud, event, authorizeMaintenanceOperation="FastRepair")
    assert (status(cloud, event), repair_status(cloud, running)) == ("Executed", "normal")

    cloud.ok("POST", CHECKS[0], REJECT | {"serverEventId": event})

    assert (status(cloud, event), repair_status(cloud, running)) == ("DisConfirm", "wait_repair")
    cloud.clock.advance(BEGINS)
    assert (status(cloud, event), cloud.status(running)) == ("Executing", "Starting")
    cloud.clock.advance(LASTS)
    assert (status(cloud, event), cloud.status(running)) == ("Executed", "Running")
    cloud.ok("POST", CHECKS[1], {"instanceId": running, "checkResult": "Pass"})
    [record] = records(cloud)
    assert record["authorizedMaintenanceOperation"] == "Reboot"
    assert [each["name"] for each in record["serverEventLogs"]] == [
        "EventCreate", "EventAuthorize", "EventExecuting", "RejectCheckResult", "EventExecuting",
    ]  # fmt: skip
    assert [each["issueEffect"] for each in record["failures"]] == ["data may be lost", "still down"]
    assert len(record["issueDiskInfos"]) == 1
    assert record["hasFastRepairStock"]


def test_what_an_event_keeps_is_bounded(cloud, running):
    event = report(cloud, running)
    repaired(cloud, event)

    for _ in range(60):
        cloud.ok("POST", CHECKS[0], REJECT | {"serverEventId": event})
        cloud.clock.advance(BEGINS + LASTS)

    [seen] = open_events(cloud)
    assert (len(seen["serverEventLogs"]), len(seen["failures"])) == (50, 50)


def test_other_open_events_of_the_instance_are_named(cloud, running):
    first, second, third = report(cloud, running), report(cloud, running), report(cloud, running, PLANNED)
    report(cloud, cloud.create())

    one = call(cloud, "AuthorizeServerEvent", serverEventId=first)
    two = call(cloud, "AuthorizeServerEvent", instanceId=running)
    last = call(cloud, "AuthorizeServerEvent", instanceId=running, serverEventId=third)

    assert one["associatedUnplannedMaintenanceServerEventIds"] == [second]
    assert one["associatedPlannedMaintenanceServerEventIds"] == [third]
    assert two["associatedUnplannedMaintenanceServerEventIds"] == [first]
    assert last["associatedUnplannedMaintenanceServerEventIds"] == [first, second]
    assert "associatedPlannedMaintenanceServerEventIds" not in last
    shown = open_events(cloud, PLANNED)[0]
    assert shown["associatedUnplannedMaintenanceServerEventIds"] == [first, second]
    cloud.clock.advance(BEGINS + LASTS)
    assert [status(cloud, each) for each in (first, second, third)] == ["Executed", "Executed", "ended"]


def test_what_cannot_be_is_refused(cloud, running):
    event, planned = report(cloud, running), report(cloud, cloud.create(), PLANNED)
    idle = cloud.create()
    for body, error in [
        ({}, BadRequest),
        ({"serverEventId": "event-nobody00"}, NoSuchObject),
        ({"serverEventId": "event-nobody00", "executeTime": "soon"}, NoSuchObject),
        ({"instanceId": idle}, NoSuchObject),
        ({"serverEventId": event, "instanceId": idle}, BadRequest),
        ({"serverEventId": event, "authorizeMaintenanceOperation": "FastRepair"}, BadRequest),
        ({"serverEventId": event, "executeTime": "soon"}, BadRequest),
        ({"serverEventId": 1}, InappropriateJSON),
    ]:
        cloud.refused(error, "POST", AUTHORIZE, body)
    for body, error in [
        ({"checkResult": "Pass"}, BadRequest),
        ({"serverEventId": event}, InappropriateJSON),
        ({"serverEventId": event, "checkResult": "Perhaps"}, BadRequest),
        ({"serverEventId": event, "checkResult": "Pass"}, OperationDenied),
        ({"serverEventId": event} | REJECT, OperationDenied),
        ({"serverEventId": planned, "checkResult": "Pass"}, NoSuchObject),
        ({"instanceId": idle, "checkResult": "Pass"}, NoSuchObject),
        *[({"serverEventId": event} | REJECT | {name: ""}, BadRequest) for name in list(REJECT)[1:]],
        ({"serverEventId": event} | REJECT | {"authorizeMaintenanceOperation": "FastRepair"}, BadRequest),
    ]:
        for check in CHECKS:
            cloud.refused(error, "POST", check, body)
    call(cloud, "AuthorizeServerEvent", serverEventId=event)
    cloud.refused(OperationDenied, "POST", AUTHORIZE, {"serverEventId": event})
    cloud.refused(OperationDenied, "POST", AUTHORIZE, {"instanceId": running})


@pytest.mark.parametrize(
    "set_to", ["Inquiring", "Processing", "Executing", "Executed", "Abnormal", "DisConfirm", "Ended"]
)
def test_a_status_that_a_test_sets_holds_until_a_call_changes_it(cloud, running, set_to):
    event = report(cloud, running)
    call(cloud, "AuthorizeServerEvent", serverEventId=event, executeTime="2026-01-02T00:00:00Z")
    control_of(cloud)("PUT", f"resources/{event}", {"status": set_to})
    cloud.clock.advance(BEGINS + LASTS)
    assert status(cloud, event) == ("ended" if set_to == "Ended" else set_to)

    for target, body in [
        (AUTHORIZE, {"authorizeMaintenanceOperation": "Reboot", "executeTime": "1960-01-01T00:00:00Z"}),
        (CHECKS[0], REJECT),
        (CHECKS[0], {"checkResult": "Pass"}),
    ]:
        assert cloud.call("POST", target, {"serverEventId": event} | body).status in {200, 400, 409}
        cloud.clock.advance(BEGINS + LASTS)
    cloud.clock.advance(2 * 86_400)
    ended = [each["serverEventStatus"] for each in records(cloud)]
    goes_on = set_to in {"Inquiring", "Executed", "Ended"}
    assert (status(cloud, event), ended) == (("ended", ["Executed"]) if goes_on else (set_to, []))


def test_an_event_goes_with_its_instance(cloud, running):
    gone, other = report(cloud, running), report(cloud, cloud.create(), PLANNED)
    call(cloud, "AuthorizeServerEvent", serverEventId=gone, authorizeMaintenanceOperation="Reboot")

    cloud.ok("DELETE", f"/v2/instance/{running}")
    cloud.clock.advance(86_400)

    assert (open_events(cloud), records(cloud)) == ([], [])
    cloud.refused(NoSuchObject, "POST", AUTHORIZE, {"serverEventId": gone})
    assert status(cloud, other) == "Inquiring"


def test_only_what_there_is_can_be_reported(cloud, running):
    control, path = control_of(cloud), f"instances/{running}/maintenance"

    assert control("POST", "instances/i-none/maintenance", {}).status == 404
    assert control("POST", path, {"category": "Wear"}).status == 400
    assert control("POST", path, {"type": "Wear"}).status == 400
    assert control("POST", path, {}).body["status"] == "Inquiring"
    assert [each["serverEventType"] for each in open_events(cloud, UNPLANNED)] == ["InstanceRepairBySystemFailureEvent"]


def test_a_planned_end_lets_a_repair_fail(cloud, running):
    event = report(cloud, running)
    fault = {"operation": "AuthorizeServerEvent", "endIn": "Abnormal"}
    assert control_of(cloud)("POST", "faults", fault).status == 200

    call(cloud, "AuthorizeServerEvent", serverEventId=event)
    cloud.clock.advance(BEGINS + LASTS)

    assert (status(cloud, event), repair_status(cloud, running)) == ("Abnormal", "normal")
    [seen] = open_events(cloud)
    assert [each["name"] for each in seen["serverEventLogs"]] == ["EventCreate", "EventAuthorize"]


def test_a_reboot_leaves_a_stopped_instance_and_one_in_the_recycle_bin_as_they_are(cloud, running):
    stopped = cloud.create()
    cloud.ok("PUT", f"/v2/instance/{stopped}?stop")
    events = [report(cloud, stopped), report(cloud, running)]
    bin_it = {"relatedReleaseFlag": False, "deleteCdsSnapshotFlag": False, "bccRecycleFlag": True}
    cloud.ok("POST", f"/v2/instance/{running}", bin_it)

    for event in events:
        repaired(cloud, event, authorizeMaintenanceOperation="Reboot")

    assert [status(cloud, event) for event in events] == ["Executed", "Executed"]
    assert [cloud.status(each) for each in (stopped, running)] == ["Stopped", "Recycled"]
