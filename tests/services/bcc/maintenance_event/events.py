"""Maintenance events for tests: reported as the cloud reports them, and looked at as a client does."""

from __future__ import annotations

from typing import Any

from tests.cloud import Cloud
from tests.control.conftest import control_of

PLANNED, UNPLANNED = "PlannedMaintenanceEvent", "UnplannedMaintenanceEvent"
LISTS = {PLANNED: ("DescribePlanned", "plannedMaintenanceEvents"), UNPLANNED: ("DescribeUnplanned", "unplannedMaintenanceEvents")}  # fmt: skip
BEGINS, LASTS = 60, 600
"""Seconds from an authorization to the repair, and those of the repair."""


def report(cloud: Cloud, instance: str, category: str = UNPLANNED, **members: Any) -> str:
    reply = control_of(cloud)("POST", f"instances/{instance}/maintenance", {"category": category} | members)
    assert reply.status == 200, reply
    event: str = reply.body["id"]
    return event


def call(cloud: Cloud, action: str, **members: Any) -> dict[str, Any]:
    return cloud.ok("POST", f"/?action={action}", members)


def open_events(cloud: Cloud, category: str = UNPLANNED, **members: Any) -> list[dict[str, Any]]:
    action, name = LISTS[category]
    return call(cloud, f"{action}Events", **members)[name]


def records(cloud: Cloud, category: str = UNPLANNED, **members: Any) -> list[dict[str, Any]]:
    action, name = LISTS[category]
    return call(cloud, f"{action}EventRecords", **members)[name]


def status(cloud: Cloud, event: str) -> str:
    """The status of an open event; the last one that it had is not told of a record."""
    found = [each for category in LISTS for each in open_events(cloud, category, serverEventIds=[event])]
    return found[0]["serverEventStatus"] if found else "ended"
