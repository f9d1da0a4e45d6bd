"""The protocols of IP groups."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import InvalidParameter
from tests.services.blb.app import TO_ADDRESSES

MADE = [
    ({"type": "HTTPS"}, "HTTPS", None),
    ({"type": "HTTPS", "healthCheck": "HTTP", "healthCheckPort": 81}, "HTTP", 81),
    ({"type": "UDP", "udpHealthCheckString": "ping"}, "UDP", None),
    ({"type": "UDP", "healthCheck": "ICMP", "enableHealthCheck": False}, "ICMP", None),
]
INVALID = [
    {"type": "UDP"},
    {"type": "SSL"},
    {"type": "HTTPS", "healthCheck": "UDP"},
    {"type": "HTTPS", "healthCheckPort": 65_536},
    {"type": "TCP"},
]
DELETIONS = ["PUT ipgroup/backendpolicy?delete", "DELETE ipgroup/backendpolicy"]


@pytest.mark.parametrize(("order", "check", "port"), MADE)
def test_a_protocol_has_what_was_ordered(full, order, check, port):
    made = full.ok("POST ipgroup/backendpolicy", ipGroupId="{ip_group}", **order)

    [group] = full.look("ipgroup", "appIpGroupList")
    assert group["backendPolicyList"][-1] | {"status": "available"} == made
    assert (made["type"], made["healthCheck"], made.get("healthCheckPort")) == (order["type"], check, port)
    assert made["enableHealthCheck"] is order.get("enableHealthCheck", True)


def test_members_are_checked_otherwise_and_what_is_not_said_stays(full):
    change = {"ipGroupId": "{ip_group}", "id": "{http_protocol}"}
    full.ok("PUT ipgroup/backendpolicy", healthCheckUrlPath="/health", healthCheckHost="a.example.com", **change)
    full.ok("PUT ipgroup/backendpolicy", healthCheck="TCP", **change)

    [group] = full.look("ipgroup", "appIpGroupList")
    [_, shown] = group["backendPolicyList"]
    names = ("healthCheck", "healthCheckPort", "healthCheckUrlPath", "healthCheckHost")
    assert tuple(shown[name] for name in names) == ("TCP", 8080, "/health", "a.example.com")


def test_what_a_protocol_cannot_have_is_refused(full):
    for wrong in INVALID:
        full.refused(InvalidParameter, "POST ipgroup/backendpolicy", ipGroupId="{ip_group}", **wrong)
    change = {"ipGroupId": "{ip_group}", "id": "{http_protocol}", "healthCheck": "HTTPS"}
    full.refused(InvalidParameter, "PUT ipgroup/backendpolicy", **change)


def test_http_needs_a_port_to_check(full):
    full.ids["other"] = full.ok("POST ipgroup")["id"]

    full.refused(InvalidParameter, "POST ipgroup/backendpolicy", ipGroupId="{other}", type="HTTP")


@pytest.mark.parametrize("delete", DELETIONS)
def test_protocols_are_deleted_unless_a_policy_uses_one(full, delete):
    both = ["{tcp_protocol}", "{http_protocol}"]
    full.ids["to_addresses"] = full.ok("POST policys", listenerPort=8080, appPolicyVos=[TO_ADDRESSES])["idList"][0]

    full.refused(OperationDenied, delete, ipGroupId="{ip_group}", backendPolicyIdList=both)
    full.ok("PUT policys?batchdelete", port=8080, policyIdList=["{to_addresses}"])
    full.ok(delete, ipGroupId="{ip_group}", backendPolicyIdList=both)

    [group] = full.look("ipgroup", "appIpGroupList")
    assert group["backendPolicyList"] == []


@pytest.mark.parametrize("delete", DELETIONS)
def test_there_is_something_to_delete_and_it_is_of_the_group(full, delete):
    full.ids["other"] = full.ok("POST ipgroup")["id"]

    full.refused(InvalidParameter, delete, ipGroupId="{ip_group}", backendPolicyIdList=[])
    full.refused(NoSuchObject, delete, ipGroupId="{other}", backendPolicyIdList=["{tcp_protocol}"])
