"""The ports of server groups."""

from __future__ import annotations

import pytest

from bce_emulator.engine.errors import NoSuchObject, OperationDenied
from bce_emulator.services.blb.errors import InvalidParameter, QuotaExceeded

CHECK = {
    "enableHealthCheck": True,
    "healthCheckPort": 81,
    "healthCheckHost": "",
    "healthCheckTimeoutInSecond": 3,
    "healthCheckIntervalInSecond": 3,
    "healthCheckDownRetry": 3,
    "healthCheckUpRetry": 3,
    "healthCheckNormalStatus": "http_2xx|http_3xx",
    "healthCheckUrlPath": "/",
    "udpHealthCheckString": "",
}
OWN_CHECK = {
    "enableHealthCheck": False,
    "healthCheckPort": 8081,
    "healthCheckHost": "a.example.com",
    "healthCheckTimeoutInSecond": 60,
    "healthCheckIntervalInSecond": 10,
    "healthCheckDownRetry": 5,
    "healthCheckUpRetry": 2,
    "healthCheckNormalStatus": "http_2xx|http_4xx",
    "healthCheckUrlPath": "/health",
}
MADE = [
    ({"type": "TCP"}, {"healthCheck": "TCP"}),
    ({"type": "HTTP"}, {"healthCheck": "HTTP"}),
    ({"type": "UDP", "udpHealthCheckString": "\\00ping"}, {"healthCheck": "UDP", "udpHealthCheckString": "\\00ping"}),
    ({"type": "UDP", "healthCheck": "ICMP"}, {"healthCheck": "ICMP"}),
    ({"type": "HTTP", "healthCheck": "TCP", **OWN_CHECK}, {"healthCheck": "TCP", **OWN_CHECK}),
    ({"type": "TCP", "healthCheckUrlPath": "", "healthCheckNormalStatus": ""}, {"healthCheck": "TCP"}),
]
INVALID = [
    {"healthCheck": "HTTP"},
    {"type": "UDP"},
    {"type": "UDP", "healthCheck": "TCP", "udpHealthCheckString": "ping"},
    {"type": "UDP", "udpHealthCheckString": "ping\\x"},
    {"type": "UDP", "udpHealthCheckString": "p" * 1300},
    {"type": "HTTP", "healthCheck": "HTTPS"},
    {"type": "HTTP", "healthCheckUrlPath": "health"},
    {"type": "HTTP", "healthCheckNormalStatus": "http_6xx"},
    {"type": "SSL"},
    {"port": 0},
    {"port": 65_536},
    {"healthCheckPort": 0},
    {"healthCheckTimeoutInSecond": 0},
    {"healthCheckTimeoutInSecond": 61},
    {"healthCheckIntervalInSecond": 11},
    {"healthCheckDownRetry": 1},
    {"healthCheckUpRetry": 6},
]
NEW = {"sgId": "{empty_group}", "port": 81, "type": "TCP"}


@pytest.mark.parametrize(("order", "shown"), MADE)
def test_a_port_has_what_was_ordered_and_the_defaults(full, order, shown):
    made = full.ok("POST appservergroupport", **NEW | order)

    [empty] = full.look("appservergroup?name=empty", "appServerGroupList")
    expected = CHECK | {"id": made["id"], "port": 81, "type": order["type"], "status": "available"} | shown
    assert empty["portList"] == [made] == [expected]


def test_a_port_is_checked_otherwise_and_what_is_not_said_stays(full):
    full.ids["made"] = full.ok("POST appservergroupport", **NEW | {"type": "HTTP"})["id"]

    full.ok("PUT appservergroupport", sgId="{empty_group}", portId="{made}", **OWN_CHECK)
    full.ok("PUT appservergroupport", sgId="{empty_group}", portId="{made}", healthCheckTimeoutInSecond=7)

    [empty] = full.look("appservergroup?name=empty", "appServerGroupList")
    [port] = empty["portList"]
    assert port == port | OWN_CHECK | {"healthCheck": "HTTP", "healthCheckTimeoutInSecond": 7}


def test_what_a_check_cannot_be_is_refused(full):
    for wrong in INVALID:
        full.refused(InvalidParameter, "POST appservergroupport", **NEW | wrong)
    full.refused(InvalidParameter, "PUT appservergroupport", sgId="{group}", portId="{tcp_port}", healthCheck="HTTP")
    full.refused(InvalidParameter, "PUT appservergroupport?batchdelete", sgId="{group}", portIdList=[])


def test_a_port_and_a_type_are_in_a_group_once(full):
    full.refused(InvalidParameter, "POST appservergroupport", sgId="{group}", port=80, type="TCP")
    full.ok("POST appservergroupport", sgId="{group}", port=80, type="HTTP")


def test_there_are_only_so_many_ports(full):
    full.cloud.set_facts(**{"blb.serverGroupPortQuota": 2})

    full.refused(QuotaExceeded, "POST appservergroupport", sgId="{group}", port=81, type="TCP")


def test_a_port_that_a_policy_leads_to_stays_and_the_others_with_it(full):
    both = ["{tcp_port}", "{http_port}"]

    full.refused(OperationDenied, "PUT appservergroupport?batchdelete", sgId="{group}", portIdList=both)
    full.ok("PUT policys?batchdelete", port=8080, policyIdList=["{policy}"])
    full.ok("PUT appservergroupport?batchdelete", sgId="{group}", portIdList=[*both, both[0]])

    groups = full.look("appservergroup", "appServerGroupList")
    assert [each["portList"] for each in groups] == [[], []]


def test_a_port_of_another_group_is_not_there(full):
    for call, body in (
        ("PUT appservergroupport", {"portId": "{tcp_port}"}),
        ("PUT appservergroupport?batchdelete", {"portIdList": ["{tcp_port}"]}),
    ):
        full.refused(NoSuchObject, call, sgId="{empty_group}", **body)
