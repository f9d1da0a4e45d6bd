"""Rules that allow repairs ahead."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from tests.services.bbc.repair_task.repairs import report, status
from tests.services.bbc.servers import new_server

RULE = {"ruleName": "ahead", "limit": 1, "enabled": 1, "tagStr": "env:prod,team:db", "extra": ""}
PROD = {"tags": [{"tagKey": "env", "tagValue": "prod"}]}


def new_rule(cloud, **members):
    return cloud.ok("POST", "/v2/rule/create", RULE | members)["ruleId"]


def test_a_rule_allows_repairs_of_servers_with_its_tags_up_to_its_limit(cloud):
    first, second, other = new_server(cloud, **PROD), new_server(cloud, **PROD), new_server(cloud)
    off = new_rule(cloud, enabled=0, ruleName="off")
    waiting = report(cloud, first)
    rule = new_rule(cloud)

    begun, over, untagged = report(cloud, first), report(cloud, second), report(cloud, other)

    assert (waiting["status"], begun["status"]) == ("newTask", "authorizeTask")
    assert (over["status"], untagged["status"]) == ("newTask", "newTask")
    records = cloud.ok("POST", "/v2/task/record", {"taskId": begun["id"]})["RepairRecord"]
    assert [(each["name"], each["operator"]) for each in records[1:]] == [("authorizeTask", "system")]
    shown = {
        "ruleId": rule,
        "ruleName": "ahead",
        "tagCount": 2,
        "associateBbcNum": 2,
        "errorBbcNum": 2,
        "errResult": "",
        "limit": 1,
        "status": "enabled",
        "associateBbcList": [second, first],
        "tags": [{"tagKey": "env", "tagValue": "prod"}, {"tagKey": "team", "tagValue": "db"}],
    }
    assert cloud.ok("GET", f"/v2/rule/{rule}") == shown
    assert cloud.ok("GET", "/v2/rule?ruleName=ahead")["RuleList"] == [shown]
    assert cloud.ok("GET", f"/v2/rule/{off}")["status"] == "disabled"
    cloud.clock.advance(3_600)
    assert report(cloud, second)["status"] == "authorizeTask", "there is room again"
    cloud.ok("PUT", "/v2/rule/disable", {"ruleId": rule})
    cloud.clock.advance(3_600)
    assert report(cloud, first)["status"] == "newTask"
    cloud.ok("PUT", "/v2/rule/enable", {"ruleId": off})
    cloud.ok("PUT", "/v2/rule/delete", {"ruleId": rule})
    assert status(cloud, report(cloud, first)["id"]) == "authorizeTask"


@pytest.mark.parametrize("body", [True, False])
def test_rules_are_listed_by_query_and_by_body(cloud, body):
    rules = [new_rule(cloud, ruleName=name, limit=0) for name in ("a", "b")]

    def found(**members):
        query = "" if body else "?" + "&".join(f"{name}={value}" for name, value in members.items())
        shown = cloud.ok("GET", f"/v2/rule{query}", members if body else None)
        return [each["ruleId"] for each in shown["RuleList"]]

    assert found(marker="", maxKeys=0, ruleName="", ruleId="") == found() == rules[::-1]
    assert found(ruleName="a") == found(ruleId=rules[0]) == found(marker=rules[0]) == [rules[0]]
    assert found(maxKeys=1) == [rules[1]]
    assert cloud.ok("GET", f"/v2/rule/{rules[0]}")["limit"] == 10_000


def test_what_is_no_rule_is_refused(cloud):
    for members in ({"tagStr": ""}, {"tagStr": ":prod"}, {"ruleName": ""}, {"limit": -1}, {"enabled": 2}):
        cloud.refused(BadRequest, "POST", "/v2/rule/create", RULE | members)
    for action in ("enable", "disable", "delete"):
        cloud.refused(NoSuchObject, "PUT", f"/v2/rule/{action}", {"ruleId": "rule-nobody00"})
    cloud.refused(NoSuchObject, "GET", "/v2/rule/rule-nobody00")
    cloud.set_facts(repairRuleQuota=0)
    cloud.refused(QuotaLimitExceeded, "POST", "/v2/rule/create", RULE)
