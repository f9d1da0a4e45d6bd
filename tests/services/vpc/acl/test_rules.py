"""Add, change and remove the rules of ACLs."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import BadRequest, InappropriateJSON, NoSuchObject
from bce_emulator.services.vpc.acl.errors import (
    DuplicatePosition,
    InvalidAction,
    InvalidPort,
    InvalidPosition,
    InvalidProtocol,
)
from bce_emulator.services.vpc.acl.resource import AclRule
from bce_emulator.services.vpc.errors import LimitExceeded
from tests.network import make_subnet, make_vpc
from tests.services.vpc.acl.acls import RULE, WEB, add, rules


@pytest.fixture
def place(cloud) -> str:
    return make_subnet(cloud, make_vpc(cloud))


@pytest.fixture
def rule(cloud, place) -> str:
    """The id of the second of two rules."""
    add(cloud, WEB | {"subnetId": place, "position": 10}, WEB | {"subnetId": place})
    return rules(cloud, place)[0]["id"]


def test_a_rule_shows_what_was_asked_for(cloud, place):
    bare = {"subnetId": place, "protocol": "all", "position": 32768, "direction": "egress", "action": "deny"}
    six = {"sourceIpAddress": "all", "destinationIpAddress": "2001:db8::/32", "ipVersion": 6}

    add(cloud, WEB | {"subnetId": place}, bare | six)

    second, first = rules(cloud, place)
    ports = {"sourcePort": "1-65535", "destinationPort": "1-65535"}
    assert first.pop("id").startswith("ar-")
    assert second.pop("id") != first
    assert first == WEB | {"subnetId": place, "ipVersion": 4}
    assert second == bare | six | ports | {"description": ""}


@pytest.mark.parametrize(
    ("error", "members"),
    [
        (InvalidAction, {"action": "wave"}),
        (InvalidProtocol, {"protocol": "sctp"}),
        (InvalidPosition, {"position": 0}),
        (InvalidPosition, {"position": 32769}),
        (DuplicatePosition, {"position": 10}),
        (InvalidPort, {"sourcePort": "ssh"}),
        (InvalidPort, {"destinationPort": "80-79"}),
        (InvalidPort, {"destinationPort": "65536"}),
        (InvalidPort, {"sourcePort": "80-"}),
        (InvalidPort, {"sourcePort": "007"}),
        (BadRequest, {"sourceIpAddress": "10.0.0.0/255.0.0.0"}),
        (BadRequest, {"sourceIpAddress": "somewhere"}),
        (BadRequest, {"destinationIpAddress": "2001:db8::1"}),
        (BadRequest, {"description": "d" * 201}),
    ],
)
def test_what_no_rule_can_say_is_neither_added_nor_changed(cloud, place, rule, error, members):
    good = WEB | {"subnetId": place}

    cloud.refused(error, "POST", RULE, {"aclRules": [good | {"position": 30}, good | {"position": 40} | members]})
    cloud.refused(error, "PUT", f"{RULE}/{rule}", members)


def test_rules_are_for_subnets_that_are_there_and_have_what_is_needed(cloud, place):
    good = WEB | {"subnetId": place}
    for error, body in (
        (NoSuchObject, [good, good | {"subnetId": "sbn-nothing"}]),
        (InvalidAction, [good | {"action": ""}]),
        (InvalidProtocol, [good | {"protocol": ""}]),
        (InappropriateJSON, [good | {"subnetId": None}]),
        (BadRequest, [good | {"direction": "up"}]),
        (DuplicatePosition, [good, good]),
        (LimitExceeded, [good | {"position": number} for number in range(1, 22)]),
        (BadRequest, []),
    ):
        cloud.refused(error, "POST", RULE, {"aclRules": body})


def test_a_direction_has_so_many_rules(cloud, place):
    cloud.set_facts(**{"vpc.aclRuleQuota": 1})
    good = WEB | {"subnetId": place}
    add(cloud, good, good | {"direction": "egress"})

    cloud.refused(LimitExceeded, "POST", RULE, {"aclRules": [good | {"ipVersion": 6, "sourceIpAddress": "all"}]})


def test_a_rule_is_changed_and_stays_where_it_is(cloud, place, rule):
    changed = {
        "description": "another",
        "protocol": "udp",
        "sourceIpAddress": "all",
        "destinationIpAddress": "10.1.0.0/16",
        "sourcePort": "53",
        "destinationPort": "1000-2000",
        "position": 5,
        "action": "deny",
    }

    cloud.ok("PUT", f"{RULE}/{rule}", changed | {"direction": "egress", "subnetId": "sbn-other"})
    cloud.ok("PUT", f"{RULE}/{rule}", {"description": "", "protocol": ""})

    found = next(each for each in rules(cloud, place) if each["id"] == rule)
    assert found == found | changed | {"description": "", "direction": "ingress", "subnetId": place}
    cloud.refused(NoSuchObject, "PUT", f"{RULE}/ar-nothing", changed)


def test_a_rule_is_removed_alone_or_with_its_subnet(cloud, place, rule):
    cloud.ok("DELETE", f"{RULE}/{rule}")

    assert len(rules(cloud, place)) == 1
    cloud.refused(NoSuchObject, "DELETE", f"{RULE}/{rule}")
    cloud.ok("DELETE", f"/v1/subnet/{place}")
    assert len(cloud.account.collection(AclRule)) == 0
