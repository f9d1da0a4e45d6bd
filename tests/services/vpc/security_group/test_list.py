"""Security groups as a client sees them."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, NoSuchObject
from tests.cloud import ids

RULE_MEMBERS = {
    "securityGroupId",
    "securityGroupUuid",
    "securityGroupRuleId",
    "direction",
    "ethertype",
    "protocol",
    "portRange",
    "sourceIp",
    "sourceGroupId",
    "destIp",
    "destGroupId",
    "remark",
    "createdTime",
    "updatedTime",
}


def listed(cloud, query=""):
    return cloud.ok("GET", f"/v2/securityGroup{query}")["securityGroups"]


def test_the_default_group_lets_everything_in_and_out(cloud):
    (group,) = listed(cloud)

    assert group["name"] == "默认安全组"
    assert [(rule["direction"], rule["ethertype"], rule["protocol"], rule["portRange"]) for rule in group["rules"]] == [
        ("ingress", "IPv4", "all", "1-65535"),
        ("ingress", "IPv6", "all", "1-65535"),
        ("egress", "IPv4", "all", "1-65535"),
        ("egress", "IPv6", "all", "1-65535"),
    ]


def test_every_rule_of_a_list_names_its_group(cloud, group):
    for each in listed(cloud):
        for rule in each["rules"]:
            assert set(rule) == RULE_MEMBERS
            assert rule["securityGroupId"] == each["id"]
            assert rule["securityGroupRuleId"].startswith("r-")
            assert len(rule["securityGroupRuleId"]) == 14


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_list_says_where_it_ends(cloud, group, version):
    response = cloud.ok("GET", f"/{version}/securityGroup")

    assert {name: response[name] for name in response if name != "securityGroups"} == {
        "marker": "",
        "isTruncated": False,
        "maxKeys": 1000,
    }


def test_pages_follow_each_other(cloud, make):
    groups = [make() for _ in range(3)]

    first = cloud.ok("GET", "/v2/securityGroup?maxKeys=2")
    second = cloud.ok("GET", f"/v2/securityGroup?maxKeys=2&marker={first['nextMarker']}")

    assert ids(first["securityGroups"]) == [groups[2], groups[1]]
    assert ids(second["securityGroups"])[0] == groups[0]
    assert not second["isTruncated"]


def test_a_thousand_groups_are_one_page(cloud, make):
    cloud.set_facts(securityGroupQuotaOfDefaultVpc=1000)
    for _ in range(999):
        make(rules=[])

    response = cloud.ok("GET", "/v2/securityGroup?maxKeys=1000")

    assert len(response["securityGroups"]) == 1000
    assert not response["isTruncated"]


@pytest.mark.parametrize("query", ["?maxKeys=0", "?maxKeys=many", "?marker=g-never"])
def test_a_page_that_cannot_be_is_refused(cloud, query):
    cloud.refused(BadRequest, "GET", f"/v2/securityGroup{query}")


def test_filters_keep_what_fits_all_of_them(cloud, make, other_vpc, default_group):
    here, there = make(), make(vpcId=other_vpc)
    instance = cloud.create(securityGroupIds=[here, default_group])

    assert ids(listed(cloud, f"?vpcId={other_vpc}"))[0] == there
    assert here not in ids(listed(cloud, f"?vpcId={other_vpc}"))
    assert ids(listed(cloud, f"?instanceId={instance}")) == [here, default_group]
    assert ids(listed(cloud, f"?securityGroupId={here}")) == [here]
    assert ids(listed(cloud, f"?securityGroupIds={here},{there}")) == [there, here]
    assert ids(listed(cloud, f"?instanceId={instance}&vpcId={other_vpc}")) == []
    assert ids(listed(cloud, "?instanceId=i-nobody")) == []


def test_a_group_counts_the_instances_bound_to_it(cloud, group, detail):
    cloud.create(securityGroupId=group)

    assert detail(group)["bindInstanceNum"] == 1
    assert listed(cloud, f"?securityGroupId={group}")[0]["bindInstanceNum"] == 1


def test_the_detail_is_the_list_entry(cloud, group, detail):
    assert [detail(group)] == listed(cloud, f"?securityGroupId={group}")


def test_an_unknown_group_is_not_found(cloud):
    cloud.refused(NoSuchObject, "GET", "/v2/securityGroup/g-nowhere")
