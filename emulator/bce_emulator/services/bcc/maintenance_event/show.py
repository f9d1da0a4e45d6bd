"""How a maintenance event is shown: its instance as it is now, and what was done about it."""

from __future__ import annotations

from typing import Any, NotRequired

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.services.bcc.instance.nic import nic_of
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.maintenance_event.lifecycle import ENDED
from bce_emulator.services.bcc.maintenance_event.resource import PLANNED, UNPLANNED, Issue, MaintenanceEvent
from bce_emulator.services.shared.tags import TagView, show_tags

PRODUCT_CATEGORY = "BCC"


class EventLogView(TypedDict):
    """What was done about an event."""

    name: str
    operator: str
    operateTime: str


class IssueView(TypedDict):
    """What is wrong with an instance, or may become so."""

    issueName: str
    issueAlias: str
    issueEffect: str
    issueDescription: str
    issueOccurTime: str
    issueSource: str


class IssueDiskView(TypedDict):
    """A disk that is to be repaired."""

    issueDiskSn: str


class ServerEventView(TypedDict):
    """An event of either category; times that have not come are left out."""

    serverEventId: str
    serverEventType: str
    serverEventStatus: str
    instanceId: str
    productCategory: str
    instanceSpec: str
    instanceName: str
    privateIp: str
    tags: list[TagView]
    serverEventCreatedTime: str
    serverEventEndedTime: NotRequired[str]
    maintenanceOptions: list[str]
    supportMaintenanceOptions: list[str]
    authorizedMaintenanceOperation: str
    associatedPlannedMaintenanceServerEventIds: list[str]
    associatedUnplannedMaintenanceServerEventIds: list[str]
    executeTime: NotRequired[str]
    serverEventLogs: list[EventLogView]
    hasFastRepairStock: bool


class PlannedEventView(ServerEventView):
    """An event that is foreseen."""

    risks: list[IssueView]


class UnplannedEventView(ServerEventView):
    """An event that came about."""

    failures: list[IssueView]
    issueDiskInfos: list[IssueDiskView]


def associated(account: AccountRegion, event: MaintenanceEvent) -> tuple[list[str], list[str]]:
    """The other open events of the same instance, planned and unplanned."""
    others = [
        each
        for each in account.where(MaintenanceEvent, "instance_id", event.instance_id)
        if each is not event and each.state != ENDED
    ]
    planned, unplanned = (
        [each.id for each in others if each.category == category] for category in (PLANNED, UNPLANNED)
    )
    return planned, unplanned


def show_planned(account: AccountRegion, event: MaintenanceEvent) -> PlannedEventView:
    """A planned event by the API's member names."""
    return {**_show(account, event), "risks": [_show_issue(issue) for issue in event.issues]}


def show_unplanned(account: AccountRegion, event: MaintenanceEvent) -> UnplannedEventView:
    """An unplanned event by the API's member names."""
    return {
        **_show(account, event),
        "failures": [_show_issue(issue) for issue in event.issues],
        "issueDiskInfos": [{"issueDiskSn": event.disk_serial_number}] if event.disk_serial_number else [],
    }


def _show(account: AccountRegion, event: MaintenanceEvent) -> ServerEventView:
    instance = account.get(Instance, event.instance_id)
    planned, unplanned = associated(account, event)
    view: dict[str, Any] = {
        "serverEventId": event.id,
        "serverEventType": event.type,
        "serverEventStatus": event.status,
        "instanceId": instance.id,
        "productCategory": PRODUCT_CATEGORY,
        "instanceSpec": instance.spec,
        "instanceName": instance.name,
        "privateIp": nic_of(account, instance).private_ip,
        "tags": show_tags(instance.tags),
        "serverEventCreatedTime": iso(event.created),
        "maintenanceOptions": list(event.options),
        "supportMaintenanceOptions": list(event.options),
        "authorizedMaintenanceOperation": event.operation,
        "associatedPlannedMaintenanceServerEventIds": planned,
        "associatedUnplannedMaintenanceServerEventIds": unplanned,
        "serverEventLogs": [
            {"name": each.name, "operator": each.operator, "operateTime": iso(each.moment)} for each in event.logs
        ],
        "hasFastRepairStock": event.has_fast_repair,
    }
    if event.executes is not None:
        view["executeTime"] = iso(event.executes)
    if event.ended is not None:
        view["serverEventEndedTime"] = iso(event.ended)
    return view  # type: ignore[return-value]


def _show_issue(issue: Issue) -> IssueView:
    return {
        "issueName": issue.name,
        "issueAlias": issue.alias,
        "issueEffect": issue.effect,
        "issueDescription": issue.description,
        "issueOccurTime": iso(issue.occurred),
        "issueSource": issue.source,
    }
