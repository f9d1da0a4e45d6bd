"""Security groups are made and deleted."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import (
    BadRequest,
    IdempotentParameterMismatch,
    InappropriateJSON,
    NoSuchObject,
    OperationDenied,
)
from bce_emulator.services.shared.errors import QuotaLimitExceeded
from bce_emulator.services.vpc.security_group.errors import (
    InstancesAssociated,
    ProtocolInvalid,
    RuleCIDRAddressError,
    RuleDuplicated,
    RuleNumberExceededLimit,
    RulePortInvalid,
    RulePortOrderInvalid,
    RulePortRangeInvalid,
    RuleRemarkTooLong,
)
from tests.services.conftest import SSH

BAD_RULES = [
    ({"protocol": "gre"}, ProtocolInvalid),
    ({"portRange": "ssh"}, RulePortInvalid),
    ({"portRange": "1-"}, RulePortInvalid),
    ({"portRange": "-5"}, RulePortInvalid),
    ({"portRange": "1-2-3"}, RulePortInvalid),
    ({"portRange": "0"}, RulePortRangeInvalid),
    ({"portRange": "1-65536"}, RulePortRangeInvalid),
    ({"portRange": "9" * 5000}, RulePortRangeInvalid),
    ({"portRange": "90-80"}, RulePortOrderInvalid),
    ({"sourceIp": "10.0.0.0/33"}, RuleCIDRAddressError),
    ({"sourceIp": "fd00::/8"}, RuleCIDRAddressError),
    ({"ethertype": "IPv6"}, RuleCIDRAddressError),
    ({"destIp": "somewhere"}, RuleCIDRAddressError),
    ({"remark": "x" * 201}, RuleRemarkTooLong),
    ({"sourceGroupId": "g-any"}, BadRequest),
    ({"destIp": "10.0.0.1", "destGroupId": "g-any"}, BadRequest),
    ({"direction": "inwards"}, BadRequest),
    ({"ethertype": "IPv5"}, BadRequest),
    ({"direction": ""}, InappropriateJSON),
    ({"portRange": 22}, InappropriateJSON),
]
BAD_NAMES = ["", "1st", "x" * 66, "semi;colon"]


def test_a_group_is_made_in_the_default_vpc_with_its_rules(cloud, make, detail):
    group = make(desc="the web", tags=[{"tagKey": "team", "tagValue": "a"}])

    seen = detail(group)
    assert group.startswith("g-")
    assert (seen["name"], seen["desc"], seen["sgVersion"], seen["bindInstanceNum"]) == ("web", "the web", 1, 0)
    assert seen["vpcId"] == cloud.instance(cloud.create())["vpcId"]
    assert seen["tags"] == [{"tagKey": "team", "tagValue": "a"}]
    assert [rule["portRange"] for rule in seen["rules"]] == ["22"]


def test_what_a_rule_leaves_out_stands_for_everything(make, detail):
    group = make(rules=[{"direction": "ingress"}, {"direction": "egress", "protocol": "all", "sourceIp": ""}])

    incoming, outgoing = detail(group)["rules"]
    everything = {"ethertype": "IPv4", "protocol": "all", "portRange": "1-65535", "securityGroupId": group}
    assert everything.items() <= incoming.items()
    assert everything.items() <= outgoing.items()
    assert (incoming["sourceIp"], incoming["destIp"]) == ("all", "")
    assert (outgoing["sourceIp"], outgoing["destIp"]) == ("", "all")


@pytest.mark.parametrize("rules", [None, []])
def test_a_group_can_begin_without_rules(make, detail, rules):
    group = make(rules=rules)

    assert detail(group)["rules"] == []


def test_a_group_is_made_in_the_vpc_that_is_named(make, detail, other_vpc):
    group = make(vpcId=other_vpc)

    assert detail(group)["vpcId"] == other_vpc


@pytest.mark.parametrize(("members", "error"), BAD_RULES)
def test_a_rule_that_breaks_a_rule_is_refused(cloud, members, error):
    cloud.refused(error, "POST", "/v2/securityGroup", {"name": "web", "rules": [SSH | members]})


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_breaks_the_rule_is_refused(cloud, name):
    cloud.refused(BadRequest, "POST", "/v2/securityGroup", {"name": name})


def test_a_description_has_an_end(cloud):
    cloud.refused(BadRequest, "POST", "/v2/securityGroup", {"name": "web", "desc": "x" * 201})


@pytest.mark.parametrize(
    "members", [{"vpcId": "vpc-nowhere"}, {"rules": [{"direction": "ingress", "sourceGroupId": "g-no"}]}]
)
def test_what_a_group_names_exists(cloud, members):
    cloud.refused(NoSuchObject, "POST", "/v2/securityGroup", {"name": "web"} | members)


@pytest.mark.parametrize(
    "again",
    [{}, {"sourceIp": "10.1.2.3/8"}, {"portRange": "22-22"}, {"destIp": "10.0.0.1"}],
)
def test_a_rule_comes_once_however_it_is_written(cloud, again):
    body = {"name": "web", "rules": [SSH, SSH | again]}

    cloud.refused(RuleDuplicated, "POST", "/v2/securityGroup", body)


@pytest.mark.parametrize(
    "other", [{"remark": "else"}, {"protocol": "udp"}, {"portRange": "23"}, {"sourceIp": "10.0.0.1"}]
)
def test_rules_that_differ_in_one_of_six_things_are_two(make, detail, other):
    group = make(rules=[SSH, SSH | other])

    assert len(detail(group)["rules"]) == 2


def test_a_group_holds_a_hundred_rules_in_each_direction(cloud, make, detail):
    rules = [{"direction": "ingress", "portRange": str(port)} for port in range(1, 101)]
    rules += [{"direction": "egress", "portRange": str(port)} for port in range(1, 101)]

    assert len(detail(make(rules=rules))["rules"]) == 200
    body = {"name": "web", "rules": [*rules, {"direction": "egress", "portRange": "101"}]}
    cloud.refused(RuleNumberExceededLimit, "POST", "/v2/securityGroup", body)


def test_a_vpc_holds_so_many_groups(cloud, make, other_vpc):
    cloud.set_facts(securityGroupQuotaOfDefaultVpc=2, securityGroupQuota=2)
    make()
    make(vpcId=other_vpc)

    cloud.refused(QuotaLimitExceeded, "POST", "/v2/securityGroup", {"name": "web"})
    cloud.refused(QuotaLimitExceeded, "POST", "/v2/securityGroup", {"name": "web", "vpcId": other_vpc})


def test_a_client_token_makes_one_group(cloud):
    first = cloud.ok("POST", "/v2/securityGroup?clientToken=t", {"name": "web"})

    assert cloud.ok("POST", "/v2/securityGroup?clientToken=t", {"name": "web"}) == first
    cloud.refused(IdempotentParameterMismatch, "POST", "/v2/securityGroup?clientToken=t", {"name": "db"})


def test_a_deleted_group_is_gone(cloud, group):
    cloud.ok("DELETE", f"/v2/securityGroup/{group}")

    cloud.refused(NoSuchObject, "GET", f"/v2/securityGroup/{group}")
    cloud.refused(NoSuchObject, "DELETE", f"/v2/securityGroup/{group}")


def test_the_default_group_stays(cloud, default_group):
    cloud.refused(OperationDenied, "DELETE", f"/v2/securityGroup/{default_group}")


def test_a_group_in_use_stays(cloud, group):
    instance = cloud.create(securityGroupId=group)

    cloud.refused(InstancesAssociated, "DELETE", f"/v2/securityGroup/{group}")
    cloud.ok("DELETE", f"/v2/instance/{instance}")
    cloud.ok("DELETE", f"/v2/securityGroup/{group}")


def test_rules_that_name_a_group_go_with_it(cloud, make, detail):
    source = make()
    group = make(rules=[SSH, {"direction": "ingress", "sourceGroupId": source}])

    cloud.ok("DELETE", f"/v2/securityGroup/{source}")

    seen = detail(group)
    assert [rule["remark"] for rule in seen["rules"]] == ["ssh"]
    assert seen["sgVersion"] == 2
