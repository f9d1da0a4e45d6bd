"""Create and delete enterprise security groups."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject, QualifyNotPass
from bce_emulator.services.vpc.enterprise_security_group.errors import (
    EsgBindStatusInvalid,
    EsgDescTooLong,
    EsgExceedQuota,
    EsgNameDuplicate,
    EsgNameEmpty,
    EsgNameInvalid,
    EsgNameTooLong,
    EsgResourceNotExist,
    EsgRuleDuplicated,
)
from bce_emulator.services.vpc.enterprise_security_group.resource import EnterpriseSecurityGroupRule
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.services.vpc.enterprise_security_group.esgs import CREATE, HTTPS, NOBODY, esg, esgs, new_esg
from tests.services.vpc.nic.nics import new_eni


def test_a_group_has_what_was_asked_for(cloud):
    tags = [{"tagKey": "team", "tagValue": "red"}]
    everybody = {"direction": "egress", "protocol": "icmp", "destIp": "all", "action": "deny", "priority": 1}

    group_id = new_esg(cloud, desc="of a test", rules=[HTTPS | {"remark": "in"}, everybody], tags=tags)

    rules = [
        HTTPS | {"remark": "in", "sourcePortRange": "1-65535", "destIp": ""},
        everybody
        | {"remark": "", "ethertype": "IPv4", "portRange": "1-65535", "sourcePortRange": "1-65535", "sourceIp": ""},
    ]
    times = {"createdTime": "2026-01-01T00:00:00Z", "updatedTime": "2026-01-01T00:00:00Z"}
    made = esg(cloud, group_id)
    ids = [rule.pop("enterpriseSecurityGroupRuleId") for rule in made["rules"]]
    nobody = {"localIp": "", "remoteIpSet": "", "remoteIpGroup": ""}
    assert made == {
        "id": group_id,
        "name": "web",
        "desc": "of a test",
        "rules": [rule | nobody | times for rule in rules],
        "tags": tags,
        **times,
    }
    assert [rule_id[:5] for rule_id in ids] == ["esgr-"] * 2
    assert len({*ids}) == 2


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"name": None}, EsgNameEmpty),
        ({"name": ""}, EsgNameEmpty),
        ({"name": "n" * 66}, EsgNameTooLong),
        ({"name": "1st"}, EsgNameInvalid),
        ({"name": "a b"}, EsgNameInvalid),
        ({"name": "web"}, EsgNameDuplicate),
        ({"desc": "d" * 201}, EsgDescTooLong),
        ({"rules": [HTTPS, HTTPS | {"sourceIp": "10.1.2.3/8", "priority": 7}]}, EsgRuleDuplicated),
        ({"rules": [HTTPS | {"portRange": str(port)} for port in range(1, 22)]}, BadRequest),
        ({"rules": [{**HTTPS, "sourceIp": "", "remoteIpSet": "ips-nobody"}]}, NoSuchObject),
    ],
)
def test_what_breaks_a_rule_of_groups_is_refused(cloud, members, error):
    new_esg(cloud)

    cloud.refused(error, "POST", CREATE, {"name": "another"} | members)


def test_there_are_so_many_groups_and_so_many_rules_in_each_direction(cloud):
    cloud.set_facts(**{"vpc.enterpriseSecurityGroupQuota": 1, "vpc.enterpriseSecurityGroupRuleQuota": 1})
    cloud.refused(LimitExceeded, "POST", CREATE, {"name": "web", "rules": [HTTPS, HTTPS | {"portRange": "80"}]})
    new_esg(cloud, rules=[HTTPS, {**HTTPS, "direction": "egress", "destIp": "all"}])

    cloud.refused(EsgExceedQuota, "POST", CREATE, {"name": "another"})

    cloud.set_facts(realNameVerified=False)
    cloud.refused(QualifyNotPass, "POST", CREATE, {"name": "another"})


def test_a_group_goes_with_its_rules_when_nothing_is_in_it(cloud):
    group_id = new_esg(cloud, rules=[HTTPS])
    card = new_eni(cloud, enterpriseSecurityGroupIds=[group_id], securityGroupIds=[])
    cloud.refused(EsgBindStatusInvalid, "DELETE", f"{CREATE}/{group_id}")
    cloud.ok("DELETE", f"/v1/eni/{card}")

    cloud.ok("DELETE", f"{CREATE}/{group_id}")

    assert esgs(cloud) == []
    assert len(cloud.account.collection(EnterpriseSecurityGroupRule)) == 0
    for gone in (group_id, NOBODY):
        cloud.refused(EsgResourceNotExist, "DELETE", f"{CREATE}/{gone}")
