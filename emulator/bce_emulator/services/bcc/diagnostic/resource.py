"""What a diagnostic report is. No page of it is known; clients send and read what is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bce_emulator.engine.account.account_settings import account_setting
from bce_emulator.engine.account.lifecycle import Lifecycle
from bce_emulator.engine.account.resource import ForeignKey, OnDelete, Resource
from bce_emulator.services.bcc.diagnostic.lifecycle import FINISHED, IN_PROGRESS, LIFECYCLE

INSTANCE_TYPE = "bcc"
SEVERITIES = NORMAL, INFO, WARN, CRITICAL = ("Normal", "Info", "Warn", "Critical")
"""From the least to the worst."""
REPORT_QUOTA = account_setting("bcc.diagnosticReportQuota", 100, "diagnostic reports in a region")


class Finding(NamedTuple):
    """Something that is wrong: what was measured, how bad it is, and what to do about it."""

    category: str
    item: str
    severity: str
    advice: str


@dataclass(slots=True, kw_only=True, eq=False)
class DiagnosticReport(Resource):
    """What was found of an instance when the diagnosis ended."""

    prefix: ClassVar[str] = "report"
    lifecycle: ClassVar[Lifecycle] = LIFECYCLE
    foreign_keys: ClassVar[tuple[ForeignKey, ...]] = (ForeignKey("instance_id", "bcc.Instance", OnDelete.CASCADE),)

    state: str = IN_PROGRESS
    instance_id: str
    metric_set_id: str
    findings: tuple[Finding, ...] = ()

    @property
    def result(self) -> str:
        """The worst of what was found; empty before the end, or if it did not come to one."""
        if self.state != FINISHED:
            return ""
        return max((each.severity for each in self.findings), key=SEVERITIES.index, default=NORMAL)
