"""Have an instance looked at, show what was found, and delete that."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bce_emulator.engine.account.account_region import AccountRegion
from bce_emulator.engine.account.clock import iso
from bce_emulator.engine.declare.models import ClientToken, LenientStr, Model
from bce_emulator.engine.declare.operations import Call, operation
from bce_emulator.engine.declare.pages import MAX_KEYS, Page, page
from bce_emulator.engine.declare.response_types import TypedDict
from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.bcc.diagnostic.diagnose import METRIC_SETS
from bce_emulator.services.bcc.diagnostic.lifecycle import IN_PROGRESS
from bce_emulator.services.bcc.diagnostic.resource import INSTANCE_TYPE, REPORT_QUOTA, DiagnosticReport
from bce_emulator.services.bcc.instance.resource import Instance
from bce_emulator.services.bcc.responses import RequestIdResponse
from bce_emulator.services.shared.errors import QuotaLimitExceeded

PAGE = 100
DEFAULT_DURATION = 180


class CreateDiagnosticRequest(Model):
    """What to look at, and of which instance; the process, and for how long it is watched, changes nothing."""

    client_token: ClientToken = ""
    metric_set_id: str
    instance_type: Literal["bcc"] = "bcc"
    instance_id: str
    pid: LenientStr = ""
    duration: Annotated[int, Field(ge=0)] = DEFAULT_DURATION


class DeleteDiagnosticReportRequest(Model):
    """Which reports to delete."""

    client_token: ClientToken = ""
    report_ids: Annotated[tuple[str, ...], Field(min_length=1)]


class ListDiagnosticReportRequest(Model):
    """Filters are all to hold; clients send 0 and an empty text for what they do not ask."""

    marker: str = ""
    max_keys: int = 0
    report_id: str = ""
    instance_type: str = ""
    instance_id: str = ""
    status: Literal["InProgress", "Finished", "Failed"] | None = None
    severity: Literal["Normal", "Info", "Warn", "Critical"] | None = None


class MetricSetView(TypedDict):
    """What a diagnosis can look at."""

    metricSetId: str
    metricSetName: str
    description: str
    supportText: str


class GetDiagnosticSchemasResponse(TypedDict):
    """Every set of metrics."""

    metricSetList: list[MetricSetView]


class CreateDiagnosticResponse(RequestIdResponse):
    """The report that will say what was found."""

    reportId: str


class FindingView(TypedDict):
    """Something that is wrong."""

    metricCategory: str
    metricItem: str
    severityResult: str
    advice: str


class DiagnosticReportView(TypedDict):
    """A report; its result is the worst of the issues."""

    reportId: str
    instanceType: str
    instanceId: str
    metricSetId: str
    createdTime: str
    status: str
    result: str
    issues: list[FindingView]


class ListDiagnosticReportResponse(Page):
    """One page of reports."""

    diagnosticReports: list[DiagnosticReportView]


@operation("GET /v2/instance/diagnosticReport/schemas", basis="client")
def get_diagnostic_schemas(_account: AccountRegion) -> GetDiagnosticSchemasResponse:
    """List what a diagnosis can look at."""
    return {
        "metricSetList": [
            {"metricSetId": id_, "metricSetName": each.name, "description": each.description, "supportText": ""}
            for id_, each in METRIC_SETS.items()
        ]
    }


@operation("POST /v2/instance/diagnosticReport/create", errors=[NoSuchObject, QuotaLimitExceeded], basis="client")
def create_diagnostic(account: AccountRegion, request: CreateDiagnosticRequest, call: Call) -> CreateDiagnosticResponse:
    """Have an instance looked at; the report is written when that has ended."""
    instance = account.get(Instance, request.instance_id)
    if request.metric_set_id not in METRIC_SETS:
        raise NoSuchObject(f"metricSetId is one of {', '.join(METRIC_SETS)}")
    if len(account.collection(DiagnosticReport)) >= account.setting(REPORT_QUOTA):
        raise QuotaLimitExceeded(f"the account has {account.setting(REPORT_QUOTA)} reports: {REPORT_QUOTA.name}")
    report = account.add(
        DiagnosticReport(
            id=account.new_id(DiagnosticReport), instance_id=instance.id, metric_set_id=request.metric_set_id
        )
    )
    account.change(report, "diagnose")
    return {"requestId": call.request_id, "reportId": report.id}


@operation("POST /v2/instance/diagnosticReport/list", basis="client")
def list_diagnostic_report(
    account: AccountRegion, request: ListDiagnosticReportRequest
) -> ListDiagnosticReportResponse:
    """List the reports that fit all filters, newest first."""

    def fits(report: DiagnosticReport) -> bool:
        return (
            request.report_id in {"", report.id}
            and request.instance_type in {"", INSTANCE_TYPE}
            and request.instance_id in {"", report.instance_id}
            and request.status in {None, report.status}
            and request.severity in {None, report.result}
        )

    return page(
        ListDiagnosticReportResponse, account, DiagnosticReport, "diagnosticReports", _show,
        request.marker, request.max_keys or PAGE, fits, MAX_KEYS,
    )  # fmt: skip


@operation("POST /v2/instance/diagnosticReport/delete", errors=[NoSuchObject, OperationDenied], basis="client")
def delete_diagnostic_report(
    account: AccountRegion, request: DeleteDiagnosticReportRequest, call: Call
) -> RequestIdResponse:
    """Delete reports, all of them or none; a diagnosis has to have ended."""
    reports = [account.get(DiagnosticReport, report_id) for report_id in dict.fromkeys(request.report_ids)]
    for report in reports:
        if report.state == IN_PROGRESS:
            raise OperationDenied(f"the diagnosis of {report.id} has not ended")
    for report in reports:
        account.remove(report)
    return {"requestId": call.request_id}


def _show(report: DiagnosticReport) -> DiagnosticReportView:
    return {
        "reportId": report.id,
        "instanceType": INSTANCE_TYPE,
        "instanceId": report.instance_id,
        "metricSetId": report.metric_set_id,
        "createdTime": iso(report.created),
        "status": report.status,
        "result": report.result,
        "issues": [
            {
                "metricCategory": each.category,
                "metricItem": each.item,
                "severityResult": each.severity,
                "advice": each.advice,
            }
            for each in report.findings
        ],
    }
