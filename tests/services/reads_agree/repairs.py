"""The rows of maintenance events, of rules that authorize them, and of diagnostics."""

from __future__ import annotations

from tests.services.reads_agree.row import SOMETHING, TAGS, Write

AUTHORIZED = {"authorizeMaintenanceOperation": "Reboot", "executeTime": "2026-03-01T00:00:00Z"}
RULE = {
    "ruleName": "made",
    "serverEventCategory": "UnplannedMaintenanceEvent",
    "authorizeMaintenanceOperations": ["Reboot"],
    "effectiveScope": "Tags",
    "tags": TAGS,
}
CHANGED = {
    "ruleName": "renamed",
    "authorizeMaintenanceOperations": ["TamAuthorize"],
    "effectiveScope": "Tags",
    "tags": TAGS,
}

REPAIRS = (
    Write(
        "POST /?action=AuthorizeServerEvent",
        AUTHORIZED | {"serverEventId": "{event}", "instanceId": "{instance}"},
        "event",
        {
            "authorizedMaintenanceOperation": "Reboot",
            "executeTime": "2026-03-01T00:00:00Z",
            "serverEventStatus": "Processing",
            "instanceId": "{instance}",
        },
    ),
    Write(
        "POST /?action=CheckUnplannedEvent",
        {
            "serverEventId": "{repaired}",
            "instanceId": "{instance}",
            "checkResult": "Reject",
            "issueEffect": "down",
            "issueDescription": "silent",
            "authorizeMaintenanceOperation": "TamAuthorize",
        },
        "repaired",
        {
            "authorizedMaintenanceOperation": "TamAuthorize",
            "failures.1.issueEffect": "down",
            "failures.1.issueDescription": "silent",
            "instanceId": "{instance}",
        },
    ),
    Write(
        "POST /?action=CheckServerEvent",
        {"serverEventId": "{repaired}", "checkResult": "Pass"},
        "repaired",
        {"serverEventEndedTime": SOMETHING, "serverEventStatus": "Executed"},
    ),
    Write(
        "POST /?action=CreateAuthorizeRule",
        RULE | {"enableRule": 0},
        "authorization_rule",
        RULE | {"status": "DISABLED"},
        "ruleId",
    ),
    Write(
        "POST /?action=ModifyInstUserOpAuthorizeRuleAttribute",
        CHANGED | {"ruleId": "{authorization_rule}", "enableRule": 0},
        "authorization_rule",
        CHANGED | {"status": "DISABLED"},
    ),
    Write(
        "POST /v2/instance/diagnosticReport/create",
        {"metricSetId": "ms-instance", "instanceType": "bcc", "instanceId": "{stopped}"},
        "report",
        {"metricSetId": "ms-instance", "instanceType": "bcc", "instanceId": "{stopped}", "result": "Info"},
        "reportId",
    ),
)
