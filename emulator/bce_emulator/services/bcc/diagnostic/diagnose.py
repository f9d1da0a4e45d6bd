"""What each set of metrics finds of an instance; the sets, and how bad each finding is, are proposed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.lifecycle import when_done
from bce_emulator.services.bcc.diagnostic.resource import CRITICAL, INFO, WARN, DiagnosticReport, Finding
from bce_emulator.services.bcc.instance.lifecycle import ERROR, EXPIRED, RECYCLED, STOPPED
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.maintenance_event.lifecycle import ENDED
from bce_emulator.services.bcc.maintenance_event.resource import UNPLANNED, MaintenanceEvent
from bce_emulator.services.bcc.volume.lifecycle import ERROR as VOLUME_ERROR
from bce_emulator.services.bcc.volume.resource import Volume

Look = Callable[[AccountRegion, Instance], Iterator[Finding]]

STATUSES = {
    ERROR: (CRITICAL, "open a ticket"),
    EXPIRED: (CRITICAL, "renew the instance"),
    RECYCLED: (CRITICAL, "take the instance back from the recycle bin"),
    STOPPED: (INFO, "start the instance if it is needed"),
}
"""What is to be said about an instance in one of these states."""


class MetricSet(NamedTuple):
    """What a diagnosis can look at."""

    name: str
    description: str
    look: Look


def look_at_status(_account: AccountRegion, instance: Instance) -> Iterator[Finding]:
    """Whether the instance does what it is for."""
    if instance.state in STATUSES:
        severity, advice = STATUSES[instance.state]
        yield Finding("instance", f"status {instance.status}", severity, advice)


def look_at_volumes(account: AccountRegion, instance: Instance) -> Iterator[Finding]:
    """Whether its disks can be read and written."""
    for volume in account.where(Volume, "instance_id", instance.id):
        if volume.state == VOLUME_ERROR:
            yield Finding("volume", f"status of {volume.id}", CRITICAL, "restore the volume from a snapshot")


def look_at_maintenance(account: AccountRegion, instance: Instance) -> Iterator[Finding]:
    """Whether something of it is to be repaired."""
    for event in account.where(MaintenanceEvent, "instance_id", instance.id):
        if event.state != ENDED:
            severity = CRITICAL if event.category == UNPLANNED else WARN
            yield Finding("maintenance", f"event {event.id}", severity, "authorize the repair, and check it")


METRIC_SETS = {
    "ms-instance": MetricSet("instance", "the status of the instance", look_at_status),
    "ms-storages": MetricSet("volumes", "the volumes of the instance", look_at_volumes),
    "ms-failures": MetricSet("maintenance", "open maintenance events of the instance", look_at_maintenance),
}
"""By their ids."""


@when_done(DiagnosticReport, "diagnose")
def write_report(account: AccountRegion, report: DiagnosticReport) -> None:
    """What is wrong at the end of a diagnosis stands in the report."""
    instance = account.find(Instance, report.instance_id)
    metrics = METRIC_SETS.get(report.metric_set_id)
    if instance and metrics:
        report.findings = tuple(metrics.look(account, instance))
