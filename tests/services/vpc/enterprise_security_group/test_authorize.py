"""Add, change and remove rules of enterprise security groups."""

from __future__ import annotations

from typing import Any

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.vpc.enterprise_security_group import errors
from bce_emulator.services.vpc.enterprise_security_group.errors import EsgResourceNotExist, EsgRuleResourceNotExist
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.vpc.enterprise_security_group.esgs import CREATE, HTTPS, NOBODY, esg, new_esg

RULE = f"{CREATE}/rule"
HTTP = HTTPS | {"portRange": "80"}
WRONG = [
    (errors.EsgRuleDirectionInvalid, {"direction": "sideways"}),
    (errors.EsgRuleEthertypeInvalid, {"ethertype": "IPv5"}),
    (errors.EsgRuleProtocolEmpty, {"protocol": ""}),
    (errors.EsgRuleProtocolInvalid, {"protocol": "sctp"}),
    (errors.EsgRuleActionEmpty, {"action": ""}),
    (errors.EsgRuleActionInvalid, {"action": "wave"}),
    (errors.EsgRulePriorityInvalid, {"priority": 0}),
    (errors.EsgRulePriorityInvalid, {"priority": 1001}),
    (errors.EsgRuleRemarkTooLong, {"remark": "r" * 256}),
    (errors.EsgRuleIpAddressEmpty, {"sourceIp": ""}),
    (errors.EsgRuleIpAddressError, {"sourceIp": "somewhere"}),
    (errors.EsgRuleIpAddressError, {"sourceIp": "2001:db8::/32"}),
    (errors.EsgRuleIpAddressError, {"localIp": "10.0.0.0/33"}),
    (errors.EsgRuleDuplicated, {"portRange": "443-443"}),
    (NoSuchObject, {"sourceIp": "", "remoteIpSet": "ips-nobody"}),
    (NoSuchObject, {"sourceIp": "", "remoteIpGroup": "ipg-nobody"}),
    (BadRequest, {"remoteIpSet": "ips-nobody"}),
    (errors.EsgRuleIpAddressError, {"destIp": "somewhere"}),
    (errors.EsgRuleIpAddressError, {"sourceIp": "10.0.0.0/255.0.0.0"}),
    (BadRequest, {"portRange": "80-"}),
    (BadRequest, {"portRange": "080"}),
    (BadRequest, {"portRange": "80-79"}),
    (BadRequest, {"portRange": "0"}),
    (BadRequest, {"portRange": "ssh"}),
    (BadRequest, {"portRange": "1-5,7"}),
    (BadRequest, {"portRange": ",".join(map(str, range(1, 17)))}),
    (BadRequest, {"sourcePortRange": "65536"}),
]


@pytest.fixture
def group(cloud) -> str:
    """The id of a group with a rule for https and one for http."""
    return new_esg(cloud, rules=[HTTPS, HTTP])


def rules(cloud, group: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = esg(cloud, group)["rules"]
    return found


def rule_ids(cloud, group: str) -> list[str]:
    return [rule["enterpriseSecurityGroupRuleId"] for rule in rules(cloud, group)]


@pytest.mark.parametrize(("error", "members"), WRONG)
def test_a_rule_that_breaks_its_form_is_neither_made_nor_added_nor_changed(cloud, group, error, members):
    wrong = HTTP | {"portRange": "8080"} | members
    changed = wrong if error is not errors.EsgRuleDuplicated else members
    beside = [HTTPS] if error is errors.EsgRuleDuplicated else [HTTP]

    cloud.refused(error, "POST", CREATE, {"name": "another", "rules": [*beside, wrong]})
    cloud.refused(error, "PUT", f"{CREATE}/{group}?authorizeRule", {"rules": [wrong]})
    cloud.refused(error, "PUT", f"{RULE}/{rule_ids(cloud, group)[1]}", changed)


def test_only_icmp_and_all_need_no_member_for_the_ports(cloud, group):
    without = {name: value for name, value in HTTPS.items() if name != "portRange"} | {
        "direction": "egress",
        "destIp": "all",
    }
    target = f"{CREATE}/{group}?authorizeRule"

    cloud.refused(errors.EsgRulePortEmpty, "PUT", target, {"rules": [without]})
    cloud.refused(errors.EsgRulePortEmpty, "POST", CREATE, {"name": "another", "rules": [without]})
    cloud.refused(errors.EsgRulePortEmpty, "PUT", f"{RULE}/{rule_ids(cloud, group)[0]}", {"portRange": ""})

    cloud.ok("PUT", target, {"rules": [without | {"portRange": ""}, without | {"protocol": "all"}]})
    assert [rule["portRange"] for rule in rules(cloud, group)] == ["443", "80", "1-65535", "1-65535"]


def test_rules_are_added_all_or_none(cloud, group):
    target = f"{CREATE}/{group}?authorizeRule"
    ports = ["22,23", "1-65535"]
    cloud.clock.advance(60)

    cloud.ok("PUT", target, {"rules": [HTTPS | {"portRange": port} for port in ports]})

    assert [rule["portRange"] for rule in rules(cloud, group)] == ["443", "80", *ports]
    assert esg(cloud, group)["updatedTime"] == "2026-01-01T00:01:00Z"
    cloud.refused(
        errors.EsgRuleDuplicated, "PUT", target, {"rules": [HTTPS | {"action": "deny"}, HTTPS | {"portRange": "23,22"}]}
    )
    cloud.refused(BadRequest, "PUT", target, {"rules": []})
    cloud.refused(InappropriateJSON, "PUT", target, {"rules": None})
    cloud.set_facts(**{"vpc.enterpriseSecurityGroupRuleQuota": 4})
    cloud.refused(LimitExceeded, "PUT", target, {"rules": [HTTPS | {"action": "deny"}]})
    cloud.refused(EsgResourceNotExist, "PUT", f"{CREATE}/{NOBODY}?authorizeRule", {"rules": [HTTPS]})


def test_a_rule_is_changed_and_what_is_left_out_stays(cloud, group):
    first, second = rule_ids(cloud, group)
    before = rules(cloud, group)
    changed = {"remark": "new", "portRange": "8000-8080", "protocol": "udp", "sourceIp": "all", "action": "deny"}
    cloud.clock.advance(60)

    cloud.ok("PUT", f"{RULE}/{second}", changed | {"priority": 7, "direction": "egress", "ethertype": "IPv6"})

    after = {"updatedTime": "2026-01-01T00:01:00Z", "priority": 7}
    assert rules(cloud, group) == [before[0], before[1] | changed | after]
    cloud.ok(
        "PUT", f"{RULE}/{first}", {"sourcePortRange": "1024-65535", "localIp": "10.0.0.1", "destIp": "10.9.0.0/16"}
    )
    assert rules(cloud, group)[0]["localIp"] == "10.0.0.1"
    assert rules(cloud, group)[0]["destIp"] == ""
    cloud.refused(EsgRuleResourceNotExist, "PUT", f"{RULE}/esgr-nobody", {"priority": 7})


def test_a_rule_is_removed(cloud, group):
    first, second = rule_ids(cloud, group)

    cloud.ok("DELETE", f"{RULE}/{first}")

    assert rule_ids(cloud, group) == [second]
    cloud.refused(EsgRuleResourceNotExist, "DELETE", f"{RULE}/{first}")
