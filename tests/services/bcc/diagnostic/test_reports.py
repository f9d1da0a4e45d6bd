"""Diagnostics: what is wrong with an instance stands in a report."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from tests.control.conftest import control_of
from tests.disks import attached_volume
from tests.services.bcc.maintenance_event.events import PLANNED, report

PATH = "/v2/instance/diagnosticReport"
LASTS = 30
FROM_GO = {"reportId": "", "instanceType": "", "instanceId": "", "status": "", "severity": "", "maxKeys": 0}


def diagnose(cloud, instance, metrics="ms-instance", **members):
    order = {"metricSetId": metrics, "instanceType": "bcc", "instanceId": instance, "pid": "1", "duration": 180}
    return cloud.ok("POST", f"{PATH}/create", order | members)["reportId"]


def listed(cloud, **filters):
    return cloud.ok("POST", f"{PATH}/list", FROM_GO | filters)["diagnosticReports"]


def found(cloud, instance, metrics):
    made = diagnose(cloud, instance, metrics)
    cloud.clock.advance(LASTS)
    [seen] = listed(cloud, reportId=made)
    return seen["result"], [(each["metricItem"].split()[0], each["severityResult"]) for each in seen["issues"]]


def test_a_healthy_instance_has_no_issues(cloud, running):
    sets = cloud.ok("GET", f"{PATH}/schemas")["metricSetList"]
    assert len(sets) == 3
    assert all(re.fullmatch(r"ms-\w{8}", each["metricSetId"]) and each["description"] for each in sets)

    for each in sets:
        assert found(cloud, running, each["metricSetId"]) == ("Normal", [])


def test_each_set_finds_what_it_looks_for(cloud, running):
    control, stopped = control_of(cloud), cloud.create()
    cloud.ok("PUT", f"/v2/instance/{stopped}?stop")
    cloud.clock.advance(60)
    assert found(cloud, stopped, "ms-instance") == ("Info", [("status", "Info")])
    for status in ("Expired", "Error", "Recycled"):
        control("PUT", f"resources/{stopped}", {"status": status})
        assert found(cloud, stopped, "ms-instance") == ("Critical", [("status", "Critical")])
    control("PUT", f"resources/{attached_volume(cloud, running)}", {"status": "Error"})
    assert found(cloud, running, "ms-storages") == ("Critical", [("status", "Critical")])
    ended = report(cloud, running, PLANNED)
    control("PUT", f"resources/{ended}", {"status": "Ended"})
    report(cloud, running, PLANNED)
    assert found(cloud, running, "ms-failures") == ("Warn", [("event", "Warn")])
    report(cloud, running)
    assert found(cloud, running, "ms-failures") == ("Critical", [("event", "Warn"), ("event", "Critical")])
    assert found(cloud, running, "ms-instance") == ("Normal", [])


def test_a_report_is_written_at_the_end_and_can_then_be_deleted(cloud, running):
    other = cloud.create()
    first, second = diagnose(cloud, running), diagnose(cloud, other, duration=0)
    cloud.clock.advance(60)
    later = diagnose(cloud, running)
    shown = {
        "reportId": later,
        "instanceType": "bcc",
        "instanceId": running,
        "metricSetId": "ms-instance",
        "createdTime": "2026-01-01T00:03:00Z",
        "status": "InProgress",
        "result": "",
        "issues": [],
    }
    assert listed(cloud)[0] == shown
    for filters, ids in [
        ({}, [later, second, first]),
        ({"reportId": first}, [first]),
        ({"instanceId": running}, [later, first]),
        ({"instanceType": "bbc"}, []),
        ({"instanceType": "bcc", "status": "InProgress"}, [later]),
        ({"status": "Finished", "severity": "Normal"}, [second, first]),
        ({"severity": "Warn"}, []),
        ({"maxKeys": 1}, [later]),
        ({"maxKeys": 1, "marker": second}, [second]),
    ]:
        assert [each["reportId"] for each in listed(cloud, **filters)] == ids, filters
    assert cloud.ok("POST", f"{PATH}/list", {})["maxKeys"] == 100
    cloud.refused(OperationDenied, "POST", f"{PATH}/delete", {"reportIds": [first, later]})

    cloud.clock.advance(LASTS)
    cloud.ok("POST", f"{PATH}/delete", {"reportIds": [first, later, later]})

    assert [each["reportId"] for each in listed(cloud)] == [second]
    control_of(cloud)("PUT", f"resources/{second}", {"status": "Failed"})
    assert (listed(cloud)[0]["status"], listed(cloud)[0]["result"]) == ("Failed", "")


def test_reports_go_with_their_instance(cloud, running):
    diagnose(cloud, running)

    cloud.ok("DELETE", f"/v2/instance/{running}")
    cloud.clock.advance(LASTS)

    assert listed(cloud) == []


def test_what_cannot_be_is_refused(cloud, running):
    order = {"metricSetId": "ms-instance", "instanceId": running}
    for change, error in [
        ({"instanceId": None}, InappropriateJSON),
        ({"metricSetId": None}, InappropriateJSON),
        ({"instanceId": "i-nobody00"}, NoSuchObject),
        ({"metricSetId": "ms-nothing0"}, NoSuchObject),
        ({"instanceType": "bbc"}, BadRequest),
        ({"duration": -1}, BadRequest),
    ]:
        cloud.refused(error, "POST", f"{PATH}/create", order | change)
    for body in [{"maxKeys": -1}, {"marker": "report-nobody00"}, {"status": "Done"}, {"severity": "Bad"}]:
        cloud.refused(BadRequest, "POST", f"{PATH}/list", body)
    cloud.refused(NoSuchObject, "POST", f"{PATH}/delete", {"reportIds": ["report-nobody00"]})
    cloud.refused(BadRequest, "POST", f"{PATH}/delete", {"reportIds": []})
    cloud.refused(InappropriateJSON, "POST", f"{PATH}/delete", {"reportIds": None})
    cloud.set_facts(diagnosticReportQuota=0)
    cloud.refused(QuotaLimitExceeded, "POST", f"{PATH}/create", order)
