"""Single rules come, change and go."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, IdempotentParameterMismatch, InappropriateJSON, NoSuchObject
from bce_emulator.services.vpc.security_group.errors import (
    InvalidProtocolException,
    NoSuchRule,
    RuleCIDRAddressError,
    RuleDuplicated,
    RuleNotExist,
    RuleNumberExceededLimit,
    RulePortInvalid,
    RulePortOrderInvalid,
    RulePortRangeInvalid,
    RuleRemarkTooLong,
    VersionMismatch,
)
from tests.services.conftest import SSH
from tests.services.vpc.security_group.test_create import BAD_RULES

WEB = {"direction": "ingress", "protocol": "tcp", "portRange": "80", "remark": "web"}
UPDATE = "/v2/securityGroup/rule/update"


@pytest.fixture
def rule(group, detail) -> dict:
    """The one rule of the group."""
    return detail(group)["rules"][0]


def test_an_authorized_rule_is_the_last_of_its_group(cloud, group, detail):
    cloud.clock.advance(60)

    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule=", {"rule": WEB})

    seen = detail(group)
    assert WEB.items() <= seen["rules"][-1].items()
    assert seen["rules"][-1]["createdTime"] == seen["updatedTime"] == "2026-01-01T00:01:00Z"
    assert (seen["sgVersion"], seen["createdTime"]) == (2, "2026-01-01T00:00:00Z")


def test_an_address_is_shown_as_it_was_written(cloud, group, detail):
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": WEB | {"sourceIp": "10.9.8.7"}})

    assert detail(group)["rules"][-1]["sourceIp"] == "10.9.8.7"


def test_a_rule_can_let_a_group_in(cloud, group, make, detail):
    source = make()

    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": WEB | {"sourceGroupId": source}})

    seen = detail(group)["rules"][-1]
    assert (seen["sourceIp"], seen["sourceGroupId"]) == ("", source)


@pytest.mark.parametrize("action", ["authorizeRule", "revokeRule"])
@pytest.mark.parametrize(("members", "error"), BAD_RULES)
def test_a_rule_that_breaks_a_rule_is_refused(cloud, group, action, members, error):
    cloud.refused(error, "PUT", f"/v2/securityGroup/{group}?{action}", {"rule": SSH | members})


@pytest.mark.parametrize("action", ["authorizeRule", "revokeRule"])
@pytest.mark.parametrize("body", [{}, {"rule": None}])
def test_a_rule_is_needed(cloud, group, action, body):
    cloud.refused(InappropriateJSON, "PUT", f"/v2/securityGroup/{group}?{action}", body)


@pytest.mark.parametrize("action", ["authorizeRule", "revokeRule"])
def test_an_unknown_group_is_not_found(cloud, action):
    cloud.refused(NoSuchObject, "PUT", f"/v2/securityGroup/g-nowhere?{action}", {"rule": SSH})


def test_a_rule_for_an_unknown_group_is_refused(cloud, group):
    body = {"rule": {"direction": "egress", "destGroupId": "g-nowhere"}}

    cloud.refused(NoSuchObject, "PUT", f"/v2/securityGroup/{group}?authorizeRule", body)


def test_a_rule_that_is_there_is_refused(cloud, group):
    cloud.refused(RuleDuplicated, "PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": SSH})


def test_a_full_group_takes_no_rule_in_that_direction(cloud, group):
    cloud.set_facts(securityGroupRuleQuota=1)

    cloud.refused(RuleNumberExceededLimit, "PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": WEB})
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": {"direction": "egress"}})


def test_a_client_token_authorizes_once(cloud, group, detail):
    target = f"/v2/securityGroup/{group}?authorizeRule&clientToken=t"

    cloud.ok("PUT", target, {"rule": WEB})
    cloud.ok("PUT", target, {"rule": WEB})

    assert len(detail(group)["rules"]) == 2
    cloud.refused(IdempotentParameterMismatch, "PUT", target, {"rule": SSH})


@pytest.mark.parametrize("written", [{}, {"portRange": "22-22"}, {"sourceIp": "10.0.0.7/8", "ethertype": "IPv4"}])
def test_a_revoked_rule_is_gone_however_it_is_written(cloud, group, detail, written):
    cloud.ok("PUT", f"/v2/securityGroup/{group}?revokeRule", {"rule": SSH | written})

    assert detail(group)["rules"] == []
    assert detail(group)["sgVersion"] == 2


def test_a_rule_can_be_revoked_as_it_is_shown(cloud, group, rule, detail):
    cloud.ok("PUT", f"/v2/securityGroup/{group}?revokeRule", {"rule": rule})

    assert detail(group)["rules"] == []


@pytest.mark.parametrize("other", [{"remark": ""}, {"portRange": "23"}, {"direction": "egress"}])
def test_a_rule_that_is_not_there_cannot_be_revoked(cloud, group, other):
    cloud.refused(RuleNotExist, "PUT", f"/v2/securityGroup/{group}?revokeRule", {"rule": SSH | other})


def test_a_rule_is_deleted_by_its_id(cloud, group, rule, detail):
    cloud.ok("DELETE", f"/v2/securityGroup/rule/{rule['securityGroupRuleId']}?sgVersion=1")

    assert detail(group)["rules"] == []
    cloud.refused(NoSuchObject, "DELETE", f"/v2/securityGroup/rule/{rule['securityGroupRuleId']}")


def test_a_rule_is_updated_in_place(cloud, group, rule, detail):
    cloud.clock.advance(60)
    body = {"securityGroupRuleId": rule["securityGroupRuleId"], "portRange": "2222", "protocol": "udp", "remark": ""}

    cloud.ok("PUT", UPDATE, body)

    assert detail(group)["rules"] == [
        rule | {"portRange": "2222", "protocol": "udp", "remark": "", "updatedTime": "2026-01-01T00:01:00Z"}
    ]
    assert detail(group)["sgVersion"] == 2


def test_a_source_takes_the_place_of_the_other_source(cloud, group, rule, make, detail):
    body = {"securityGroupRuleId": rule["securityGroupRuleId"]}
    source = make()

    cloud.ok("PUT", UPDATE, body | {"sourceGroupId": source, "sourceIp": ""})
    by_group = detail(group)["rules"][0]
    cloud.ok("PUT", UPDATE, body | {"sourceIp": "192.168.0.1"})
    by_address = detail(group)["rules"][0]

    assert (by_group["sourceIp"], by_group["sourceGroupId"]) == ("", source)
    assert (by_address["sourceIp"], by_address["sourceGroupId"]) == ("192.168.0.1", "")


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"protocol": "icmp"}, InvalidProtocolException),
        ({"protocol": "gre"}, InvalidProtocolException),
        ({"portRange": "ssh"}, RulePortInvalid),
        ({"portRange": "70000"}, RulePortRangeInvalid),
        ({"portRange": "2-1"}, RulePortOrderInvalid),
        ({"sourceIp": "nowhere"}, RuleCIDRAddressError),
        ({"sourceGroupId": "g-nowhere"}, NoSuchObject),
        ({"sourceIp": "10.0.0.1", "sourceGroupId": "g-nowhere"}, BadRequest),
        ({"remark": "x" * 201}, RuleRemarkTooLong),
        ({"securityGroupRuleId": "r-nowhere"}, NoSuchRule),
        ({"securityGroupRuleId": None}, InappropriateJSON),
    ],
)
def test_an_update_that_breaks_a_rule_is_refused(cloud, rule, members, error):
    cloud.refused(error, "PUT", UPDATE, {"securityGroupRuleId": rule["securityGroupRuleId"]} | members)


def test_a_rule_cannot_become_another(cloud, group, rule):
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule", {"rule": SSH | {"portRange": "23"}})
    body = {"securityGroupRuleId": rule["securityGroupRuleId"], "portRange": "23"}

    cloud.refused(RuleDuplicated, "PUT", UPDATE, body)


def test_a_version_that_has_passed_is_refused(cloud, group, rule):
    cloud.ok("PUT", f"/v2/securityGroup/{group}?authorizeRule&sgVersion=1", {"rule": WEB})
    rule_id = rule["securityGroupRuleId"]
    stale = [
        ("PUT", f"/v2/securityGroup/{group}?authorizeRule&sgVersion=1", {"rule": {"direction": "egress"}}),
        ("PUT", f"/v2/securityGroup/{group}?revokeRule&sgVersion=1", {"rule": WEB}),
        ("PUT", f"{UPDATE}?sgVersion=1", {"securityGroupRuleId": rule_id, "portRange": "23"}),
        ("DELETE", f"/v2/securityGroup/rule/{rule_id}?sgVersion=3", None),
    ]

    for call in stale:
        cloud.refused(VersionMismatch, *call)
    cloud.ok("DELETE", f"/v2/securityGroup/rule/{rule_id}?sgVersion=2")


def test_a_version_is_a_number(cloud, group):
    cloud.refused(BadRequest, "PUT", f"/v2/securityGroup/{group}?authorizeRule&sgVersion=new", {"rule": WEB})
