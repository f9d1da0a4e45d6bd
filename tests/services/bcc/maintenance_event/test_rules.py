"""Rules authorize new events ahead."""

from __future__ import annotations

import re

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject, OperationDenied
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from tests.services.bcc.maintenance_event.events import PLANNED, UNPLANNED, call, open_events, report

MAKE, CHANGE, DELETE, LIST = (
    "CreateAuthorizeRule",
    "ModifyInstUserOpAuthorizeRuleAttribute",
    "DeleteInstUserOpAuthorizeRule",
    "DescribeAuthorizeRules",
)
RULE = {
    "ruleName": "at night",
    "serverEventCategory": UNPLANNED,
    "authorizeMaintenanceOperations": ["Reboot", "Repair"],
}
TAGS = [{"tagKey": "team", "tagValue": "red"}]


def make(cloud, **members):
    return call(cloud, MAKE, **(RULE | members))["ruleId"]


def test_a_rule_can_be_made_changed_and_once_disabled_deleted(cloud):
    first = make(cloud)
    second = make(cloud, ruleName="other", enableRule=0, effectiveScope="Tags", tags=TAGS, serverEventCategory=PLANNED)
    shown = {
        "ruleId": first,
        "ruleName": "at night",
        "serverEventCategory": UNPLANNED,
        "effectiveScope": "AllInstance",
        "status": "ENABLED",
        "tags": [],
        "authorizeMaintenanceOperations": ["Reboot", "Repair"],
        "createTime": "2026-01-01T00:00:00Z",
    }
    other = shown | {
        "ruleId": second,
        "ruleName": "other",
        "effectiveScope": "Tags",
        "status": "DISABLED",
        "tags": TAGS,
    }
    other |= {"serverEventCategory": PLANNED}
    assert re.fullmatch(r"rule-[0-9A-Za-z]{8}", first)
    for filters, found in [
        ({}, [other, shown]),
        ({"ruleIds": [first]}, [shown]),
        ({"ruleNames": ["other", "third"]}, [other]),
        ({"ruleIds": [first], "ruleNames": ["other"]}, []),
        ({"maxKeys": 1}, [other]),
        ({"marker": first}, [shown]),
    ]:
        assert call(cloud, LIST, **filters)["ruleList"] == found, filters

    call(cloud, CHANGE, ruleId=first, enableRule=0)
    assert call(cloud, LIST)["ruleList"] == [other, shown | {"status": "DISABLED"}]
    call(
        cloud, CHANGE, ruleId=second, ruleName="renamed", enableRule=1, effectiveScope="AllInstance", tags=[],
        authorizeMaintenanceOperations=["TamAuthorize"],
    )  # fmt: skip
    call(cloud, DELETE, ruleId=first)

    changed = {"ruleName": "renamed", "effectiveScope": "AllInstance", "status": "ENABLED", "tags": []}
    changed |= {"authorizeMaintenanceOperations": ["TamAuthorize"]}
    assert call(cloud, LIST)["ruleList"] == [other | changed]


def test_a_new_event_is_authorized_by_the_first_rule_that_is_about_it(cloud, running):
    there = report(cloud, running)
    tagged = cloud.create(tags=TAGS)
    make(cloud, enableRule=0, authorizeMaintenanceOperations=["TamAuthorize"])
    make(cloud, effectiveScope="Tags", tags=TAGS)
    make(cloud, serverEventCategory=PLANNED, authorizeMaintenanceOperations=["TamAuthorize"])

    made = [report(cloud, tagged), report(cloud, running), report(cloud, running, PLANNED)]

    events = {each["serverEventId"]: each for kind in (PLANNED, UNPLANNED) for each in open_events(cloud, kind)}
    assert [events[each]["authorizedMaintenanceOperation"] for each in made] == ["Reboot", "", "TamAuthorize"]
    assert [events[each]["serverEventStatus"] for each in made] == ["Processing", "Inquiring", "Processing"]
    assert events[made[0]]["serverEventLogs"][1]["operator"] == "system"
    assert events[there]["serverEventStatus"] == "Inquiring"


def test_what_cannot_be_is_refused(cloud):
    rule = make(cloud)
    for body, error in [
        ({"ruleName": None}, InappropriateJSON),
        ({"ruleName": ""}, BadRequest),
        ({"serverEventCategory": "Wear"}, BadRequest),
        ({"authorizeMaintenanceOperations": []}, BadRequest),
        ({"authorizeMaintenanceOperations": ["FastRepair"]}, BadRequest),
        ({"enableRule": 2}, BadRequest),
        ({"effectiveScope": "Some"}, BadRequest),
        ({"effectiveScope": "Tags"}, BadRequest),
    ]:
        cloud.refused(error, "POST", f"/?action={MAKE}", RULE | body)
        if error is BadRequest and "serverEventCategory" not in body:
            cloud.refused(error, "POST", f"/?action={CHANGE}", {"ruleId": rule} | body)
    for action in (CHANGE, DELETE):
        cloud.refused(NoSuchObject, "POST", f"/?action={action}", {"ruleId": "rule-nobody00", "effectiveScope": "Tags"})
        cloud.refused(InappropriateJSON, "POST", f"/?action={action}", {})
    cloud.refused(OperationDenied, "POST", f"/?action={DELETE}", {"ruleId": rule})
    cloud.refused(BadRequest, "POST", f"/?action={LIST}", {"maxKeys": 0})
    cloud.refused(BadRequest, "POST", f"/?action={LIST}", {"marker": "rule-nobody00"})
    cloud.set_facts(authorizationRuleQuota=1)
    cloud.refused(QuotaLimitExceeded, "POST", f"/?action={MAKE}", RULE)
