"""What a policy can have."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject
from bce_emulator.services.blb.errors import InvalidParameter, QuotaExceeded
from tests.services.blb.app import TO_ADDRESSES, TO_SERVERS

RULES = [
    ("host", "a.example.com", True),
    ("host", "*.example.com", True),
    ("host", "a.*.com", False),
    ("host", "a.example.com/", False),
    ("host", "", False),
    ("host", "h" * 100, True),
    ("host", "h" * 101, False),
    ("uri", "/", True),
    ("uri", "*", True),
    ("uri", "/a/*/b", True),
    ("uri", "/*/*", False),
    ("uri", "a", False),
    ("uri", "/" * 101, False),
    ("*", "*", True),
    ("*", "a", False),
    ("cookie", "a", False),
]
INVALID = [
    {"appIpGroupId": "{ip_group}"},
    {"appServerGroupId": ""},
    {"backendPort": 80},
    {"backendPort": 0},
    {"portType": "TCP"},
    {"priority": 100},
    {"priority": -1},
    {"priority": 32_769},
    {"desc": "x" * 451},
]
FREE = TO_SERVERS | {"priority": 7}


@pytest.mark.parametrize(("key", "value", "good"), RULES)
def test_a_rule_is_about_the_host_or_the_path_with_one_star_at_most(full, key, value, good):
    policy = FREE | {"ruleList": [{"key": key, "value": value}]}

    if good:
        full.ok("POST policys", listenerPort=8080, appPolicyVos=[policy])
    else:
        full.refused(InvalidParameter, "POST policys", listenerPort=8080, appPolicyVos=[policy])


def test_what_a_policy_cannot_have_is_refused(full):
    for wrong in INVALID:
        full.refused(InvalidParameter, "POST policys", listenerPort=8080, appPolicyVos=[FREE | wrong])
    full.refused(InvalidParameter, "POST policys", listenerPort=8080, appPolicyVos=[])
    full.refused(InvalidParameter, "POST policys", listenerPort=8080, appPolicyVos=[FREE, FREE])


def test_where_a_policy_leads_is_of_the_kind_of_its_listener(full):
    https_only = {"appIpGroupId": "{ip_group}", "portType": "HTTPS", "priority": 1}

    for port, policy in (
        (80, TO_SERVERS),
        (53, TO_SERVERS | {"portType": "", "backendPort": 80, "ruleList": []}),
        (443, https_only),
        (8080, TO_ADDRESSES | {"backendPort": 80}),
        (8080, TO_ADDRESSES | {"portType": "HTTPS"}),
    ):
        full.refused(InvalidParameter, "POST policys", listenerPort=port, appPolicyVos=[policy])
    full.ok("POST ipgroup/backendpolicy", ipGroupId="{ip_group}", type="HTTPS")
    full.ok("POST policys", listenerPort=443, appPolicyVos=[https_only])


def test_the_ip_group_of_a_policy_is_there(full):
    nobody = TO_ADDRESSES | {"appIpGroupId": "ip_group-nobody00"}

    full.refused(NoSuchObject, "POST policys", listenerPort=8080, appPolicyVos=[nobody])


def test_there_are_only_so_many_policies_and_rules(full):
    rules = [{"key": "uri", "value": f"/{n}"} for n in range(6)]

    full.refused(QuotaExceeded, "POST policys", listenerPort=8080, appPolicyVos=[FREE | {"ruleList": rules}])
    full.cloud.set_facts(**{"blb.policyQuota": 1})
    full.refused(QuotaExceeded, "POST policys", listenerPort=443, appPolicyVos=[FREE])
